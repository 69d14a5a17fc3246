package dispute

import (
	"context"
	"slices"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

// CastVote keeps what one of those who review a decision would have decided, and
// why. With the last vote the dispute ends.
func CastVote(ctx context.Context, d *db.DB, by account.Actor, id ID, award money.Amount, words string) error {
	words, err := checkGrounds(words)
	if err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		on, err := lock(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if _, err := on.next(vote, Arbiter); err != nil {
			return err
		}
		reviewers, err := reviewersOf(ctx, tx, on)
		if err != nil {
			return err
		}
		votes, err := votesOf(ctx, tx, on)
		switch {
		case err != nil:
			return err
		case !slices.Contains(reviewers, by.ID):
			return ErrNotReviewer
		case slices.ContainsFunc(votes, func(v Vote) bool { return v.Arbiter == by.ID }):
			return ErrVoted
		case award.Currency != on.Sum.Currency || award.Minor < 0 || on.Sum.Less(award):
			return ErrSplit.With(on.Sum).At("award")
		}
		if err := db.Exec1(ctx, tx, `INSERT INTO dispute.votes (dispute, arbiter, award, words, at) VALUES ($1, $2, $3, $4, $5)`,
			on.ID, by.ID, award.Minor, words, tx.Now); err != nil {
			return err
		}
		if err := journal.Append(ctx, tx, on.subject(), by, say.That("%s voted.", by.Name), "hidden until all votes are in"); err != nil {
			return err
		}
		if len(votes)+1 < len(reviewers) {
			return nil
		}
		return finishReview(ctx, tx, on, "all votes are in")
	})
}

// finishReview closes a dispute by the middle one of the votes that are in.
func finishReview(ctx context.Context, tx *db.Tx, d *Dispute, reason string) error {
	votes, err := votesOf(ctx, tx, d)
	if err != nil {
		return err
	}
	decision, err := decisionOf(ctx, tx, d)
	if err != nil {
		return err
	}
	var sums []int64
	for _, v := range votes {
		sums = append(sums, v.Award.Minor)
	}
	award := money.Amount{Minor: Middle(sums, decision.Award.Minor), Currency: d.Sum.Currency}
	if err := d.Finish(award, tx.Now); err != nil {
		return err
	}
	return carryOut(ctx, tx, d, reason)
}
