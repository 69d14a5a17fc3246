package profile

import (
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/fault"
)

// EmploymentID names an employment.
type EmploymentID int64

// Employment is work elsewhere, in the person's own words.
type Employment struct {
	ID      EmploymentID
	Person  account.ID
	Title   string
	Company string
	About   string
	From    time.Time  // the first day of a month, UTC
	To      *time.Time // likewise; nil: still there
}

const (
	maxEmployments = 50
	maxDuties      = 2000 // characters
	firstYear      = 1940
)

// Refusals of work elsewhere.
var (
	ErrEmploymentNotFound = fault.New(fault.NotFound, "employment_not_found",
		"There is no such entry in your work history.")
	ErrTooManyEmployments = fault.New(fault.Conflict, "too_many_employments",
		"A work history has room for %d entries. Remove one that no longer matters, then add this one.")
	ErrBadStart = fault.New(fault.Invalid, "start_out_of_range",
		"Please give the month in which this began: not before %d, and not in the future.").At("from")
	ErrBadEnd = fault.New(fault.Invalid, "end_out_of_range",
		"This ended before it began, or it ends in the future. Leave the end empty if you still work there.").At("to")
)

// EmploymentInput is work elsewhere as its owner fills it in. Of the dates only
// year and month matter.
type EmploymentInput struct {
	Title, Company, About string
	From                  time.Time
	To                    *time.Time // nil: still there
}

func (in *EmploymentInput) clean(now time.Time) error {
	in.From = month(in.From)
	var from, to error
	if in.From.Year() < firstYear || in.From.After(now) {
		from = ErrBadStart.With(firstYear)
	}
	if in.To != nil {
		end := month(*in.To)
		in.To = &end
		if end.Before(in.From) || end.After(now) {
			to = ErrBadEnd
		}
	}
	return errors.Join(
		filled("title", &in.Title, maxTitle),
		filled("company", &in.Company, maxTitle),
		text("about", &in.About, maxDuties),
		from, to)
}

func month(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC) }
