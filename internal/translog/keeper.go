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
		private, _, err := note.GenerateKey(rand.Reader, k.origin)
		if err != nil {
			return nil, err
		}
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, []byte(private+"\n"), 0o600); err != nil {
			return nil, err
		}
		stored = []byte(private)
	} else if err != nil {
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
	err = d.View(ctx, func(tx *db.Tx) error { checkpoint, err = k.sign(ctx, tx); return err })
	return checkpoint, err
}

func (k *Keeper) sign(ctx context.Context, tx *db.Tx) ([]byte, error) {
	n, err := sizeOf(ctx, tx)
	if err != nil {
		return nil, err
	}
	before, err := k.goesOn(ctx, tx, n)
	if err != nil {
		return nil, err
	}
	root, err := tlog.TreeHash(n, reader(ctx, tx))
	if err != nil {
		return nil, err
	}
	signed, err := note.Sign(&note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", k.origin, n, root)}, k.signer)
	if err != nil {
		return nil, err
	}
	if before == n && n > 0 {
		return signed, nil
	}
	return signed, k.remember(n, root)
}

// goesOn returns how many entries were signed before, and refuses a log that has less
// of them, or others.
func (k *Keeper) goesOn(ctx context.Context, tx *db.Tx, n int64) (before int64, err error) {
	stored, err := os.ReadFile(k.memory())
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	size, root, _ := strings.Cut(strings.TrimSpace(string(stored)), " ")
	if before, err = strconv.ParseInt(size, 10, 64); err != nil {
		return 0, fmt.Errorf("what the log remembers: %w", err)
	}
	if before > n {
		return 0, fmt.Errorf("%w (it had %d entries, and has %d)", ErrRolledBack, before, n)
	}
	now, err := tlog.TreeHash(before, reader(ctx, tx))
	if err != nil {
		return 0, err
	}
	if now.String() != root {
		return 0, fmt.Errorf("%w (its first %d entries are others)", ErrRolledBack, before)
	}
	return before, nil
}

// remember keeps what was signed, all of it or nothing.
func (k *Keeper) remember(n int64, root tlog.Hash) error {
	fresh := k.memory() + ".new"
	if err := os.WriteFile(fresh, fmt.Appendf(nil, "%d %s\n", n, root), 0o600); err != nil {
		return err
	}
	return os.Rename(fresh, k.memory())
}

func (k *Keeper) memory() string { return filepath.Join(k.dir, "log.signed") }
