package translog

import (
	"context"
	"encoding/binary"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

// height is that of a tile: 256 hashes of 32 bytes (C2SP tlog-tiles).
const height = 8

// ErrNoTile says that there is no such tile, or not yet.
var ErrNoTile = fault.New(fault.NotFound, "no_such_tile", "There is no such tile of the log, or not yet.")

// Tile returns a tile of the log by its path: "0/x001/067", "1/000.p/4", or
// "entries/000" for the entries themselves.
func Tile(ctx context.Context, d *db.DB, path string) (data []byte, err error) {
	t, err := parseTile(path)
	if err != nil {
		return nil, ErrNoTile
	}
	err = d.View(ctx, func(tx *db.Tx) error {
		n, err := sizeOf(ctx, tx)
		if err != nil {
			return err
		}
		if !t.within(n) {
			return ErrNoTile
		}
		if t.L >= 0 {
			data, err = tlog.ReadTileData(t.Tile, reader(ctx, tx))
			return err
		}
		leaves, err := db.Values[[]byte](ctx, tx, `SELECT leaf FROM translog.entries WHERE n >= $1 AND n < $2 ORDER BY n`, t.N<<height, t.N<<height+int64(t.W))
		data = bundle(leaves)
		return err
	})
	return data, err
}

// tile is one of hashes, or of entries, whose level is -1.
type tile struct{ tlog.Tile }

// parseTile reads the path of a tile. Ours have no height in them, and call the level
// of the entries by its name.
func parseTile(path string) (t tile, err error) {
	if rest, ok := strings.CutPrefix(path, "entries/"); ok {
		path = "data/" + rest
	} else if strings.HasPrefix(path, "data") {
		return t, ErrNoTile
	}
	t.Tile, err = tlog.ParseTilePath(fmt.Sprintf("tile/%d/%s", height, path))
	return t, err
}

// within reports whether a log of n entries has the tile: as much of it as it says.
func (t tile) within(n int64) bool {
	level := max(t.L, 0)
	hashes := n >> (height * level) // at its level
	return t.W >= 1 && t.W <= 1<<height && t.N<<height+int64(t.W) <= hashes
}

// bundle is entries one after the other, each after its length.
func bundle(leaves [][]byte) (data []byte) {
	for _, l := range leaves {
		data = binary.BigEndian.AppendUint16(data, uint16(len(l))) //nolint:gosec // the database holds it to that
		data = append(data, l...)
	}
	return data
}

// unbundle takes entries apart.
func unbundle(data []byte) (leaves [][]byte, err error) {
	for len(data) > 0 {
		if len(data) < 2 {
			return nil, errBundle
		}
		n := int(binary.BigEndian.Uint16(data))
		if len(data) < 2+n {
			return nil, errBundle
		}
		leaves, data = append(leaves, data[2:2+n]), data[2+n:]
	}
	return leaves, nil
}

var errBundle = fmt.Errorf("a tile of entries is cut off")

// pathOf is where a tile of a level stands; -1 is that of the entries.
func pathOf(level int, n int64, width int) string {
	t := tlog.Tile{H: height, L: level, N: n, W: width}
	path := strings.TrimPrefix(t.Path(), fmt.Sprintf("tile/%d/", height))
	if rest, ok := strings.CutPrefix(path, "data/"); ok {
		path = "entries/" + rest
	}
	return "tile/" + path
}
