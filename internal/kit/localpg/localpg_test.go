package localpg_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"freehold/internal/kit/localpg"
)

// program, when set, makes this binary a program that uses the folder it names
// and adds one row after the other until it is killed.
const program = "LOCALPG_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if dir := os.Getenv(program); dir != "" {
		fmt.Fprintln(os.Stderr, count(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func count(dir string) error {
	ctx := context.Background()
	s, err := localpg.Start(ctx, localpg.Config{Dir: dir})
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, s.URL())
	if err != nil {
		return err
	}
	for n := 1; ; n++ {
		if _, err := conn.Exec(ctx, `INSERT INTO rows VALUES ($1)`, n); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

func TestAnEmptyFolderBecomesAPrivateDurableServer(t *testing.T) {
	t.Parallel()
	conn := connect(t, start(t, localpg.Config{Dir: folder(t), MaxConnections: 17}))
	for setting, want := range map[string]string{
		"data_checksums":     "on",
		"server_encoding":    "UTF8",
		"listen_addresses":   "",
		"fsync":              "on",
		"synchronous_commit": "on",
		"full_page_writes":   "on",
		"max_connections":    "17",
	} {
		if got := value[string](t, conn, `SELECT current_setting($1)`, setting); got != want {
			t.Errorf("%s is %q, want %q", setting, got, want)
		}
	}
	if mb := value[int](t, conn, `SELECT setting::int * 8 / 1024 FROM pg_settings WHERE name = 'shared_buffers'`); mb < 128 || mb > 1024 {
		t.Errorf("shared buffers are %d MB", mb)
	}
	if value[bool](t, conn, `SELECT 'Zoë' > 'ada'`) {
		t.Error("text is not sorted by code point")
	}
	if got := value[string](t, conn, `SELECT lower('ÀΩЖ')`); got != "àωж" {
		t.Errorf("lower gives %q", got)
	}
}

func TestTheServerNeverRunsAsRoot(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	start(t, fast(dir))
	for _, file := range []string{"data", "data/postmaster.pid"} {
		fi, err := os.Stat(filepath.Join(dir, file))
		ok(t, err)
		if fi.Sys().(*syscall.Stat_t).Uid == 0 {
			t.Errorf("%s belongs to root", file)
		}
		if fi.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is open to others: %v", file, fi.Mode())
		}
	}
}

func TestDataSurviveAStopAndAStart(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	s := start(t, fast(dir))
	exec1(t, connect(t, s), `CREATE TABLE letters AS SELECT 'Dear Ada' AS text`)
	ok(t, s.Stop())

	s = start(t, fast(dir))
	if got := value[string](t, connect(t, s), `SELECT text FROM letters`); got != "Dear Ada" {
		t.Errorf("read %q", got)
	}
}

func TestAKilledServerIsStartedAgainAtTheSameAddress(t *testing.T) {
	t.Parallel()
	dir, log := folder(t), &lines{}
	s := start(t, localpg.Config{Dir: dir, Log: log})
	for n := range 3 {
		exec1(t, connect(t, s), `CREATE TABLE kept`+strconv.Itoa(n)+` ()`)
		kill(t, postmaster(t, dir))
		eventually(t, func() error {
			conn, err := pgx.Connect(t.Context(), s.URL())
			if err != nil {
				return err
			}
			return conn.Close(t.Context())
		})
	}
	if got := value[int](t, connect(t, s), `SELECT count(*) FROM pg_tables WHERE tablename LIKE 'kept_'`); got != 3 {
		t.Errorf("%d of 3 committed tables are left", got)
	}
	if want := "PostgreSQL ended (signal: killed) and is started again"; !strings.Contains(log.String(), want) {
		t.Errorf("the log does not say %q:\n%s", want, log)
	}
}

func TestAKilledProgramLosesNothingCommitted(t *testing.T) {
	t.Parallel()
	for name, alsoTheServer := range map[string]bool{"the program": false, "the program and the server": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t)
			s := start(t, localpg.Config{Dir: dir})
			exec1(t, connect(t, s), `CREATE TABLE rows (n int)`)
			ok(t, s.Stop())

			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), program+"="+dir)
			cmd.Stderr = os.Stderr
			out, err := cmd.StdoutPipe()
			ok(t, err)
			ok(t, cmd.Start())
			var committed int
			for scan := bufio.NewScanner(out); scan.Scan(); {
				committed, err = strconv.Atoi(scan.Text())
				ok(t, err)
				if committed == 100 {
					ok(t, cmd.Process.Kill())
					if alsoTheServer {
						kill(t, postmaster(t, dir))
					}
				}
			}
			var exit *exec.ExitError
			if err := cmd.Wait(); !errors.As(err, &exit) || exit.Exited() {
				t.Fatalf("the program ended by itself: %v", err)
			}

			conn := connect(t, start(t, localpg.Config{Dir: dir}))
			if got := value[int](t, conn, `SELECT count(*) FROM rows WHERE n <= $1`, committed); got != committed {
				t.Errorf("%d of %d committed rows are left", got, committed)
			}
		})
	}
}

