package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
)

var (
	// ErrShare says what a share is.
	ErrShare = fault.New(fault.Invalid, "share_invalid", "Name a share between 0 and 100 percent.").At("percent")
	// ErrNoShareToName says that nothing is to be settled by a share.
	ErrNoShareToName = fault.New(fault.Conflict, "no_share_to_name",
		"A share is named for a milestone that has begun and is not submitted, while notice runs. Nothing was changed.")
)

// NameShare says how much of a milestone under way is done, in percent, while
// notice runs. If both name the same, that is what will be paid.
func NameShare(ctx context.Context, d *db.DB, by account.Actor, id MilestoneID, percent int) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, m, err := lockMilestone(ctx, tx, by, id)
		if err != nil {
			return err
		}
		side := c.side(by)
		if err := c.NameShare(m, side, percent); err != nil {
			return err
		}
		if err := saveMilestone(ctx, tx, m); err != nil {
			return err
		}
		act := say.That("%s says that %d percent of “%s” are done.", by.Name, percent, m.Title)
		if err := journal.Append(ctx, tx, c.subject(), by, act, "notice has been given"); err != nil {
			return err
		}
		if m.agreedShare() {
			return tell(ctx, tx, c, other(side), "share_named", nobodys,
				say.That("You both say that %d percent of “%s” are done. That share will be paid when “%s” ends.", percent, m.Title, c.Title))
		}
		if _, ok := c.Between(m); ok {
			return tell(ctx, tx, c, other(side), "share_named", turn{other(side), *c.EndsAt},
				say.That("%s says that %d percent of “%s” are done, and you say otherwise. Name the same share, or have an arbiter decide between the two. If neither of you does anything, the days decide.", by.Name, percent, m.Title))
		}
		return tell(ctx, tx, c, other(side), "share_named", turn{other(side), *c.EndsAt},
			say.That("%s says that %d percent of “%s” are done. If you say the same, that is what will be paid.", by.Name, percent, m.Title))
	})
}
