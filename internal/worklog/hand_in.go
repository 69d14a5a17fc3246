package worklog

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
	"freehold/internal/kit/due"
)

// HandIn closes a week: a timer in it is stopped, and its hours go to the client.
// The freelancer can as soon as there are hours; the market does at noon on the
// Monday after.
func HandIn(ctx context.Context, d *db.DB, by account.Actor, week contract.MilestoneID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, m, err := contract.LockWeek(ctx, tx, by, week)
		if err != nil {
			return err
		}
		if !by.IsSystem() && by.ID != c.Freelancer {
			return ErrNotYours
		}
		e, ok, err := running(ctx, tx, c.Freelancer)
		if err != nil {
			return err
		}
		if ok && e.Week == week {
			if _, err := stop(ctx, tx, m, e); err != nil {
				return err
			}
		}
		return contract.HandIn(ctx, tx, by, c, m)
	})
}

// SweepDue hands in the weeks that are over, and returns how many.
func SweepDue(ctx context.Context, d *db.DB) (int, error) {
	return due.Sweep(ctx, d, func(ctx context.Context, id contract.MilestoneID) error { return HandIn(ctx, d, account.System, id) }, `
		SELECT m.id FROM contract.milestones m JOIN contract.contracts c ON c.id = m.contract
		WHERE m.state = 'funded' AND m.closes_at <= $1 AND c.every = 'week' ORDER BY m.closes_at, m.id`)
}
