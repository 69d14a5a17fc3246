package web_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/proposal"
	"freehold/internal/web/webtest"
)

// orchard is the form for a post that can be published.
func orchard(change ...string) url.Values {
	form := url.Values{
		"title": {"A logo for an orchard"}, "description": {"We grow apples and want a mark that fits on a crate."},
		"category": {"design"}, "skills": {"Logo design, Illustration"}, "level": {"intermediate"}, "kind": {"fixed"},
		"currency": {"EUR"}, "budget_min": {"400"}, "budget_max": {"600"}, "hours": {"10"},
		"questions":      {"Which marks of yours are printed on wood?\n\nWhen can you begin?"},
		"answer_in_days": {"10"}, "hire": {"1"}, "visibility": {"public"},
	}
	for i := 0; i < len(change); i += 2 {
		form.Set(change[i], change[i+1])
	}
	return form
}

// trade is a site on which Carl looks for people and Ada for work.
type trade struct {
	*webtest.Site
	carl, ada          account.Actor
	client, freelancer *webtest.Browser
}

func open(t *testing.T) trade {
	t.Helper()
	s := webtest.New(t)
	m := trade{Site: s, carl: s.Person("Carl", euros(500)), ada: s.Person("Ada", nothing)}
	m.client, m.freelancer = s.As(m.carl), s.As(m.ada)
	return m
}

// publish publishes a post of Carl's through the pages, and returns its path.
func (m trade) publish(change ...string) string {
	m.Helper()
	draft := m.client.Post("/posts/new", orchard(change...))
	if !draft.Says("A draft, which only you can see") {
		m.Fatal(draft)
	}
	post := m.client.Post(draft.Path+"/publish", nil)
	if !post.Says("Your post is published") {
		m.Fatal(post)
	}
	return post.Path
}

func TestADraftIsLookedAtPublishedEditedAndClosed(t *testing.T) {
	t.Parallel()
	m := open(t)

	if p := m.client.Get("/my/posts"); !p.Says("Nothing yet") {
		t.Error(p)
	}
	if p := m.client.Get("/posts/new"); p.Status != http.StatusOK {
		t.Fatal(p)
	}
	draft := m.client.Post("/posts/new", url.Values{"title": {"A logo"}})
	for _, words := range []string{"Please describe what is to be done", "Please choose the category", "Please estimate the hours", "Your payment method is verified"} {
		if !draft.Says(words) {
			t.Errorf("the preview does not say %q: %s", words, draft)
		}
	}
	if p := m.freelancer.Get(draft.Path); p.Status != http.StatusNotFound {
		t.Errorf("somebody else sees the draft: %s", p)
	}
	if p := m.client.Post(draft.Path+"/publish", nil); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("half a post is published: %s", p)
	}

	preview := m.client.Post(draft.Path+"/edit", orchard())
	for _, words := range []string{"€400.00 to €600.00", "€420.00 to €630.00, our fee of 5 % included", "answer bond of €20.00", "10 days", "Which marks of yours"} {
		if !preview.Says(words) {
			t.Errorf("the preview does not say %q: %s", words, preview)
		}
	}
	if p := m.client.Get(draft.Path + "/edit"); !p.Says("Edit your draft") {
		t.Error(p)
	} else if skills, _ := p.Typed("skills"); skills != "Logo design, Illustration" {
		t.Errorf("skills: %q", skills)
	}

	post := m.client.Post(draft.Path+"/publish", nil)
	if !post.Says("Everybody who proposes has an answer by") || !post.Says("answer bond of €20.00") {
		t.Fatal(post)
	}
	edited := m.client.Post(post.Path+"/edit", url.Values{
		"title": {"A mark for an orchard"}, "description": {"We grow apples."}, "skills": {"Logo design"},
		"budget_min": {"450"}, "budget_max": {"600"}, "hours": {"10"}, "questions": {"When can you begin?"},
	})
	if edited.Path != post.Path || !edited.Says("A mark for an orchard") || !edited.Says("Changed since it was published") {
		t.Fatal(edited)
	}
	if p := m.client.Get("/my/posts"); !p.Says("No proposals yet") {
		t.Error(p)
	}
	if p := m.client.Get(post.Path + "/close"); !p.Says("Nobody waits for an answer") {
		t.Error(p)
	}
	if p := m.client.Post(post.Path+"/close", nil); !p.Says("Your post is closed") {
		t.Error(p)
	}
	if p := m.client.Get("/my/posts"); !p.Says("closed") {
		t.Error(p)
	}
	if p := m.client.Get(post.Path + "/edit"); p.Status != http.StatusConflict || !p.Says("has closed this job post") {
		t.Error(p)
	}
}

func TestAPostThatIsRefusedKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	m := open(t)
	sent := orchard("skills", "Logo desing", "budget_min", "12", "budget_max", "twelve", "hours", "many", "answer_in_days", "60")

	p := m.client.Post("/posts/new", sent)
	if p.Status != http.StatusUnprocessableEntity {
		t.Fatal(p)
	}
	for field, words := range map[string]string{"budget_max": "We cannot read that amount", "hours": "whole number"} {
		if wrong := p.Fault(field); !strings.Contains(wrong, words) {
			t.Errorf("beside %s: %q", field, wrong)
		}
	}
	sent.Set("budget_max", "20")
	sent.Set("hours", "10")
	p = m.client.Post("/posts/new", sent)
	for field, words := range map[string]string{"skills": "Did you mean Logo design", "answer_in_days": "3 to 21"} {
		if wrong := p.Fault(field); !strings.Contains(wrong, words) {
			t.Errorf("beside %s: %q", field, wrong)
		}
	}
	sent.Set("skills", "Logo design")
	sent.Set("answer_in_days", "10")
	p = m.client.Post("/posts/new", sent)
	if wrong := p.Fault("budget"); !strings.Contains(wrong, "less than the floor") {
		t.Errorf("beside the budget: %q: %s", wrong, p)
	}
	for field := range maps.Keys(sent) {
		if field == "level" || field == "kind" || field == "visibility" {
			continue // radio buttons
		}
		if typed, _ := p.Typed(field); typed != sent.Get(field) {
			t.Errorf("%s: %q was typed, %q is kept", field, sent.Get(field), typed)
		}
	}
	if p := m.client.Get("/my/posts"); !p.Says("Nothing yet") {
		t.Errorf("it was kept all the same: %s", p)
	}
}

func TestFilesStayWithAFormThatIsRefused(t *testing.T) {
	t.Parallel()
	m := open(t)

	refused := m.client.Upload("/posts/new", orchard("hours", "many"), "files", map[string][]byte{"crate.txt": []byte("40 by 30")})
	kept, ok := refused.Typed("files_kept")
	if !ok {
		t.Fatal(refused)
	}
	draft := m.client.Post("/posts/new", orchard("files_kept", kept))
	if !draft.Says("crate.txt") {
		t.Fatal(draft)
	}
	if p := m.client.Get("/files/" + kept); p.Body != "40 by 30" {
		t.Error(p)
	}
	if p := m.freelancer.Get("/files/" + kept); p.Status != http.StatusNotFound {
		t.Errorf("a file of a draft is handed out: %s", p)
	}
	without := m.client.Post(draft.Path+"/edit", orchard("drop", kept))
	if without.Says("crate.txt") {
		t.Errorf("the file is still there: %s", without)
	}
}

func TestPublishingWithoutAVerifiedPaymentLeadsToTheWallet(t *testing.T) {
	t.Parallel()
	m := open(t)
	poor := m.As(m.Person("Pia", nothing))

	draft := poor.Post("/posts/new", orchard())
	if !draft.Says("Add money to your wallet once") {
		t.Error(draft)
	}
	if p := poor.Post(draft.Path+"/publish", nil); p.Status != http.StatusForbidden || !p.Says("that verifies your payment method") {
		t.Error(p)
	}
}

func TestOnlyItsClientGetsToTheFormsOfAPost(t *testing.T) {
	t.Parallel()
	m := open(t)
	post := m.publish()
	eve := m.As(m.Person("Eve", nothing))

	for _, path := range []string{"/edit", "/close", "/proposals"} {
		if p := eve.Get(post + path); p.Status != http.StatusNotFound {
			t.Errorf("%s: %s", path, p)
		}
		if p := m.Stranger().Get(post + path); !strings.HasPrefix(p.Path, "/sign-in?then=") {
			t.Errorf("%s: %s", path, p)
		}
	}
	for _, path := range []string{"/edit", "/close", "/publish", "/decline"} {
		if p := eve.Post(post+path, orchard("reason", "price", "proposals", "1")); p.Status != http.StatusNotFound {
			t.Errorf("%s: %s", path, p)
		}
	}
}

