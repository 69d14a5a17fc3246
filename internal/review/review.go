package review

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/standing"
	"freehold/internal/terms"
)

// ID names a review.
type ID int64

// State is how far the reviews of a contract have come.
type State string

// The states.
const (
	Open            State = "open"
	ClientWrote     State = "client wrote"
	FreelancerWrote State = "freelancer wrote"
	Revealed        State = "revealed"
	Unwritten       State = "unwritten"
	Closed          State = "closed"
)

var _ = say.Words(Open, ClientWrote, FreelancerWrote, Revealed, Unwritten, Closed)

// How long there is to write, to respond, and from when on whoever has not
// written hears that the end is near.
const (
	WriteDays   terms.Days = 14
	RespondDays terms.Days = 28
	remindDays  terms.Days = 3
)

var (
	// ErrNotFound hides what is other people's, or not to be read yet.
	ErrNotFound = fault.New(fault.NotFound, "review_not_found", "There is no such review, or it is not yours to see.")
	// ErrNotEnded says that a contract is still alive.
	ErrNotEnded = fault.New(fault.Conflict, "contract_not_ended", "This contract has not ended yet. You can review each other once it has.")
	// ErrNothing says that no money was paid.
	ErrNothing = fault.New(fault.Conflict, "nothing_to_review", "No money was paid on this contract, so there is nothing to review.")
	// ErrWritten says that a side has written already.
	ErrWritten = fault.New(fault.Conflict, "review_written", "You have written your review of this contract. It stays as it is.")
	// ErrOver says that the days for writing have passed.
	ErrOver = fault.New(fault.Conflict, "review_over", "The time to review this contract ended on %s. What was written by then stands.")
	// ErrNotRevealed says that nothing can be read yet to which one could respond.
	ErrNotRevealed = fault.New(fault.Conflict, "review_not_revealed", "Nothing is revealed yet. You can respond once you can read what was written about you.")
	// ErrResponded says that there was a response.
	ErrResponded = fault.New(fault.Conflict, "review_responded", "You have responded to this review. There is one response to each.")
	// ErrTooLate says that the days for responding have passed.
	ErrTooLate = fault.New(fault.Conflict, "response_too_late", "The time to respond to this review ended on %s.")

	errMark       = fault.New(fault.Invalid, "review_mark", "Choose one of these, or say that you cannot say.")
	errNoMark     = fault.New(fault.Invalid, "review_empty", "Answer at least one of the questions.")
	errWords      = fault.New(fault.Invalid, "review_too_long", "Say it in at most 5,000 characters.").At("words")
	errNoResponse = fault.New(fault.Invalid, "response_empty", "Write what you want to respond.").At("words")
	errTooEarly   = fault.New(fault.Conflict, "too_early", "It is too early for that. It is possible from %s on.")
)

// Window is the time in which the two of a contract can review each other, and
// what has come of it.
type Window struct {
	Contract     contract.ID
	Client       account.ID
	Freelancer   account.ID
	Title        string
	State        State
	OpenedAt     time.Time
	EndsAt       time.Time
	RemindedAt   *time.Time
	ClientAt     *time.Time // when they wrote
	FreelancerAt *time.Time
	RevealedAt   *time.Time
	RespondUntil *time.Time
}

func (w *Window) side(a account.Actor) contract.Side {
	switch {
	case a.IsSystem():
		return contract.Market
	case a.ID == w.Client:
		return contract.Client
	case a.ID == w.Freelancer:
		return contract.Freelancer
	default:
		return ""
	}
}

func (w *Window) person(s contract.Side) account.ID {
	if s == contract.Client {
		return w.Client
	}
	return w.Freelancer
}

func other(s contract.Side) contract.Side {
	if s == contract.Client {
		return contract.Freelancer
	}
	return contract.Client
}

func (w *Window) subject() string { return fmt.Sprintf("contract/%d", w.Contract) }

// URL is where the two write and read their reviews.
func (w *Window) URL() string { return fmt.Sprintf("/contracts/%d/review", w.Contract) }

// wrote is when a side wrote; nil if they have not.
func (w *Window) wrote(s contract.Side) *time.Time {
	if s == contract.Client {
		return w.ClientAt
	}
	return w.FreelancerAt
}

// readable reports whether anybody but its author can read what was written.
func (w *Window) readable() bool { return w.RevealedAt != nil }

