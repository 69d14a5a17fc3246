package proposal

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// MarkOffered notes that the client made an offer on p, which counts as the
// answer that was owed. p no longer takes a place, and the next one on the
// waiting list moves up. The caller tells the freelancer. Both rows are locked
// by Lock.
func MarkOffered(ctx context.Context, tx *db.Tx, post *jobpost.Post, p *Proposal) error {
	answered, err := p.offer(tx.Now)
	if err != nil {
		return err
	}
	if err := saveProposal(ctx, tx, p); err != nil {
		return err
	}
	if answered {
		if err := addToRecord(ctx, tx, post.Client, 1, 0); err != nil {
			return err
		}
	}
	act := say.That("%s was offered a contract.", p.Name)
	if err := record(ctx, tx, account.Actor{ID: post.Client}, post, p, act, "by the client's choice"); err != nil {
		return err
	}
	return fillPlaces(ctx, tx, post)
}

// OfferEnd is how an offer ended that did not become a contract.
type OfferEnd string

// The ends of an offer.
const (
	OfferDeclined  OfferEnd = "declined"  // by the freelancer
	OfferWithdrawn OfferEnd = "withdrawn" // by the client
	OfferExpired   OfferEnd = "expired"
)

// OfferEnded notes that the offer on p came to nothing. While the post is open,
// p is shortlisted again. On a post that has ended, p ends with its offer: it is
// withdrawn if the freelancer declined, declined if the client took the offer
// back, and lapsed if neither did anything. The caller tells both. Both rows are
// locked by Lock.
func OfferEnded(ctx context.Context, tx *db.Tx, post *jobpost.Post, p *Proposal, why OfferEnd) error {
	if err := p.offerEnded(post.State, why, tx.Now); err != nil {
		return err
	}
	if err := saveProposal(ctx, tx, p); err != nil {
		return err
	}
	act := say.That("The offer to %s ended without a contract; the proposal is now %s.", p.Name, say.Sentence{Format: string(p.State)})
	return record(ctx, tx, account.System, post, p, act, "the offer was "+string(why))
}
