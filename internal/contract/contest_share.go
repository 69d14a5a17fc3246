package contract

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/terms"
)

// ErrNoShareToDispute says when an arbiter can decide about a share.
var ErrNoShareToDispute = fault.New(fault.Conflict, "no_share_to_dispute",
	"An arbiter decides how much is done while notice runs, once both of you have named a share and the freelancer's is the greater one. Nothing was changed.")

// Between is what lies between the shares that the two name of a milestone.
type Between struct {
	Granted  money.Amount // by both: the client's share of the price
	Disputed money.Amount // from there to the freelancer's share
	Conceded money.Amount // by both: the freelancer claims no more than that
	Fallback money.Amount // of the disputed: what its days come to
}

// Between is what the two disagree about of a milestone under way, while notice
// runs. It is not ok if there is nothing.
func (c *Contract) Between(m *Milestone) (b Between, ok bool) {
	if c.State != UnderNotice || m.Every != "" || m.State != Funded && m.State != ChangesAsked ||
		m.ClientSays == nil || m.FreelancerSays == nil || *m.ClientSays >= *m.FreelancerSays {
		return b, false
	}
	of := func(percent int) money.Amount { return (terms.BasisPoints(percent) * 100).Of(m.Price) }
	b.Granted = of(*m.ClientSays)
	b.Disputed = of(*m.FreelancerSays).Sub(b.Granted)
	b.Conceded = m.Price.Sub(b.Granted).Sub(b.Disputed)
	b.Fallback = c.ShareOf(m, c.endsFrom()).Of(m.Price).Sub(b.Granted)
	return b, b.Disputed.Positive()
}

// ContestShare lets what lies between the shares that the two name wait for the
// end of a dispute. What was conceded is not waited for by anybody.
func (c *Contract) ContestShare(m *Milestone, by Side, at time.Time) (Between, error) {
	b, ok := c.Between(m)
	switch {
	case c.State == Ended:
		return b, ErrEnded
	case m.State == Disputed:
		return b, ErrDisputed
	case !ok || passed(c.endsFrom(), at):
		return b, ErrNoShareToDispute
	}
	to, err := m.next(contestShare, by)
	if err != nil {
		return b, err
	}
	m.State, m.TakeBackFrom, m.Disputed, m.Conceded = to, nil, &b.Disputed, &b.Conceded
	return b, nil
}

// ContestShare is how one of the two has an arbiter decide how much of begun work
// is done, when the contract ends early. What both grant is paid at once, what
// neither claims goes back at once, and what lies between waits.
func ContestShare(ctx context.Context, tx *db.Tx, by account.Actor, id MilestoneID) (*Contract, *Milestone, Between, error) {
	c, m, err := lockMilestone(ctx, tx, by, id)
	if err != nil {
		return nil, nil, Between{}, err
	}
	b, err := c.ContestShare(m, c.side(by), tx.Now)
	if err != nil {
		return nil, nil, b, err
	}
	if _, _, err := lockMoney(ctx, tx, c); err != nil {
		return nil, nil, b, err
	}
	pay := c.payFor(b.Granted)
	stake := c.atStake(m)
	back := c.Cost(m).Sub(pay.Net).Sub(pay.Fee).Sub(stake)
	if back.Positive() {
		if err := escrow.Trim(ctx, tx, m.Purpose(), "conceded", c.Client, back, c.aboutOf(m)); err != nil {
			return nil, nil, b, err
		}
	}
	if err := escrow.Contest(ctx, tx, m.Purpose(), escrow.Disputed(m.ID), pay, stake, c.aboutOf(m)); err != nil {
		return nil, nil, b, err
	}
	act := say.That("%s wants an arbiter to decide how much of “%s” is done: between %d and %d percent.", by.Name, m.Title, *m.ClientSays, *m.FreelancerSays)
	if err := journal.Append(ctx, tx, c.subject(), by, act, "only disputed money waits"); err != nil {
		return nil, nil, b, err
	}
	return c, m, b, saveContract(ctx, tx, c)
}
