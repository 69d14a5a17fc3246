package contract

import (
	"time"

	"freehold/internal/escrow"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/terms"
)

// MilestoneID names a milestone.
type MilestoneID int64

// MilestoneState is how far a milestone has come.
type MilestoneState string

// The states of a milestone.
const (
	Planned      MilestoneState = "planned"       // agreed; not funded, so nobody works on it
	Funded       MilestoneState = "funded"        // its price is in escrow
	Submitted    MilestoneState = "submitted"     // the client looks at the work
	ChangesAsked MilestoneState = "changes asked" // the freelancer mends it
	Approved     MilestoneState = "approved"      // and paid
	TakenBack    MilestoneState = "taken back"    // nothing came in time, and the client has the money again
	Dropped      MilestoneState = "dropped"       // the contract ended before it was funded, or an amendment left it out
	Disputed     MilestoneState = "disputed"      // its money waits for the end of a dispute
	Split        MilestoneState = "split"         // a dispute gave the freelancer a part of it
	Refunded     MilestoneState = "refunded"      // a dispute gave all of it back to the client
	Unused       MilestoneState = "unused"        // a week in which nobody logged an hour
	Passed       MilestoneState = "passed"        // a week or month that was over before the money came
	Settled      MilestoneState = "settled"       // the contract ended while it was under way, and it was paid by its share
)

var _ = say.Words(Planned, Funded, Submitted, ChangesAsked, Disputed, Approved, Split, Refunded, Settled, Unused, Passed, TakenBack, Dropped)

var (
	// ErrMilestoneNotFound is also the answer to a stranger.
	ErrMilestoneNotFound = fault.New(fault.NotFound, "milestone_not_found", "There is no such milestone, or it is not yours to see.")
	// ErrNotFunded says that there is no money to work for.
	ErrNotFunded = fault.New(fault.Conflict, "milestone_not_funded",
		"This milestone is not funded yet, so nobody should work on it. It is the client's turn to put its price in escrow.")
	// ErrNotSubmitted says that there is no work to judge.
	ErrNotSubmitted = fault.New(fault.Conflict, "milestone_not_submitted",
		"Nothing has been submitted for this milestone yet. It is the freelancer's turn.")
	// ErrSubmitted says that the client is looking at the work.
	ErrSubmitted = fault.New(fault.Conflict, "milestone_submitted",
		"The work for this milestone has been submitted. It is the client's turn to approve it or to ask for changes.")
	// ErrChangesAsked says that the freelancer is mending the work.
	ErrChangesAsked = fault.New(fault.Conflict, "milestone_changes_asked",
		"Changes have been asked for on this milestone. It is the freelancer's turn to submit it again.")
	// ErrApproved says that the work is accepted and paid.
	ErrApproved = fault.New(fault.Conflict, "milestone_approved", "This milestone is approved, and its price has been paid to the freelancer.")
	// ErrTakenBack says that the client has the money again.
	ErrTakenBack = fault.New(fault.Conflict, "milestone_taken_back",
		"No work came for this milestone in time, and the client has its money back.")
	// ErrSplit says how a dispute ended.
	ErrSplit = fault.New(fault.Conflict, "milestone_split", "A dispute about this milestone has ended, and its money was divided.")
	// ErrSettled says that a part was paid when the contract ended early.
	ErrSettled = fault.New(fault.Conflict, "milestone_settled",
		"The contract ended early while this milestone was under way, and it was paid by the share that was done.")
	// ErrUnused says that nobody worked in a week.
	ErrUnused = fault.New(fault.Conflict, "week_unused", "No hours were logged in this week, and it is closed. Its money rolled over to the next one.")
	// ErrPassed says that the money came too late for a week or month.
	ErrPassed = fault.New(fault.Conflict, "milestone_passed", "This week or month was over before the money for it came. Nobody worked then.")
	// ErrDropped says that it never began.
	ErrDropped = fault.New(fault.Conflict, "milestone_dropped", "This milestone was dropped before it began: the contract ended first, or both of you agreed to do without it.")
	// ErrWindowPassed says that silence has decided already.
	ErrWindowPassed = fault.New(fault.Conflict, "acceptance_window_passed",
		"The time to ask for changes ended on %s. The work counts as accepted and is being paid.")
	// ErrNoTimeToMend says that the contract ends too soon for changes.
	ErrNoTimeToMend = fault.New(fault.Conflict, "no_time_to_mend",
		"Notice has been given, and the contract ends from %s on: that is too soon for changes to be made. Approve the work, or dispute the sum that you do not agree with.")
	// ErrNoRoundsLeft says that the agreed rounds of changes are used up.
	ErrNoRoundsLeft = fault.New(fault.Conflict, "no_rounds_left",
		"You agreed on %d rounds of changes for a milestone, and they are used up. You can approve the work, or talk to the freelancer about it.")
)

