package worklog

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
)

// EntryID names a time entry.
type EntryID int64

// Entry is work without a break, to the minute.
type Entry struct {
	ID         EntryID
	Week       contract.MilestoneID
	Contract   contract.ID
	Freelancer account.ID
	StartedAt  time.Time
	StoppedAt  *time.Time // nil: the timer runs
	StopsAt    time.Time  // when a running timer stops by itself
	Memo       string     // what was done
	Links      []string   // to what came of it
	Rate       int64      `db:"rate_minor"` // of an hour, when it was logged
	Manual     bool       // typed in, not measured
	Edited     bool       // changed afterwards
	Disputed   bool
}

// Running reports whether the entry's timer runs.
func (e Entry) Running() bool { return e.StoppedAt == nil }

// Minutes are the whole minutes of an entry that was stopped.
func (e Entry) Minutes() int {
	if e.StoppedAt == nil {
		return 0
	}
	return int(e.StoppedAt.Sub(e.StartedAt) / time.Minute)
}

const (
	maxMemo  = 500
	maxLinks = 5
	maxTimer = 12 * time.Hour // that a timer runs: nobody works longer, but many forget it
	maxEntry = 16 * time.Hour
)

var (
	// ErrEntryNotFound is also the answer to a stranger.
	ErrEntryNotFound = fault.New(fault.NotFound, "entry_not_found", "There is no such time entry, or it is not yours to see.")
	// ErrNotYours says whose hours they are.
	ErrNotYours = fault.New(fault.Forbidden, "not_the_freelancer", "Only the freelancer logs hours. You are the client here.")
	// ErrWeekNotFunded says that there is no money to work for.
	ErrWeekNotFunded = fault.New(fault.Conflict, "week_not_funded",
		"The money for this week is not in escrow, so nobody should work in it. It is the client's turn to add money; you hear as soon as it is there.")
	// ErrWeekNotBegun says from when on hours can be logged.
	ErrWeekNotBegun = fault.New(fault.Conflict, "week_not_begun", "This week begins on %s. Hours can be logged from then on.")
	// ErrLimit says that the week is full.
	ErrLimit = fault.New(fault.Conflict, "weekly_limit",
		"You agreed on at most %d hours a week, and that leaves %d minutes. Log no more than those, or agree on more by an amendment.")
	// ErrRunning says that a timer runs already.
	ErrRunning = fault.New(fault.Conflict, "timer_running", "A timer of yours is running already. Stop that one first.")
	// ErrNoTimer says that there is nothing to stop.
	ErrNoTimer = fault.New(fault.Conflict, "no_timer", "No timer is running on this contract. It may have stopped by itself; look at the entries.")
	// ErrOverlap says that a minute is logged already.
	ErrOverlap = fault.New(fault.Conflict, "hours_overlap", "A part of this time is logged already, here or on another contract of yours. Change one of the two.").At("started_at")
	// ErrMemo asks what was done.
	ErrMemo = fault.New(fault.Invalid, "memo_invalid", "Say in 1 to 500 characters what was done. Your client reads it.").At("memo")
	// ErrTooManyLinks refuses too many links.
	ErrTooManyLinks = fault.New(fault.Invalid, "too_many_links", "Give at most 5 links.").At("links")
	// ErrLink refuses what leads nowhere.
	ErrLink = fault.New(fault.Invalid, "link_invalid", "Write the link in full, such as https://example.org/page.")
	// ErrBackwards says that work ends after it begins.
	ErrBackwards = fault.New(fault.Invalid, "entry_backwards", "Work ends after it begins: name an end at least a minute later, and at most 16 hours.").At("stopped_at")
	// ErrFuture says that hours are logged once they are worked.
	ErrFuture = fault.New(fault.Invalid, "entry_in_the_future", "This lies in the future. Hours are logged once they are worked.").At("stopped_at")
	// ErrOutside says where hours belong.
	ErrOutside = fault.New(fault.Invalid, "entry_outside_its_week", "Hours belong to one week, after its money came: this one takes those from %s to %s. Divide the entry, if it goes over the end of a week.").At("started_at")
)

// Note is what somebody says of their work.
type Note struct {
	Memo  string
	Links []string
}

// check cleans a note, and returns every refusal there is against it, joined.
func (n Note) check() (Note, error) {
	memo, err := prose.Line(n.Memo)
	n.Memo = memo
	var wrong []error
	if c := utf8.RuneCountInString(memo); err != nil || c < 1 || c > maxMemo {
		wrong = append(wrong, ErrMemo)
	}
	n.Links = slices.DeleteFunc(slices.Clone(n.Links), func(l string) bool { return l == "" })
	if n.Links == nil {
		n.Links = []string{}
	}
	if len(n.Links) > maxLinks {
		wrong = append(wrong, ErrTooManyLinks)
	}
	for i, l := range n.Links {
		if u, err := url.Parse(l); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(l) > 1000 {
			wrong = append(wrong, ErrLink.At(fmt.Sprintf("links.%d", i)))
		}
	}
	return n, errors.Join(wrong...)
}

// minute is the whole minute that an instant lies in.
func minute(t time.Time) time.Time { return t.UTC().Truncate(time.Minute) }

// from is the first minute of a week that can be logged: that in which it began,
// or that in which its money came.
func from(m *contract.Milestone) time.Time {
	if m.FundedAt != nil && m.FundedAt.After(*m.Starts) {
		return minute(*m.FundedAt)
	}
	return *m.Starts
}

// space is how many minutes a week still takes at an instant. Before its money
// is there, it takes none.
func space(m *contract.Milestone, at time.Time) (int, error) {
	switch {
	case m.State == contract.Planned || m.State == contract.Passed || m.State == contract.Dropped:
		return 0, ErrWeekNotFunded
	case !m.Open():
		return 0, contract.ErrWeekClosed
	case at.Before(*m.Starts):
		return 0, ErrWeekNotBegun.With(*m.Starts)
	}
	return m.Hours*60 - m.Logged, nil
}

// stopsAt is when a timer that is started now stops by itself: at the weekly
// limit, at the end of the week, or when it was surely forgotten.
func stopsAt(m *contract.Milestone, started time.Time, left int) time.Time {
	stops := started.Add(min(time.Duration(left)*time.Minute, maxTimer))
	if m.Ends.Before(stops) {
		return *m.Ends
	}
	return stops
}

// fits refuses hours that do not belong into a week which takes so many minutes
// more.
func fits(m *contract.Milestone, started, stopped, at time.Time, left int) error {
	switch minutes := int(stopped.Sub(started) / time.Minute); {
	case minutes < 1 || stopped.Sub(started) > maxEntry:
		return ErrBackwards
	case stopped.After(at):
		return ErrFuture
	case started.Before(from(m)) || stopped.After(*m.Ends):
		return ErrOutside.With(from(m), *m.Ends)
	case minutes > left:
		return ErrLimit.With(m.Hours, left)
	}
	return nil
}

// Line is an entry with what it comes to.
type Line struct {
	Entry

	Amount money.Amount
}

// Lines are the entries of a week in their order, with what each comes to. The
// minutes are added up before they are rounded down, so that together the lines
// come to what the week does.
func Lines(entries []Entry, currency string) []Line {
	lines, minutes, before := make([]Line, len(entries)), int64(0), int64(0)
	for i, e := range entries {
		minutes += int64(e.Minutes())
		sum := e.Rate * minutes / 60
		lines[i] = Line{e, money.Amount{Minor: sum - before, Currency: currency}}
		before = sum
	}
	return lines
}
