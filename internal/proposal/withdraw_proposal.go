package proposal

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// Withdraw takes a freelancer's own proposal back. Their place in the quota is
// free again, and the next one on the post's waiting list moves up.
func Withdraw(ctx context.Context, d *db.DB, by account.Actor, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		post, p, err := lockAsFreelancer(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := p.move(isWithdrawn, tx.Now); err != nil {
			return err
		}
		if err := saveProposal(ctx, tx, p); err != nil {
			return err
		}
		act := say.That("%s withdrew the proposal.", by.Name)
		if err := record(ctx, tx, by, post, p, act, "by the freelancer's choice"); err != nil {
			return err
		}
		if p.SubmittedAt == nil {
			return nil // it never came before the client, nor took a place
		}
		if err := notify.Send(ctx, tx, notify.Notice{
			Reader: post.Client, Kind: "proposal_withdrawn", Link: p.URL(),
			Text: say.That("%s withdrew the proposal for “%s”. You owe no answer on it.", by.Name, post.Title),
		}); err != nil {
			return err
		}
		return fillPlaces(ctx, tx, post)
	})
}
