package contract

import (
	"time"

	"freehold/internal/kit/say"
)

// Turn says whose turn it is, and what happens if they do nothing.
type Turn struct {
	Of        Side         // "" when there is nothing left to do
	Do        say.Sentence // what they can do
	By        *time.Time   // nil: nothing happens by itself
	Otherwise say.Sentence // what happens then
}

// Turn is the next thing to happen to the offer.
func (o *Offer) Turn() Turn {
	t := Turn{By: &o.ExpiresAt, Otherwise: say.That("The offer expires, and nothing binds either of you.")}
	switch o.State {
	case Open, Countered:
		t.Of, t.Do = other(o.Author), say.That("Read the terms, then sign them, make a counter-offer, or decline.")
	case SignedByOne:
		t.Of, t.Do = other(o.Signed[0]), say.That("Read the terms, then sign them. With your signature they are a contract.")
	case SignedByBoth:
		return Turn{Do: say.That("Both have signed. The offer is a contract now.")}
	default:
		return Turn{Do: say.That("The offer has ended without a contract.")}
	}
	return t
}

// Turn is the next thing to happen to the contract. Where several milestones
// are under way it is the one with the nearest date.
func (c *Contract) Turn(now time.Time) Turn {
	switch c.State {
	case Signed:
		return Turn{Client, say.That("Put the money in escrow. Work can begin as soon as it is there."), &c.FundBy,
			say.That("The contract ends without having begun, and neither owes the other anything.")}
	case Starved:
		return c.starvedTurn(now)
	case Ended:
		return Turn{Do: say.That("This contract has ended. There is nothing left to do.")}
	}
	var first Turn
	if c.State == UnderNotice && c.Every != "" {
		first = Turn{other(c.NoticeBy), say.That("The contract goes on until its last week or month is paid. You can also agree to end it now."), c.EndsAt,
			say.That("Nothing more is funded, and the contract ends as soon as all is paid.")}
	} else if c.State == UnderNotice && !c.anyDisputed() {
		first = Turn{other(c.NoticeBy), say.That("Say how much of the work under way is done, or agree to end now."), c.EndsAt,
			say.That("The contract ends, and what was computed is paid.")}
	}
	for i := range c.Milestones {
		t := c.TurnOf(&c.Milestones[i])
		if t.Of != "" && (first.Of == "" || t.before(first)) {
			first = t
		}
	}
	return first
}

// before reports whether t is more pressing than u.
func (t Turn) before(u Turn) bool {
	if t.By == nil || u.By == nil {
		return t.By != nil
	}
	return t.By.Before(*u.By)
}

func (c *Contract) starvedTurn(now time.Time) Turn {
	from := c.LeaveFrom()
	if passed(from, now) {
		ends := c.ForsakenAt()
		return Turn{Client, say.That("Fund the next milestone. Until then the freelancer may leave with the ending fee of %s at any time.", c.EndingFee()), &ends,
			say.That("The contract ends by itself, and the ending fee is the freelancer's.")}
	}
	return Turn{Client, say.That("Fund the next milestone. Nobody has to work until it is funded."), &from,
		say.That("The freelancer may leave, with the ending fee of %s.", c.EndingFee())}
}

// TurnOf is the next thing to happen to one milestone.
func (c *Contract) TurnOf(m *Milestone) Turn {
	t := c.turnOf(m)
	if c.State == UnderNotice && c.Every == "" && !c.anyDisputed() && m.State != Submitted && t.By != nil && !t.By.Before(*c.EndsAt) {
		t.By, t.Otherwise = c.EndsAt, say.That("The contract ends, and what was computed is paid.")
	}
	return t
}

func (c *Contract) turnOf(m *Milestone) Turn {
	switch m.State {
	case Funded:
		if m.Every != "" {
			return c.turnOfSpan(m)
		}
		return Turn{Freelancer, say.That("Do the work and submit it by %s.", m.DueBy()), m.TakeBackFrom,
			say.That("The client may take the money of this milestone back.")}
	case Submitted:
		if m.Every == Weekly {
			return Turn{Client, say.That("Look at the hours, then approve them or dispute single lines."), m.ApproveBy,
				say.That("The hours count as accepted, and %s is paid to the freelancer.", c.Pay(m).Net)}
		}
		return Turn{Client, say.That("Approve the work, or ask for changes by naming what is not met."), m.ApproveBy,
			say.That("The work counts as accepted, and %s is paid to the freelancer.", c.Pay(m).Net)}
	case ChangesAsked:
		return Turn{Freelancer, say.That("Make the changes and submit the work again."), m.TakeBackFrom,
			say.That("The client may take the money of this milestone back.")}
	case Disputed:
		return Turn{Of: Market, Do: say.That("You disagree about %s of “%s”. The dispute says whose turn it is, and how it ends by itself.", *m.Disputed, m.Title)}
	default:
		return Turn{}
	}
}

// turnOfSpan is the next thing to happen to a week or month that is funded.
func (c *Contract) turnOfSpan(m *Milestone) Turn {
	if m.Every == Monthly {
		return Turn{Freelancer, say.That("Do what you agreed on for the month. There is nothing to submit."), m.Closes,
			say.That("The month is paid: %s goes to the freelancer.", c.Pay(m).Net)}
	}
	return Turn{Freelancer, say.That("Log the hours as you work them, from %s on. They are handed in by themselves.", *m.Starts), m.Closes,
		say.That("The hours that are logged go to the client to be looked at, and unused money stays for the next week.")}
}
