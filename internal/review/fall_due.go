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

// FallDue does what the clocks of a window bring. Only the market itself does it.
func FallDue(ctx context.Context, d *db.DB, by account.Actor, on contract.ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		w, err := lock(ctx, tx, by, on)
		if err != nil {
			return err
		}
		was := w.State
		if err := w.Fall(w.side(by), tx.Now); err != nil {
			return err
		}
		if err := saveWindow(ctx, tx, w); err != nil {
			return err
		}
		switch {
		case was == Revealed: // nothing changes that anybody reads
			return nil
		case w.State == Unwritten:
			return journal.Append(ctx, tx, w.subject(), by, say.That("Neither of the two wrote a review."), "the time to write is over")
		case was == ClientWrote:
			return revealAlone(ctx, tx, w, contract.Client)
		default:
			return revealAlone(ctx, tx, w, contract.Freelancer)
		}
	})
}

func revealAlone(ctx context.Context, tx *db.Tx, w *Window, author contract.Side) error {
	if err := journal.Append(ctx, tx, w.subject(), account.System, say.That("The one review was revealed."), "the time to write is over"); err != nil {
		return err
	}
	name, err := nameOf(ctx, tx, w.person(author))
	if err != nil {
		return err
	}
	if err := tell(ctx, tx, w, author, "review_revealed", notify.Theirs(*w.RespondUntil),
		say.That("The time to review “%s” is over, and everybody can read what you wrote. The other side wrote nothing.", w.Title)); err != nil {
		return err
	}
	return tell(ctx, tx, w, other(author), "review_revealed", notify.Yours(*w.RespondUntil),
		say.That("The time to review “%s” is over, and everybody can read what %s wrote about you. You can respond once.", w.Title, name))
}

// Remind tells whoever has not written that the time is nearly over. Only the
// market itself does it, once.
func Remind(ctx context.Context, d *db.DB, by account.Actor, on contract.ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		w, err := lock(ctx, tx, by, on)
		if err != nil {
			return err
		}
		if w.side(by) != contract.Market || w.RemindedAt != nil || w.readable() || !passed((-remindDays).After(w.EndsAt), tx.Now) {
			return errTooEarly.With(w.EndsAt)
		}
		w.RemindedAt = &tx.Now
		if err := saveWindow(ctx, tx, w); err != nil {
			return err
		}
		for _, s := range []contract.Side{contract.Client, contract.Freelancer} {
			if w.wrote(s) != nil {
				continue
			}
			if err := tell(ctx, tx, w, s, "review_reminder", notify.Yours(w.EndsAt),
				say.That("You can still review “%s”, until %s. After that you cannot.", w.Title, w.EndsAt)); err != nil {
				return err
			}
		}
		return nil
	})
}
