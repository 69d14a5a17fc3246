package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// DeclineAmendment says no to the other side's changes, and why. The contract
// stays as it is.
func DeclineAmendment(ctx context.Context, d *db.DB, by account.Actor, id AmendmentID, reason string) error {
	reason, wrong := checkReason(reason)
	return d.Update(ctx, func(tx *db.Tx) error {
		c, a, err := lockAmendment(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := a.Decline(c.side(by), reason, tx.Now); err != nil {
			return err
		}
		if wrong != nil {
			return wrong
		}
		if err := saveAmendment(ctx, tx, a); err != nil {
			return err
		}
		act := say.That("%s declined amendment %d.", by.Name, a.N)
		if err := journal.Append(ctx, tx, c.subject(), by, act, reason); err != nil {
			return err
		}
		return tellOfAmendment(ctx, tx, c, a, a.Author, "amendment_ended", nobodys,
			say.That("%s declined your amendment to “%s”, so the contract stays as it is. They wrote: “%s”", by.Name, c.Title, reason))
	})
}
