package conduct

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/terms"
)

// Appeal is what somebody says against a decision, and what came of it.
type Appeal struct {
	Decision   ID
	Decider    account.ID
	Words      string
	FiledAt    time.Time
	Due        time.Time
	Reviewer   *account.ID // nil: there is nobody who could; it lapses then
	Outcome    *AppealState
	Reasons    *string
	AnsweredBy *account.ID
	AnsweredAt *time.Time
}

// AnswerAppealDays are in which an appeal is answered, or the decision lapses.
const AnswerAppealDays terms.Days = 14

// Refusals about appeals.
var (
	ErrAppealWords = fault.New(fault.Invalid, "appeal_words_missing", "Say what is wrong with the decision, in at most 10,000 characters.").At("words")
	ErrAppealed    = fault.New(fault.Conflict, "appealed_already", "You have appealed already. It is answered by %s, or the decision lapses.")
	ErrAppealOver  = fault.New(fault.Conflict, "appeal_over", "The time to appeal was over on %s.")
	ErrNoAppeal    = fault.New(fault.NotFound, "no_appeal", "There is no appeal against this decision.")
	ErrSamePerson  = fault.New(fault.Forbidden, "decided_it_yourself", "You have decided this, so somebody else judges the appeal.")
	ErrSettled     = fault.New(fault.Conflict, "appeal_answered", "This appeal has its answer. Nothing was changed.")
	ErrReasons     = fault.New(fault.Invalid, "reasons_missing", "Give your reasons, in 40 to 10,000 characters: the person reads them.").At("reasons")
	ErrOutcomeOf   = fault.New(fault.Invalid, "outcome_unknown", "Say whether the person was right.").At("outcome")
)

// Contest appeals against a decision, which takes no more than words. Somebody who
// had no part in it answers within 14 days, or it lapses by itself.
func Contest(ctx context.Context, d *db.DB, by account.Actor, id ID, typed string) (a Appeal, err error) {
	said, wrong := words(typed, 1, 10_000, ErrAppealWords)
	err = d.Update(ctx, func(tx *db.Tx) error {
		m, _, filed, err := lockMade(ctx, tx, by, id)
		switch {
		case err != nil:
			return err
		case by.ID != m.Person:
			return ErrNotYours
		case filed != nil:
			return ErrAppealed.With(filed.Due)
		case !tx.Now.Before(m.AppealUntil):
			return ErrAppealOver.With(m.AppealUntil)
		case wrong != nil:
			return wrong
		}
		a = Appeal{Decision: id, Decider: m.Decider, Words: said, FiledAt: tx.Now, Due: AnswerAppealDays.After(tx.Now)}
		if a.Reviewer, err = chooseReviewer(ctx, tx, m); err != nil {
			return err
		}
		if err := insertAppeal(ctx, tx, a); err != nil {
			return err
		}
		if err := journal.Append(ctx, tx, id.subject(), by, say.That("%s appealed.", by.Name), said); err != nil {
			return err
		}
		if a.Reviewer == nil {
			return nil
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: *a.Reviewer, Kind: "appeal_for_you", Link: id.URL(),
			Text: say.That("An appeal waits for you: you had no part in the decision. Read it, ask what you need to know, and answer by %s, or the decision lapses.", a.Due),
			Turn: notify.Yours(a.Due)})
	})
	return a, err
}

// Judgement is the answer to an appeal.
type Judgement struct {
	Outcome AppealState // Upheld or Rejected
	Reasons string
}

// Judge answers an appeal, by somebody who did not decide. If it is upheld, the
// decision is over in this transaction, and nothing of it is left.
func Judge(ctx context.Context, d *db.DB, by account.Actor, id ID, in Judgement) error {
	reasons, wrong := words(in.Reasons, 40, 10_000, ErrReasons)
	return d.Update(ctx, func(tx *db.Tx) error {
		m, state, a, err := lockMade(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := a.mayJudge(by, m, tx.Now); err != nil {
			return err
		}
		if err := refusePartial(ctx, tx, by, m.Person); err != nil {
			return err
		}
		if in.Outcome != Upheld && in.Outcome != Rejected {
			wrong = errors.Join(ErrOutcomeOf, wrong)
		}
		if wrong != nil {
			return wrong
		}
		a.Outcome, a.Reasons, a.AnsweredBy, a.AnsweredAt = &in.Outcome, &reasons, &by.ID, &tx.Now
		if err := saveAppeal(ctx, tx, *a); err != nil {
			return err
		}
		if _, live := Decisions.Next(state, overturn, Other); in.Outcome == Upheld && live {
			if err := endDecision(ctx, tx, m, End{How: Overturned, By: &by.ID, Why: reasons, At: tx.Now}); err != nil {
				return err
			}
		}
		return tellJudged(ctx, tx, by, m, in.Outcome, reasons)
	})
}

// mayJudge refuses whoever decided, and whoever it is about.
func (a *Appeal) mayJudge(by account.Actor, m Made, now time.Time) error {
	switch {
	case a == nil:
		return ErrNoAppeal
	case by.ID == m.Person:
		return ErrPartial
	case by.ID == m.Decider:
		return ErrSamePerson
	case !mayReview(by):
		return ErrNotStaff
	case a.AnsweredAt != nil || !now.Before(a.Due):
		return ErrSettled
	default:
		return nil
	}
}

func tellJudged(ctx context.Context, tx *db.Tx, by account.Actor, m Made, outcome AppealState, reasons string) error {
	act := say.That("%s found the appeal right.", by.Name)
	text := say.That("%s has read your appeal, and you were right: the decision about you is undone, with all that it did. They write: %s", by.Name, brief(reasons))
	if outcome == Rejected {
		act = say.That("%s found the appeal wrong.", by.Name)
		text = say.That("%s has read your appeal, and the decision stands until %s. They write: %s You can still turn to a body outside of this market; its page names them.", by.Name, m.Until, brief(reasons))
	}
	if err := journal.Append(ctx, tx, m.ID.subject(), by, act, reasons); err != nil {
		return err
	}
	return notify.Send(ctx, tx, notify.Notice{Reader: m.Person, Kind: "appeal_answered", Link: m.ID.URL(), Text: text})
}
