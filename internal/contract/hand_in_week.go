package contract

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
)

// ErrWeekClosed says that hours can no longer be logged or changed.
var ErrWeekClosed = fault.New(fault.Conflict, "week_closed",
	"The hours of this week are handed in, so they stay as they are. Nothing was changed.")

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

// ErrNoWeek says that a time lies outside of a contract.
var ErrNoWeek = fault.New(fault.Conflict, "no_week_then",
	"The contract has no week at that time. Look at its weeks, and if you both want more, add some by an amendment.")

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

// HandIn closes a week that was locked, and hands its hours to the client. What
// they do not come to rolls over. If nobody logged an hour the week is unused, and
// all of its money rolls over.
func HandIn(ctx context.Context, tx *db.Tx, by account.Actor, c *Contract, m *Milestone) error {
	before := c.Cost(m)
	if err := m.Hand(c.side(by), tx.Now, c.AcceptanceDays); err != nil {
		return err
	}
	held, wallet, err := lockMoney(ctx, tx, c)
	if err != nil {
		return err
	}
	rolls := before
	if m.State == Submitted {
		c.waitFor(m, tx.Now)
		rolls = before.Sub(c.Cost(m))
	}
	if err := escrow.Roll(ctx, tx, m.Purpose(), escrow.Reserve(c.ID), rolls, c.aboutOf(m)); err != nil {
		return err
	}
	c.Reserve = c.Reserve.Add(rolls)
	if err := recordWeek(ctx, tx, by, c, m); err != nil {
		return err
	}
	if m.State == Unused {
		if err := moveOn(ctx, tx, c, held, wallet); err != nil {
			return err
		}
	}
	return saveContract(ctx, tx, c)
}

func recordWeek(ctx context.Context, tx *db.Tx, by account.Actor, c *Contract, m *Milestone) error {
	if m.State == Unused {
		act := say.That("“%s” was closed without hours.", m.Title)
		return errors.Join(journal.Append(ctx, tx, c.subject(), by, act, "nobody logged an hour"),
			tell(ctx, tx, c, Client, "week_unused", nobodys,
				say.That("No hours were logged for “%s” on “%s”. Its money stays in escrow for the next week.", m.Title, c.Title)))
	}
	act := say.That("The hours of “%s” were handed in: %s.", m.Title, m.Price)
	if err := journal.Append(ctx, tx, c.subject(), by, act, "a week is handed in once it is over, or when the freelancer closes it"); err != nil {
		return err
	}
	return tell(ctx, tx, c, Client, "week_handed_in", turn{Client, *m.ApproveBy},
		say.That("The hours of “%s” on “%s” are there: %s. Approve them, or dispute single lines, by %s. After that they count as approved and are paid.",
			m.Title, c.Title, m.Price, *m.ApproveBy))
}
