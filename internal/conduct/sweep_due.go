package conduct

import (
	"context"
	"errors"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/due"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// SweepDue gives reports back whose reviewers took too long, drops what nobody
// decided, and tells people whose decision has lapsed because their appeal was not
// answered: it has ended then already. It returns how many times it acted.
func SweepDue(ctx context.Context, d *db.DB) (int, error) {
	released, err1 := due.Sweep(ctx, d, func(ctx context.Context, id ReportID) error { return releaseReport(ctx, d, id) }, `
		SELECT id FROM conduct.reports WHERE state = 'in review' AND held_until <= $1 ORDER BY held_until`)
	dropped, err2 := due.Sweep(ctx, d, func(ctx context.Context, id ID) error { return dropStale(ctx, d, id) }, `
		SELECT id FROM conduct.drafts WHERE ended_at IS NULL AND due <= $1 ORDER BY due`)
	lapsed, err3 := due.Sweep(ctx, d, func(ctx context.Context, id ID) error { return tellLapsed(ctx, d, id) }, `
		SELECT decision FROM conduct.appeals WHERE answered_at IS NULL AND due <= $1 ORDER BY due`)
	return released + dropped + lapsed, errors.Join(err1, err2, err3)
}

func releaseReport(ctx context.Context, d *db.DB, id ReportID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		r, err := reportByID(ctx, tx, id, `FOR UPDATE`)
		if err != nil {
			return err
		}
		if err := r.Release(tx.Now); err != nil {
			return err
		}
		if err := saveReport(ctx, tx, r); err != nil {
			return err
		}
		return journal.Append(ctx, tx, r.subject(), account.System, say.That("The report went back to all reviewers."), "its reviewer has not answered it in time")
	})
}

func dropStale(ctx context.Context, d *db.DB, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		dr, err := draftByID(ctx, tx, id, `FOR UPDATE`)
		if err != nil {
			return err
		}
		if _, ok := Decisions.Next(dr.State, lapse, "market"); !ok || dr.Due == nil || tx.Now.Before(*dr.Due) {
			return ErrOver
		}
		return dropDraft(ctx, tx, account.System, dr, "Nobody of the staff has decided it in time.")
	})
}

// tellLapsed writes down that a decision has lapsed, and tells its person.
func tellLapsed(ctx context.Context, d *db.DB, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		m, state, a, err := lockMade(ctx, tx, account.System, id)
		if err != nil {
			return err
		}
		if a == nil || a.AnsweredAt != nil || tx.Now.Before(a.Due) {
			return ErrSettled
		}
		late := Late
		a.Outcome, a.AnsweredAt = &late, &a.Due // which is when it happened
		if err := saveAppeal(ctx, tx, *a); err != nil {
			return err
		}
		if state == Lapsed {
			if err := endDecision(ctx, tx, m, End{How: Lapsed, Why: "The appeal was not answered in time.", At: a.Due}); err != nil {
				return err
			}
		}
		if err := journal.Append(ctx, tx, id.subject(), account.System, say.That("The decision lapsed."), "the appeal was not answered in time"); err != nil {
			return err
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: m.Person, Kind: "decision_ended", Link: id.URL(),
			Text: say.That("Nobody has answered your appeal in time, so the decision about you has lapsed. Nothing of it is left.")})
	})
}
