package conduct

import (
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/say"
	"freehold/internal/terms"
)

// ReportID names a report.
type ReportID int64

// Report is something that somebody thinks breaks a rule.
type Report struct {
	ID        ReportID
	Subject   string     // "post/12"
	About     account.ID // who answers for it
	Quote     string     // what it said then
	Rule      RuleKey
	Words     string
	Reporter  *account.ID // nil: somebody who was not signed in
	Email     *string
	State     ReportState
	Holder    *account.ID // who reviews it
	HeldUntil *time.Time
	Version   int
	OpenedAt  time.Time
	AnswerBy  time.Time
	Outcome   *string // what the reporter was told
	ClosedAt  *time.Time
}

const (
	// AnswerDays are in which a report is answered.
	AnswerDays terms.Days = 7
	// GraveDays are in which one is answered that could be an emergency.
	GraveDays terms.Days = 2
	holdDays  terms.Days = 2
)

// Refusals about reports.
var (
	ErrNoReport = fault.New(fault.NotFound, "report_not_found", "There is no such report, or it is not yours to see.")
	ErrNotStaff = fault.New(fault.Forbidden, "not_a_reviewer_of_rules", "Only reviewers of this market can do that.")
	ErrClaimed  = fault.New(fault.Conflict, "report_claimed", "Somebody else looks at this report, until %s.")
	ErrNotHeld  = fault.New(fault.Conflict, "report_not_held", "First take this report on, so that nobody else works on it at the same time.")
	ErrClosed   = fault.New(fault.Conflict, "report_closed", "This report is closed. Nothing was changed.")
	ErrChanged  = fault.New(fault.Conflict, "report_changed", "This report has changed since you opened it. Read it again, then decide.")
	ErrPartial  = fault.New(fault.Forbidden, "report_of_your_own", "You have a part in this, so somebody else has to judge it.")
)

// ErrOutcome asks for what the reporter reads.
var ErrOutcome = fault.New(fault.Invalid, "outcome_missing", "Tell the reporter what comes of it and why, in 20 to 5,000 characters.").At("outcome")

// URL is where the staff sees the report.
func (r *Report) URL() string { return fmt.Sprintf("/staff/reports/%d", r.ID) }

func (r *Report) subject() string { return fmt.Sprintf("report/%d", r.ID) }

// Claim takes the report on.
func (r *Report) Claim(by account.Actor, now time.Time) error {
	switch {
	case by.ID == r.About || r.Reporter != nil && by.ID == *r.Reporter:
		return ErrPartial
	case r.State == InReview && *r.Holder == by.ID:
		return nil
	case r.State == InReview && now.Before(*r.HeldUntil):
		return ErrClaimed.With(*r.HeldUntil)
	case r.State == InReview:
		r.State = New // its reviewer's time is over
	}
	to, ok := Reports.Next(r.State, claim, Reviewer)
	if !ok {
		return ErrClosed
	}
	until := holdDays.After(now)
	r.State, r.Holder, r.HeldUntil = to, &by.ID, &until
	return nil
}

// Release gives it back to all, once its reviewer's time is over.
func (r *Report) Release(now time.Time) error {
	to, ok := Reports.Next(r.State, release, lifecycle.Market)
	if !ok || now.Before(*r.HeldUntil) {
		return ErrNotHeld
	}
	r.State, r.Holder, r.HeldUntil = to, nil, nil
	return nil
}

// close ends it with what the reporter is told.
func (r *Report) close(e lifecycle.Event, by lifecycle.Actor, outcome string, now time.Time) error {
	to, ok := Reports.Next(r.State, e, by)
	if !ok {
		return ErrClosed
	}
	r.State, r.Holder, r.HeldUntil, r.Outcome, r.ClosedAt = to, nil, nil, &outcome, &now
	return nil
}

// heldBy refuses whoever has not taken the report on.
func (r *Report) heldBy(by account.Actor) error {
	switch {
	case r.ClosedAt != nil:
		return ErrClosed
	case r.Holder == nil || *r.Holder != by.ID:
		return ErrNotHeld
	default:
		return nil
	}
}

// Priority is how urgent a report is, and why: the sum of what is said.
type Priority struct {
	Points  int
	Reasons []say.Sentence
}

// PriorityOf weighs a report: how grave the rule is, how many have reported the
// same thing, and how near its date is.
func PriorityOf(r Report, same int, now time.Time) (p Priority) {
	add := func(points int, why say.Sentence) {
		p.Points += points
		p.Reasons = append(p.Reasons, why)
	}
	add(10*gravity(r.Rule), say.That("%d for the rule", 10*gravity(r.Rule)))
	if more := min(same-1, 5); more > 0 {
		add(15*more, say.That("%d because others have reported the same", 15*more))
	}
	switch left := r.AnswerBy.Sub(now); {
	case left <= 0:
		add(100, say.That("100 because its date has passed"))
	case left <= 24*time.Hour:
		add(40, say.That("40 because it is due within a day"))
	}
	return p
}
