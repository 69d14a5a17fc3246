package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/proposal"
)

// WithdrawOffer takes the client's offer off the table, with a reason.
func WithdrawOffer(ctx context.Context, d *db.DB, by account.Actor, id OfferID, reason string) error {
	reason, err := checkReason(reason)
	if err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		post, p, o, err := lockOffer(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := o.Withdraw(o.side(by), tx.Now, reason); err != nil {
			return err
		}
		if err := endOffer(ctx, tx, by, post, p, o, proposal.OfferWithdrawn); err != nil {
			return err
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: o.Freelancer, Kind: "offer_withdrawn", Link: o.URL(),
			Text: say.That("%s withdrew the offer for “%s”. They wrote: “%s”", by.Name, post.Title, reason)})
	})
}
