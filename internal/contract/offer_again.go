package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/proposal"
	"freehold/internal/restriction"
)

var (
	// ErrNotPartners says who can offer each other work without a post.
	ErrNotPartners = fault.New(fault.Conflict, "not_partners",
		"You have not worked together on this contract yet. Once it was funded, either of you can offer the other one another contract.")
	// ErrOfferOnTable says that the two are talking already.
	ErrOfferOnTable = fault.New(fault.Conflict, "offer_on_table",
		"There is an offer between the two of you on the table already. Sign it, answer it with other terms, or end it first.")
	// ErrOfferTitle asks what the work is called.
	ErrOfferTitle = fault.New(fault.Invalid, "offer_title_invalid", "Say what the work is called, in 1 to 150 characters.").At("title")
)

// OfferAgain puts terms for other work on the table, between two who have worked
// together on a contract: the client offers it, or the freelancer proposes it. No
// post and no proposal are needed. They talk where they have talked before, and the
// floor is that of the post on which they met.
func OfferAgain(ctx context.Context, d *db.DB, by account.Actor, after ID, title string, t Terms) (id OfferID, err error) {
	title, untidy := prose.Line(title)
	err = d.Update(ctx, func(tx *db.Tx) error {
		c, err := readContract(ctx, tx, by, after, "")
		if err != nil {
			return err
		}
		if c.FundedAt == nil {
			return ErrNotPartners
		}
		if err := restriction.May(ctx, tx, by, restriction.Offer); err != nil {
			return err
		}
		met, p, err := proposal.Lock(ctx, tx, account.System, c.Proposal)
		if err != nil {
			return err
		}
		if untidy != nil || !lengthIn(title, maxTitle) {
			return ErrOfferTitle
		}
		post := *met
		post.Title = title
		t, rules, err := settle(ctx, tx, &post, c.Freelancer, t)
		if err != nil {
			return err
		}
		o := newOffer(&post, p, rules, tx.Now)
		if o.Own = title; c.side(by) == Freelancer {
			o.State, o.Author = Countered, Freelancer // the freelancer's terms are on the table
		}
		if id, err = insertOffer(ctx, tx, o); db.Violates(err, "offers_live") {
			return ErrOfferOnTable
		}
		if err != nil {
			return err
		}
		if err := write(ctx, tx, by, o, &post, t, rules); err != nil {
			return err
		}
		act := say.That("%s put terms for “%s” on the table: %s in all.", by.Name, title, t.Total())
		if err := journal.Append(ctx, tx, o.subject(), by, act, "the two have worked together before"); err != nil {
			return err
		}
		text := say.That("%s would like to work with you again, on “%s”: %s in all. Read the terms, then sign, make a counter-offer or decline by %s.",
			by.Name, title, t.Total(), o.ExpiresAt)
		if t.Calendar != nil {
			text = say.That("%s would like to work with you again, on “%s”: at most %s in all. Read the terms, then sign, make a counter-offer or decline by %s.",
				by.Name, title, t.Total(), o.ExpiresAt)
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: o.person(other(o.Author)), Kind: "offer_made", Link: o.URL(), Text: text, Turn: notify.Yours(o.ExpiresAt)})
	})
	return id, err
}