// Milestone is one piece of work with one price.
type Milestone struct {
	ID           MilestoneID
	Contract     ID
	Lifecycle    int `db:"-"` // the contract's
	N            int // from 1
	Title        string
	Price        money.Amount `db:"-"` // what the freelancer earns before their own fee
	Due          time.Time    // the day, in UTC, until whose end the work is due
	Hours        int          // as estimated
	Floor        money.Amount `db:"-"` // of one hour, when the terms were written
	Criteria     []string     // what has to be true of the work
	State        MilestoneState
	Rounds       int        // of changes asked so far
	RemindedAt   *time.Time // when the client was told that its money will be due
	FundedAt     *time.Time
	TakeBackFrom *time.Time // while the freelancer works: from then on the client may take the money back
	SubmittedAt  *time.Time // the last time
	ApproveBy    *time.Time // while submitted: at that moment silence approves
	EndedAt      *time.Time

	ClientSays     *int               // percent that is done, once notice was given
	FreelancerSays *int               //
	Paid           *terms.BasisPoints `db:"paid_bp"` // of the price, if it was settled

	Every  Span         `db:"-"` // the contract's
	Rate   money.Amount `db:"-"` // of an hour, in a week of hours
	Logged int          // minutes, in a week of hours
	Timing bool         // a timer runs in it, so that not all is logged
	Starts *time.Time   `db:"starts_at"` // of a week or month; nil otherwise
	Ends   *time.Time   `db:"ends_at"`   // the instant after
	Closes *time.Time   `db:"closes_at"` // when it is handed in or paid by itself

	Disputed *money.Amount `db:"-"` // the part of the price that is or was disputed
	Awarded  *money.Amount `db:"-"` // and of that, what is the freelancer's
	Conceded *money.Amount `db:"-"` // if the share was disputed: the part that went back at once

	was MilestoneState // as it is stored
}

// live reports whether a milestone's price is in escrow.
func (m *Milestone) live() bool { return under(m.Lifecycle).Milestone.Money(m.State) }

// DueBy is the last minute of the due day.
func (m *Milestone) DueBy() time.Time { return m.Due.AddDate(0, 0, 1).Add(-time.Minute) }

// Purpose is what the milestone's money in escrow waits for.
func (m *Milestone) Purpose() escrow.Purpose { return escrow.Milestone(m.ID) }

func (m *Milestone) fund(e lifecycle.Event, by Side, at time.Time) error {
	to, err := m.next(e, by)
	if err != nil {
		return err
	}
	m.State, m.FundedAt = to, &at
	return nil
}

// aheadFrom is from when on a week or month is funded, before it begins.
func (m *Milestone) aheadFrom() time.Time { return m.Starts.AddDate(0, 0, -aheadDays) }

// Submit hands the work over and opens the acceptance window.
func (m *Milestone) Submit(by Side, at time.Time, window terms.Days) error {
	if err := m.byCalendar(); err != nil {
		return err
	}
	to, err := m.next(submit, by)
	if err != nil {
		return err
	}
	until := window.After(at)
	m.State, m.TakeBackFrom, m.SubmittedAt, m.ApproveBy = to, nil, &at, &until
	return nil
}

// AskChanges gives the work back to be mended, while the acceptance window is
// open and at most so many rounds. If nothing comes, the client may have the
// money back from a date on.
func (m *Milestone) AskChanges(by Side, at time.Time, rounds int, takeBackFrom time.Time) error {
	to, err := m.next(askChanges, by)
	switch {
	case err != nil:
		return err
	case m.Every != "":
		return m.byCalendar()
	case passed(*m.ApproveBy, at):
		return ErrWindowPassed.With(*m.ApproveBy)
	case m.Rounds >= rounds:
		return ErrNoRoundsLeft.With(rounds)
	}
	m.State, m.ApproveBy, m.TakeBackFrom = to, nil, &takeBackFrom
	m.Rounds++
	return nil
}

// Approve accepts the work. The client may at any time, the market once the
// acceptance window has passed.
func (m *Milestone) Approve(by Side, at time.Time) error {
	to, err := m.next(approve, by)
	switch {
	case err != nil:
		return err
	case by == Market && !passed(*m.ApproveBy, at):
		return ErrTooEarly.With(*m.ApproveBy)
	}
	m.State, m.ApproveBy, m.TakeBackFrom, m.EndedAt = to, nil, nil, &at
	return nil
}

