package dispute

import (
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/terms"
)

// ID names a dispute.
type ID int64

// State is how far a dispute has come.
type State string

// The states of a dispute.
const (
	Talking   State = "talking"   // the two look for a split
	Deciding  State = "deciding"  // an arbiter reads, and decides
	Decided   State = "decided"   // either of the two may have it reviewed
	Reviewing State = "reviewing" // others look at the decision
	Closed    State = "closed"
)

var _ = say.Words(Talking, Deciding, Decided, Reviewing, Closed)

// How is how a dispute came to its end.
type How string

// The ends of a dispute.
const (
	Agreed    How = "agreed"
	ByArbiter How = "decided"
	ByReview  How = "reviewed"
	ByDefault How = "defaulted" // no arbiter decided in time
)

var _ = say.Words(Agreed, ByArbiter, ByReview, ByDefault)

// How long each state lasts at most.
const (
	TalkDays   terms.Days = 5
	DecideDays terms.Days = 10
	AskDays    terms.Days = 7
	ReviewDays terms.Days = 10
)

// maxMissed is how many deadlines arbiters may miss before the default holds.
const maxMissed = 2

var (
	// ErrNotFound is also the answer to a stranger.
	ErrNotFound = fault.New(fault.NotFound, "dispute_not_found", "There is no such dispute, or it is not yours to see.")
	// ErrClosed says that nothing can be said any more.
	ErrClosed = fault.New(fault.Conflict, "dispute_closed", "This dispute is closed, and the money is where it belongs. Nothing was changed.")
	// ErrTalking says that the arbiter's time has not come.
	ErrTalking = fault.New(fault.Conflict, "dispute_talking", "The two are still talking. If they do not agree, an arbiter decides from %s on.")
	// ErrDeciding says whose turn it is.
	ErrDeciding = fault.New(fault.Conflict, "dispute_deciding", "The arbiter has not decided yet. They have until %s.")
	// ErrDecided says that there is a decision.
	ErrDecided = fault.New(fault.Conflict, "dispute_decided", "There is a decision already. Until %s either of the two can ask for a review of it.")
	// ErrReviewing says that others look at the decision.
	ErrReviewing = fault.New(fault.Conflict, "dispute_reviewing", "The decision is being reviewed. That ends on %s at the latest.")
	// ErrNotParty is the answer to an arbiter who would act as one of the two.
	ErrNotParty = fault.New(fault.Forbidden, "not_a_party", "Only the two whose dispute it is can do that.")
	// ErrNotArbiter is the answer to whoever would decide what is not theirs to decide.
	ErrNotArbiter = fault.New(fault.Forbidden, "not_the_arbiter", "Only the arbiter who is named for this dispute can decide it.")
	// ErrNotReviewer is the answer to an arbiter who was not drawn.
	ErrNotReviewer = fault.New(fault.Forbidden, "not_a_reviewer", "Only those who were drawn to review this decision can vote on it.")
	// ErrVoted says that a vote stands.
	ErrVoted = fault.New(fault.Conflict, "voted_already", "Your vote is in, and stands.")
	// ErrNobody says that there is no one to review a decision.
	ErrNobody = fault.New(fault.Conflict, "no_reviewers", "This market has no other arbiter who had no part in your disputes, so nobody could review the decision. It stands.")
)

// Dispute is a disagreement about a sum of one milestone.
type Dispute struct {
	ID         ID
	Milestone  contract.MilestoneID
	Contract   contract.ID
	Client     account.ID
	Freelancer account.ID
	Title      string // of the milestone
	OpenedBy   contract.Side
	Reason     Reason
	Words      string
	Sum        money.Amount `db:"-"`
	Fallback   money.Amount `db:"-"` // of the sum: the freelancer's if no arbiter decides in time
	State      State
	Due        *time.Time // when this state ends by itself
	Arbiter    *account.ID
	Missed     int           // deadlines by arbiters
	How        How           // "" until it is closed
	Award      *money.Amount `db:"-"`
	OpenedAt   time.Time
	AskedBy    contract.Side // who wants the decision reviewed
	AskedFor   string        // and why
	ClosedAt   *time.Time
}

// Arbiter is who decides, as the lifecycle calls them.
const Arbiter lifecycle.Actor = "arbiter"

// Reason is why somebody disputes, as one of a few.
type Reason string

// The reasons of the client and of the freelancer.
const (
	NotAgreed  Reason = "not as agreed"
	Incomplete Reason = "incomplete"
	TooLate    Reason = "too late"
	NotTheirs  Reason = "not theirs"
	Met        Reason = "met"
	NotOwed    Reason = "not owed"
	Moving     Reason = "moving"
	Other      Reason = "other"
	Share      Reason = "share" // of begun work, when a contract ends early; the shares that both named are the reason
)

// Named is a reason with what it means.
type Named struct {
	Reason Reason
	Means  say.Sentence
}

