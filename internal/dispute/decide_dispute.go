package dispute

import (
	"context"
	"errors"
	"slices"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

var (
	// ErrGrounds asks for the reasons of a decision.
	ErrGrounds = fault.New(fault.Invalid, "grounds_missing", "Say why, in 20 to 10,000 characters: both read it, and so does everybody, without their names.").At("words")
	// ErrCriteria asks what a decision rests on.
	ErrCriteria = fault.New(fault.Invalid, "criteria_missing", "Name at least one acceptance criterion that the decision rests on.").At("criteria")
	// ErrEvidence says that something cited is not there.
	ErrEvidence = fault.New(fault.Invalid, "evidence_unknown", "There is no evidence with that number.").At("evidence")
	// ErrNoEvidence wants what was brought to be looked at.
	ErrNoEvidence = fault.New(fault.Invalid, "evidence_missing", "The two have brought evidence. Cite at least one piece of it, for or against.").At("evidence")
)

// Ruling is what an arbiter decides.
type Ruling struct {
	Award    money.Amount // to the freelancer
	Words    string
	Criteria []int // of the milestone, from 0
	Evidence []int // by number
}

// Decide keeps the decision of the arbiter who was named. It holds unless one of
// the two asks for a review in time.
func Decide(ctx context.Context, d *db.DB, by account.Actor, id ID, in Ruling) error {
	words, wrong := checkGrounds(in.Words)
	return d.Update(ctx, func(tx *db.Tx) error {
		on, err := lock(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := on.Decide(by, tx.Now); err != nil {
			return err
		}
		refused, err := in.check(ctx, tx, on)
		if err := errors.Join(err, wrong, refused); err != nil {
			return err
		}
		if err := save(ctx, tx, on); err != nil {
			return err
		}
		if err := db.Exec1(ctx, tx, `
			INSERT INTO dispute.decisions (dispute, arbiter, award, words, criteria, evidence, at) VALUES ($1, $2, $3, $4, $5, coalesce($6, '{}'::int[]), $7)`,
			on.ID, by.ID, in.Award.Minor, words, in.Criteria, in.Evidence, tx.Now); err != nil {
			return err
		}
		act := say.That("%s decided: %s of the %s are the freelancer's.", by.Name, in.Award, on.Sum)
		if err := journal.Append(ctx, tx, on.subject(), by, act, words); err != nil {
			return err
		}
		return tellBoth(ctx, tx, on, "dispute_decided", notify.Yours(*on.Due),
			say.That("%s has decided the dispute about “%s”: %s of the %s are the freelancer's. Read why; until %s you can have it reviewed.",
				by.Name, on.Title, in.Award, on.Sum, *on.Due))
	})
}

// check returns every refusal there is against a ruling by the sum, the criteria
// and the evidence, joined.
func (in Ruling) check(ctx context.Context, tx *db.Tx, d *Dispute) (refused, err error) {
	there, err := db.One[struct{ Criteria, Evidence int }](ctx, tx, `
		SELECT (SELECT count(*)::int FROM contract.criteria WHERE milestone = $1) AS criteria,
			(SELECT count(*)::int FROM dispute.evidence WHERE dispute = $2) AS evidence`, d.Milestone, d.ID)
	within := func(all []int, from, to int) bool {
		return !slices.ContainsFunc(all, func(i int) bool { return i < from || i > to })
	}
	var wrong []error
	if in.Award.Currency != d.Sum.Currency || in.Award.Minor < 0 || d.Sum.Less(in.Award) {
		wrong = append(wrong, ErrSplit.With(d.Sum).At("award"))
	}
	if len(in.Criteria) == 0 || !within(in.Criteria, 0, there.Criteria-1) {
		wrong = append(wrong, ErrCriteria)
	}
	switch {
	case !within(in.Evidence, 1, there.Evidence):
		wrong = append(wrong, ErrEvidence)
	case there.Evidence > 0 && len(in.Evidence) == 0:
		wrong = append(wrong, ErrNoEvidence)
	}
	return errors.Join(wrong...), err
}

func checkGrounds(words string) (string, error) {
	words, err := prose.Clean(words)
	if n := utf8.RuneCountInString(words); err != nil || n < 20 || n > 10_000 {
		return words, ErrGrounds
	}
	return words, nil
}
