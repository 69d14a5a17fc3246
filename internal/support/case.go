package support

import (
	"fmt"
	"regexp"
	"time"

	"freehold/internal/account"
	"freehold/internal/conduct"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/say"
)

// ID names a case.
type ID int64

// State is how far a case has come.
type State string

// The states of a case.
const (
	Open     State = "open"     // it is the staff's turn
	Answered State = "answered" // it is the asker's
	Closed   State = "closed"
)

var _ = say.Words(Open, Answered, Closed)

// Kind is what a case is about. Each has its own clocks.
type Kind string

// The kinds of case.
const (
	Money    Kind = "money"
	Contract Kind = "contract"
	Account  Kind = "account"
	Rules    Kind = "rules"
	Other    Kind = "other"
)

// Kinds are all there are, with what they are called and how long each may take.
var Kinds = []struct {
	Kind  Kind
	Words string
	First int // hours, until the first answer
	Next  int // hours, until each answer after that
}{
	{Money, say.Key("Money: paying in, being paid, a sum I do not understand"), 24, 24},
	{Contract, say.Key("Work: a contract, an offer, a proposal, a post"), 24, 24},
	{Account, say.Key("My account: signing in, my address, my records"), 24, 24},
	{Rules, say.Key("Rules: a decision, a report, how somebody behaves"), 24, 24},
	{Other, say.Key("Something else"), 48, 48},
}

// CloseDays are after an answer, until a case to which nobody says anything closes.
const CloseDays = 14

// reopenDays are after its end, until a case stays closed.
const reopenDays = 60

// Case is something that somebody asks the staff.
type Case struct {
	ID         ID
	Asker      *account.ID // nil: somebody without an account
	Name       string
	Email      string
	Language   string
	Kind       Kind
	About      *string // "contract/7"
	Title      string
	Owner      account.ID
	State      State
	FirstHours int
	NextHours  int
	CloseDays  int
	OpenedAt   time.Time
	Due        *time.Time // for the owner
	AnsweredAt *time.Time // for the first time
	ClosesAt   *time.Time
	ClosedAt   *time.Time
	ClosedBy   *string // "asker" or "time"
	Helped     *string // "yes", "partly" or "no"
}

// Letter is something that was written in a case.
type Letter struct {
	ID     int64
	Case   ID
	Kind   LetterKind
	Author *account.ID // nil: the asker, who has no account
	Words  string
	Rules  []string // quoted beside it
	At     time.Time
}

// LetterKind is who a letter is for.
type LetterKind string

// The kinds of letter.
const (
	Question LetterKind = "question" // by the asker
	Answer   LetterKind = "answer"   // by the staff
	Note     LetterKind = "note"     // by the staff, for the staff
)

// Refusals.
var (
	ErrName = fault.New(fault.Invalid, "name_missing_or_long",
		"Say what we may call you, in at most %d characters.").With(maxName).At("name")
	ErrTitle = fault.New(fault.Invalid, "subject_missing_or_long",
		"Say in a line what it is about, in at most %d characters.").With(maxTitle).At("subject")
	ErrWords = fault.New(fault.Invalid, "words_missing_or_long",
		"Write what you want to tell us, in at most %d characters.").With(maxWords).At("words")
	ErrKind   = fault.New(fault.Invalid, "case_kind_unknown", "Choose what it is about.").At("kind")
	ErrNobody = fault.New(fault.Conflict, "nobody_to_write_to",
		"This market has nobody yet who could read your letter, and that is its operator’s fault. Nothing was sent. Please try again in a day.")
	ErrNotFound = fault.New(fault.NotFound, "case_not_found", "There is no such case, or it is not yours to see.")
	ErrNotStaff = fault.New(fault.Forbidden, "not_of_support", "Only those of the staff who answer can do that.")
	ErrNotAsker = fault.New(fault.Forbidden, "not_the_asker", "Only whoever has asked can do that. A case is closed by them, or by their silence after an answer.")
	ErrClosed   = fault.New(fault.Conflict, "case_closed", "This case is closed. Reopen it to write in it.")
	ErrOpen     = fault.New(fault.Conflict, "case_open", "This case is open already.")
	ErrTooLate  = fault.New(fault.Conflict, "case_too_old", "This case was closed more than %d days ago. Open a new one, and mention it: nothing of it is lost.")
	ErrShort    = fault.New(fault.Invalid, "answer_too_short", "Answer in at least 20 characters, and at most 10,000.").At("words")
	ErrPasted   = fault.New(fault.Invalid, "pasted_answer",
		"%d percent of this was written to somebody else before, in case %d. Answer this person in your own words. Rules can be quoted beside it, and do not count.").At("words")
	ErrUnfilled = fault.New(fault.Invalid, "answer_with_a_gap", "“%s” looks like a gap that was left to be filled. Fill it in.").At("words")
	ErrFiles    = fault.New(fault.Invalid, "no_files_without_account",
		"Whoever has no account cannot open files here. Say in your answer what they hold.").At("files")
	ErrHelped = fault.New(fault.Invalid, "helped_unknown", "Say yes, partly or no.").At("helped")
	ErrOwner  = fault.New(fault.Conflict, "case_yours", "This case is yours already.")
)

const (
	maxName  = 100
	maxTitle = 150
	maxWords = 10_000
)

var aboutable = regexp.MustCompile(`^(contract|post|offer|dispute|decision)/[1-9][0-9]{0,17}$`)

// What happens to a case.
const (
	answer lifecycle.Event = "answer"
	ask    lifecycle.Event = "ask"
	shut   lifecycle.Event = "close"
	reopen lifecycle.Event = "reopen"
	passOn lifecycle.Event = "pass on"
	leave  lifecycle.Event = "leave"
)

