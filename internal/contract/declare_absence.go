package contract

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/terms"
)

// LongestAbsence is how long a client can be away in a contract.
const LongestAbsence terms.Days = 14

var (
	// ErrAbsentBefore says that the one absence was declared.
	ErrAbsentBefore = fault.New(fault.Conflict, "absent_before",
		"You have declared an absence on this contract, until %s. There is one for each contract, so that work does not wait without end.")
	// ErrAbsence says how long one can be.
	ErrAbsence = fault.New(fault.Invalid, "absence_invalid", "Name a day from today until %s: an absence lasts 14 days at most.").At("until")
)

// DeclareAbsence says that the client is away until the end of a day. Until then
// the acceptance window of submitted work stands still. Once for each contract.
func DeclareAbsence(ctx context.Context, d *db.DB, by account.Actor, id ID, until time.Time) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockContract(ctx, tx, by, id)
		if err != nil {
			return err
		}
		waiting, err := c.DeclareAbsence(c.side(by), until, tx.Now)
		if err != nil {
			return err
		}
		if err := saveAbsence(ctx, tx, c, waiting); err != nil {
			return err
		}
		act := say.That("%s is away until %s. The time to answer stands still until then.", by.Name, *c.AbsentUntil)
		if err := journal.Append(ctx, tx, c.subject(), by, act, "declared once for this contract"); err != nil {
			return err
		}
		return tell(ctx, tx, c, Freelancer, "client_absent", nobodys,
			say.That("%s is away until %s. On “%s” the time to answer your work stands still until then. It can do so only once.", by.Name, *c.AbsentUntil, c.Title))
	})
}