// ReturnsAt is when the money of a milestone for which nothing comes goes back
// to the client by itself.
func (m *Milestone) ReturnsAt() time.Time { return under(m.Lifecycle).Patience.After(*m.TakeBackFrom) }

// TakeBack ends a milestone for which nothing came in time. The client may once
// its date has passed; later still, it happens by itself.
func (m *Milestone) TakeBack(by Side, at time.Time) error {
	if err := m.byCalendar(); err != nil {
		return err
	}
	to, err := m.next(takeBack, by)
	if err != nil {
		return err
	}
	opens := *m.TakeBackFrom
	if by == Market {
		opens = m.ReturnsAt()
	}
	if !passed(opens, at) {
		return ErrTooEarly.With(opens)
	}
	m.State, m.TakeBackFrom, m.EndedAt = to, nil, &at
	return nil
}

// Contest lets a part of the price wait for the end of a dispute.
func (m *Milestone) Contest(by Side, sum money.Amount, at time.Time) error {
	to, err := m.next(contest, by)
	switch {
	case err != nil:
		return err
	case m.State == Submitted && passed(*m.ApproveBy, at):
		return ErrWindowPassed.With(*m.ApproveBy)
	case m.State == Funded && (m.Every != Monthly || !passed(*m.Starts, at)):
		return m.refusal()
	case m.State == Funded && passed(*m.Closes, at):
		return ErrWindowPassed.With(*m.Closes)
	case sum.Currency != m.Price.Currency || !sum.Positive() || m.Price.Less(sum):
		return ErrSum.With(m.Price)
	}
	if m.SubmittedAt == nil {
		m.SubmittedAt = &at // a month is before the client as it passes
	}
	m.State, m.ApproveBy, m.TakeBackFrom, m.Disputed = to, nil, nil, &sum
	return nil
}

// Award ends a milestone with its dispute.
func (m *Milestone) Award(award money.Amount, at time.Time) error {
	e := awardPart
	switch {
	case m.State != Disputed:
		return m.refusal()
	case award == *m.Disputed && m.Conceded == nil:
		e = awardAll
	case award.IsZero() && m.undisputed().IsZero():
		e = awardNone
	}
	to, err := m.next(e, Market)
	if err != nil {
		return err
	}
	m.State, m.Awarded, m.EndedAt = to, &award, &at
	return nil
}

// paid is what of the price was paid to the freelancer, before their fee.
func (m *Milestone) paid() money.Amount {
	switch m.State {
	case Approved:
		return m.Price
	case Settled:
		return m.Paid.Of(m.Price)
	case Disputed:
		return m.undisputed()
	case Split, Refunded:
		return m.undisputed().Add(*m.Awarded)
	default:
		return money.Zero(m.Price.Currency)
	}
}

// undisputed is what of the price was paid when a dispute was opened: neither the
// disputed part, nor what both say the freelancer has not earned.
func (m *Milestone) undisputed() money.Amount {
	rest := m.Price.Sub(*m.Disputed)
	if m.Conceded != nil {
		rest = rest.Sub(*m.Conceded)
	}
	return rest
}

// agreedShare reports whether both say the same of what is done.
func (m *Milestone) agreedShare() bool {
	return m.ClientSays != nil && m.FreelancerSays != nil && *m.ClientSays == *m.FreelancerSays
}

// settle ends a milestone under way together with its contract. Submitted work
// counts as approved.
func (m *Milestone) settle(share terms.BasisPoints, at time.Time) error {
	to, err := m.next(settleUp, Market)
	if err != nil {
		return err
	}
	if m.State, m.ApproveBy, m.TakeBackFrom, m.EndedAt = to, nil, nil, &at; to == Settled {
		m.Paid = &share
	}
	return nil
}

func (m *Milestone) drop(at time.Time) error {
	to, err := m.next(drop, Market)
	if err != nil {
		return err
	}
	m.State, m.EndedAt = to, &at
	return nil
}

func (m *Milestone) next(e lifecycle.Event, by Side) (MilestoneState, error) {
	return next(under(m.Lifecycle).Milestone, m.State, e, by, m.refusal())
}

func (m *Milestone) refusal() error {
	switch m.State {
	case Planned:
		return ErrNotFunded
	case Funded:
		return ErrNotSubmitted
	case Submitted:
		return ErrSubmitted
	case ChangesAsked:
		return ErrChangesAsked
	case Approved:
		return ErrApproved
	case TakenBack:
		return ErrTakenBack
	case Disputed:
		return ErrDisputed
	case Split, Refunded:
		return ErrSplit
	case Settled:
		return ErrSettled
	case Unused:
		return ErrUnused
	case Passed:
		return ErrPassed
	default:
		return ErrDropped
	}
}

// day is the calendar day of t, in UTC.
func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }
