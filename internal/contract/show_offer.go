package contract

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/profile"
)

// OfferView is an offer as one of the two sees it.
type OfferView struct {
	*Offer
	You            Side
	ClientName     string
	FreelancerName string
	ClientFace     profile.Portrait
	FreelancerFace profile.Portrait
	Title          string // of the job post
	Terms          Terms  // on the table
	Rules          Rules  // the market's part of them
	Text           string // what both sign
	SHA256         string // of Text
	Data           string // the same as data; its SHA-256 stands in Text
	Total          money.Amount
	Cost           money.Amount // to the client, with our fee
	Signatures     []Signature  // on the terms on the table
	Revisions      []Revision   // all that were ever on the table, oldest first
	Turn           Turn
	CanSign        bool
	CanCounter     bool
	CanDecline     bool
	CanWithdraw    bool
	PostalAddress  string // yours, as you gave it last
	AddressNeeded  bool   // to sign
	Contract       ID     // 0 until both have signed
	Journal        []journal.Entry
}

// Revision is one version of the terms that was on the table.
type Revision struct {
	N      int
	By     Side
	Terms  Terms
	Text   string
	SHA256 string
	At     time.Time
}

// ShowOffer returns an offer to one of the two whose it is. To anybody else
// there is no such offer.
func ShowOffer(ctx context.Context, d *db.DB, by account.Actor, id OfferID) (v OfferView, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		o, err := offerByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if v.You = o.side(by); v.You != Client && v.You != Freelancer {
			return ErrOfferNotFound
		}
		v.show(o, tx.Now)
		if err := v.readTerms(ctx, tx); err != nil {
			return err
		}
		if v.PostalAddress, err = lastPostalAddress(ctx, tx, by.ID); err != nil {
			return err
		}
		if v.AddressNeeded, err = addressNeeded(ctx, tx, o.Client, o.Freelancer); err != nil {
			return err
		}
		return v.readRecord(ctx, tx)
	})
	return v, err
}

// show fills in what follows from the offer alone, trying each act on a copy.
func (v *OfferView) show(o *Offer, now time.Time) {
	v.Offer, v.Turn = o, o.Turn()
	can := func(act func(*Offer) error) bool { trial := *o; return act(&trial) == nil }
	v.CanSign = can(func(o *Offer) error { return o.Sign(v.You, now) })
	v.CanCounter = can(func(o *Offer) error { return o.Counter(v.You, now, 1) })
	v.CanDecline = can(func(o *Offer) error { return o.Decline(v.You, now, "") })
	v.CanWithdraw = can(func(o *Offer) error { return o.Withdraw(v.You, now, "") })
}

func (v *OfferView) readTerms(ctx context.Context, tx *db.Tx) error {
	all, err := revisionsOf(ctx, tx, v.ID)
	if err != nil {
		return err
	}
	for _, r := range all {
		v.Revisions = append(v.Revisions, Revision{r.N, v.sideOf(r.By), r.Terms, r.Text, r.SHA256, r.At})
	}
	r := all[len(all)-1]
	v.Terms, v.Rules, v.Text, v.SHA256, v.Data = r.Terms, r.Rules, r.Text, r.SHA256, r.Data
	v.Total, v.Cost = r.Terms.Total(), r.Terms.Total()
	for _, m := range r.Terms.Milestones {
		v.Cost = v.Cost.Add(r.Rules.ClientFee.Of(m.Price))
	}
	v.Signatures, err = signaturesOf(ctx, tx, v.ID)
	return err
}

func (v *OfferView) readRecord(ctx context.Context, tx *db.Tx) error {
	cards, err := profile.Cards(ctx, tx, []account.ID{v.Client, v.Freelancer})
	if err != nil {
		return err
	}
	v.ClientName, v.ClientFace = cards[v.Client].Name, cards[v.Client].Portrait
	v.FreelancerName, v.FreelancerFace = cards[v.Freelancer].Name, cards[v.Freelancer].Portrait
	if v.Title, err = titleOf(ctx, tx, v.ID); err != nil {
		return err
	}
	v.Contract, err = db.Value[ID](ctx, tx, `SELECT id FROM contract.contracts WHERE offer = $1`, v.ID)
	if err != nil && !errors.Is(err, db.NoRow) {
		return err
	}
	v.Journal, err = journal.Of(ctx, tx, v.subject())
	return err
}