// Write keeps that a side has written. With the second, both are revealed.
func (w *Window) Write(by contract.Side, at time.Time) error {
	switch {
	case w.wrote(by) != nil:
		return ErrWritten
	case passed(w.EndsAt, at):
		return ErrOver.With(w.EndsAt)
	}
	to, ok := Lifecycle.Next(w.State, write, by)
	if !ok {
		return ErrOver.With(w.EndsAt)
	}
	w.State = to
	if by == contract.Client {
		w.ClientAt = &at
	} else {
		w.FreelancerAt = &at
	}
	w.revealed(at)
	return nil
}

// revealed keeps when it was, once it is.
func (w *Window) revealed(at time.Time) {
	if w.State == Revealed {
		w.RevealedAt, w.RespondUntil = &at, new(RespondDays.After(at))
	}
}

// Fall does what falls due by itself: after the days for writing one review alone
// is revealed, or none is left to write; after those for responding all is over.
func (w *Window) Fall(by contract.Side, at time.Time) error {
	event, due := shut, w.RespondUntil
	switch w.State {
	case Open:
		event, due = lapse, &w.EndsAt
	case ClientWrote, FreelancerWrote:
		event, due = reveal, &w.EndsAt
	}
	to, ok := Lifecycle.Next(w.State, event, by)
	switch {
	case !ok:
		return ErrOver.With(w.EndsAt)
	case !passed(*due, at):
		return errTooEarly.With(*due)
	}
	was := w.State
	if w.State = to; was != Revealed {
		w.revealed(at)
	}
	return nil
}

// Respond reports whether a side can respond now to what was written about them.
func (w *Window) Respond(by contract.Side, at time.Time) error {
	switch {
	case !w.readable() || w.wrote(other(by)) == nil:
		return ErrNotRevealed
	case passed(*w.RespondUntil, at):
		return ErrTooLate.With(*w.RespondUntil)
	}
	if _, ok := Lifecycle.Next(w.State, respond, by); !ok {
		return ErrTooLate.With(*w.RespondUntil)
	}
	return nil
}

// passed reports whether a date has come.
func passed(date, now time.Time) bool { return !now.Before(date) }

// Input is a review as it is written: a mark from 1 to 5 for each criterion on
// which its author can say something, and words.
type Input struct {
	Marks map[string]int // by code; 0: cannot say
	Words string
}

func (in Input) check(by contract.Side) (Input, error) {
	var wrong []error
	marks := map[string]int{}
	for _, c := range standing.Criteria(by) {
		mark, ok := in.Marks[c.Code]
		switch {
		case !ok || mark < 0 || mark > standing.Best:
			wrong = append(wrong, errMark.At("marks."+c.Code))
		case mark > 0:
			marks[c.Code] = mark
		}
	}
	if len(wrong) == 0 && len(marks) == 0 {
		wrong = append(wrong, errNoMark.At("marks."+standing.Criteria(by)[0].Code))
	}
	for code := range in.Marks {
		if !asked(by, code) {
			wrong = append(wrong, errMark.At("marks"))
		}
	}
	words, err := checkWords(in.Words)
	return Input{marks, words}, errors.Join(append(wrong, err)...)
}

func asked(by contract.Side, code string) bool {
	for _, c := range standing.Criteria(by) {
		if c.Code == code {
			return true
		}
	}
	return false
}

func checkWords(words string) (string, error) {
	if words = strings.TrimSpace(words); utf8.RuneCountInString(words) > 5000 {
		return words, errWords
	}
	return words, nil
}

// Review is what one of the two wrote about the other.
type Review struct {
	ID          ID
	Contract    contract.ID
	Side        contract.Side // who wrote it
	Author      account.ID
	About       account.ID
	Words       string
	Removed     bool           // its words, by a decision
	Marks       map[string]int // by criterion
	At          time.Time
	Response    string // "": none yet
	RespondedAt *time.Time
}

// Marked is a criterion with the mark that was given; 0: the author could not say.
type Marked struct {
	standing.Criterion
	Mark int
}

// Marked are the criteria of a review in their order.
func (r Review) Marked() (all []Marked) {
	for _, c := range standing.Criteria(r.Side) {
		all = append(all, Marked{c, r.Marks[c.Code]})
	}
	return all
}
