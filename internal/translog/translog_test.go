package translog_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"freehold/internal/kit/db"
	"freehold/internal/kit/db/dbtest"
	"freehold/internal/translog"
)

// log is one of so many entries.
type log struct {
	*testing.T
	db     *db.DB
	dir    string
	keeper *translog.Keeper
}

func newLog(t *testing.T, n int) *log {
	t.Helper()
	d, _ := dbtest.New(t)
	l := &log{T: t, db: d, dir: t.TempDir()}
	l.ok(l.open())
	l.append(n)
	return l
}

func (l *log) ok(err error) {
	l.Helper()
	if err != nil {
		l.Fatal(err)
	}
}

func (l *log) open() (err error) {
	l.keeper, err = translog.OpenKeeper(l.dir, "https://orchard.test")
	return err
}

// append adds entries a hundred at a time.
func (l *log) append(n int) {
	l.Helper()
	for done := 0; done < n; {
		l.ok(l.db.Update(l.Context(), func(tx *db.Tx) error {
			for range min(100, n-done) {
				if _, err := translog.Append(l.Context(), tx, translog.Entry{Kind: translog.Decided, Subject: fmt.Sprintf("decision/%d", done+1),
					Public: map[string]string{"rule": "fraud"}, Private: fmt.Sprintf("statement %d", done+1)}); err != nil {
					return err
				}
				done++
			}
			return nil
		}))
	}
}

// fetch reads the log as somebody elsewhere would, with some files spoilt.
func (l *log) fetch(spoilt map[string]func([]byte) []byte) translog.Fetch {
	return func(path string) (data []byte, err error) {
		if path == "checkpoint" {
			data, err = l.keeper.Checkpoint(context.Background(), l.db)
		} else {
			data, err = translog.Tile(context.Background(), l.db, strings.TrimPrefix(path, "tile/"))
		}
		for at, spoil := range spoilt {
			if strings.HasPrefix(path, at) {
				data = spoil(data)
			}
		}
		return data, err
	}
}

func TestALogOfAnySizeIsReadFromItsTilesAlone(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 2, 255, 256, 257, 700} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			l := newLog(t, n)
			c, err := translog.Verify(l.fetch(nil), l.keeper.Key())
			l.ok(err)
			if c.Size != int64(n) || c.ByKind["decision delivered"] != n || len(c.Refused) > 0 || c.Origin != "orchard.test/log" {
				t.Errorf("found %+v", c)
			}
		})
	}
}

func TestAByteThatIsChangedIsSeen(t *testing.T) {
	t.Parallel()
	l := newLog(t, 300)
	flip := func(at int) func([]byte) []byte {
		return func(data []byte) []byte {
			if len(data) > at {
				data = append([]byte{}, data...)
				data[at] ^= 1
			}
			return data
		}
	}
	for _, path := range []string{"checkpoint", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44"} {
		for _, at := range []int{0, 20, 31} {
			if _, err := translog.Verify(l.fetch(map[string]func([]byte) []byte{path: flip(at)}), l.keeper.Key()); err == nil {
				t.Errorf("byte %d of %s", at, path)
			}
		}
	}
	other := newLog(t, 0)
	if _, err := translog.Verify(l.fetch(nil), other.keeper.Key()); err == nil {
		t.Error("with the key of another log")
	}
}

func TestAnEntryThatIsChangedInTheDatabaseIsSeen(t *testing.T) {
	t.Parallel()
	for what, sql := range map[string]string{
		"changed":  `UPDATE translog.entries SET leaf = '{}' WHERE n = 7`,
		"left out": `DELETE FROM translog.entries WHERE n = 4`,
		"a hash":   `UPDATE translog.hashes SET hash = decode(repeat('00', 32), 'hex') WHERE n = 3`,
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			l := newLog(t, 10)
			if _, err := l.db.Pool.Exec(t.Context(), sql); err == nil {
				t.Error("it can be changed")
			}
			if _, err := l.db.Pool.Exec(t.Context(), `SET session_replication_role = replica; `+sql); err != nil {
				t.Fatal(err)
			}
			if _, err := translog.Verify(l.fetch(nil), l.keeper.Key()); err == nil {
				t.Error("nobody sees it")
			}
		})
	}
}

