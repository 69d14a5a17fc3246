package jobpost

import (
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/skill"
	"freehold/internal/terms"
)

// ID names a post.
type ID int64

// State is how far a post has come.
type State string

// The states of a post.
const (
	Draft   State = "draft"
	Open    State = "open"
	Filled  State = "filled"
	Closed  State = "closed"
	Lapsed  State = "lapsed"
	Removed State = "removed"
)

var _ = say.Words(Draft, Open, Filled, Closed, Lapsed, Removed)

// Kind is what a client pays for: the whole, an hour, or a month.
type Kind string

// The kinds of budget.
const (
	Fixed    Kind = "fixed"
	Hourly   Kind = "hourly"
	Retainer Kind = "retainer"
)

// Kinds are all kinds, as lists show them.
var Kinds = []Kind{Fixed, Hourly, Retainer}

// Visibility is who can find a post.
type Visibility string

// The visibilities.
const (
	Public  Visibility = "public"  // everybody, signed in or not
	Invited Visibility = "invited" // those the client has invited
)

// Post is one thing a client wants done. What a draft, or a post from elsewhere,
// may lack is empty or zero.
type Post struct {
	ID          ID
	Client      account.ID
	State       State
	Title       string
	Description string // Markdown
	Category    skill.Key
	Level       skill.Level
	Kind        Kind
	Currency    string
	BudgetMin   int64 // in minor units; fixed: the price; hourly: for one hour; retainer: for one month
	BudgetMax   int64
	Hours       int // fixed: in all; hourly: a week; retainer: a month
	Hire        int // how many are wanted
	Hired       int
	AnswerDays  int
	Visibility  Visibility
	CreatedAt   time.Time
	PublishedAt *time.Time
	AnswerBy    *time.Time
	EditedAt    *time.Time // the last edit since it was published
	EndedAt     *time.Time
	BondMinor   int64  // the answer bond as it was when published
	FloorMinor  int64  // the floor it was held to, for one hour; 0: none
	Source      string // where it was imported from; empty: written here
	SourceNote  string
}

// URL is where a post is read.
func (p Post) URL() string { return fmt.Sprintf("/posts/%d", p.ID) }

// Subject names a post in the journal, and for the files attached to it.
func (p Post) Subject() string { return p.ID.Subject() }

// Subject names a post in the journal, and for the files attached to it.
func (id ID) Subject() string { return fmt.Sprintf("post/%d", id) }

// About is what money is for when it is for a post.
func (p Post) About() escrow.About { return escrow.About{Subject: p.Subject(), Title: p.Title} }

// HasBudget reports whether the post says what it pays: one from elsewhere may not.
func (p Post) HasBudget() bool { return p.BudgetMin > 0 }

// Min is the least the client has said they pay.
func (p Post) Min() money.Amount { return money.Amount{Minor: p.BudgetMin, Currency: p.Currency} }

// Max is the most the client has said they pay.
func (p Post) Max() money.Amount { return money.Amount{Minor: p.BudgetMax, Currency: p.Currency} }

// budget writes what is paid, for the record: "500.00 EUR", "20.00 to 35.00 EUR".
func (p Post) budget() string {
	switch {
	case !p.HasBudget():
		return ""
	case p.BudgetMin == p.BudgetMax:
		return p.Min().String()
	default:
		return p.Min().Decimal() + " to " + p.Max().String()
	}
}

// Bond is the answer bond as it was when the post was published.
func (p Post) Bond() money.Amount { return money.Amount{Minor: p.BondMinor, Currency: p.Currency} }

// FlooredHours is how many hours a price of this kind pays for, where the work is
// estimated at so many: one, when it is an hour that is priced.
func (k Kind) FlooredHours(estimate int) int {
	if k == Hourly {
		return 1
	}
	return estimate
}

