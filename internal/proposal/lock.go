package proposal

import (
	"context"
	"errors"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// Lock returns a proposal and its post, and keeps both from changing until the
// transaction ends. To anybody but the freelancer, the client whom it came
// before, and the market itself it is ErrNotFound.
func Lock(ctx context.Context, tx *db.Tx, by account.Actor, id ID) (*jobpost.Post, *Proposal, error) {
	number, err := postOf(ctx, tx, id)
	if err != nil {
		return nil, nil, err
	}
	post, err := jobpost.LockPost(ctx, tx, number)
	if err != nil {
		return nil, nil, err
	}
	p, err := lockProposal(ctx, tx, id)
	if err != nil {
		return nil, nil, err
	}
	if !by.IsSystem() && !p.mayRead(by, post.Client) {
		return nil, nil, ErrNotFound
	}
	return post, p, nil
}

// mayRead reports whether by may see p. A client sees nothing of what waits on
// the waiting list.
func (p Proposal) mayRead(by account.Actor, client account.ID) bool {
	return by.ID == p.Freelancer || by.ID == client && p.SubmittedAt != nil
}

// MayRead reports whether by may see a proposal and its files.
func MayRead(ctx context.Context, tx *db.Tx, by account.Actor, id ID) (bool, error) {
	p, err := proposalByID(ctx, tx, id)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	post, err := jobpost.PostByID(ctx, tx, p.Post)
	return p.mayRead(by, post.Client), err
}

// lockAsClient is Lock for what only the client does.
func lockAsClient(ctx context.Context, tx *db.Tx, by account.Actor, id ID) (*jobpost.Post, *Proposal, error) {
	post, p, err := Lock(ctx, tx, by, id)
	if err == nil && by.ID != post.Client {
		err = ErrNotClient
	}
	return post, p, err
}

// lockAsFreelancer is Lock for what only the freelancer does.
func lockAsFreelancer(ctx context.Context, tx *db.Tx, by account.Actor, id ID) (*jobpost.Post, *Proposal, error) {
	post, p, err := Lock(ctx, tx, by, id)
	if err == nil && by.ID != p.Freelancer {
		err = ErrNotFreelancer
	}
	return post, p, err
}

// lockOwnPost locks a post for what only its client does.
func lockOwnPost(ctx context.Context, tx *db.Tx, by account.Actor, id jobpost.ID) (*jobpost.Post, error) {
	post, err := jobpost.LockPost(ctx, tx, id)
	if err == nil && by.ID != post.Client {
		err = jobpost.ErrNotFound
	}
	return post, err
}

// record enters an act in the journals of a proposal and of its post.
func record(ctx context.Context, tx *db.Tx, by account.Actor, post *jobpost.Post, p *Proposal, act say.Sentence, reason string) error {
	if err := journal.Append(ctx, tx, p.Subject(), by, act, reason); err != nil {
		return err
	}
	return journal.Append(ctx, tx, post.Subject(), by, act, reason)
}
