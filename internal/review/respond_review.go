package review

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// Respond keeps what the one whom a review is about says to it. Once, for
// everybody to read beside it.
func Respond(ctx context.Context, d *db.DB, by account.Actor, to ID, words string) error {
	words, err := checkWords(words)
	if err != nil {
		return err
	}
	if words == "" {
		return errNoResponse
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		r, err := reviewByID(ctx, tx, by.ID, to)
		if err != nil {
			return err
		}
		if r.About != by.ID {
			return ErrNotFound
		}
		w, err := lock(ctx, tx, by, r.Contract)
		if err != nil {
			return err
		}
		if r, err = reviewByID(ctx, tx, by.ID, to); err != nil { // as it is now that nobody else can respond
			return err
		}
		if r.RespondedAt != nil {
			return ErrResponded
		}
		if err := w.Respond(w.side(by), tx.Now); err != nil {
			return err
		}
		if err := insertResponse(ctx, tx, to, words); err != nil {
			return err
		}
		if err := journal.Append(ctx, tx, w.subject(), by, say.That("%s responded to the review of them.", by.Name), "everybody can read it"); err != nil {
			return err
		}
		return tell(ctx, tx, w, r.Side, "review_response", notify.Turn{},
			say.That("%s responded to what you wrote about them on “%s”.", by.Name, w.Title))
	})
}
