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

// Write keeps what by says about the other side of a contract that has ended. If
// it is the second of the two, both are revealed with it; otherwise the other
// side hears that it is there, and nothing of what is in it.
func Write(ctx context.Context, d *db.DB, by account.Actor, on contract.ID, in Input) (id ID, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		w, err := lock(ctx, tx, by, on)
		if err != nil {
			return err
		}
		side := w.side(by)
		if err := w.Write(side, tx.Now); err != nil {
			return err
		}
		checked, err := in.check(side)
		if err != nil {
			return err
		}
		if err := saveWindow(ctx, tx, w); err != nil {
			return err
		}
		if id, err = insertReview(ctx, tx, w, side, checked); err != nil {
			return err
		}
		act := say.That("%s wrote a review.", by.Name)
		if err := journal.Append(ctx, tx, w.subject(), by, act, "sealed until both are in, or the time is over"); err != nil {
			return err
		}
		if w.readable() {
			return tellRevealed(ctx, tx, w, by)
		}
		return tell(ctx, tx, w, other(side), "review_written", notify.Yours(w.EndsAt),
			say.That("%s has written a review of “%s”. You both read what the other wrote once yours is in, or on %s.", by.Name, w.Title, w.EndsAt))
	})
	return id, err
}

// tellRevealed tells both that both are there, and records it.
func tellRevealed(ctx context.Context, tx *db.Tx, w *Window, by account.Actor) error {
	if err := journal.Append(ctx, tx, w.subject(), account.System, say.That("Both reviews were revealed."), "both are in"); err != nil {
		return err
	}
	text := say.That("Both reviews of “%s” are in, and everybody can read them. You can respond once to what was written about you.", w.Title)
	for _, s := range []contract.Side{contract.Client, contract.Freelancer} {
		if err := tell(ctx, tx, w, s, "review_revealed", notify.Yours(*w.RespondUntil), text); err != nil {
			return err
		}
	}
	return nil
}

// lock keeps the window of a contract that by is party to from changing until
// the transaction ends. It is opened if it is time and the sweep has not come yet.
func lock(ctx context.Context, tx *db.Tx, by account.Actor, on contract.ID) (*Window, error) {
	w, err := findWindow(ctx, tx, on, locked)
	if err != nil {
		return nil, err
	}
	if w == nil {
		c, err := contractByID(ctx, tx, on)
		if err != nil {
			return nil, err
		}
		if by.ID != c.Client && by.ID != c.Freelancer {
			return nil, ErrNotFound
		}
		if err := open(ctx, tx, on); err != nil {
			return nil, err
		}
		if w, err = findWindow(ctx, tx, on, locked); err != nil {
			return nil, err
		}
	}
	if w.side(by) == "" {
		return nil, ErrNotFound
	}
	return w, nil
}
