package contract

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/proposal"
	"freehold/internal/restriction"
)

// MakeOffer puts the client's terms on the table for one proposal. Nothing binds
// anybody until both have signed. What is wrong with the terms comes back joined,
// each refusal at its field.
func MakeOffer(ctx context.Context, d *db.DB, by account.Actor, on proposal.ID, t Terms) (OfferID, error) {
	var id OfferID
	err := d.Update(ctx, func(tx *db.Tx) error {
		post, p, err := proposal.Lock(ctx, tx, by, on)
		if err != nil {
			return err
		}
		if by.ID != post.Client {
			return proposal.ErrNotClient
		}
		if err := restriction.May(ctx, tx, by, restriction.Offer); err != nil {
			return err
		}
		if err := restriction.Shown(ctx, tx, post.Subject()); err != nil {
			return err
		}
		if err := proposal.MarkOffered(ctx, tx, post, p); err != nil {
			return err
		}
		t, rules, err := settle(ctx, tx, post, p.Freelancer, t)
		if err != nil {
			return err
		}
		o := newOffer(post, p, rules, tx.Now)
		if id, err = insertOffer(ctx, tx, o); err != nil {
			return err
		}
		if err := write(ctx, tx, by, o, post, t, rules); err != nil {
			return err
		}
		act := say.That("%s made an offer for “%s”: %s in all.", by.Name, post.Title, t.Total())
		text := say.That("%s offers you a contract for “%s”: %s in all. Read the terms, then sign, make a counter-offer or decline by %s.",
			by.Name, post.Title, t.Total(), o.ExpiresAt)
		if t.Calendar != nil {
			act = say.That("%s made an offer for “%s”: at most %s in all.", by.Name, post.Title, t.Total())
			text = say.That("%s offers you a contract for “%s”: at most %s in all. Read the terms, then sign, make a counter-offer or decline by %s.",
				by.Name, post.Title, t.Total(), o.ExpiresAt)
		}
		if err := journal.Append(ctx, tx, o.subject(), by, act, "by the client's choice"); err != nil {
			return err
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: o.Freelancer, Kind: "offer_made", Link: o.URL(),
			Text: text, Turn: notify.Yours(o.ExpiresAt)})
	})
	return id, err
}

func newOffer(post *jobpost.Post, p *proposal.Proposal, r Rules, at time.Time) *Offer {
	return &Offer{
		Proposal: p.ID, Client: post.Client, Freelancer: p.Freelancer,
		State: Open, Revision: 1, Author: Client, MadeAt: at, ExpiresAt: r.OfferDays.After(at),
	}
}

// write keeps terms as the revision that is now on the table, with the text
// that both sign.
func write(ctx context.Context, tx *db.Tx, by account.Actor, o *Offer, post *jobpost.Post, t Terms, r Rules) error {
	names, err := account.Names(ctx, tx, []account.ID{o.Client, o.Freelancer})
	if err != nil {
		return err
	}
	text, data, err := deed{
		Offer: o.ID, Revision: o.Revision, At: tx.Now, Author: names[by.ID],
		Client: party{o.Client, names[o.Client]}, Freelancer: party{o.Freelancer, names[o.Freelancer]},
		Post: post.ID, PostTitle: post.Title, Proposal: o.Proposal, Terms: t, Rules: r,
	}.write()
	if err != nil {
		return err
	}
	return insertRevision(ctx, tx, revision{
		Offer: o.ID, N: o.Revision, By: by.ID, Terms: t, Rules: r, Data: data, Text: text, SHA256: fingerprint(text), At: tx.Now,
	})
}
