package translog

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gowebpki/jcs"
	"golang.org/x/mod/sumdb/tlog"

	"freehold/internal/kit/db"
)

// Kind is what an entry is about.
type Kind string

// The kinds of entry.
const (
	Decided  Kind = "decision delivered"
	Ended    Kind = "decision ended"
	Appealed Kind = "appeal filed"
	Judged   Kind = "appeal answered"
	Signed   Kind = "contract signed"
	Amended  Kind = "contract amended"
	Terms    Kind = "terms changed"
	Late     Kind = "answer overdue"
)

// Entry is what is written down. Public is what everybody may read; of what is
// private only a salted hash goes into the log.
type Entry struct {
	Kind    Kind
	Subject string            // "decision/12"
	Public  map[string]string // chosen from lists, dates and hashes; no word about anybody
	Private string            // what the log binds without showing it
}

// Append adds an entry to the log, and returns its place. It is there if and only if
// the transaction commits. Entries are appended one after the other: whoever comes
// second waits for the first one's transaction, so it comes late in one's own.
func Append(ctx context.Context, tx *db.Tx, e Entry) (n int64, err error) {
	if err := db.LockName(ctx, tx, "translog"); err != nil {
		return 0, err
	}
	if n, err = sizeOf(ctx, tx); err != nil {
		return 0, err
	}
	salt := make([]byte, 32)
	rand.Read(salt) //nolint:errcheck // it never fails
	leaf, err := e.leaf(n, salt, tx.Now)
	if err != nil {
		return 0, err
	}
	if err := db.Exec1(ctx, tx, `INSERT INTO translog.entries (n, kind, subject, leaf, at) VALUES ($1, $2, $3, $4, $5)`, n, e.Kind, e.Subject, leaf, tx.Now); err != nil {
		return 0, err
	}
	if e.Private != "" {
		if err := db.Exec1(ctx, tx, `INSERT INTO translog.salts (n, salt) VALUES ($1, $2)`, n, salt); err != nil {
			return 0, err
		}
	}
	hashes, err := tlog.StoredHashes(n, leaf, reader(ctx, tx))
	if err != nil {
		return 0, fmt.Errorf("the hashes of entry %d: %w", n, err)
	}
	first := tlog.StoredHashIndex(0, n)
	for i, h := range hashes {
		if err := db.Exec1(ctx, tx, `INSERT INTO translog.hashes (n, hash) VALUES ($1, $2)`, first+int64(i), h[:]); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// leaf is what the log holds of an entry, as canonical JSON (RFC 8785).
func (e Entry) leaf(n int64, salt []byte, at time.Time) ([]byte, error) {
	all := map[string]string{"n": fmt.Sprint(n), "kind": string(e.Kind), "subject": e.Subject, "at": at.UTC().Format(time.RFC3339)}
	for name, value := range e.Public {
		all[name] = value
	}
	if e.Private != "" {
		all["private_sha256"] = Sealed(salt, e.Private)
	}
	plain, err := json.Marshal(all)
	if err != nil {
		return nil, err
	}
	return jcs.Transform(plain)
}

// Sealed is the hash under which something private is in the log.
func Sealed(salt []byte, private string) string {
	h := sha256.New()
	h.Write(salt)
	h.Write([]byte(private))
	return hex.EncodeToString(h.Sum(nil))
}

func sizeOf(ctx context.Context, tx *db.Tx) (int64, error) {
	return db.Value[int64](ctx, tx, `SELECT coalesce(max(n) + 1, 0) FROM translog.entries`)
}

// reader reads stored hashes of the tree.
func reader(ctx context.Context, tx *db.Tx) tlog.HashReaderFunc {
	return func(indexes []int64) ([]tlog.Hash, error) {
		rows, err := db.All[struct {
			N    int64
			Hash []byte
		}](ctx, tx, `SELECT n, hash FROM translog.hashes WHERE n = ANY($1)`, indexes)
		if err != nil {
			return nil, err
		}
		by := make(map[int64]tlog.Hash, len(rows))
		for _, r := range rows {
			by[r.N] = tlog.Hash(r.Hash)
		}
		out := make([]tlog.Hash, len(indexes))
		for i, n := range indexes {
			h, ok := by[n]
			if !ok {
				return nil, fmt.Errorf("hash %d is missing", n)
			}
			out[i] = h
		}
		return out, nil
	}
}
