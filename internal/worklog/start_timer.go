package worklog

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
)

// StartTimer begins to measure work on a contract by the hour. The timer stops by
// itself at the weekly limit, at the end of the week, and after 12 hours.
func StartTimer(ctx context.Context, d *db.DB, by account.Actor, on contract.ID, n Note) (id EntryID, err error) {
	n, wrong := n.check()
	err = d.Update(ctx, func(tx *db.Tx) error {
		if err := stopForgotten(ctx, tx, by.ID); err != nil {
			return err
		}
		c, m, err := contract.WeekAt(ctx, tx, by, on, tx.Now)
		if err != nil {
			return err
		}
		if by.ID != c.Freelancer {
			return ErrNotYours
		}
		left, err := space(m, tx.Now)
		switch {
		case err != nil:
			return err
		case wrong != nil:
			return wrong
		case left < 1:
			return ErrLimit.With(m.Hours, left)
		}
		started := minute(tx.Now)
		id, err = insert(ctx, tx, Entry{
			Week: m.ID, Contract: c.ID, Freelancer: c.Freelancer, StartedAt: started, StopsAt: stopsAt(m, started, left),
			Memo: n.Memo, Links: n.Links, Rate: m.Rate.Minor,
		})
		if err != nil {
			return err
		}
		return contract.SetTiming(ctx, tx, m, true)
	})
	return id, err
}

// stopForgotten stops a timer of somebody that has stopped by itself meanwhile,
// and refuses if one still runs.
func stopForgotten(ctx context.Context, tx *db.Tx, of account.ID) error {
	e, ok, err := running(ctx, tx, of)
	switch {
	case err != nil || !ok:
		return err
	case e.StopsAt.After(tx.Now):
		return ErrRunning
	}
	_, m, err := contract.LockWeek(ctx, tx, account.System, e.Week)
	if err != nil {
		return err
	}
	_, err = stop(ctx, tx, m, e)
	return err
}
