package conduct

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// Lift ends a decision before its time.
func Lift(ctx context.Context, d *db.DB, by account.Actor, id ID, why string) error {
	why, wrong := words(why, 20, 5000, ErrLiftWhy)
	return d.Update(ctx, func(tx *db.Tx) error {
		m, state, _, err := lockMade(ctx, tx, by, id)
		switch {
		case err != nil:
			return err
		case by.ID == m.Person:
			return ErrPartial
		case !mayReview(by):
			return ErrNotStaff
		}
		if _, ok := Decisions.Next(state, lift, Reviewer); !ok {
			return ErrOver
		}
		if wrong != nil {
			return wrong
		}
		if err := endDecision(ctx, tx, m, End{How: Lifted, By: &by.ID, Why: why, At: tx.Now}); err != nil {
			return err
		}
		if err := journal.Append(ctx, tx, id.subject(), by, say.That("%s lifted the decision.", by.Name), why); err != nil {
			return err
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: m.Person, Kind: "decision_ended", Link: id.URL(),
			Text: say.That("%s, of the staff, has lifted the decision about you. Nothing of it is left. The reason: %s", by.Name, brief(why))})
	})
}
