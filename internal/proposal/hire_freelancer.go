package proposal

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// Hire notes that both signed the offer on p, and takes one of the post's places
// for it. If that was the last place, the post is filled: everybody whose
// proposal is still undecided is told that somebody else was hired, and the bond
// returns to the client. Offers on other proposals of a filled post can no longer
// be signed; the caller ends them with OfferEnded. When no place is left the
// error is the post's refusal. Both rows are locked by Lock.
func Hire(ctx context.Context, tx *db.Tx, post *jobpost.Post, p *Proposal) error {
	if err := p.move(isHired, tx.Now); err != nil {
		return err
	}
	if err := post.HireOne(tx.Now); err != nil {
		return err
	}
	if err := saveProposal(ctx, tx, p); err != nil {
		return err
	}
	act := say.That("%s was hired.", p.Name)
	if err := record(ctx, tx, account.Actor{ID: post.Client}, post, p, act, "both signed the contract"); err != nil {
		return err
	}
	if post.State != jobpost.Filled {
		return jobpost.SavePost(ctx, tx, post)
	}
	return fill(ctx, tx, post)
}

// fill ends a post whose last place has just been taken.
func fill(ctx context.Context, tx *db.Tx, post *jobpost.Post) error {
	client, err := account.PersonByID(ctx, tx, post.Client)
	if err != nil {
		return err
	}
	by := account.Actor{ID: client.ID, Name: client.Name}
	rest, err := lockUndecided(ctx, tx, post.ID)
	if err != nil {
		return err
	}
	if err := declineEach(ctx, tx, by, post, rest, func(ID) Reason { return Reason{Code: HiredSomeoneElse} }); err != nil {
		return err
	}
	act := say.That("Everybody whom “%s” was looking for is hired.", post.Title)
	if err := journal.Append(ctx, tx, post.Subject(), by, act, "the last place was taken"); err != nil {
		return err
	}
	return endPost(ctx, tx, post)
}
