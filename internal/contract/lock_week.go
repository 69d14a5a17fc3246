package contract

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

// ErrWeekClosed says that hours can no longer be logged or changed.
var ErrWeekClosed = fault.New(fault.Conflict, "week_closed",
	"The hours of this week are handed in, so they stay as they are. Nothing was changed.")

// ErrNoWeek says that a time lies outside of a contract.
var ErrNoWeek = fault.New(fault.Conflict, "no_week_then",
	"The contract has no week at that time. Look at its weeks, and if you both want more, add some by an amendment.")

// LockWeek reads a week of hours whose contract by is party to, and keeps it from
// changing until the transaction ends.
func LockWeek(ctx context.Context, tx *db.Tx, by account.Actor, id MilestoneID) (*Contract, *Milestone, error) {
	c, m, err := lockMilestone(ctx, tx, by, id)
	if err == nil && m.Every != Weekly {
		err = ErrNotAWeek
	}
	return c, m, err
}

// LockHours reads a contract by the hour that by is party to, and keeps it from
// changing until the transaction ends.
func LockHours(ctx context.Context, tx *db.Tx, by account.Actor, id ID) (*Contract, error) {
	c, err := lockContract(ctx, tx, by, id)
	if err == nil && c.Every != Weekly {
		err = ErrNotAWeek
	}
	return c, err
}

// WeekAt is the week of hours of a contract in which an instant lies, locked as
// by LockWeek. Its money may not be there.
func WeekAt(ctx context.Context, tx *db.Tx, by account.Actor, on ID, at time.Time) (*Contract, *Milestone, error) {
	c, err := lockContract(ctx, tx, by, on)
	if err != nil {
		return nil, nil, err
	}
	for i := range c.Milestones {
		if m := &c.Milestones[i]; m.Every == Weekly && !at.Before(*m.Starts) && at.Before(*m.Ends) {
			return c, m, nil
		}
	}
	if c.Every != Weekly {
		return c, nil, ErrNotAWeek
	}
	return c, nil, ErrNoWeek
}

// SetLogged keeps how many minutes are logged for a week that was locked.
func SetLogged(ctx context.Context, tx *db.Tx, m *Milestone, minutes int) error {
	m.Logged = minutes
	return db.Exec1(ctx, tx, `UPDATE contract.milestones SET logged = $2 WHERE id = $1`, m.ID, minutes)
}

// SetTiming keeps whether a timer runs in a week that was locked.
func SetTiming(ctx context.Context, tx *db.Tx, m *Milestone, on bool) error {
	m.Timing = on
	return db.Exec1(ctx, tx, `UPDATE contract.milestones SET timing = $2 WHERE id = $1`, m.ID, on)
}
