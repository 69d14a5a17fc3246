package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/profile"
	"freehold/internal/terms"
)

// AmendmentView is an amendment as one of the two sees it.
type AmendmentView struct {
	*Amendment
	Of             *Contract
	You            Side
	ClientName     string
	FreelancerName string
	Turn           Turn
	Takes          money.Amount // of the client, as things stand; less than nothing goes back
	Obstacle       say.Sentence // why it cannot be carried out as things stand
	Signatures     []Signature
	CanSign        bool
	CanDecline     bool
	CanWithdraw    bool
	PostalAddress  string // yours, as you gave it last
	AddressNeeded  bool   // to sign
}

// ShowAmendment returns an amendment to one of the two whose it is. To anybody
// else there is no such amendment.
func ShowAmendment(ctx context.Context, d *db.DB, by account.Actor, id AmendmentID) (v AmendmentView, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		c, a, err := readAmendment(ctx, tx, by, id, "")
		if err != nil {
			return err
		}
		if v.You = c.side(by); v.You == Market {
			return ErrAmendmentNotFound
		}
		v.Amendment, v.Of, v.Turn = a, c, a.Turn()
		can := func(act func(Amendment) error) bool { return act(*a) == nil }
		v.CanSign = can(func(a Amendment) error { return a.Sign(v.You, a.SHA256, tx.Now) })
		v.CanDecline = can(func(a Amendment) error { return a.Decline(v.You, "", tx.Now) })
		v.CanWithdraw = can(func(a Amendment) error { return a.Withdraw(v.You, "", tx.Now) })
		return v.read(ctx, tx, by)
	})
	return v, err
}

func (v *AmendmentView) read(ctx context.Context, tx *db.Tx, by account.Actor) error {
	cards, err := profile.Cards(ctx, tx, []account.ID{v.Of.Client, v.Of.Freelancer})
	if err != nil {
		return err
	}
	v.ClientName, v.FreelancerName = cards[v.Of.Client].Name, cards[v.Of.Freelancer].Name
	if v.Signatures, err = amendmentSignatures(ctx, tx, v.ID); err != nil || !v.Live() {
		return err
	}
	if v.PostalAddress, err = lastPostalAddress(ctx, tx, by.ID); err != nil {
		return err
	}
	if v.AddressNeeded, err = addressNeeded(ctx, tx, v.Of.Client, v.Of.Freelancer); err != nil {
		return err
	}
	return v.try(ctx, tx)
}

// try finds what the amendment would take now, or why it could not be carried out.
func (v *AmendmentView) try(ctx context.Context, tx *db.Tx) error {
	r, scope, err := signedOf(ctx, tx, v.Of)
	if err != nil {
		return err
	}
	c := v.Of.clone()
	done, refused := c.Amend(scope, v.Plan, terms.Floor{Hourly: r.Rules.Floor}, tx.Now)
	if f, ok := fault.Of(unfielded(refused)); ok {
		v.Obstacle, v.CanSign = f.Say, false
		return nil
	}
	if refused != nil {
		return refused
	}
	held, err := escrow.Held(ctx, tx, escrow.EndingFee(c.ID), c.Currency)
	if err != nil {
		return err
	}
	v.Takes, _, err = c.takes(done, held, tx.Now)
	return err
}

// AmendmentItem is an amendment in the list of its contract.
type AmendmentItem struct {
	ID    AmendmentID
	N     int
	State AmendmentState
	Scope string // what the work is with it
}

// URL is where both parties see the amendment.
func (a AmendmentItem) URL() string { return (&Amendment{ID: a.ID}).URL() }

// theAmendments are all that were ever proposed on a contract, oldest first.
const theAmendments = `SELECT id, n, state, plan->>'scope' AS scope FROM contract.amendments WHERE contract = $1 ORDER BY n`

func amendmentSignatures(ctx context.Context, tx *db.Tx, id AmendmentID) ([]Signature, error) {
	return db.All[Signature](ctx, tx, `
		SELECT s.person, p.name, coalesce(s.postal_address, '') AS postal_address, s.session, s.address, s.agent, s.at
		FROM contract.amendment_signatures s JOIN account.people p ON p.id = s.person
		WHERE s.amendment = $1 ORDER BY s.at, s.person`, id)
}
