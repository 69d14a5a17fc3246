package review

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// OpenDue opens the window of a contract that has ended, and tells both. Only the
// market itself does it; where money was paid only later, as by a dispute that
// closes, it does it then.
func OpenDue(ctx context.Context, d *db.DB, by account.Actor, id contract.ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		if !by.IsSystem() {
			return ErrNotFound
		}
		return open(ctx, tx, id)
	})
}

// open opens the window of a contract if it is time and none is open yet.
func open(ctx context.Context, tx *db.Tx, id contract.ID) error {
	c, err := contractByID(ctx, tx, id)
	switch {
	case err != nil:
		return err
	case !c.Ended:
		return ErrNotEnded
	case c.PaidMinor <= 0:
		return ErrNothing
	}
	opened, err := insertWindow(ctx, tx, c)
	if err != nil || !opened {
		return err
	}
	w := Window{Contract: c.Contract, Client: c.Client, Freelancer: c.Freelancer, Title: c.Title, EndsAt: WriteDays.After(tx.Now)}
	act := say.That("Both can review each other until %s.", w.EndsAt)
	if err := journal.Append(ctx, tx, w.subject(), account.System, act, "the contract has ended, and money was paid"); err != nil {
		return err
	}
	for _, s := range []contract.Side{contract.Client, contract.Freelancer} {
		text := say.That("“%s” has ended. Say how it was: nobody reads what the other wrote before both are in, or the time is over.", w.Title)
		if err := tell(ctx, tx, &w, s, "review_open", notify.Yours(w.EndsAt), text); err != nil {
			return err
		}
	}
	return nil
}

// tell sends one side what concerns them.
func tell(ctx context.Context, tx *db.Tx, w *Window, s contract.Side, kind string, turn notify.Turn, text say.Sentence) error {
	return notify.Send(ctx, tx, notify.Notice{Reader: w.person(s), Kind: kind, Link: w.URL(), Turn: turn, Text: text})
}
