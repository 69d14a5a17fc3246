package contract

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
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

// SubmitMilestone hands over the work for a funded milestone, or hands it over
// again after changes were asked for. The client then has the acceptance window
// to approve or to ask for changes; silence approves.
func SubmitMilestone(ctx context.Context, d *db.DB, by account.Actor, id MilestoneID, w Work) (SubmissionID, error) {
	var made SubmissionID
	err := d.Update(ctx, func(tx *db.Tx) error {
		c, m, err := lockMilestone(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := m.Submit(c.side(by), tx.Now, c.AcceptanceDays); err != nil {
			return err
		}
		w, err := w.check(m)
		if err != nil {
			return err
		}
		if made, err = insertSubmission(ctx, tx, m.ID, w); err != nil {
			return err
		}
		if err := file.Attach(ctx, tx, by, made.subject(), w.Files); err != nil {
			return err
		}
		if err := saveContract(ctx, tx, c); err != nil {
			return err
		}
		act := say.That("%s submitted “%s”.", by.Name, m.Title)
		if err := journal.Append(ctx, tx, c.subject(), by, act, "all acceptance criteria are met, says the freelancer"); err != nil {
			return err
		}
		return tell(ctx, tx, c, Client, "milestone_submitted",
			say.That("%s submitted “%s”. Approve it, or ask for changes by naming what is not met, by %s. After that it counts as approved and is paid.",
				by.Name, m.Title, *m.ApproveBy))
	})
	return made, err
}

func (id SubmissionID) subject() string { return fmt.Sprintf("submission/%d", id) }

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

// MayReadSubmission reports whether by may see a submission and its files: they
// are for the two whose contract it is. To anybody else there is no such thing.
func MayReadSubmission(ctx context.Context, tx *db.Tx, by account.Actor, id SubmissionID) error {
	may, err := db.Value[bool](ctx, tx, `
		SELECT EXISTS (
			SELECT FROM contract.submissions s
			JOIN contract.milestones m ON m.id = s.milestone
			JOIN contract.contracts c ON c.id = m.contract
			WHERE s.id = $1 AND $2 IN (c.client, c.freelancer))`, id, by.ID)
	if err == nil && !may {
		err = ErrMilestoneNotFound
	}
	return err
}
