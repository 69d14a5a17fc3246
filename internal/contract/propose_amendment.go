package contract

import (
	"context"
	"errors"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/terms"
)

// ProposeAmendment puts changes to a contract on the table, and why. Nothing
// changes until both have signed them. What is wrong with the plan comes back
// joined, each refusal at its field.
func ProposeAmendment(ctx context.Context, d *db.DB, by account.Actor, on ID, p Plan, reason string) (id AmendmentID, err error) {
	reason, wrong := checkReason(reason)
	p, untidy := p.tidy()
	err = d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockContract(ctx, tx, by, on)
		if err != nil {
			return err
		}
		open, err := openAmendment(ctx, tx, c)
		switch {
		case err != nil:
			return err
		case open != 0:
			return ErrAmendmentOpen
		}
		r, scope, err := signedOf(ctx, tx, c)
		if err != nil {
			return err
		}
		s, err := terms.Current(ctx, tx)
		if err != nil {
			return err
		}
		was := c.plan(scope)
		_, refused := c.clone().Amend(scope, p, terms.Floor{Hourly: r.Rules.Floor}, tx.Now)
		if err := errors.Join(wrong, untidy, refused, heldTooLong(p.dues(), was.dues(), c.Funding, day(tx.Now), s.MilestoneDays)); err != nil {
			return err
		}
		a := &Amendment{Contract: c.ID, By: by.ID, State: Proposed, Reason: reason, Was: was, Plan: p.numbered(len(c.Milestones)),
			MadeAt: tx.Now, ExpiresAt: s.OfferDays.After(tx.Now), Author: c.side(by)}
		if err := writeAmendment(ctx, tx, by, c, r, a); err != nil {
			return err
		}
		id = a.ID
		act := say.That("%s proposed amendment %d.", by.Name, a.N)
		if err := journal.Append(ctx, tx, c.subject(), by, act, reason); err != nil {
			return err
		}
		return tellOfAmendment(ctx, tx, c, a, other(a.Author), "amendment_proposed", turn{other(a.Author), a.ExpiresAt},
			say.That("%s proposes to change the contract for “%s”. They wrote: “%s” Read what would change, then sign it or decline by %s.",
				by.Name, c.Title, reason, a.ExpiresAt))
	})
	return id, err
}

// numbered gives new milestones the numbers that they will have on a contract
// with so many.
func (p Plan) numbered(milestones int) Plan {
	for i := range p.Milestones {
		if part := &p.Milestones[i]; part.N == 0 || part.N > milestones {
			milestones++
			part.N = milestones
		}
	}
	return p
}

// writeAmendment keeps an amendment with the text that both sign.
func writeAmendment(ctx context.Context, tx *db.Tx, by account.Actor, c *Contract, r revision, a *Amendment) error {
	names, err := account.Names(ctx, tx, []account.ID{c.Client, c.Freelancer})
	if err != nil {
		return err
	}
	if a.N, err = db.Value[int](ctx, tx, `SELECT count(*)::int + 1 FROM contract.amendments WHERE contract = $1`, c.ID); err != nil {
		return err
	}
	a.Text, a.Data, err = amendmentDeed{
		Contract: c.ID, Title: c.Title, Terms: r.SHA256, Amendment: a.N, At: a.MadeAt, Author: names[by.ID],
		Client: party{c.Client, names[c.Client]}, Freelancer: party{c.Freelancer, names[c.Freelancer]},
		Reason: a.Reason, Was: a.Was, Plan: a.Plan, Rules: r.Rules,
	}.write()
	if err != nil {
		return err
	}
	a.SHA256 = fingerprint(a.Text)
	return insertAmendment(ctx, tx, a)
}