var (
	// ErrNotFound is also the answer to somebody who may not see the post.
	ErrNotFound = fault.New(fault.NotFound, "post_not_found", "There is no such job post, or it is not for you to see.")
	// ErrNotOpen says in which other state a post is, and what that means.
	ErrNotOpen = fault.New(fault.Conflict, "post_not_open",
		"This job post is still a draft. Nobody can see it until it is published, and that is for its client to do.")
	errFilled = fault.New(fault.Conflict, ErrNotOpen.Code,
		"Everybody this job post was looking for has been hired, so it is filled. Nothing more can be done with it.")
	errClosed = fault.New(fault.Conflict, ErrNotOpen.Code,
		"The client has closed this job post and answered everybody who had proposed. Nothing more can be done with it.")
	errLapsed = fault.New(fault.Conflict, ErrNotOpen.Code,
		"The date by which this job post promised an answer has passed, so it ended. The client can publish it anew.")
	errRemoved = fault.New(fault.Conflict, ErrNotOpen.Code,
		"This job post was removed by a decision, which its client can read and appeal.")
	// ErrNotDraft says that a post is out of its draft.
	ErrNotDraft = fault.New(fault.Conflict, "post_not_draft",
		"This job post is published already. You can edit what it says for as long as it is open.")
	// ErrNoPlace says that nobody else is wanted.
	ErrNoPlace = fault.New(fault.Conflict, "no_place_left",
		"Everybody this job post was looking for has been hired, so there is no place left on it. To hire one more, publish another post.")
	// ErrPastAnswerBy says that it is too late to propose.
	ErrPastAnswerBy = fault.New(fault.Conflict, "past_answer_by",
		"This job post took proposals until %s. It is about to end; look for another one.")
	// ErrTooEarly says that a post has time left.
	ErrTooEarly = fault.New(fault.Conflict, "answer_by_not_reached",
		"The client of this job post has until %s to answer. Nothing happens before that.")
)

// mustBeOpen says what state the post is in, unless it is open.
func (p Post) mustBeOpen() error {
	switch p.State {
	case Open:
		return nil
	case Filled:
		return errFilled
	case Closed:
		return errClosed
	case Lapsed:
		return errLapsed
	case Removed:
		return errRemoved
	default:
		return ErrNotOpen
	}
}

// TakesProposals returns nil while people can propose: the post is open and its
// answer-by date has not passed.
func (p Post) TakesProposals(at time.Time) error {
	if err := p.mustBeOpen(); err != nil {
		return err
	}
	if !at.Before(*p.AnswerBy) {
		return ErrPastAnswerBy.With(*p.AnswerBy)
	}
	return nil
}

// HireOne takes one of the places. Hiring for the last one fills a post that is
// open: then its State is Filled, and every other proposal must be answered in
// the same act. It fails with ErrNoPlace when nobody else is wanted.
func (p *Post) HireOne(at time.Time) error {
	event := hires
	switch left := p.Hire - p.Hired; {
	case left <= 0:
		return ErrNoPlace
	case left == 1:
		event = hiresLast
	}
	if err := p.move(event, at); err != nil {
		return err
	}
	p.Hired++
	return nil
}

// Close ends the post because its client says so. Whoever calls it answers every
// open proposal in the same act.
func (p *Post) Close(at time.Time) error { return p.move(closes, at) }

// Lapse ends the post because its answer-by date has passed while so many people
// were owed an answer: it has lapsed if anybody was, and is closed if nobody was.
func (p *Post) Lapse(at time.Time, owed int) error {
	if p.State == Open && at.Before(*p.AnswerBy) {
		return ErrTooEarly.With(*p.AnswerBy)
	}
	if owed == 0 {
		return p.move(runsOut, at)
	}
	return p.move(lapses, at)
}

// Publish opens the post to proposals until its answer-by date, with a bond that
// secures the answers and the floor its budget was held to.
func (p *Post) Publish(at time.Time, bond, floor money.Amount) error {
	if err := p.move(publishes, at); err != nil {
		return err
	}
	by := terms.Days(p.AnswerDays).After(at)
	p.PublishedAt, p.AnswerBy = &at, &by
	p.BondMinor, p.FloorMinor = bond.Minor, floor.Minor
	return nil
}