func TestADatabaseThatWasRolledBackIsNotSigned(t *testing.T) {
	t.Parallel()
	l := newLog(t, 5)
	_, err := l.keeper.Checkpoint(t.Context(), l.db)
	l.ok(err)
	older := newLog(t, 4) // as it was yesterday
	l.db = older.db
	l.ok(l.open()) // after a restart, too
	if _, err := l.keeper.Checkpoint(t.Context(), l.db); !errors.Is(err, translog.ErrRolledBack) {
		t.Errorf("shorter: %v", err)
	}
	l.append(3) // and another day
	if _, err := l.keeper.Checkpoint(t.Context(), l.db); !errors.Is(err, translog.ErrRolledBack) {
		t.Errorf("another one: %v", err)
	}
}

func TestAProofVerifiesWithoutTheLog(t *testing.T) {
	t.Parallel()
	l := newLog(t, 300)
	proof, err := l.keeper.Prove(t.Context(), l.db, translog.Decided, "decision/42", "statement 42")
	l.ok(err)
	p, err := translog.VerifyProof(proof, l.keeper.Key())
	l.ok(err)
	if p.Index != 41 || p.Size != 300 || p.Private != "statement 42" || p.Entry["subject"] != "decision/42" || p.Entry["rule"] != "fraud" {
		t.Errorf("it shows %+v", p)
	}
	for at := range proof {
		changed := append([]byte{}, proof...)
		changed[at] ^= 1
		if got, err := translog.VerifyProof(changed, l.keeper.Key()); err == nil && fmt.Sprint(got) != fmt.Sprint(p) {
			t.Fatalf("byte %d (%q): it shows %+v", at, proof[max(0, at-9):at+1], got)
		}
	}
	wrong, err := l.keeper.Prove(t.Context(), l.db, translog.Decided, "decision/42", "another statement")
	l.ok(err)
	if _, err := translog.VerifyProof(wrong, l.keeper.Key()); err == nil {
		t.Error("another statement passes for the one that is bound")
	}
	if _, err := l.keeper.Prove(t.Context(), l.db, translog.Decided, "decision/9999", ""); !errors.Is(err, translog.ErrNoEntry) {
		t.Errorf("of what is not there: %v", err)
	}
}

func TestTheKeyStaysTheSame(t *testing.T) {
	t.Parallel()
	l := newLog(t, 1)
	key := l.keeper.Key()
	l.ok(l.open())
	if l.keeper.Key() != key {
		t.Error("it is another one")
	}
	if info, err := os.Stat(filepath.Join(l.dir, "log.key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("it can be read by others: %v, %v", info, err)
	}
	l.ok(os.WriteFile(filepath.Join(l.dir, "log.key"), []byte("PRIVATE+KEY+nothing"), 0o600))
	if l.open() == nil {
		t.Error("a key that is none")
	}
}

func TestProgramsThatStartAtOnceHaveOneKey(t *testing.T) {
	t.Parallel()
	l := newLog(t, 3)
	dir := t.TempDir()
	keys := make([]string, 8)
	var all sync.WaitGroup
	for i := range keys {
		all.Go(func() {
			k, err := translog.OpenKeeper(dir, "https://orchard.test")
			if err != nil {
				t.Error(err)
				return
			}
			keys[i] = k.Key()
			if _, err := k.Checkpoint(t.Context(), l.db); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if same := slices.Compact(keys); len(same) != 1 {
		t.Errorf("the keys are %v", same)
	}
	names, err := os.ReadDir(dir)
	l.ok(err)
	if len(names) != 2 {
		t.Errorf("left behind: %v", names)
	}
}

func TestTilesThatAreNotThere(t *testing.T) {
	t.Parallel()
	l := newLog(t, 3)
	for _, path := range []string{"", "0/000", "0/000.p/4", "0/001.p/1", "1/000.p/1", "entries/000.p/4", "9/000", "x", "../0/000.p/1", "0/000.p/0", "-1/000.p/1", "data/000.p/1"} {
		if _, err := translog.Tile(t.Context(), l.db, path); !errors.Is(err, translog.ErrNoTile) {
			t.Errorf("%q: %v", path, err)
		}
	}
	if data, err := translog.Tile(t.Context(), l.db, "0/000.p/3"); err != nil || len(data) != 96 {
		t.Errorf("%d bytes, %v", len(data), err)
	}
}
