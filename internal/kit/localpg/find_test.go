package localpg_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"freehold/internal/kit/localpg"
)

func TestTheNewestServerIsChosen(t *testing.T) {
	t.Parallel()
	root := folder(t)
	for major, says := range map[string]string{
		"13": "postgres (PostgreSQL) 13.22",
		"14": "postgres (PostgreSQL) 14.19 (Debian 14.19-1)",
		"18": "postgres (PostgreSQL) 18beta1",
		"99": "I am not a database",
	} {
		install(t, root, major, says)
	}
	ok(t, os.MkdirAll(filepath.Join(root, "17/bin"), 0o755)) // a client without a server
	all := localpg.Candidates("", []string{filepath.Join(root, "*/bin")})
	old := localpg.Candidates(filepath.Join(root, "13/bin"), nil)

	for _, c := range []struct {
		name string
		dirs []string
		made int
		want string // the version, or what the refusal says
	}{
		{"the newest", all, 0, "18"},
		{"the one that made the cluster", all, 14, "14"},
		{"none, as that version is gone", all, 16, "written by PostgreSQL 16, which is not on this machine"},
		{"none, as it is too old", old, 0, "apt-get install postgresql"},
		{"none, as there is none", localpg.Candidates("", nil), 0, "brew install postgresql@17"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			bin, _, err := localpg.Newest(t.Context(), c.dirs, nil, c.made)
			if err != nil {
				refused(t, err, c.want)
			} else if want := filepath.Join(root, c.want, "bin"); bin != want {
				t.Errorf("chose %s, want %s", bin, want)
			}
		})
	}
}

func TestALinkInPathLeadsToItsServerAndTheFolderWeStandInIsNoPlace(t *testing.T) {
	t.Parallel()
	root := folder(t)
	install(t, root, "16", "postgres (PostgreSQL) 16.9")
	install(t, root, "17", "postgres (PostgreSQL) 17.5")
	bin16, bin17 := filepath.Join(root, "16/bin"), filepath.Join(root, "17/bin")
	links := t.TempDir()
	ok(t, os.Symlink(filepath.Join(bin17, "postgres"), filepath.Join(links, "postgres")))
	here, err := os.Getwd()
	ok(t, err)
	relative, err := filepath.Rel(here, bin16)
	ok(t, err)

	path := strings.Join([]string{relative, ".", links}, string(filepath.ListSeparator))
	got := localpg.Candidates(path, []string{bin16})
	if want := []string{bin17, bin16}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// install puts a server into root that answers as it is told. A shell writes
// it: if we held it open, a process forked meanwhile would hold it open too, and
// nobody could run it.
func install(t *testing.T, root, major, says string) {
	t.Helper()
	bin := filepath.Join(root, major, "bin")
	ok(t, os.MkdirAll(bin, 0o755))
	write := exec.Command("sh", "-c", `printf '#!/bin/sh\necho "%s"\n' "$0" >postgres && chmod 755 postgres`, says)
	write.Dir = bin
	ok(t, write.Run())
}
