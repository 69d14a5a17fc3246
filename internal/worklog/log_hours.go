package worklog

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
)

// Worked is work that was done, as somebody types it in.
type Worked struct {
	Note

	From time.Time // to the minute
	To   time.Time
}

// LogHours adds work that was not measured. It is marked as typed in.
func LogHours(ctx context.Context, d *db.DB, by account.Actor, on contract.ID, w Worked) (id EntryID, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		id, err = logHours(ctx, tx, by, on, w)
		return err
	})
	return id, err
}

func logHours(ctx context.Context, tx *db.Tx, by account.Actor, on contract.ID, w Worked) (EntryID, error) {
	note, wrong := w.check()
	started, stopped := minute(w.From), minute(w.To)
	c, m, err := contract.WeekAt(ctx, tx, by, on, started)
	if err != nil {
		return 0, errors.Join(err, wrong)
	}
	if by.ID != c.Freelancer {
		return 0, ErrNotYours
	}
	left, err := space(m, tx.Now)
	if err != nil {
		return 0, err
	}
	if err := errors.Join(wrong, fits(m, started, stopped, tx.Now, left)); err != nil {
		return 0, err
	}
	id, err := insert(ctx, tx, Entry{
		Week: m.ID, Contract: c.ID, Freelancer: c.Freelancer, StartedAt: started, StoppedAt: &stopped, StopsAt: stopped,
		Memo: note.Memo, Links: note.Links, Rate: m.Rate.Minor, Manual: true,
	})
	if err != nil {
		return 0, err
	}
	return id, contract.SetLogged(ctx, tx, m, m.Logged+int(stopped.Sub(started)/time.Minute))
}
