package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/proposal"
)

const maxReason = 2000

// ErrReason refuses to end an offer without a word.
var ErrReason = fault.New(fault.Invalid, "reason_invalid",
	"Say why, in 1 to 2,000 characters: the other side has waited for your answer.").At("reason")

// DeclineOffer says no to the terms on the table, in by's own words. The offer
// ends; while the job post is open the proposal stays with the client.
func DeclineOffer(ctx context.Context, d *db.DB, by account.Actor, id OfferID, reason string) error {
	reason, err := checkReason(reason)
	if err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		post, p, o, err := lockOffer(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := o.Decline(o.side(by), tx.Now, reason); err != nil {
			return err
		}
		why := proposal.OfferDeclined
		if o.side(by) == Client { // to the proposal it is the client who takes the offer back
			why = proposal.OfferWithdrawn
		}
		if err := endOffer(ctx, tx, by, post, p, o, why); err != nil {
			return err
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: o.person(other(o.side(by))), Kind: "offer_declined", Link: o.URL(),
			Text: say.That("%s declined the terms for “%s”. They wrote: “%s”", by.Name, post.Title, reason)})
	})
}

func checkReason(reason string) (string, error) {
	if err := tidy(&reason, prose.Clean, "reason"); err != nil {
		return "", err
	}
	return reason, unless(lengthIn(reason, maxReason), ErrReason)
}

// endOffer writes an offer that ended without a contract, and what becomes of
// its proposal.
func endOffer(ctx context.Context, tx *db.Tx, by account.Actor, post *jobpost.Post, p *proposal.Proposal, o *Offer, why proposal.OfferEnd) error {
	if err := saveOffer(ctx, tx, o); err != nil {
		return err
	}
	act := say.That("The offer for “%s” ended: it was %s.", post.Title, string(o.State))
	if err := journal.Append(ctx, tx, o.subject(), by, act, orDefault(o.Reason, "it was not signed by both in time")); err != nil {
		return err
	}
	if o.Own != "" {
		return nil // it was not about the proposal
	}
	return proposal.OfferEnded(ctx, tx, post, p, why)
}
