package conduct

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// Dismiss ends a report without anything to follow. Its reporter reads why.
func Dismiss(ctx context.Context, d *db.DB, by account.Actor, id ReportID, outcome string) error {
	outcome, wrong := words(outcome, 20, 5000, ErrOutcome)
	return d.Update(ctx, func(tx *db.Tx) error {
		r, err := lockReport(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := r.heldBy(by); err != nil {
			return err
		}
		if open, err := hasDraft(ctx, tx, id); err != nil || open {
			return orErr(err, ErrDrafted)
		}
		if wrong != nil {
			return wrong
		}
		return closeReport(ctx, tx, by, r, dismiss, Reviewer, outcome)
	})
}

// closeReport ends a report, and tells its reporter what came of it.
func closeReport(ctx context.Context, tx *db.Tx, by account.Actor, r *Report, e lifecycle.Event, as lifecycle.Actor, outcome string) error {
	if err := r.close(e, as, outcome, tx.Now); err != nil {
		return err
	}
	if err := saveReport(ctx, tx, r); err != nil {
		return err
	}
	act := say.That("%s closed the report: nothing follows.", by.Name)
	if r.State == Decision {
		act = say.That("%s closed the report: a decision was made.", by.Name)
	}
	if by.IsSystem() {
		act = say.That("The report was closed: nothing follows.")
	}
	if err := journal.Append(ctx, tx, r.subject(), by, act, outcome); err != nil {
		return err
	}
	t, err := thing(ctx, tx, r.Subject)
	if err != nil {
		return err
	}
	text := say.That("You reported %s. A person has looked at it, and found no rule broken. They write: %s", t.Words(), brief(outcome))
	if r.State == Decision {
		text = say.That("You reported %s. A person has looked at it, and something follows from it. They write: %s", t.Words(), brief(outcome))
	}
	switch {
	case r.Reporter != nil:
		return notify.Send(ctx, tx, notify.Notice{Reader: *r.Reporter, Kind: "report_answered", Link: "/my/reports", Text: text})
	case r.Email != nil:
		return mail.Queue(ctx, tx, mail.Message{To: *r.Email, Body: mail.Body{
			Subject: say.That("What came of your report"), Says: []say.Sentence{text}, Quote: outcome,
			Why: say.That("You get this mail because somebody reported something and gave this address for the answer."),
		}})
	default:
		return nil
	}
}

// brief is the beginning of what somebody wrote, for a notice; the whole of it stands
// where the notice leads.
func brief(words string) string { return prose.Snippet(words, 240) }

// orErr is err, or what is the matter if there is none.
func orErr(err, matter error) error {
	if err != nil {
		return err
	}
	return matter
}
