package translog

import (
	"context"
	"encoding/json"
	"time"

	"freehold/internal/kit/db"
)

// Shown is an entry as everybody reads it.
type Shown struct {
	N       int64
	Kind    Kind
	Subject string
	At      time.Time
	Public  map[string]string
}

// Latest returns up to n entries from before the given one, the latest first. A
// before of 0 starts with the latest.
func Latest(ctx context.Context, d *db.DB, before int64, n int) (all []Shown, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		rows, err := db.All[struct {
			N       int64
			Kind    Kind
			Subject string
			At      time.Time
			Leaf    []byte
		}](ctx, tx, `SELECT n, kind, subject, at, leaf FROM translog.entries WHERE $1::bigint = 0 OR n < $1 ORDER BY n DESC LIMIT $2`, before, n)
		all = make([]Shown, len(rows))
		for i, r := range rows {
			all[i] = Shown{N: r.N, Kind: r.Kind, Subject: r.Subject, At: r.At}
			if err := json.Unmarshal(r.Leaf, &all[i].Public); err != nil {
				return err
			}
			for _, shown := range []string{"n", "kind", "subject", "at"} {
				delete(all[i].Public, shown)
			}
		}
		return err
	})
	return all, err
}
