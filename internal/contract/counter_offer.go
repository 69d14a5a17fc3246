package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/proposal"
	"freehold/internal/restriction"
	"freehold/internal/terms"
)

// Counter answers the terms on the table with other ones. They are a new
// revision with a text of its own, on which nobody's signature is yet. Whose
// terms are on the table cannot counter them.
func Counter(ctx context.Context, d *db.DB, by account.Actor, id OfferID, t Terms) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		post, _, o, err := lockOffer(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := restriction.May(ctx, tx, by, restriction.Offer); err != nil {
			return err
		}
		t, rules, err := settle(ctx, tx, post, o.Freelancer, t)
		if err != nil {
			return err
		}
		if err := o.Counter(o.side(by), tx.Now, rules.OfferDays); err != nil {
			return err
		}
		if err := saveOffer(ctx, tx, o); err != nil {
			return err
		}
		if err := write(ctx, tx, by, o, post, t, rules); err != nil {
			return err
		}
		act := say.That("%s made a counter-offer for “%s”: %s in all.", by.Name, post.Title, t.Total())
		if err := journal.Append(ctx, tx, o.subject(), by, act, "other terms"); err != nil {
			return err
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: o.person(other(o.side(by))), Kind: "offer_countered", Link: o.URL(),
			Text: say.That("%s answered with other terms for “%s”: %s in all. It is your turn to sign, to make a counter-offer or to decline, by %s.",
				by.Name, post.Title, t.Total(), o.ExpiresAt), Turn: notify.Yours(o.ExpiresAt)})
	})
}

// settle completes terms, holds them to all that is asked of terms, and pins
// the market's part as it is now.
func settle(ctx context.Context, tx *db.Tx, post *jobpost.Post, freelancer account.ID, t Terms) (Terms, Rules, error) {
	s, err := terms.Current(ctx, tx)
	if err != nil {
		return t, Rules{}, err
	}
	f, err := account.PersonByID(ctx, tx, freelancer)
	if err != nil {
		return t, Rules{}, err
	}
	floor, err := terms.FloorFor(ctx, tx, post.Category, post.Level, f.Country, post.Currency)
	if err != nil {
		return t, Rules{}, err
	}
	if t, err = t.complete(s); err != nil {
		return t, Rules{}, err
	}
	return t, rulesOf(s, floor), t.check(s, floor, post.Currency, day(tx.Now))
}

// lockOffer reads an offer that by is party to with its proposal and post, and
// keeps all three from changing until the transaction ends. For work of its own the
// post has its title.
func lockOffer(ctx context.Context, tx *db.Tx, by account.Actor, id OfferID) (*jobpost.Post, *proposal.Proposal, *Offer, error) {
	on, err := proposalOf(ctx, tx, id)
	if err != nil {
		return nil, nil, nil, err
	}
	post, p, err := proposal.Lock(ctx, tx, account.System, on)
	if err != nil {
		return nil, nil, nil, err
	}
	o, err := lockOfferRow(ctx, tx, id)
	if err != nil {
		return nil, nil, nil, err
	}
	if o.side(by) == "" {
		return nil, nil, nil, ErrOfferNotFound
	}
	if o.Own != "" {
		own := *post
		own.Title, post = o.Own, &own
	}
	return post, p, o, nil
}
