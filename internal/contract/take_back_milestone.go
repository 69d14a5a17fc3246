package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// TakeBack returns the money of a milestone for which nothing was submitted to
// the client, once its due date and the days of grace have passed. If no other
// milestone is under way the contract ends early, and the ending fee returns to
// the client too.
func TakeBack(ctx context.Context, d *db.DB, by account.Actor, id MilestoneID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, m, err := lockMilestone(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := m.TakeBack(c.side(by), tx.Now); err != nil {
			return err
		}
		back, err := escrow.GiveBack(ctx, tx, m.Purpose(), c.Client, c.Currency, c.aboutOf(m))
		if err != nil {
			return err
		}
		act := say.That("%s took the %s for “%s” back.", by.Name, back, m.Title)
		if err := journal.Append(ctx, tx, c.subject(), by, act, "nothing was submitted by the due date and the days of grace"); err != nil {
			return err
		}
		if err := tell(ctx, tx, c, Freelancer, "milestone_taken_back",
			say.That("Nothing was submitted for “%s” in time, and %s took its money back. Nobody should work on it any more.", m.Title, by.Name)); err != nil {
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
