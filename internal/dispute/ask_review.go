package dispute

import (
	"context"
	"math/rand/v2"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// AskReview has a decision reviewed by arbiters who had no part in it, three where
// there are as many, drawn at random.
func AskReview(ctx context.Context, d *db.DB, by account.Actor, id ID, words string) error {
	words, err := checkWords(words)
	if err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		on, err := lock(ctx, tx, by, id)
		if err != nil {
			return err
		}
		side := on.side(by)
		if side == Arbiter {
			return ErrNotParty
		}
		if err := on.AskReview(side, words, tx.Now); err != nil {
			return err
		}
		among, err := candidates(ctx, tx, on)
		if err != nil {
			return err
		}
		reviewers := Draw(among, rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64()))) //nolint:gosec // nobody gains by guessing
		if len(reviewers) == 0 {
			return ErrNobody
		}
		if err := save(ctx, tx, on); err != nil {
			return err
		}
		if err := db.Exec(ctx, tx, `INSERT INTO dispute.reviewers (dispute, arbiter) SELECT $1, unnest($2::bigint[])`, on.ID, reviewers); err != nil {
			return err
		}
		act := say.That("%s asked for a review of the decision.", by.Name)
		if err := journal.Append(ctx, tx, on.subject(), by, act, words); err != nil {
			return err
		}
		if err := tellArbiters(ctx, tx, on, reviewers,
			say.That("You were drawn to review the decision about “%s”. Read it and what both have brought, and vote by %s.", on.Title, *on.Due)); err != nil {
			return err
		}
		return tell(ctx, tx, on, other(side), "dispute_review", notify.Theirs(*on.Due),
			say.That("%s asked for a review of the decision about “%s”. Arbiters who had no part in it vote by %s.", by.Name, on.Title, *on.Due))
	})
}
