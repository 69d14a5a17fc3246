package contract

import (
	"context"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
)

const maxChangeWords = 5_000

var (
	// ErrNoCriterion refuses to ask for changes without naming what is not met.
	ErrNoCriterion = fault.New(fault.Invalid, "criteria_missing",
		"Choose the acceptance criteria that are not met. What is not among the criteria was not agreed on.").At("criteria")
	// ErrChangeWords refuses to ask for changes without saying why.
	ErrChangeWords = fault.New(fault.Invalid, "words_invalid",
		"Say in 1 to 5,000 characters what is missing, so that the freelancer knows what to do.").At("words")
)

// ChangeRequest is what the client found not met in a submission.
type ChangeRequest struct {
	Submission SubmissionID
	Criteria   []int // counted from 0
	Words      string
	At         time.Time
}

// AskChanges gives submitted work back to the freelancer. It names the criteria
// that are not met, counted from 0, and says why. It is possible while the
// acceptance window is open, for the agreed number of rounds.
func AskChanges(ctx context.Context, d *db.DB, by account.Actor, id MilestoneID, criteria []int, words string) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, m, err := lockMilestone(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := m.AskChanges(c.side(by), tx.Now, c.ChangeRounds); err != nil {
			return err
		}
		r, err := m.changes(criteria, words)
		if err != nil {
			return err
		}
		if err := insertChangeRequest(ctx, tx, m.ID, r); err != nil {
			return err
		}
		if err := saveContract(ctx, tx, c); err != nil {
			return err
		}
		act := say.That("%s asked for changes on “%s”, round %d of %d.", by.Name, m.Title, m.Rounds, c.ChangeRounds)
		if err := journal.Append(ctx, tx, c.subject(), by, act, r.Words); err != nil {
			return err
		}
		return tell(ctx, tx, c, Freelancer, "changes_asked",
			say.That("%s asks for changes on “%s”: “%s” It is your turn to make them and to submit the work again.", by.Name, m.Title, r.Words))
	})
}

// changes is a request that names criteria of m, each once, and says why.
func (m *Milestone) changes(criteria []int, words string) (ChangeRequest, error) {
	r := ChangeRequest{Criteria: slices.Compact(slices.Sorted(slices.Values(criteria))), Words: words}
	if err := tidy(&r.Words, prose.Clean, "words"); err != nil {
		return r, err
	}
	n := len(r.Criteria)
	switch {
	case n == 0 || r.Criteria[0] < 0 || r.Criteria[n-1] >= len(m.Criteria):
		return r, ErrNoCriterion
	case !lengthIn(r.Words, maxChangeWords):
		return r, ErrChangeWords
	}
	return r, nil
}
