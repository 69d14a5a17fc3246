package conduct

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// Claim takes a report on, so that nobody else works on it at the same time.
// After two days it goes back to all. A version that is not the present one is
// refused: it has changed since by opened it.
func Claim(ctx context.Context, d *db.DB, by account.Actor, id ReportID, version int) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		r, err := lockReport(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if r.Version != version && (r.Holder == nil || *r.Holder != by.ID) {
			return ErrChanged
		}
		if err := r.Claim(by, tx.Now); err != nil {
			return err
		}
		if err := saveReport(ctx, tx, r); err != nil {
			return err
		}
		return journal.Append(ctx, tx, r.subject(), by, say.That("%s looks at it.", by.Name), "by the reviewer's choice")
	})
}
