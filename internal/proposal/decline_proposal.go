package proposal

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// Decline answers a proposal with no and why. Its freelancer is told, and the
// next one on the waiting list moves up.
func Decline(ctx context.Context, d *db.DB, by account.Actor, id ID, r Reason) error {
	r, err := r.check()
	if err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		post, p, err := lockAsClient(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := declineEach(ctx, tx, by, post, []*Proposal{p}, func(ID) Reason { return r }); err != nil {
			return err
		}
		return fillPlaces(ctx, tx, post)
	})
}

// declineEach declines proposals of a locked post, tells each freelancer why,
// and counts the answers.
func declineEach(ctx context.Context, tx *db.Tx, by account.Actor, post *jobpost.Post, ps []*Proposal, why func(ID) Reason) error {
	answers := 0
	for _, p := range ps {
		r := why(p.ID)
		answered, err := p.decline(isDeclined, r, tx.Now)
		if err != nil {
			return err
		}
		if answered {
			answers++
		}
		if err := saveProposal(ctx, tx, p); err != nil {
			return err
		}
		if err := tellDeclined(ctx, tx, by, post, p, r); err != nil {
			return err
		}
	}
	return count(ctx, tx, post.Client, answers, 0)
}

func tellDeclined(ctx context.Context, tx *db.Tx, by account.Actor, post *jobpost.Post, p *Proposal, r Reason) error {
	act := say.That("%s declined the proposal of %s.", by.Name, p.Name)
	if err := record(ctx, tx, by, post, p, act, r.record()); err != nil {
		return err
	}
	return notify.Send(ctx, tx, notify.Notice{
		Reader: p.Freelancer, Kind: "proposal_declined", Link: p.URL(), Text: r.sentence(by.Name, post.Title),
	})
}

// count adds to a client's record of answers.
func count(ctx context.Context, tx *db.Tx, client account.ID, answered, lapsed int) error {
	if answered+lapsed == 0 {
		return nil
	}
	return addToRecord(ctx, tx, client, answered, lapsed)
}
