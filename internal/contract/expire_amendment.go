package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// ExpireAmendment ends an amendment that was not signed by both in time. Only the
// market itself does it.
func ExpireAmendment(ctx context.Context, d *db.DB, by account.Actor, id AmendmentID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, a, err := lockAmendment(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := a.Expire(c.side(by), tx.Now); err != nil {
			return err
		}
		if err := saveAmendment(ctx, tx, a); err != nil {
			return err
		}
		act := say.That("Amendment %d expired.", a.N)
		if err := journal.Append(ctx, tx, c.subject(), by, act, "it was not signed by both in time"); err != nil {
			return err
		}
		text := say.That("The amendment to “%s” has expired: it was not signed by both in time. The contract stays as it is.", c.Title)
		for _, s := range []Side{Client, Freelancer} {
			if err := tellOfAmendment(ctx, tx, c, a, s, "amendment_ended", nobodys, text); err != nil {
				return err
			}
		}
		return nil
	})
}
