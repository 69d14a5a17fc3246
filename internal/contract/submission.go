package contract

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"freehold/internal/file"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/prose"
)

// SubmissionID names a submission.
type SubmissionID int64

// Work is what a freelancer hands over.
type Work struct {
	Note  string
	Links []string  // http or https
	Met   []bool    // criterion by criterion: all have to be met
	Files []file.ID // their own, not attached to anything yet
}

const (
	maxNote  = 10_000
	maxLinks = 10
	maxLink  = 2_000
)

var (
	// ErrNotAllMet refuses work that its own author does not call done.
	ErrNotAllMet = fault.New(fault.Invalid, "criteria_not_met",
		"Tick each acceptance criterion: submit the milestone once the work meets all of them.").At("criteria")
	// ErrNothingSubmitted refuses to hand over nothing.
	ErrNothingSubmitted = fault.New(fault.Invalid, "nothing_submitted",
		"Add the work itself: files, links, or a note that says where it is.").At("note")
	// ErrNote refuses a note that is too long.
	ErrNote = fault.New(fault.Invalid, "note_too_long", "Write the note in at most 10,000 characters.").At("note")
	// ErrLinks refuses too many links.
	ErrLinks = fault.New(fault.Invalid, "too_many_links", "Give at most 10 links.").At("links")
	// ErrLink refuses a link that cannot be followed safely.
	ErrLink = fault.New(fault.Invalid, "link_invalid", "Write each link whole, such as https://example.org/work.")
)

// Subject is what the files of a submission are attached to.
func (id SubmissionID) Subject() string { return fmt.Sprintf("submission/%d", id) }

// check returns w as it will be stored, or every refusal there is.
func (w Work) check(m *Milestone) (Work, error) {
	errs := []error{tidy(&w.Note, prose.Clean, "note")}
	w.Links = slices.DeleteFunc(slices.Clone(w.Links), func(l string) bool { return strings.TrimSpace(l) == "" })
	for i := range w.Links {
		errs = append(errs, tidy(&w.Links[i], prose.Line, fmt.Sprintf("links.%d", i)))
	}
	if err := errors.Join(errs...); err != nil {
		return w, err
	}
	errs = []error{
		unless(len(w.Met) == len(m.Criteria) && !slices.Contains(w.Met, false), ErrNotAllMet),
		unless(w.Note != "" || len(w.Links)+len(w.Files) > 0, ErrNothingSubmitted),
		unless(w.Note == "" || lengthIn(w.Note, maxNote), ErrNote),
		unless(len(w.Links) <= maxLinks, ErrLinks),
	}
	for i, l := range w.Links[:min(len(w.Links), maxLinks)] {
		errs = append(errs, unless(followable(l), ErrLink.At(fmt.Sprintf("links.%d", i))))
	}
	return w, errors.Join(errs...)
}

// followable reports whether a link leads to a web page, and not to a script or
// into the reader's own machine.
func followable(link string) bool {
	u, err := url.Parse(link)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil && lengthIn(link, maxLink)
}

// Submission is work as it was handed over, and what the client asked for.
type Submission struct {
	ID        SubmissionID
	Milestone MilestoneID
	Note      string
	Links     []string
	Met       []bool
	At        time.Time
	Files     []file.File    `db:"-"`
	Changes   *ChangeRequest `db:"-"` // nil: none were asked for
}

const maxChangeWords = 5_000

var (
	// ErrNoCriterion refuses to ask for changes without naming what is not met.
	ErrNoCriterion = fault.New(fault.Invalid, "criteria_missing",
		"Choose the acceptance criteria that are not met. What is not among the criteria was not agreed on.").At("criteria")
	// ErrChangeWords refuses to ask for changes without saying why.
	ErrChangeWords = fault.New(fault.Invalid, "words_invalid",
		"Say in 1 to 5,000 characters what is missing, so that the freelancer knows what to do.").At("words")
)

// ChangeRequest is what the client found not met in a submission.
type ChangeRequest struct {
	Submission SubmissionID
	Criteria   []int // counted from 0
	Words      string
	At         time.Time
}

// changes is a request that names criteria of m, each once, and says why.
func (m *Milestone) changes(criteria []int, words string) (ChangeRequest, error) {
	r := ChangeRequest{Criteria: slices.Compact(slices.Sorted(slices.Values(criteria))), Words: words}
	if err := tidy(&r.Words, prose.Clean, "words"); err != nil {
		return r, err
	}
	n := len(r.Criteria)
	switch {
	case n == 0 || r.Criteria[0] < 0 || r.Criteria[n-1] >= len(m.Criteria):
		return r, ErrNoCriterion
	case !lengthIn(r.Words, maxChangeWords):
		return r, ErrChangeWords
	}
	return r, nil
}
