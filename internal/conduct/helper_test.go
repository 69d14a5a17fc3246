package conduct_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/conduct"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/notify"
	"freehold/internal/restriction"
)

const day = 24 * time.Hour

func euros(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }

// house is a market with Carl, who has a post open, Ada, who has read it, Eve, who
// has no part in anything, and Rae and Sam, who keep the rules.
type house struct {
	*markettest.Market
	carl, ada, eve, rae, sam account.Actor
	post                     jobpost.ID
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{Market: markettest.New(t)}
	h.carl, h.ada, h.eve = h.Person("Carl", euros(1000)), h.Person("Ada", money.Amount{}), h.Person("Eve", money.Amount{})
	h.rae, h.sam = h.reviewer("Rae"), h.reviewer("Sam")
	h.post = h.publishes(h.carl, "lighthouse")
	return h
}

func (h *house) reviewer(name string) account.Actor {
	h.Helper()
	by := h.Person(name, money.Amount{})
	h.OK(account.Grant(h.Context(), h.DB, account.System, by.ID, account.Reviewer))
	by.Roles = []account.Role{account.Reviewer}
	return by
}

func draftOf(topic string) jobpost.Input {
	return jobpost.Input{Title: "The " + topic, Description: strings.Repeat("About the "+topic+", again. ", 12),
		Category: "writing", Level: "entry", Currency: "EUR", BudgetMin: 400_00, Hours: 16, AnswerDays: 7}
}

func (h *house) publishes(by account.Actor, topic string) jobpost.ID {
	h.Helper()
	draft, err := jobpost.SaveDraft(h.Context(), h.DB, by, 0, draftOf(topic))
	h.OK(err)
	_, err = jobpost.Publish(h.Context(), h.DB, by, draft.ID)
	h.OK(err)
	return draft.ID
}

func (h *house) reports(by account.Actor, subject string) conduct.ReportID {
	h.Helper()
	r, err := conduct.Submit(h.Context(), h.DB, by, conduct.Submission{Subject: subject, Rule: "fraud", Words: "He wants me to buy the lamp first."})
	h.OK(err)
	return r.ID
}

func (h *house) claims(by account.Actor, id conduct.ReportID) {
	h.Helper()
	v, err := conduct.ShowReport(h.Context(), h.DB, by, id)
	h.OK(err)
	h.OK(conduct.Claim(h.Context(), h.DB, by, id, v.Version))
}

const (
	facts   = "On 1 January the post asked whoever proposes to buy a lamp for 90 euros from a shop that is the client's own."
	why     = "Paying before one can work is what this rule forbids, and the shop belongs to the client, as the register shows."
	outcome = "You were right: the post asked for money first, and it is gone."
)

// intent is to remove a post for 60 days.
func intent(r conduct.ReportID, m restriction.Measure) conduct.Intent {
	return conduct.Intent{Report: r, Rule: "fraud", Measure: m, Days: 60, Facts: facts, Why: why}
}

// considers is Rae, who takes a report of Ada's about a post of Carl's on.
func (h *house) considers(m restriction.Measure) conduct.ID {
	h.Helper()
	r := h.reports(h.ada, h.post.Subject())
	h.claims(h.rae, r)
	id, err := conduct.Propose(h.Context(), h.DB, h.rae, intent(r, m))
	h.OK(err)
	return id
}

func (h *house) opens(by account.Actor, id conduct.ID) {
	h.Helper()
	v, err := conduct.Show(h.Context(), h.DB, by, id)
	h.OK(err)
	for _, e := range v.Evidence {
		_, err := conduct.OpenEvidence(h.Context(), h.DB, by, id, e.N)
		h.OK(err)
	}
}

func ruling(m restriction.Measure) conduct.Ruling {
	return conduct.Ruling{Measure: m, Days: 60, Facts: facts, Why: why, Evidence: []int{1}, Outcome: outcome}
}

// decides is Rae, once the hearing is over.
func (h *house) decides(m restriction.Measure) conduct.ID {
	h.Helper()
	id := h.considers(m)
	h.Clock.Advance(5 * day)
	h.opens(h.rae, id)
	_, err := conduct.Deliver(h.Context(), h.DB, h.rae, id, ruling(m))
	h.OK(err)
	return id
}

func (h *house) state(by account.Actor, id conduct.ID) conduct.State {
	h.Helper()
	v, err := conduct.Show(h.Context(), h.DB, by, id)
	h.OK(err)
	return v.State
}

func (h *house) sweeps() {
	h.Helper()
	_, err := conduct.SweepDue(h.Context(), h.DB)
	h.OK(err)
}

// may reports whether somebody may do something now.
func (h *house) may(by account.Actor, act restriction.Act) bool {
	h.Helper()
	var refused error
	h.View(func(ctx context.Context, tx *db.Tx) error { refused = restriction.May(ctx, tx, by, act); return nil })
	if refused != nil && !errors.Is(refused, restriction.ErrRestricted) {
		h.Fatal(refused)
	}
	return refused == nil
}

// told are the kinds of notices somebody has, the latest first.
func (h *house) told(by account.Actor) (kinds []string) {
	h.Helper()
	all, err := notify.List(h.Context(), h.DB, by, 0, 50)
	h.OK(err)
	for _, n := range all {
		if n.Kind == "deposit" {
			continue
		}
		kinds = append(kinds, n.Kind)
	}
	return kinds
}

func refusedWith(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got %v, want %v", what, err, want)
	}
}