func TestAProcessNumberUsedAgainDoesNotBlockAStart(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	s := start(t, fast(dir))
	locks := map[string][]byte{}
	for _, name := range []string{"postmaster.pid", ".s.PGSQL.5432.lock"} {
		path := filepath.Join(dir, "data", name)
		b, err := os.ReadFile(path)
		ok(t, err)
		locks[path] = b
	}
	ok(t, s.Stop())

	as, err := localpg.Unprivileged(filepath.Join(dir, "data"))
	ok(t, err)
	other := exec.Command("sleep", "600")
	other.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	ok(t, other.Start())
	t.Cleanup(func() { _, _ = other.Process.Kill(), other.Wait() })
	for path, b := range locks {
		_, rest, _ := strings.Cut(string(b), "\n")
		ok(t, os.WriteFile(path, []byte(strconv.Itoa(other.Process.Pid)+"\n"+rest), 0o600))
		if as != nil {
			ok(t, os.Chown(path, int(as.Uid), int(as.Gid)))
		}
	}

	start(t, fast(dir))
	ok(t, other.Process.Signal(syscall.Signal(0)))
}

func TestASecondProgramIsRefused(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	s := start(t, fast(dir))
	_, err := localpg.Start(t.Context(), fast(dir))
	refused(t, err, fmt.Sprintf("%s is in use by another program, process %d", dir, os.Getpid()))

	if got := value[int](t, connect(t, s), `SELECT 1`); got != 1 {
		t.Error("the first one has lost its server")
	}
	ok(t, s.Stop())
	start(t, fast(dir))
}

func TestAFolderClosedToTheServersUserIsNamed(t *testing.T) {
	t.Parallel()
	closed := filepath.Join(folder(t), "closed")
	ok(t, os.Mkdir(closed, 0o700))
	s, err := localpg.Start(t.Context(), fast(filepath.Join(closed, "postgres")))
	if os.Geteuid() != 0 { // then the server is ours, and enters what we enter
		ok(t, err)
		ok(t, s.Stop())
		return
	}
	refused(t, err, "the folder "+closed+" is closed to the user ")
}

func TestAFolderMayHaveAnyName(t *testing.T) {
	t.Parallel()
	for name, elsewhere := range map[string]bool{
		"a b+c&d%20ü":              false,
		"one,two":                  true, // clients would take it for two hosts
		strings.Repeat("long", 30): true, // no path of a socket is that long
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(folder(t), name)
			s := start(t, fast(dir))
			socket := value[string](t, connect(t, s), `SELECT trim('"' FROM current_setting('unix_socket_directories'))`)
			if strings.HasPrefix(socket, dir) == elsewhere {
				t.Errorf("the socket is in %s", socket)
			}
			ok(t, s.Stop())
			if _, err := os.Stat(filepath.Join(socket, ".s.PGSQL.5432")); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("the socket is left behind: %v", err)
			}
			if _, err := os.Stat(socket); elsewhere && !errors.Is(err, os.ErrNotExist) {
				t.Errorf("%s is left behind: %v", socket, err)
			}
		})
	}
}

func TestAStartCutShortCanBeRepeated(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	for _, after := range []time.Duration{0, 50 * time.Millisecond, 150 * time.Millisecond, 300 * time.Millisecond} {
		ctx, cancel := context.WithTimeout(t.Context(), after)
		if s, err := localpg.Start(ctx, fast(dir)); err == nil {
			ok(t, s.Stop())
		}
		cancel()
	}
	start(t, fast(dir))
	if left, _ := filepath.Glob(filepath.Join(dir, "new-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func fast(dir string) localpg.Config { return localpg.Config{Dir: dir, Fast: true} }

// folder makes a folder that the server's user may enter, as t.TempDir's isn't.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "localpg-") //nolint:usetesting // as said
	ok(t, err)
	t.Cleanup(func() { ok(t, os.RemoveAll(dir)) })
	ok(t, os.Chmod(dir, 0o711))
	return dir
}

func start(t *testing.T, c localpg.Config) *localpg.Server {
	t.Helper()
	s, err := localpg.Start(t.Context(), c)
	ok(t, err)
	t.Cleanup(func() { ok(t, s.Stop()) })
	return s
}

func connect(t *testing.T, s *localpg.Server) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.URL())
	ok(t, err)
	return conn
}

func value[T any](t *testing.T, conn *pgx.Conn, sql string, args ...any) (v T) {
	t.Helper()
	ok(t, conn.QueryRow(t.Context(), sql, args...).Scan(&v))
	return v
}

func exec1(t *testing.T, conn *pgx.Conn, sql string) {
	t.Helper()
	_, err := conn.Exec(t.Context(), sql)
	ok(t, err)
}

// postmaster returns the process that serves dir.
func postmaster(t *testing.T, dir string) int {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	ok(t, err)
	first, _, _ := strings.Cut(string(b), "\n")
	pid, err := strconv.Atoi(first)
	ok(t, err)
	return pid
}

func kill(t *testing.T, pid int) {
	t.Helper()
	ok(t, syscall.Kill(pid, syscall.SIGKILL))
}

func eventually(t *testing.T, f func() error) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(30 * time.Second); ; <-tick.C {
		err := f()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

func refused(t *testing.T, err error, sentence string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), sentence) {
		t.Fatalf("got %v, want a refusal that says %q", err, sentence)
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// lines is a log that can be read while it is written.
type lines struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func TestACommandFindsTheServerThatRuns(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	if url, running, err := localpg.Join(dir); running || err != nil {
		t.Errorf("nothing runs, and it is at %q, %v", url, err)
	}
	s, err := localpg.Start(t.Context(), fast(dir))
	ok(t, err)
	if url, running, err := localpg.Join(dir); !running || url != s.URL() || err != nil {
		t.Errorf("it runs at %q, and is found at %q, %v", s.URL(), url, err)
	}
	ok(t, s.Stop())
	if url, running, err := localpg.Join(dir); running || err != nil {
		t.Errorf("it has stopped, and is at %q, %v", url, err)
	}
}
