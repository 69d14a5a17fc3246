package worklog

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
)

// ChangeEntry puts other words or times in the place of an entry's, while its week
// is open. It is marked as changed. The times of a running timer stay.
func ChangeEntry(ctx context.Context, d *db.DB, by account.Actor, id EntryID, w Worked) error {
	note, wrong := w.check()
	return d.Update(ctx, func(tx *db.Tx) error {
		m, e, err := lockEntry(ctx, tx, by, id)
		if err != nil {
			return err
		}
		e.Memo, e.Links, e.Edited = note.Memo, note.Links, true
		switch {
		case wrong != nil && e.Running():
			return wrong
		case e.Running():
			return save(ctx, tx, e)
		}
		left, err := space(m, tx.Now)
		if err != nil {
			return err
		}
		before, started, stopped := e.Minutes(), minute(w.From), minute(w.To)
		if err := errors.Join(wrong, fits(m, started, stopped, tx.Now, left+before)); err != nil {
			return err
		}
		e.StartedAt, e.StoppedAt, e.StopsAt = started, &stopped, stopped
		if err := save(ctx, tx, e); err != nil {
			return err
		}
		return contract.SetLogged(ctx, tx, m, m.Logged-before+int(stopped.Sub(started)/time.Minute))
	})
}

// RemoveEntry takes an entry away while its week is open. A running timer is
// stopped without logging anything.
func RemoveEntry(ctx context.Context, d *db.DB, by account.Actor, id EntryID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		m, e, err := lockEntry(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := remove(ctx, tx, e.ID); err != nil {
			return err
		}
		if e.Running() {
			return contract.SetTiming(ctx, tx, m, false)
		}
		return contract.SetLogged(ctx, tx, m, m.Logged-e.Minutes())
	})
}

// lockEntry reads an entry of by's own in a week that is open, and keeps the week
// from changing until the transaction ends.
func lockEntry(ctx context.Context, tx *db.Tx, by account.Actor, id EntryID) (*contract.Milestone, Entry, error) {
	e, err := entryByID(ctx, tx, id)
	if err != nil {
		return nil, e, err
	}
	c, m, err := contract.LockWeek(ctx, tx, by, e.Week)
	switch {
	case errors.Is(err, contract.ErrMilestoneNotFound):
		return nil, e, ErrEntryNotFound
	case err != nil:
		return nil, e, err
	case by.ID != c.Freelancer:
		return nil, e, ErrNotYours
	case !m.Open():
		return nil, e, contract.ErrWeekClosed
	}
	e, err = entryByID(ctx, tx, id) // as it is now that nobody else can change it
	return m, e, err
}