// Who acts.
const (
	Asker lifecycle.Actor = "asker"
	Owner lifecycle.Actor = "owner"
)

var _ = say.Words(Asker, Owner)

var (
	of        = lifecycle.In[State]
	answering = &lifecycle.Clock{Name: say.Key("the time to answer"), Long: say.Key("1 or 2 days after it was asked, by what it is about"), For: Asker}
	silence   = &lifecycle.Clock{Name: say.Key("the asker’s silence"), Long: say.Key("14 days after an answer"), For: lifecycle.Nobody}
)

// Lifecycle is every way a case can go.
var Lifecycle = lifecycle.Table[State]{
	Of: say.Key("case"),
	States: []lifecycle.State[State]{
		{Is: Open, Means: say.Key("a named person of the staff owes an answer"), Reminds: Owner},
		{Is: Answered, Means: say.Key("there is an answer, and the asker can ask on")},
		{Is: Closed, Means: say.Key("the asker has what they wanted, or has said nothing for two weeks"), Rests: say.Key("The asker can reopen it in one click.")},
	},
	Steps: []lifecycle.Step[State]{
		{From: of(Open, Answered), Event: answer, By: Owner, To: Answered, Says: say.Key("Somebody of the staff answers, in words of their own.")},
		{From: of(Open, Answered), Event: ask, By: Asker, To: Open, Says: say.Key("The asker writes again, and an answer is owed."), Bound: say.Key("By the asker alone: it goes on for as long as they have something to ask.")},
		{From: of(Open), Event: passOn, Clock: answering, To: Open, Says: say.Key("The owner is late, which is counted in public. Another one has it."), Bound: say.Key("There are only so many of the staff.")},
		{From: of(Open), Event: leave, Because: say.Key("Its owner leaves the staff."), To: Open, Says: say.Key("Another one has it, by the same date."), Bound: say.Key("There are only so many of the staff.")},
		{From: of(Open, Answered), Event: shut, By: Asker, To: Closed, Says: say.Key("The asker closes it.")},
		{From: of(Answered), Event: shut, Clock: silence, To: Closed, Says: say.Key("Nobody has asked anything more.")},
		{From: of(Closed), Event: reopen, By: Asker, To: Open, Says: say.Key("It goes on where it ended, with the same owner."), Bound: say.Key("Within 60 days.")},
	},
}

func (id ID) subject() string { return fmt.Sprintf("case/%d", id) }

// URL is where the asker, if they have an account, and the staff see the case.
func (id ID) URL() string { return fmt.Sprintf("/cases/%d", id) }

// next moves the case, or says why it cannot be.
func (c *Case) next(e lifecycle.Event, by lifecycle.Actor) error {
	to, ok := Lifecycle.Next(c.State, e, by)
	switch {
	case ok:
		c.State = to
		return nil
	case c.State == Closed:
		return ErrClosed
	default:
		return ErrOpen
	}
}

// Reply is an answer of the staff.
func (c *Case) Reply(now time.Time) error {
	if err := c.next(answer, Owner); err != nil {
		return err
	}
	closes := now.AddDate(0, 0, c.CloseDays)
	if c.Due, c.ClosesAt = nil, &closes; c.AnsweredAt == nil {
		c.AnsweredAt = &now
	}
	return nil
}

// Ask is another letter of the asker.
func (c *Case) Ask(now time.Time) error {
	was := c.State
	if err := c.next(ask, Asker); err != nil {
		return err
	}
	if was == Answered {
		c.owed(now, c.NextHours)
	}
	return nil
}

// owed sets the clock of the owner.
func (c *Case) owed(now time.Time, hours int) {
	due := now.Add(time.Duration(hours) * time.Hour)
	c.Due, c.ClosesAt = &due, nil
}

// Close ends it, by the asker or by their silence.
func (c *Case) Close(by lifecycle.Actor, now time.Time) error {
	if by == lifecycle.Market && (c.ClosesAt == nil || now.Before(*c.ClosesAt)) {
		return ErrOpen
	}
	if err := c.next(shut, by); err != nil {
		return err
	}
	how := "asker"
	if by == lifecycle.Market {
		how = "time"
	}
	c.Due, c.ClosesAt, c.ClosedAt, c.ClosedBy = nil, nil, &now, &how
	return nil
}

// Reopen lets it go on.
func (c *Case) Reopen(now time.Time) error {
	if c.ClosedAt != nil && now.After(c.ClosedAt.AddDate(0, 0, reopenDays)) {
		return ErrTooLate.With(reopenDays)
	}
	if err := c.next(reopen, Asker); err != nil {
		return err
	}
	c.ClosedAt, c.ClosedBy, c.Helped = nil, nil, nil
	c.owed(now, c.NextHours)
	return nil
}

// PassOn gives an overdue case to another owner.
func (c *Case) PassOn(to account.ID, now time.Time) error {
	if c.Due == nil || now.Before(*c.Due) {
		return ErrOpen
	}
	if err := c.next(passOn, lifecycle.Market); err != nil {
		return err
	}
	c.Owner = to
	c.owed(now, c.NextHours)
	return nil
}

// HandOver gives a case to another owner because its own has left the staff. It is due
// when it was.
func (c *Case) HandOver(to account.ID) error {
	if err := c.next(leave, lifecycle.Market); err != nil {
		return err
	}
	c.Owner = to
	return nil
}

// TellLifecycles says all lifecycles in words, from a job post to a case.
func TellLifecycles() []lifecycle.Told { return append(conduct.TellLifecycles(), Lifecycle.Tell()) }
