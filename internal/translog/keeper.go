package translog

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"freehold/internal/kit/db"
)

// ErrRolledBack says that the log in the database is not the one that was signed: it
// is shorter, or another one. Nothing is signed then, and nobody should trust it.
var ErrRolledBack = errors.New("the transparency log does not go on from what was signed before: the database is an older one, or was changed")

// Keeper signs the log, and remembers outside of the database what it has signed, so
// that a database that was rolled back does not pass for the one that it was.
type Keeper struct {
	origin string
	signer note.Signer
	public string // the key by which everybody can verify it
	dir    string
	mu     sync.Mutex
}

// OpenKeeper reads the key of the log from a folder, or makes one. Origin is how the
// log is called: an address without its scheme.
func OpenKeeper(dir, origin string) (*Keeper, error) {
	origin = strings.NewReplacer("https://", "", "http://", "", " ", "-", "+", "-").Replace(origin)
	k := &Keeper{origin: strings.TrimSuffix(origin, "/") + "/log", dir: dir}
	path := filepath.Join(dir, "log.key")
	stored, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		stored, err = newKey(path, k.origin)
	}
	if err != nil {
		return nil, err
	}
	private := strings.TrimSpace(string(stored))
	if k.signer, err = note.NewSigner(private); err != nil {
		return nil, fmt.Errorf("the key of the log: %w", err)
	}
	k.origin = k.signer.Name()
	k.public, err = publicOf(private)
	return k, err
}

// newKey makes a key and keeps it in a file. Of two programs that do so at once both
// get the key of the one that was first.
func newKey(path, origin string) ([]byte, error) {
	private, _, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	fresh, err := written(path, []byte(private+"\n"))
	if err != nil {
		return nil, err
	}
	if err := os.Link(fresh, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, errors.Join(err, os.Remove(fresh))
	}
	if err := os.Remove(fresh); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// written writes a file beside the one that it is to become, so that after a crash
// that one is there as it was, or whole.
func written(path string, data []byte) (fresh string, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.new")
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	return f.Name(), errors.Join(err, f.Sync(), f.Close())
}

// publicOf is the verifier's key of a signer's.
func publicOf(private string) (string, error) {
	parts := strings.SplitN(private, "+", 5) // PRIVATE KEY name hash key
	if len(parts) != 5 {
		return "", errors.New("the key of the log is not one")
	}
	seed, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(seed) != 33 {
		return "", errors.New("the key of the log is not one")
	}
	return verifierKey(parts[2], seed[1:])
}

// Key is the key by which everybody can verify what the keeper signs.
func (k *Keeper) Key() string { return k.public }

// Checkpoint signs the log as it is now, unless it does not go on from what was
// signed before.
func (k *Keeper) Checkpoint(ctx context.Context, d *db.DB) (checkpoint []byte, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	before, err := k.remembered()
	if err != nil {
		return nil, err
	}
	err = d.View(ctx, func(tx *db.Tx) error { checkpoint, _, err = k.sign(ctx, tx, before); return err })
	return checkpoint, err
}

// signed is what was signed: how many entries, under which root.
type signed struct {
	n    int64
	root string
}

// sign signs the log as a transaction sees it, which began after what was signed
// before was read: another program may sign in between.
func (k *Keeper) sign(ctx context.Context, tx *db.Tx, before signed) (checkpoint []byte, n int64, err error) {
	if n, err = sizeOf(ctx, tx); err != nil {
		return nil, 0, err
	}
	if err := before.goesOn(ctx, tx, n); err != nil {
		return nil, 0, err
	}
	root, err := tlog.TreeHash(n, reader(ctx, tx))
	if err != nil {
		return nil, 0, err
	}
	checkpoint, err = note.Sign(&note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", k.origin, n, root)}, k.signer)
	if err != nil {
		return nil, 0, err
	}
	return checkpoint, n, k.remember(signed{n, root.String()})
}

// goesOn refuses a log that has less entries than were signed before, or others.
func (s signed) goesOn(ctx context.Context, tx *db.Tx, n int64) error {
	if s.n > n {
		return fmt.Errorf("%w (it had %d entries, and has %d)", ErrRolledBack, s.n, n)
	}
	if s.n == 0 {
		return nil
	}
	now, err := tlog.TreeHash(s.n, reader(ctx, tx))
	if err != nil {
		return err
	}
	if now.String() != s.root {
		return fmt.Errorf("%w (its first %d entries are others)", ErrRolledBack, s.n)
	}
	return nil
}

// remembered is what was signed last; nothing, if nothing was.
func (k *Keeper) remembered() (s signed, err error) {
	stored, err := os.ReadFile(k.memory())
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	size, root, _ := strings.Cut(strings.TrimSpace(string(stored)), " ")
	if s.n, err = strconv.ParseInt(size, 10, 64); err != nil {
		return s, fmt.Errorf("what the log remembers: %w", err)
	}
	s.root = root
	return s, nil
}

// remember keeps what was signed, all of it or nothing, unless as much was signed by
// another program meanwhile.
func (k *Keeper) remember(s signed) error {
	if last, err := k.remembered(); err != nil || s.n <= last.n {
		return err
	}
	fresh, err := written(k.memory(), fmt.Appendf(nil, "%d %s\n", s.n, s.root))
	if err != nil {
		return err
	}
	return os.Rename(fresh, k.memory())
}

func (k *Keeper) memory() string { return filepath.Join(k.dir, "log.signed") }
