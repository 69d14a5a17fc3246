package worklog

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
)

// StopTimer stops the timer on a contract and returns the minutes that it logged.
// Less than a whole minute is not kept.
func StopTimer(ctx context.Context, d *db.DB, by account.Actor, on contract.ID) (minutes int, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		c, err := contract.LockHours(ctx, tx, by, on)
		if err != nil {
			return err
		}
		e, ok, err := running(ctx, tx, by.ID)
		switch {
		case err != nil:
			return err
		case !ok || e.Contract != c.ID:
			return ErrNoTimer
		}
		_, m, err := contract.LockWeek(ctx, tx, by, e.Week)
		if err != nil {
			return err
		}
		minutes, err = stop(ctx, tx, m, e)
		return err
	})
	return minutes, err
}

// stop ends a running entry of a week that is locked: now, or when it stopped by
// itself, and never over the weekly limit.
func stop(ctx context.Context, tx *db.Tx, m *contract.Milestone, e Entry) (minutes int, err error) {
	if err := contract.SetTiming(ctx, tx, m, false); err != nil {
		return 0, err
	}
	stopped := minute(tx.Now)
	if e.StopsAt.Before(stopped) {
		stopped = minute(e.StopsAt)
	}
	minutes = min(int(stopped.Sub(e.StartedAt)/time.Minute), m.Hours*60-m.Logged)
	if minutes < 1 {
		return 0, remove(ctx, tx, e.ID)
	}
	e.StoppedAt = new(e.StartedAt.Add(time.Duration(minutes) * time.Minute))
	if err := save(ctx, tx, e); err != nil {
		return 0, err
	}
	return minutes, contract.SetLogged(ctx, tx, m, m.Logged+minutes)
}
