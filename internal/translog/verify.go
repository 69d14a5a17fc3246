package translog

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// verifierKey is the key of a verifier of that name, from the seed of its signer's.
func verifierKey(name string, seed []byte) (string, error) {
	if len(seed) != ed25519.SeedSize {
		return "", errors.New("the key of the log is not one")
	}
	public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey) //nolint:forcetypeassert // it is one
	return note.NewEd25519VerifierKey(name, public)
}

// Fetch gets a file of a log by its path, such as "checkpoint" or "tile/0/000.p/5".
type Fetch func(path string) ([]byte, error)

// Checked is what Verify found in a log.
type Checked struct {
	Origin  string
	Size    int64
	Root    string
	ByKind  map[string]int
	Refused []string // entries that are no entries of ours
}

// Verify reads a whole log, and nothing but its files, and returns what is in it:
// the root that was signed is that of these entries, and the tiles are those of
// that root. Anything else is an error.
func Verify(fetch Fetch, key string) (c Checked, err error) {
	signed, err := fetch("checkpoint")
	if err != nil {
		return c, err
	}
	tree, origin, err := openCheckpoint(signed, key)
	if err != nil {
		return c, err
	}
	c = Checked{Origin: origin, Size: tree.N, Root: tree.Hash.String(), ByKind: map[string]int{}}
	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, n := range indexes {
			if n >= int64(len(stored)) {
				return nil, fmt.Errorf("hash %d is missing", n)
			}
			out[i] = stored[n]
		}
		return out, nil
	})
	n := int64(0)
	err = eachTile(tree.N, func(first int64, width int) error {
		leaves, err := entriesAt(fetch, first, width)
		if err != nil {
			return err
		}
		for _, leaf := range leaves {
			hashes, err := tlog.StoredHashes(n, leaf, read)
			if err != nil {
				return err
			}
			stored = append(stored, hashes...)
			c.count(n, leaf)
			n++
		}
		return nil
	})
	if err != nil {
		return c, err
	}
	root, err := tlog.TreeHash(tree.N, read)
	if err != nil {
		return c, err
	}
	if root != tree.Hash {
		return c, fmt.Errorf("the entries are not those that were signed: their root is %s, and %s was signed", root, tree.Hash)
	}
	return c, checkTiles(fetch, tree.N, read)
}

// count looks at an entry.
func (c *Checked) count(n int64, leaf []byte) {
	var e map[string]string
	if json.Unmarshal(leaf, &e) != nil || e["n"] != fmt.Sprint(n) || e["kind"] == "" {
		c.Refused = append(c.Refused, fmt.Sprintf("entry %d is none of ours", n))
		return
	}
	c.ByKind[e["kind"]]++
}

func entriesAt(fetch Fetch, first int64, width int) ([][]byte, error) {
	data, err := fetch(pathOf(-1, first, width))
	if err != nil {
		return nil, err
	}
	leaves, err := unbundle(data)
	if err == nil && len(leaves) != width {
		err = fmt.Errorf("tile %d of the entries has %d of %d", first, len(leaves), width)
	}
	return leaves, err
}

// eachTile goes through the tiles of a level that has so many hashes.
func eachTile(hashes int64, do func(n int64, width int) error) error {
	for n := int64(0); n<<height < hashes; n++ {
		if err := do(n, int(min(1<<height, hashes-n<<height))); err != nil {
			return err
		}
	}
	return nil
}

// checkTiles compares the tiles of hashes with what the entries come to.
func checkTiles(fetch Fetch, size int64, read tlog.HashReader) error {
	for level, hashes := 0, size; hashes > 0; level, hashes = level+1, hashes>>height {
		err := eachTile(hashes, func(n int64, width int) error {
			got, err := fetch(pathOf(level, n, width))
			if err != nil {
				return err
			}
			want, err := tlog.ReadTileData(tlog.Tile{H: height, L: level, N: n, W: width}, read)
			if err == nil && !bytes.Equal(got, want) {
				err = fmt.Errorf("the tile %s is not that of the entries", pathOf(level, n, width))
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
