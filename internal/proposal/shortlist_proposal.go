package proposal

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// Shortlist puts a proposal among those the client comes back to, and tells its
// freelancer.
func Shortlist(ctx context.Context, d *db.DB, by account.Actor, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		post, p, err := lockAsClient(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := p.shortlist(tx.Now); err != nil {
			return err
		}
		if err := saveProposal(ctx, tx, p); err != nil {
			return err
		}
		act := say.That("%s shortlisted the proposal of %s.", by.Name, p.Name)
		if err := record(ctx, tx, by, post, p, act, "by the client's choice"); err != nil {
			return err
		}
		return notify.Send(ctx, tx, notify.Notice{
			Reader: p.Freelancer, Kind: "proposal_shortlisted", Link: p.URL(),
			Text: say.That("%s put your proposal for “%s” on the shortlist.", by.Name, post.Title),
			Turn: notify.Theirs(*post.AnswerBy),
		})
	})
}

// Unshortlist takes a proposal off the shortlist. It stays before the client,
// who still owes an answer on it.
func Unshortlist(ctx context.Context, d *db.DB, by account.Actor, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		post, p, err := lockAsClient(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := p.move(isUnshortlisted, tx.Now); err != nil {
			return err
		}
		if err := saveProposal(ctx, tx, p); err != nil {
			return err
		}
		act := say.That("%s took the proposal of %s off the shortlist.", by.Name, p.Name)
		return record(ctx, tx, by, post, p, act, "by the client's choice")
	})
}
