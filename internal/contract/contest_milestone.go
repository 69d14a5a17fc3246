package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

var (
	// ErrDisputed says that a milestone's money waits for the end of a dispute.
	ErrDisputed = fault.New(fault.Conflict, "milestone_disputed",
		"There is a dispute about this milestone. What happens to its money is decided there.")
	// ErrSum says what can be disputed.
	ErrSum = fault.New(fault.Invalid, "disputed_sum_invalid",
		"Name the part of the price that you dispute: more than nothing, and at most %s.").At("sum")
)

// Contest sets the sum that one of the two disputes apart, out of the escrow of a
// milestone, and pays the rest of it to the freelancer at once. The client can
// while the work is before them, the freelancer while changes are asked of them.
// No sum is all of the price.
func Contest(ctx context.Context, tx *db.Tx, by account.Actor, id MilestoneID, sum money.Amount) (*Contract, *Milestone, error) {
	c, m, err := lockMilestone(ctx, tx, by, id)
	if err != nil {
		return nil, nil, err
	}
	if sum == (money.Amount{}) {
		sum = m.Price
	}
	if err := m.Contest(c.side(by), sum, tx.Now); err != nil {
		return nil, nil, err
	}
	if _, _, err := lockMoney(ctx, tx, c); err != nil {
		return nil, nil, err
	}
	rest := c.payFor(m.Price.Sub(sum))
	if err := escrow.Contest(ctx, tx, m.Purpose(), escrow.Disputed(m.ID), rest, c.atStake(m), c.aboutOf(m)); err != nil {
		return nil, nil, err
	}
	act := say.That("%s opened a dispute about %s of “%s”.", by.Name, sum, m.Title)
	if err := journal.Append(ctx, tx, c.subject(), by, act, "only disputed money waits"); err != nil {
		return nil, nil, err
	}
	return c, m, saveContract(ctx, tx, c)
}

// atStake is what waits for the end of a dispute: the disputed sum, and the fee
// on it.
func (c *Contract) atStake(m *Milestone) money.Amount {
	rest := m.undisputed()
	all := rest.Add(*m.Disputed)
	return all.Add(c.ClientFee(all)).Sub(rest).Sub(c.ClientFee(rest))
}

// Award divides the disputed sum of a milestone at the end of its dispute: so
// much is the freelancer's, and the rest goes back to the client with the fee on
// it. Then the contract goes on as if the milestone had been approved.
func Award(ctx context.Context, tx *db.Tx, id MilestoneID, award money.Amount, reason string) (*Contract, *Milestone, error) {
	c, m, err := lockMilestone(ctx, tx, account.System, id)
	if err != nil {
		return nil, nil, err
	}
	stake, before := c.atStake(m), c.payFor(m.undisputed())
	if err := m.Award(award, tx.Now); err != nil {
		return nil, nil, err
	}
	held, wallet, err := lockMoney(ctx, tx, c)
	if err != nil {
		return nil, nil, err
	}
	pay := c.payFor(m.paid())
	pay.Net, pay.Fee = pay.Net.Sub(before.Net), pay.Fee.Sub(before.Fee)
	if err := escrow.Award(ctx, tx, escrow.Disputed(m.ID), pay, c.Client, stake.Sub(pay.Net).Sub(pay.Fee), c.aboutOf(m)); err != nil {
		return nil, nil, err
	}
	act := say.That("The dispute about “%s” ended: %s of the %s are the freelancer's.", m.Title, award, *m.Disputed)
	if err := journal.Append(ctx, tx, c.subject(), account.System, act, reason); err != nil {
		return nil, nil, err
	}
	if err := moveOn(ctx, tx, c, held, wallet.Add(stake.Sub(pay.Net).Sub(pay.Fee))); err != nil {
		return nil, nil, err
	}
	return c, m, saveContract(ctx, tx, c)
}
