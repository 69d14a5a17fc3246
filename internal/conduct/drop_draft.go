package conduct

import (
	"cmp"
	"context"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// Drop ends what was considered, without a decision. The person and the reporter
// read why.
func Drop(ctx context.Context, d *db.DB, by account.Actor, id ID, why string) error {
	why, wrong := words(why, 20, 5000, ErrDropWhy)
	return d.Update(ctx, func(tx *db.Tx) error {
		dr, err := lockDraft(ctx, tx, by, id)
		switch {
		case err != nil:
			return err
		case by.ID == dr.Person:
			return ErrPartial
		case !mayReview(by):
			return ErrNotStaff
		case dr.EndedAt != nil:
			return ErrOver
		}
		if err := cmp.Or(refusePartial(ctx, tx, by, dr.Person), wrong); err != nil {
			return err
		}
		return dropDraft(ctx, tx, by, dr, why)
	})
}

func dropDraft(ctx context.Context, tx *db.Tx, by account.Actor, dr *Draft, why string) error {
	heard := dr.State == Hearing
	if err := dr.Drop(why, tx.Now); err != nil {
		return err
	}
	if err := saveDraft(ctx, tx, dr); err != nil {
		return err
	}
	if err := journal.Append(ctx, tx, dr.ID.subject(), by, say.That("Nothing was decided."), why); err != nil {
		return err
	}
	if heard {
		if err := notify.Send(ctx, tx, notify.Notice{Reader: dr.Person, Kind: "hearing_dropped", Link: dr.ID.URL(),
			Text: say.That("What was considered about you was dropped: nothing was decided, and nothing follows. The reason: %s", brief(why))}); err != nil {
			return err
		}
	}
	return answerReport(ctx, tx, by, dr, why)
}
