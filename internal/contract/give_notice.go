package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
)

// ErrUnderNotice says that the contract is ending already.
var ErrUnderNotice = fault.New(fault.Conflict, "contract_under_notice",
	"Notice has been given on this contract: it ends on %s. Until then work that is funded goes on, and nothing more is funded.")

// GiveNotice begins to end a contract early, and says why. Either side may while
// it is active. Funded work goes on until the notice has passed; then the
// settlement is carried out, which both can read from this moment on.
func GiveNotice(ctx context.Context, d *db.DB, by account.Actor, id ID, n Notice) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockContract(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := c.GiveNotice(c.side(by), n, tx.Now); err != nil {
			return err
		}
		if err := saveContract(ctx, tx, c); err != nil {
			return err
		}
		act := say.That("%s gave notice. The contract ends on %s.", by.Name, *c.EndsAt)
		if err := journal.Append(ctx, tx, c.subject(), by, act, c.NoticeWords); err != nil {
			return err
		}
		text := say.That("%s gave notice on “%s”: it ends on %s. Read what will be paid, and say how much of the work under way is done.", by.Name, c.Title, *c.EndsAt)
		return tell(ctx, tx, c, other(c.NoticeBy), "notice_given", turn{other(c.NoticeBy), *c.EndsAt}, text)
	})
}
