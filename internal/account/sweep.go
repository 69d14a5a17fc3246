package account

import (
	"context"
	"errors"

	"freehold/internal/kit/db"
	"freehold/internal/kit/limits"
	"freehold/internal/kit/mail"
)

// Sweep deletes what we have no more reason to keep: links that have expired,
// where sessions were that ended 90 days ago, old counters and old mail. The
// sessions themselves stay, since signatures refer to them.
func Sweep(ctx context.Context, d *db.DB) error {
	err := d.Update(ctx, func(tx *db.Tx) error {
		if err := deleteLinks(ctx, tx, tx.Now); err != nil {
			return err
		}
		return forgetTraces(ctx, tx, tx.Now.Add(-traceLife))
	})
	return errors.Join(err, limits.Sweep(ctx, d), mail.Sweep(ctx, d))
}
