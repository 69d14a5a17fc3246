package contract

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/terms"
	"freehold/internal/translog"
)

var (
	// ErrAmendmentTakes tells the client what the changes take.
	ErrAmendmentTakes = fault.New(fault.Conflict, "insufficient_funds",
		"With your signature %s go from your wallet into escrow, and it holds %s. Nothing was signed. Add money to your wallet, then sign.")
	// ErrAmendmentUncovered tells the freelancer that the money is not there.
	ErrAmendmentUncovered = fault.New(fault.Conflict, "amendment_not_covered",
		"The changes take %s from the client, whose wallet does not hold it now. Nothing was signed. Ask them to sign first, or to add the money.")
)

// SignAmendment puts by's signature on an amendment. The second one changes the
// contract: milestones are as they are in the plan, and what that takes goes from
// the client's wallet into escrow, all in one transaction. If the contract has
// moved on so that the plan no longer fits, nothing is signed, and the error says
// why.
func SignAmendment(ctx context.Context, d *db.DB, by account.Actor, id AmendmentID, with Signing) error {
	with, wrong := with.check(ctx, d, by)
	if _, refused := fault.Of(wrong); wrong != nil && !refused {
		return wrong
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		c, a, err := lockAmendment(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := a.Sign(c.side(by), with.SHA256, tx.Now); err != nil {
			return err
		}
		if wrong != nil {
			return wrong // after what has become of the amendment, which matters more
		}
		if needed, err := addressNeeded(ctx, tx, c.Client, c.Freelancer); err != nil || needed && with.PostalAddress == "" {
			return errors.Join(err, ErrPostalAddress.At("postal_address"))
		}
		if err := insertAmendmentSignature(ctx, tx, a, by, with); err != nil {
			return err
		}
		if err := saveAmendment(ctx, tx, a); err != nil {
			return err
		}
		r, scope, err := signedOf(ctx, tx, c)
		if err != nil {
			return err
		}
		done, err := c.Amend(scope, a.Plan, terms.Floor{Hourly: r.Rules.Floor}, tx.Now)
		if err != nil {
			return unfielded(err)
		}
		if a.State == InForce {
			return carryOutAmendment(ctx, tx, by, c, a, done)
		}
		act := say.That("%s signed amendment %d.", by.Name, a.N)
		if err := journal.Append(ctx, tx, c.subject(), by, act, "signed the text with SHA-256 "+a.SHA256); err != nil {
			return err
		}
		return tellOfAmendment(ctx, tx, c, a, other(c.side(by)), "amendment_signed", turn{other(c.side(by)), a.ExpiresAt},
			say.That("%s signed the amendment to “%s”. With your signature the contract is changed; you have until %s.", by.Name, c.Title, a.ExpiresAt))
	})
}

// unfielded are refusals of a plan that cannot be edited any more, in a place
// where there are no fields.
func unfielded(err error) error {
	if all := fault.All(err); len(all) > 0 {
		return all[0].At("")
	}
	return err
}

// carryOutAmendment makes what both have signed so.
func carryOutAmendment(ctx context.Context, tx *db.Tx, by account.Actor, c *Contract, a *Amendment, done Amended) error {
	if err := saveAmended(ctx, tx, c, done); err != nil {
		return err
	}
	took, err := secureAmended(ctx, tx, c, a, done, c.side(by))
	if err != nil {
		return err
	}
	if err := saveContract(ctx, tx, c); err != nil {
		return err
	}
	if _, err := translog.Append(ctx, tx, translog.Entry{Kind: translog.Amended, Subject: c.subject(), Public: map[string]string{"text_sha256": a.SHA256}}); err != nil {
		return err
	}
	act := say.That("Amendment %d was signed by both, and is in force.", a.N)
	if err := journal.Append(ctx, tx, c.subject(), by, act, "both signed the text with SHA-256 "+a.SHA256); err != nil {
		return err
	}
	client := say.That("Amendment %d to “%s” is signed by both: the contract is changed.", a.N, c.Title)
	if took.Positive() {
		client = say.That("Amendment %d to “%s” is signed by both: the contract is changed. %s went from your wallet into escrow.", a.N, c.Title, took)
	}
	if err := tellOfAmendment(ctx, tx, c, a, Client, "amended", nobodys, client); err != nil {
		return err
	}
	return tellOfAmendment(ctx, tx, c, a, Freelancer, "amended", nobodys,
		say.That("Amendment %d to “%s” is signed by both: the contract is changed.", a.N, c.Title))
}

// secureAmended brings escrow to what the contract needs now that it is changed,
// and returns what that took out of the client's wallet; less than nothing went
// back to it.
func secureAmended(ctx context.Context, tx *db.Tx, c *Contract, a *Amendment, done Amended, by Side) (money.Amount, error) {
	held, wallet, err := lockMoney(ctx, tx, c)
	if err != nil {
		return held, err
	}
	took, funded, err := c.takes(done, held, tx.Now)
	switch {
	case err != nil || c.State == Signed:
		return took, err
	case wallet.Less(took) && by == Client:
		return took, ErrAmendmentTakes.With(took, wallet)
	case wallet.Less(took):
		return took, ErrAmendmentUncovered.With(took)
	}
	return took, moveAmended(ctx, tx, c, a, done, funded, held)
}

// takes is what an amendment that was done takes out of the client's wallet, of
// which so much is held as ending fee, and the milestones that are funded by it.
// Before the contract is funded, nothing waits in escrow.
func (c *Contract) takes(done Amended, held money.Amount, at time.Time) (took money.Amount, funded []*Milestone, err error) {
	if c.State == Signed {
		return money.Zero(c.Currency), nil, nil
	}
	if c.Funding == All && c.State == Active {
		if funded, err = c.FundNext(at); err != nil {
			return held, nil, err
		}
	}
	took = c.EndingFee().Sub(held)
	for _, m := range funded {
		took = took.Add(c.Cost(m))
	}
	for _, r := range done.Raised {
		took = took.Add(r.more)
	}
	return took, funded, nil
}

// moveAmended moves the money. What goes down goes first, since it may be what
// pays for the rest.
func moveAmended(ctx context.Context, tx *db.Tx, c *Contract, a *Amendment, done Amended, funded []*Milestone, held money.Amount) error {
	fee, fact := c.EndingFee(), a.fact()
	if fee.Less(held) {
		if err := escrow.Trim(ctx, tx, escrow.EndingFee(c.ID), fact, c.Client, held.Sub(fee), c.about()); err != nil {
			return err
		}
	}
	for _, m := range funded {
		if err := escrow.Secure(ctx, tx, m.Purpose(), c.Client, c.Cost(m), c.aboutOf(m)); err != nil {
			return err
		}
	}
	for _, r := range done.Raised {
		if err := escrow.SecureMore(ctx, tx, r.of.Purpose(), fact, c.Client, r.more, c.aboutOf(r.of)); err != nil {
			return err
		}
	}
	if held.Less(fee) {
		return escrow.SecureMore(ctx, tx, escrow.EndingFee(c.ID), fact, c.Client, fee.Sub(held), c.about())
	}
	return nil
}
