package localpg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
)

const oldest = 14

var errNoServer = fmt.Errorf("there is no PostgreSQL server (%d or later) on this machine: install one with "+
	"`apt-get install postgresql` (Debian, Ubuntu) or `brew install postgresql@17` (Homebrew), "+
	"or name a running one in DATABASE_URL", oldest)

// places is where servers are installed, PATH aside.
var places = []string{
	"/usr/lib/postgresql/*/bin",                          // Debian, Ubuntu
	"/usr/pgsql-*/bin",                                   // Fedora, Red Hat
	"/usr/libexec/postgresql*",                           // Alpine
	"/opt/homebrew/opt/postgresql@*/bin",                 // Homebrew on Apple silicon
	"/usr/local/opt/postgresql@*/bin",                    // Homebrew on Intel
	"/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",    // Homebrew on Linux
	"/Applications/Postgres.app/Contents/Versions/*/bin", // Postgres.app
}

// candidates returns the folders that hold a server, those in path first.
func candidates(path string, places []string) (dirs []string) {
	for _, place := range append(filepath.SplitList(path), places...) {
		if !filepath.IsAbs(place) {
			continue // never a binary out of the folder we happen to stand in
		}
		found, _ := filepath.Glob(filepath.Join(place, "postgres"))
		for _, postgres := range found {
			// In PATH it may be a link, with initdb and pg_ctl only beside its target.
			if file, err := filepath.EvalSymlinks(postgres); err == nil {
				dirs = append(dirs, filepath.Dir(file))
			}
		}
	}
	return dirs
}

// newest returns the newest server in dirs that the given user may run, and its
// major version. When made is not 0 only that version will do: a cluster can be
// read by no other.
func newest(ctx context.Context, dirs []string, as *syscall.Credential, made int) (bin string, major int, err error) {
	for _, dir := range dirs {
		v := version(ctx, dir, as)
		if v >= oldest && v > major && (made == 0 || v == made) {
			bin, major = dir, v
		}
	}
	if bin == "" && made > 0 {
		return "", 0, fmt.Errorf("the data were written by PostgreSQL %d, which is not on this machine: "+
			"install that version, or move them to a newer one with pg_upgrade", made)
	}
	if bin == "" {
		return "", 0, errNoServer
	}
	return bin, major, nil
}

var majorVersion = regexp.MustCompile(`^postgres \(PostgreSQL\) (\d+)`)

// version returns the major version of the server in dir, 0 if there is none.
func version(ctx context.Context, dir string, as *syscall.Credential) int {
	out, err := command(ctx, as, filepath.Join(dir, "postgres"), "--version").Output()
	m := majorVersion.FindSubmatch(out)
	if err != nil || m == nil {
		return 0
	}
	major, _ := strconv.Atoi(string(m[1]))
	return major
}

// clusterVersion returns the major version that made the cluster in data, 0 if
// there is no cluster yet.
func clusterVersion(data string) (int, error) {
	b, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(string(b)))
}
