package file

import (
	"context"

	"freehold/internal/kit/blob"
	"freehold/internal/kit/db"
)

// sweepAtOnce is how many files one transaction deletes.
const sweepAtOnce = 500

// Sweep deletes the files that have been loose for a day: first their rows, and
// once that is certain their bytes. Several may sweep at once.
func Sweep(ctx context.Context, d *db.DB, store *blob.Store) error {
	for {
		var keys []string
		if err := d.Update(ctx, func(tx *db.Tx) (err error) {
			keys, err = deleteLoose(ctx, tx, tx.Now.Add(-Looseness), sweepAtOnce)
			return err
		}); err != nil {
			return err
		}
		for _, key := range keys {
			if err := store.Delete(ctx, key); err != nil {
				return err
			}
		}
		if len(keys) < sweepAtOnce {
			return nil
		}
	}
}