func TestAnInvitationIsSentReadAndDeclined(t *testing.T) {
	t.Parallel()
	m := open(t)
	person := "/people/" + num(m.ada.ID)

	m.freelancer.Post("/my/profile", url.Values{"headline": {"I draw marks"}})
	if p := m.client.Get(person + "/invite"); !p.Says("You have no post that takes proposals") {
		t.Error(p)
	}
	post := m.publish("visibility", "invited")
	if p := m.freelancer.Get(post); p.Status != http.StatusNotFound {
		t.Errorf("who is not invited sees it: %s", p)
	}
	if p := m.freelancer.Get("/my/invitations"); !p.Says("Nobody has invited you yet") {
		t.Error(p)
	}
	sent := url.Values{"post": {post[len("/posts/"):]}, "words": {"Your marks are fine."}}
	if p := m.client.Post(person+"/invite", sent); p.Path != person || !p.Says("Ada is invited") {
		t.Fatal(p)
	}
	if p := m.client.Post(person+"/invite", sent); p.Status != http.StatusConflict || !strings.Contains(p.Fault("freelancer"), "invited to this already") {
		t.Error(p)
	}
	if p := m.freelancer.Get(post); !p.Says("Your marks are fine.") || !p.Says("Decline the invitation") {
		t.Error(p)
	}
	if p := m.freelancer.Get("/my/invitations"); !p.Says("Your marks are fine.") {
		t.Error(p)
	}
	if p := m.freelancer.Post(post+"/decline-invitation", nil); p.Path != "/my/invitations" || !p.Says("You have declined") {
		t.Error(p)
	}
	if p := m.client.Get(post); !p.Says("declined") {
		t.Error(p)
	}
}

func TestAPostThatClosesAnswersEverybodyOnIt(t *testing.T) {
	t.Parallel()
	m := open(t)
	post := m.publish("questions", "")
	bea := m.Person("Bea", nothing)
	ada := num(m.propose(m.ada, post, 450_00))
	m.propose(bea, post, 500_00)

	if p := m.client.Post(post+"/close", url.Values{}); p.Status != http.StatusConflict || !strings.Contains(p.Fault("reason"), "2 proposals need an answer") {
		t.Error(p)
	}
	p := m.client.Post(post+"/close", url.Values{"reason": {"not_needed"}, "reason_" + ada: {"timing"}, "words_" + ada: {"Too late for the harvest."}})
	if p.Path != post || !p.Says("Your post is closed") {
		t.Fatal(p)
	}
	if p := m.freelancer.Get("/my/proposals"); !p.Says("The dates do not fit") {
		t.Error(p)
	}
	if p := m.As(bea).Get("/my/proposals"); !p.Says("The work is no longer needed") {
		t.Error(p)
	}
}

// propose proposes behind the pages.
func (m trade) propose(by account.Actor, post string, minor int64) proposal.ID {
	m.Helper()
	var n jobpost.ID
	if _, err := fmt.Sscanf(post, "/posts/%d", &n); err != nil {
		m.Fatal(err)
	}
	in := proposal.Input{Letter: "A letter by " + by.Name + " about apples.", Hours: 10}
	in.Price.Minor, in.Price.Currency = minor, "EUR"
	p, err := proposal.Propose(m.Context(), m.DB, by, n, in)
	m.OK(err)
	return p.ID
}

func TestAPostShowsWhatBecameOfIt(t *testing.T) {
	t.Parallel()
	m := open(t)
	post := m.publish("questions", "")
	m.propose(m.ada, post, 450_00)
	m.Clock.Advance(11 * 24 * time.Hour)
	if _, err := proposal.LapseDue(m.Context(), m.DB); err != nil {
		t.Fatal(err)
	}
	if p := m.freelancer.Get(post); !p.Says("The answer-by date passed") {
		t.Error(p)
	}
	if p := m.Stranger().Get(post); !p.Says("0 of 1 (0 %)") || !p.Says("Left without an answer 1") {
		t.Error(p)
	}
}
