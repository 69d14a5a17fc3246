package translog

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

// proofHeader begins a proof (C2SP tlog-proof).
const proofHeader = "c2sp.org/tlog-proof@v1"

// ErrNoEntry says that the log has nothing about something.
var ErrNoEntry = fault.New(fault.NotFound, "not_in_the_log", "This is not in the transparency log: it was made before the log began.")

// Prove returns the proof that the first entry of a kind about a subject is in the
// log: a text that verifies without us, long after we are gone. In it are the entry
// and what it takes to see that what is private belongs to it.
func (k *Keeper) Prove(ctx context.Context, d *db.DB, kind Kind, subject, private string) (proof []byte, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	before, err := k.remembered()
	if err != nil {
		return nil, err
	}
	err = d.View(ctx, func(tx *db.Tx) error {
		e, err := db.One[struct {
			N          int64
			Leaf, Salt []byte
		}](ctx, tx, `SELECT e.n, e.leaf, coalesce(s.salt, '') AS salt FROM translog.entries e LEFT JOIN translog.salts s ON s.n = e.n WHERE e.subject = $1 AND e.kind = $2 ORDER BY e.n LIMIT 1`, subject, kind)
		if errors.Is(err, db.NoRow) {
			return ErrNoEntry
		}
		if err != nil {
			return err
		}
		checkpoint, size, err := k.sign(ctx, tx, before)
		if err != nil {
			return err
		}
		hashes, err := tlog.ProveRecord(size, e.N, reader(ctx, tx))
		if err != nil {
			return err
		}
		extra, err := json.Marshal(Extra{Leaf: e.Leaf, Salt: e.Salt, Private: private})
		if err != nil {
			return err
		}
		var b bytes.Buffer
		fmt.Fprintf(&b, "%s\nextra %s\nindex %d\n", proofHeader, base64.StdEncoding.EncodeToString(extra), e.N)
		for _, h := range hashes {
			fmt.Fprintln(&b, h)
		}
		fmt.Fprintln(&b)
		b.Write(checkpoint)
		proof = b.Bytes()
		return nil
	})
	return proof, err
}

// Extra is what a proof holds besides: the entry itself, and what it binds.
type Extra struct {
	Leaf    []byte `json:"leaf"`
	Salt    []byte `json:"salt"`
	Private string `json:"private"`
}

// Proven is what a proof shows.
type Proven struct {
	Index   int64
	Size    int64  // of the log, when the proof was made
	Origin  string // of the log
	Entry   map[string]string
	Private string // what the entry binds; "" if it binds nothing
}

// IsProof reports whether a file begins like a proof.
func IsProof(file []byte) bool { return bytes.HasPrefix(file, []byte(proofHeader+"\n")) }

// errProof says that a proof shows nothing.
var errProof = errors.New("this is no proof that something is in a log")

// VerifyProof returns what a proof shows, given the key of the log. It needs no
// network.
func VerifyProof(proof []byte, key string) (p Proven, err error) {
	head, checkpoint, ok := strings.Cut(string(proof), "\n\n")
	if !ok {
		return p, errProof
	}
	lines := strings.Split(head, "\n")
	if len(lines) < 3 || lines[0] != proofHeader {
		return p, errProof
	}
	extra, err := readExtra(lines[1])
	if err != nil {
		return p, err
	}
	number, ok := strings.CutPrefix(lines[2], "index ")
	if p.Index, err = strconv.ParseInt(number, 10, 64); err != nil || !ok || p.Index < 0 {
		return p, errProof
	}
	var hashes tlog.RecordProof
	for _, line := range lines[3:] {
		h, err := tlog.ParseHash(line)
		if err != nil {
			return p, errProof
		}
		hashes = append(hashes, h)
	}
	tree, origin, err := openCheckpoint([]byte(checkpoint), key)
	if err != nil {
		return p, err
	}
	p.Size, p.Origin = tree.N, origin
	if p.Index >= tree.N {
		return p, errProof
	}
	if err := tlog.CheckRecord(hashes, tree.N, tree.Hash, p.Index, tlog.RecordHash(extra.Leaf)); err != nil {
		return p, fmt.Errorf("the entry is not in the log that was signed: %w", err)
	}
	if err := json.Unmarshal(extra.Leaf, &p.Entry); err != nil {
		return p, errProof
	}
	if bound := p.Entry["private_sha256"]; bound != "" {
		if bound != Sealed(extra.Salt, extra.Private) {
			return p, errors.New("the statement is not the one that the log binds")
		}
		p.Private = extra.Private
	}
	return p, nil
}

func readExtra(line string) (e Extra, err error) {
	encoded, ok := strings.CutPrefix(line, "extra ")
	plain, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if !ok || err != nil || json.Unmarshal(plain, &e) != nil {
		return e, errProof
	}
	return e, nil
}

// openCheckpoint returns the tree that a checkpoint signs.
func openCheckpoint(checkpoint []byte, key string) (tlog.Tree, string, error) {
	v, err := note.NewVerifier(strings.TrimSpace(key))
	if err != nil {
		return tlog.Tree{}, "", fmt.Errorf("the key of the log: %w", err)
	}
	signed, err := note.Open(checkpoint, note.VerifierList(v))
	if err != nil {
		return tlog.Tree{}, "", fmt.Errorf("the signature under the log: %w", err)
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) < 4 || lines[0] != v.Name() {
		return tlog.Tree{}, "", errors.New("the checkpoint is of another log")
	}
	n, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || n < 0 {
		return tlog.Tree{}, "", errors.New("the checkpoint says no size")
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: n, Hash: root}, lines[0], err
}
