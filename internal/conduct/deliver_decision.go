package conduct

import (
	"context"
	"errors"
	"slices"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/likeness"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/restriction"
)

// Ruling is what is decided in the end. It can be no heavier and no longer than
// what the person was heard about.
type Ruling struct {
	Measure  restriction.Measure
	Days     int
	Facts    string
	Why      string
	Evidence []int  // cited, by number
	Outcome  string // for the reporter; needed where there is a report
}

// Deliver decides. The person reads the reasons in the transaction in which it
// takes effect, and its reporter what came of the report.
func Deliver(ctx context.Context, d *db.DB, by account.Actor, id ID, in Ruling) (m Made, err error) {
	facts, err1 := words(in.Facts, 40, 5000, ErrFacts)
	why, err2 := words(in.Why, 40, 5000, ErrWhy)
	in.Facts, in.Why = facts, why
	wrong := errors.Join(err1, err2, gaps(facts, why))
	err = d.Update(ctx, func(tx *db.Tx) error {
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
		if err := refusePartial(ctx, tx, by, dr.Person); err != nil {
			return err
		}
		tried := *dr
		if err := tried.Deliver(tx.Now); err != nil {
			return err // said before anything about what was typed
		}
		if err := errors.Join(wrong, in.within(dr)); err != nil {
			return err
		}
		dr.Measure = in.Measure
		if err := dr.Deliver(tx.Now); err != nil {
			return err
		}
		if err := in.rests(ctx, tx, by, dr); err != nil {
			return err
		}
		if m, err = made(by, dr, in, tx); err != nil {
			return err
		}
		if err := saveDraft(ctx, tx, dr); err != nil {
			return err
		}
		if m.Entry, err = logDelivered(ctx, tx, m); err != nil {
			return err
		}
		if err := insertDecision(ctx, tx, m); err != nil {
			return err
		}
		if err := tellDelivered(ctx, tx, by, m); err != nil {
			return err
		}
		return answerReport(ctx, tx, by, dr, in.Outcome)
	})
	return m, err
}

// within refuses what the person was not heard about.
func (in Ruling) within(d *Draft) error {
	var wrong []error
	switch {
	case !slices.Contains(restriction.Measures, in.Measure):
		wrong = append(wrong, ErrMeasureUnknown)
	case in.Measure.Heavier(d.Measure):
		wrong = append(wrong, ErrHeavier.With(say.Sentence{Format: string(d.Measure)}))
	case in.Measure == restriction.RemoveContent:
		lighter := *d
		lighter.Measure = in.Measure
		wrong = append(wrong, lighter.fits())
	}
	switch {
	case in.Days < 1 || in.Days > MostDays:
		wrong = append(wrong, ErrDays.With(MostDays))
	case in.Days > d.Days:
		wrong = append(wrong, ErrLonger.With(d.Days))
	}
	return errors.Join(wrong...)
}

// rests refuses what does not rest on evidence that the decider has read, or on
// the words of another case.
func (in Ruling) rests(ctx context.Context, tx *db.Tx, by account.Actor, d *Draft) error {
	all, err := evidenceOf(ctx, tx, d.ID, by.ID)
	if err != nil {
		return err
	}
	for _, e := range all {
		if !e.Opened {
			return ErrUnopened.With(e.N)
		}
	}
	cited := slices.Compact(slices.Sorted(slices.Values(in.Evidence)))
	if len(cited) == 0 || cited[0] < 1 || cited[len(cited)-1] > len(all) {
		return ErrCited
	}
	return refusePasted(ctx, tx, d.Person, in.Facts, in.Why)
}

// made is the record.
func made(by account.Actor, d *Draft, in Ruling, tx *db.Tx) (Made, error) {
	rule, err := RuleNamed(d.Rule)
	starts, until := term(in.Measure, in.Days, d.Urgent, tx.Now)
	found := "staff"
	if d.Report != nil {
		found = "report"
	}
	return Made{
		ID: d.ID, Person: d.Person, Subject: d.Subject, Rule: d.Rule, RuleVersion: d.RuleVersion, RuleText: rule.Title + ". " + rule.Text,
		Measure: in.Measure, Facts: in.Facts, Why: in.Why, Evidence: slices.Compact(slices.Sorted(slices.Values(in.Evidence))), FoundBy: found,
		Urgent: d.Urgent, Heard: d.Answer != nil, Decider: by.ID, ToldAt: d.DraftedAt, DeliveredAt: tx.Now, StartsAt: starts, Until: until,
		AppealUntil: AppealDays.After(tx.Now),
	}, err
}

func (m Made) print() likeness.Print { return likeness.Of(m.Facts + "\n" + m.Why) }

func tellDelivered(ctx context.Context, tx *db.Tx, by account.Actor, m Made) error {
	if err := journal.Append(ctx, tx, m.ID.subject(), by, say.That("%s decided: %s.", by.Name, string(m.Measure)), m.Why); err != nil {
		return err
	}
	text := say.That("%s, of the staff, has decided about you: %s, until %s. Read the reasons and the evidence, what still works, and how to appeal.", by.Name, say.Sentence{Format: string(m.Measure)}, m.Until)
	if m.Measure == restriction.EndAccount {
		text = say.That("%s, of the staff, has decided to end your account on %s. Read the reasons and the evidence, what still works, and how to appeal. Your money, your contracts and your records stay yours.", by.Name, m.StartsAt)
	}
	return notify.Send(ctx, tx, notify.Notice{Reader: m.Person, Kind: "decided", Link: m.ID.URL(), Text: text, Turn: notify.Yours(m.AppealUntil)})
}

// answerReport closes the report that a decision came from.
func answerReport(ctx context.Context, tx *db.Tx, by account.Actor, d *Draft, outcome string) error {
	if d.Report == nil {
		return nil
	}
	outcome, err := words(outcome, 20, 5000, ErrOutcome)
	if err != nil {
		return err
	}
	r, err := reportByID(ctx, tx, *d.Report, `FOR UPDATE`)
	if err != nil {
		return err
	}
	if d.State == Dropped {
		return closeReport(ctx, tx, by, r, drop, "market", outcome)
	}
	return closeReport(ctx, tx, by, r, decided, "market", outcome)
}
