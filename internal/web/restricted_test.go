package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/conduct"
	"freehold/internal/restriction"
)

// stopped are the forms that a suspended person can send in vain. There is no
// other: whatever else somebody does here was begun before, or is theirs.
var stopped = regexp.MustCompile(`^/(posts/\d+/(publish|propose)|people/\d+/invite|proposals/\d+/offer|offers/\d+/(sign|counter)|contracts/\d+/again)$`)

// suspends is Grace, in an emergency.
func (m market) suspends(who account.Actor) conduct.ID {
	m.Helper()
	grace := m.grace
	grace.Roles = []account.Role{account.Admin}
	id, err := conduct.Propose(m.Context(), m.DB, grace, conduct.Intent{
		Person: who.ID, Rule: "threats", Measure: restriction.Suspend, Days: 5, Urgent: true,
		Facts: "On Monday morning " + who.Name + " wrote to Eve that the two would meet, whether she wanted or not.",
		Why:   "To be told that one cannot avoid somebody is what it is to be threatened, whatever " + who.Name + " meant by it.",
	})
	m.OK(err)
	_, err = conduct.AddEvidence(m.Context(), m.DB, grace, id, "The message", "We will meet, "+who.Name+" writes.")
	m.OK(err)
	_, err = conduct.Deliver(m.Context(), m.DB, grace, id, conduct.Ruling{Measure: restriction.Suspend, Days: 5, Evidence: []int{1},
		Facts: "On Monday morning " + who.Name + " wrote to Eve that the two would meet, whether she wanted or not.",
		Why:   "To be told that one cannot avoid somebody is what it is to be threatened, whatever " + who.Name + " meant by it."})
	m.OK(err)
	return id
}

// Carl and Ada are suspended, look at every page that they have, and send every
// form on them.
func TestWhoIsSuspendedReachesEverythingThatIsTheirs(t *testing.T) {
	t.Parallel()
	m := busy(t)
	for _, who := range []account.Actor{m.carl, m.ada} {
		before := &crawl{Browser: m.As(who), seen: map[string]bool{}, found: map[string]bool{}}
		starts := []string{"/", "/feed", "/people", "/wallet", "/settings", "/settings/export", "/my/posts", "/my/contracts", "/my/proposals", "/conversations", "/notices", "/my/decisions", "/talk"}
		for _, path := range starts {
			before.visit(path)
		}
		m.suspends(who)
		b := before.Browser
		for path := range before.seen {
			if strings.HasSuffix(path, ".json") {
				continue // it leads to the API, which is not part of this site
			}
			if p := b.Get(path); p.Status != http.StatusOK {
				t.Errorf("%s cannot see %s any more: %s", who.Name, path, p)
			}
		}
		refused := map[string]bool{}
		for _, f := range before.forms {
			if f.Action == "/sign-out" || strings.Contains(f.Action, "/sessions/") {
				continue
			}
			p := b.Post(f.Action, f.Filled("What was begun goes on."))
			if p.Says("keeps you from this") {
				refused[f.Action] = true
			}
		}
		if who.ID == m.carl.ID && len(refused) == 0 {
			t.Error("nothing was refused to Carl")
		}
		for action := range refused {
			if !stopped.MatchString(action) {
				t.Errorf("%s cannot send %s", who.Name, action)
			}
		}
	}
}

func TestWhoIsRestrictedLandsOnTheReasonsAndTheAppeal(t *testing.T) {
	t.Parallel()
	m := busy(t)
	id := m.suspends(m.carl)
	b := m.Stranger()
	p := b.Post("/sign-in", url.Values{"email": {m.carl.Email}, "password": {"correct horse battery staple"}})
	if p.Path != "/my/decisions" || !p.Says("A decision keeps you from some things") || !p.Says("What always works") || !slices.Contains(p.Links(), id.URL()) {
		t.Errorf("Carl lands on %s", p)
	}
	p = b.Get(id.URL())
	if !p.Says("We will meet") && !p.Says("The message") || !p.Says("File the appeal") || !p.Says("Grace") || !p.Says("Decided by a machine") {
		t.Errorf("Carl reads %s", p)
	}
	if p := b.Get(id.URL() + "/evidence/1"); !p.Says("We will meet, Carl writes.") {
		t.Errorf("Carl reads %s", p)
	}
	if p := b.Get("/"); !p.Says("A decision keeps you from some things here") {
		t.Error("his start page does not say so")
	}
	if p := b.Post(id.URL()+"/appeal", url.Values{"words": {" "}}); p.Status != http.StatusUnprocessableEntity || !p.Says("Say what is wrong with the decision") {
		t.Errorf("nothing said: %s", p)
	}
	if p := b.Post(id.URL()+"/appeal", url.Values{"words": {"It was a date for a call."}}); !p.Says("Your appeal is filed") {
		t.Errorf("the appeal: %s", p)
	}
	if p := m.As(m.ada).Get(id.URL()); p.Status != http.StatusNotFound {
		t.Errorf("Ada reads it: %s", p)
	}
	if p := m.Stranger().Get("/decisions"); p.Says("Carl") || !p.Says("It was an emergency") {
		t.Errorf("everybody reads %s", p)
	}
}

func TestReportingFromAPage(t *testing.T) {
	t.Parallel()
	m := busy(t)
	b := m.As(m.ada)
	p := b.Get("/posts/1")
	if !slices.Contains(p.Links(), "/report?about=post%2F1") {
		t.Fatalf("there is no way to report it: %s", p)
	}
	if p := b.Get("/report?about=post%2F1"); !p.Says("No tricks with money") {
		t.Error(p)
	}
	form := url.Values{"about": {"post/1"}, "rule": {"free_work"}, "words": {""}}
	if p := b.Post("/report", form); p.Status != http.StatusUnprocessableEntity || !p.Says("Say what is wrong with it") {
		t.Errorf("without words: %s", p)
	}
	form.Set("words", "He wants a sample first.")
	if p := b.Post("/report", form); p.Path != "/my/reports" || !p.Says("He wants a sample first.") {
		t.Errorf("she reads %s", p)
	}
	staff := m.As(m.grace)
	if p := staff.Get("/staff/reports"); !p.Says("He wants a sample first.") {
		t.Errorf("the staff reads %s", p)
	}
	if p := staff.Post("/staff/reports/1/claim", url.Values{"version": {"7"}}); p.Status != http.StatusConflict || !p.Says("changed since you opened it") {
		t.Errorf("an old version: %s", p)
	}
	staff.Post("/staff/reports/1/claim", url.Values{"version": {"1"}})
	p = staff.Post("/staff/reports/1/decision", url.Values{"rule": {"rights"}, "measure": {"suspend"}, "days": {"soon"}, "facts": {"He did."}, "why": {""}, "urgent": {"yes"}})
	for _, wrong := range []string{"nothing heavier than", "for how many days", "Say what happened", "Say why these facts", "Hear the person first"} {
		if !p.Says(wrong) {
			t.Errorf("it does not say %q", wrong)
		}
	}
	if p := m.As(m.carl).Get("/staff/reports/1"); p.Status != http.StatusForbidden {
		t.Errorf("Carl sees %s", p)
	}
	if p := m.Stranger().Post("/report", url.Values{"about": {"post/1"}, "rule": {"spam"}, "words": {"Again and again."}, "email": {"jo@example.org"}}); !p.Says("Your report has arrived") {
		t.Errorf("somebody without an account: %s", p)
	}
}
