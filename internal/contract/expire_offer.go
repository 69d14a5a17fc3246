package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/proposal"
)

// ExpireOffer ends an offer that was not signed by both in time. Only the
// market itself does it.
func ExpireOffer(ctx context.Context, d *db.DB, by account.Actor, id OfferID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		post, p, o, err := lockOffer(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := o.Expire(o.side(by), tx.Now); err != nil {
			return err
		}
		if err := endOffer(ctx, tx, by, post, p, o, proposal.OfferExpired); err != nil {
			return err
		}
		text := say.That("The offer for “%s” has expired: it was not signed by both in time. Nothing binds either of you.", post.Title)
		for _, reader := range []account.ID{o.Client, o.Freelancer} {
			if err := notify.Send(ctx, tx, notify.Notice{Reader: reader, Kind: "offer_expired", Link: o.URL(), Text: text}); err != nil {
				return err
			}
		}
		return nil
	})
}