// Reasons are those that a side can give.
func Reasons(s contract.Side) []Named {
	if s == contract.Client {
		return []Named{
			{NotAgreed, say.That("The work is not what we agreed on")}, {Incomplete, say.That("A part of it is missing")},
			{TooLate, say.That("It came too late to be of use")}, {NotTheirs, say.That("It is not their own work")}, {Other, say.That("Something else")},
		}
	}
	return []Named{
		{Met, say.That("The work meets what we agreed on")}, {NotOwed, say.That("The changes were never agreed on")},
		{Moving, say.That("Something else is asked for each time")}, {Other, say.That("Something else")},
	}
}

// Means is what r says, given by a side.
func (r Reason) Means(by contract.Side) say.Sentence {
	if r == Share {
		return say.That("How much of the work is done")
	}
	for _, n := range Reasons(by) {
		if n.Reason == r {
			return n.Means
		}
	}
	return say.Sentence{Format: string(r)}
}

func (d *Dispute) subject() string { return fmt.Sprintf("dispute/%d", d.ID) }

// URL is where the two and their arbiter see the dispute.
func (d *Dispute) URL() string { return fmt.Sprintf("/disputes/%d", d.ID) }

func (d *Dispute) side(a account.Actor) contract.Side {
	switch {
	case a.IsSystem():
		return contract.Market
	case a.ID == d.Client:
		return contract.Client
	case a.ID == d.Freelancer:
		return contract.Freelancer
	case a.Is(account.Arbiter):
		return Arbiter
	default:
		return ""
	}
}

func other(s contract.Side) contract.Side {
	if s == contract.Client {
		return contract.Freelancer
	}
	return contract.Client
}

func (d *Dispute) person(s contract.Side) account.ID {
	if s == contract.Client {
		return d.Client
	}
	return d.Freelancer
}

// next is where an event leads, or why it cannot be.
func (d *Dispute) next(e lifecycle.Event, by contract.Side) (State, error) {
	if to, ok := Lifecycle.Next(d.State, e, by); ok {
		return to, nil
	}
	switch d.State {
	case Closed:
		return d.State, ErrClosed
	case Talking:
		return d.State, ErrTalking.With(*d.Due)
	case Deciding:
		return d.State, ErrDeciding.With(*d.Due)
	case Decided:
		return d.State, ErrDecided.With(*d.Due)
	default:
		return d.State, ErrReviewing.With(*d.Due)
	}
}

func (d *Dispute) move(to State, days terms.Days, at time.Time) {
	due := days.After(at)
	d.State, d.Due = to, &due
}

func (d *Dispute) close(to State, how How, award money.Amount, at time.Time) {
	d.State, d.Due, d.How, d.Award, d.ClosedAt = to, nil, how, &award, &at
}

// Agree ends the dispute by what both named.
func (d *Dispute) Agree(by contract.Side, split money.Amount, at time.Time) error {
	to, err := d.next(agree, by)
	if err == nil {
		d.close(to, Agreed, split, at)
	}
	return err
}

// Call gives the dispute to an arbiter once the talking is over; nil: nobody can be
// named yet.
func (d *Dispute) Call(named *account.ID, at time.Time) error {
	to, err := d.next(call, contract.Market)
	if err == nil {
		d.Arbiter = named
		d.move(to, DecideDays, at)
	}
	return err
}

// Miss counts a deadline that passed without a decision. Another arbiter has it
// from then on; with the second one, silence pays whoever delivered, or what the
// days of begun work come to.
func (d *Dispute) Miss(named *account.ID, at time.Time) error {
	e := passOn
	if d.Missed+1 >= maxMissed {
		e = giveUp
	}
	to, err := d.next(e, contract.Market)
	if err != nil {
		return err
	}
	if d.Missed++; to == Closed {
		d.close(to, ByDefault, d.Fallback, at)
		return nil
	}
	d.Arbiter = named
	d.move(to, DecideDays, at)
	return nil
}

// Decide keeps that the named arbiter has decided.
func (d *Dispute) Decide(by account.Actor, at time.Time) error {
	to, err := d.next(decide, Arbiter)
	switch {
	case err != nil:
		return err
	case d.Arbiter == nil || *d.Arbiter != by.ID:
		return ErrNotArbiter
	}
	d.move(to, AskDays, at)
	return nil
}

// AskReview has others look at the decision.
func (d *Dispute) AskReview(by contract.Side, words string, at time.Time) error {
	to, err := d.next(askReview, by)
	if err != nil {
		return err
	}
	d.AskedBy, d.AskedFor = by, words
	d.move(to, ReviewDays, at)
	return nil
}

// Finish ends the dispute by its decision, once it stands, or by its review.
func (d *Dispute) Finish(award money.Amount, at time.Time) error {
	how := ByArbiter
	if d.State == Reviewing {
		how = ByReview
	}
	to, err := d.next(finish, contract.Market)
	if err == nil {
		d.close(to, how, award, at)
	}
	return err
}
