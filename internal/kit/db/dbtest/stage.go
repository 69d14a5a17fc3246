package dbtest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"freehold/internal/kit/db"
)

// Stage is what many tests begin with. It is set once. A test that leaves
// nothing behind but rows leaves its database to the next, with its warm
// connections: to clear it takes a tenth of the time of making another.
type Stage struct {
	Set func(context.Context, *db.DB) error

	once  sync.Once
	name  string // of the database that is set
	err   error
	mu    sync.Mutex
	clear []*scene // wait for a test
}

// scene is one database with the stage set.
type scene struct {
	*db.DB
	name string
	uses int
}

// uses bounds how many tests one database sees, since the rows of all before lie
// dead in it.
const uses = 20

// New returns a database with the stage set and nothing else, and the clock it
// goes by. It is kept when the test fails.
func (s *Stage) New(t testing.TB) (*db.DB, *Clock) {
	t.Helper()
	at := server(t)
	s.once.Do(func() { s.name, s.err = setStage(context.Background(), at, s.Set) })
	if s.err != nil {
		t.Fatal(s.err)
	}
	clock := &Clock{now: Noon}
	on, err := s.take(at)
	if err != nil {
		t.Fatal(err)
	}
	on.Now = clock.Now
	t.Cleanup(func() {
		if t.Failed() {
			on.Close()
			kept := newName()
			if err := admin(at, `ALTER DATABASE "`+on.name+`" RENAME TO "`+kept+`"`); err != nil {
				t.Error(err)
			}
			t.Logf("the database is kept for inspection: %s", kept)
			return
		}
		if err := s.giveBack(at, on); err != nil {
			t.Error(err)
		}
	})
	return on.DB, clock
}

// take hands out a clear database, and makes one where none waits.
func (s *Stage) take(server string) (*scene, error) {
	s.mu.Lock()
	last := len(s.clear) - 1
	if last >= 0 {
		on := s.clear[last]
		s.clear = s.clear[:last]
		s.mu.Unlock()
		return on, nil
	}
	s.mu.Unlock()
	name := ours + rand.Text()
	d, err := copyOf(server, s.name, name, nil)
	return &scene{DB: d, name: name}, err
}

// giveBack clears a database for the next test, or drops it where that cannot be.
func (s *Stage) giveBack(server string, on *scene) error {
	var cleared bool
	on.uses++
	if on.uses < uses && on.Pool.Stat().AcquiredConns() == 0 {
		// An error is a test that closed the connections, and no reason to fail it.
		_ = on.Pool.QueryRow(context.Background(), `SELECT stage.clear()`).Scan(&cleared)
	}
	if !cleared {
		on.Close()
		return drop(server, on.name)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clear = append(s.clear, on)
	return nil
}

// setStage sets a stage in a database named after this program, so that a server
// that serves many runs never hands out what an older program set.
func setStage(ctx context.Context, server string, set func(context.Context, *db.DB) error) (name string, err error) {
	name, err = stageName()
	if err != nil {
		return "", err
	}
	if err := dropAbandoned(ctx, server); err != nil {
		return "", err
	}
	return name, makeOnce(ctx, server, name, templateName(), func(ctx context.Context, at string) error {
		d, err := db.OpenSized(ctx, at, 2, func() time.Time { return Noon })
		if err != nil {
			return err
		}
		defer d.Close()
		if err := set(ctx, d); err != nil {
			return err
		}
		_, err = d.Pool.Exec(ctx, howToClear)
		return err
	})
}

// howToClear makes stage.clear() for the tables as they are now.
//
//go:embed clear.sql
var howToClear string

// ours begins the name of each scene of this process.
var ours = scenes + strconv.Itoa(os.Getpid()) + "_"

const scenes = "scene_"

// dropAbandoned drops the scenes of processes that have ended.
func dropAbandoned(ctx context.Context, server string) error {
	pool, err := admins(server)
	if err != nil {
		return err
	}
	rows, err := pool.Query(ctx, `SELECT datname FROM pg_database WHERE starts_with(datname, $1)`, scenes)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		owner, _, _ := strings.Cut(strings.TrimPrefix(name, scenes), "_")
		pid, err := strconv.Atoi(owner)
		if err != nil || !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
			continue
		}
		if err := admin(server, `DROP DATABASE IF EXISTS "`+name+`"`); err != nil {
			return err
		}
	}
	return nil
}

func stageName() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // it was only read
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return "stage_" + hex.EncodeToString(h.Sum(nil)[:8]), nil
}
