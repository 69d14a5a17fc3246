package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

// TakeBack returns the money of a milestone for which no work came in time, or
// none that mends what was asked for, to the client. The client may do it once
// the date for it has passed; the market itself does it later, if neither of the
// two has done anything. If no other milestone is under way the contract ends
// early, and the ending fee returns to the client too.
func TakeBack(ctx context.Context, d *db.DB, by account.Actor, id MilestoneID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, m, err := lockMilestone(ctx, tx, by, id)
		if err != nil {
			return err
		}
		rule := "nothing was submitted by the due date and the days of grace"
		if m.State == ChangesAsked {
			rule = "the changes that were asked for were not made in time"
		}
		if err := m.TakeBack(c.side(by), tx.Now); err != nil {
			return err
		}
		back, err := escrow.GiveBack(ctx, tx, m.Purpose(), c.Client, c.Currency, c.aboutOf(m))
		if err != nil {
			return err
		}
		if err := recordTakenBack(ctx, tx, by, c, m, back, rule); err != nil {
			return err
		}
		if !c.anyLive() {
			if err := finish(ctx, tx, c, by, "a milestone's money was taken back, and no other one is under way"); err != nil {
				return err
			}
		}
		return saveContract(ctx, tx, c)
	})
}

func recordTakenBack(ctx context.Context, tx *db.Tx, by account.Actor, c *Contract, m *Milestone, back money.Amount, rule string) error {
	if by.IsSystem() {
		act := say.That("The %s for “%s” went back to the client.", back, m.Title)
		if err := journal.Append(ctx, tx, c.subject(), by, act, rule+", and nobody has done anything since"); err != nil {
			return err
		}
		return tellBoth(ctx, tx, c, "milestone_taken_back", nobodys,
			say.That("No work came for “%s”, and the %s for it are back in your wallet.", m.Title, back),
			say.That("No work came for “%s”, and its money went back to the client. Nobody should work on it any more.", m.Title))
	}
	act := say.That("%s took the %s for “%s” back.", by.Name, back, m.Title)
	if err := journal.Append(ctx, tx, c.subject(), by, act, rule); err != nil {
		return err
	}
	return tell(ctx, tx, c, Freelancer, "milestone_taken_back", nobodys,
		say.That("No work came for “%s” in time, and %s took its money back. Nobody should work on it any more.", m.Title, by.Name))
}
