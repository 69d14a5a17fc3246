package contract

import (
	"time"

	"freehold/internal/escrow"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/terms"
)

// Parting is how two people come apart before the work is done.
type Parting string

// The partings.
const (
	ByClient     Parting = "by the client"     // with notice
	ByFreelancer Parting = "by the freelancer" // with notice
	Together     Parting = "together"          // one gave notice, and the other agreed to end at once
)

var _ = say.Words(ByClient, ByFreelancer, Together)

// partingBy is what it is when a side ends the contract alone.
func partingBy(s Side) Parting {
	if s == Client {
		return ByClient
	}
	return ByFreelancer
}

// Settlement is what moves when a contract ends early. It is computed from what
// was signed, so there is nothing to argue about but how much is done.
type Settlement struct {
	How        Parting
	At         time.Time
	Parts      []SettledPart // the milestones whose money waits in escrow
	EndingFee  money.Amount  // on what was never funded
	FeeTo      Side
	Freelancer money.Amount // all that goes to the freelancer's wallet
	Client     money.Amount // all that goes back to the client's
	Market     money.Amount // our fee on what is paid
}

// SettledPart is what happens to one milestone's money.
type SettledPart struct {
	*Milestone

	Share terms.BasisPoints // of the price
	Pay   escrow.Pay
	Back  money.Amount // to the client
}

// Settlement computes what ending the contract like this, at that moment, moves,
// while so much of the ending fee is held.
func (c *Contract) Settlement(how Parting, held money.Amount, at time.Time) Settlement {
	s := Settlement{
		How: how, At: at, EndingFee: held, FeeTo: Client,
		Freelancer: money.Zero(c.Currency), Client: money.Zero(c.Currency), Market: money.Zero(c.Currency),
	}
	if how == ByClient && c.Every == "" {
		s.FeeTo, s.Freelancer = Freelancer, held
	} else {
		s.Client = held
	}
	for i := range c.Milestones {
		m := &c.Milestones[i]
		if !m.live() || m.State == Disputed {
			continue
		}
		p := c.settled(m, at)
		s.Parts = append(s.Parts, p)
		s.Freelancer, s.Market, s.Client = s.Freelancer.Add(p.Pay.Net), s.Market.Add(p.Pay.Fee), s.Client.Add(p.Back)
	}
	return s
}

func (c *Contract) settled(m *Milestone, at time.Time) SettledPart {
	share := c.ShareOf(m, at)
	price := share.Of(m.Price)
	if m.Open() {
		price = m.Billed()
	}
	pay := c.payFor(price)
	return SettledPart{m, share, pay, c.Cost(m).Sub(pay.Net).Sub(pay.Fee)}
}

// whole is all of a price.
const whole terms.BasisPoints = 100_00

// ShareOf is how much of a milestone under way is paid if the contract ends at
// that moment. Submitted work is paid in full. Otherwise it is the share that
// both name. If they name none, or different ones, it is the share of its days
// that have begun, but no less than the client names, and no more than the
// freelancer does.
func (c *Contract) ShareOf(m *Milestone, at time.Time) terms.BasisPoints {
	if m.State == Submitted || m.Open() {
		return whole
	}
	if m.Every == Monthly {
		return m.sharePassed(at)
	}
	low, high := terms.BasisPoints(0), whole
	if m.ClientSays != nil {
		low = terms.BasisPoints(*m.ClientSays) * 100
	}
	if m.FreelancerSays != nil {
		high = terms.BasisPoints(*m.FreelancerSays) * 100
	}
	// The client may name more than the freelancer: neither loses by being generous.
	low, high = min(low, high), max(low, high)
	return min(max(c.sharePassed(m, at), low), high)
}

// sharePassed is the share of a milestone's days that have begun, from its
// funding until it is due. Whole days, so that a sum which somebody has read
// still holds when they confirm it.
func (c *Contract) sharePassed(m *Milestone, at time.Time) terms.BasisPoints {
	due := c.takeBackFrom(m, *m.FundedAt).AddDate(0, 0, -int(c.GraceDays))
	return terms.BasisPoints(min(daysBegun(at.Sub(*m.FundedAt))*int64(whole)/max(daysBegun(due.Sub(*m.FundedAt)), 1), int64(whole)))
}

// sharePassed is the share of a month's days that have begun.
func (m *Milestone) sharePassed(at time.Time) terms.BasisPoints {
	if at.Before(*m.Starts) {
		return 0
	}
	return terms.BasisPoints(min(daysBegun(at.Sub(*m.Starts))*int64(whole)/daysBegun(m.Ends.Sub(*m.Starts)), int64(whole)))
}

// daysBegun counts the days of a time that have begun.
func daysBegun(d time.Duration) int64 {
	const day = 24 * time.Hour
	return max(int64((d+day-1)/day), 0)
}
