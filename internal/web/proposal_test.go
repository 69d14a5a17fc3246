package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"freehold/internal/proposal"
)

// letter is the form for a proposal on a post as orchard publishes it.
func letter(change ...string) url.Values {
	form := url.Values{
		"letter": {"Apples are what I draw best."}, "price": {"512.34"}, "hours": {"10"},
		"answers.0": {"All of them."}, "answers.1": {"Tomorrow."},
	}
	for i := 0; i < len(change); i += 2 {
		form.Set(change[i], change[i+1])
	}
	return form
}

func TestAProposalIsSentReadShortlistedAndDeclined(t *testing.T) {
	t.Parallel()
	m := open(t)
	post := m.publish()

	if p := m.freelancer.Get("/my/proposals"); !p.Says("You have not proposed yet") {
		t.Error(p)
	}
	if p := m.client.Get(post + "/proposals"); !p.Says("Nobody has proposed yet") {
		t.Error(p)
	}
	form := m.freelancer.Get(post + "/propose")
	for _, words := range []string{"Your floor", "0 of 20", "You pay 0 %", "Which marks of yours", "0 of 20 taken"} {
		if !form.Says(words) {
			t.Errorf("the form does not say %q: %s", words, form)
		}
	}
	sent := m.freelancer.Post(post+"/propose", letter())
	if !sent.Says("It is the client’s turn") || !sent.Says("€512.34") || !sent.Says("They have not read it yet") {
		t.Fatal(sent)
	}
	if p := m.freelancer.Get(post + "/propose"); p.Path != sent.Path {
		t.Errorf("one can propose twice: %s", p)
	}
	if p := m.freelancer.Get(post); !p.Says("Your proposal") {
		t.Error(p)
	}
	if p := m.freelancer.Get("/my/proposals"); !p.Says("€512.34") || !p.Says("An answer is due by") || !p.Says("1 of 20 open") {
		t.Error(p)
	}

	list := m.client.Get(post + "/proposals")
	if !list.Says("0 of 1 answered") || !list.Says("1 not read yet") {
		t.Fatal(list)
	}
	if strings.Contains(list.Body, "512") {
		t.Errorf("the list shows a price: %s", list)
	}
	then := url.Values{"then": {post + "/proposals"}}
	if p := m.client.Post(sent.Path+"/shortlist", then); p.Path != post+"/proposals" || !p.Says("shortlisted") {
		t.Error(p)
	}
	opened := m.client.Get(sent.Path)
	if !opened.Says("Apples are what I draw best.") || !opened.Says("€512.34") || !opened.Says("€537.95 with our fee of 5 %") {
		t.Error(opened)
	}
	if p := m.client.Post(sent.Path+"/unshortlist", nil); p.Path != sent.Path {
		t.Error(p)
	}
	if p := m.client.Post(sent.Path+"/decline", url.Values{"reason": {""}, "words": {"Sorry."}}); !strings.Contains(p.Fault("reason"), "choose a reason") {
		t.Error(p)
	} else if words, _ := p.Typed("words"); words != "Sorry." {
		t.Errorf("the words are lost: %q", words)
	}
	if p := m.client.Post(sent.Path+"/decline", url.Values{"reason": {"timing"}, "words": {"Sorry."}, "then": {post + "/proposals"}}); !p.Says("1 of 1 answered") {
		t.Error(p)
	}
	if p := m.freelancer.Get(sent.Path); !p.Says("The reason: The dates do not fit") || !p.Says("Sorry.") {
		t.Error(p)
	}
	if p := m.client.Get("/my/posts"); !p.Says("1 of 1 answered") {
		t.Error(p)
	}
}

func TestAProposalThatIsRefusedKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	m := open(t)
	post := m.publish()
	typed := letter("price", "12", "letter", "", "answers.1", "", "rows", "1",
		"plan.0.title", "Sketches", "plan.0.price", "1,5,0", "plan.0.hours", "3", "plan.0.days", "7", "start_on", "2020-01-01")

	p := m.freelancer.Post(post+"/propose", typed)
	if wrong := p.Fault("plan.0.price"); p.Status != http.StatusUnprocessableEntity || !strings.Contains(wrong, "cannot read that amount") {
		t.Fatalf("beside the price of the milestone: %q: %s", wrong, p)
	}
	typed.Set("plan.0.price", "150")
	p = m.freelancer.Post(post+"/propose", typed)
	for field, words := range map[string]string{"letter": "write a letter", "answers.1": "answer this question", "start_on": "between today", "plan": "add up to €150.00"} {
		if wrong := p.Fault(field); !strings.Contains(wrong, words) {
			t.Errorf("beside %s: %q: %s", field, wrong, p)
		}
	}
	for field := range typed {
		if kept, _ := p.Typed(field); kept != typed.Get(field) {
			t.Errorf("%s: %q was typed, %q is kept", field, typed.Get(field), kept)
		}
	}
	p = m.freelancer.Post(post+"/propose", letter("price", "12"))
	if wrong := p.Fault("price"); !strings.Contains(wrong, "less than the floor") {
		t.Errorf("beside the price: %q: %s", wrong, p)
	}
}

func TestAPlanGrowsByAMilestoneAtATime(t *testing.T) {
	t.Parallel()
	m := open(t)
	post := m.publish()

	p := m.freelancer.Post(post+"/propose", letter("more", "1"))
	if rows, _ := p.Typed("rows"); rows != "1" || !p.Says("Milestone 1") {
		t.Fatal(p)
	}
	if kept, _ := p.Typed("letter"); kept != "Apples are what I draw best." {
		t.Errorf("the letter is %q", kept)
	}
	sent := m.freelancer.Post(post+"/propose", letter("rows", "3",
		"plan.0.title", "Sketches", "plan.0.price", "112.34", "plan.0.hours", "4", "plan.0.days", "7",
		"plan.2.title", "The mark", "plan.2.price", "400", "plan.2.hours", "6", "plan.2.days", "20"))
	if !sent.Says("Sketches 7 days 4 €112.34") {
		t.Fatal(sent)
	}
	edit := m.freelancer.Get(sent.Path + "/edit")
	if title, _ := edit.Typed("plan.1.title"); title != "The mark" {
		t.Error(edit)
	}
	changed := m.freelancer.Post(sent.Path+"/edit", letter("price", "480", "letter", "Apples, and pears."))
	if changed.Path != sent.Path || !changed.Says("€480.00") || changed.Says("Sketches") {
		t.Fatal(changed)
	}
	m.client.Get(sent.Path) // reads it
	if p := m.freelancer.Get(sent.Path + "/edit"); p.Status != http.StatusConflict || !p.Says("has read this proposal") {
		t.Error(p)
	}
	if p := m.freelancer.Post(sent.Path+"/withdraw", nil); !p.Says("Withdrawn") {
		t.Error(p)
	}
}

func TestSeveralAreDeclinedAtOnce(t *testing.T) {
	t.Parallel()
	m := open(t)
	post := m.publish("questions", "")
	bea := m.Person("Bea", nothing)
	first, second := m.propose(m.ada, post, 450_00), m.propose(bea, post, 500_00)
	both := []string{num(first), num(second)}

	if p := m.client.Post(post+"/decline", url.Values{"reason": {"price"}}); !p.Says("choose the proposals you want to decline") {
		t.Error(p)
	}
	if p := m.client.Post(post+"/decline", url.Values{"proposals": both, "reason": {"own_words"}}); p.Fault("words") == "" {
		t.Error(p)
	}
	if p := m.client.Post(post+"/decline", url.Values{"proposals": both, "reason": {"price"}}); !p.Says("Declined: 2") || !p.Says("2 of 2 answered") {
		t.Error(p)
	}
	for _, by := range []string{"/my/proposals", "/notices"} {
		if p := m.As(bea).Get(by); !p.Says("budget") {
			t.Error(p)
		}
	}
}

func TestAProposalIsForItsTwoSidesOnly(t *testing.T) {
	t.Parallel()
	m := open(t)
	post := m.publish("questions", "")
	path := proposal.Proposal{ID: m.propose(m.ada, post, 450_00)}.URL()
	eve := m.As(m.Person("Eve", nothing))

	for _, verb := range []string{"", "/edit"} {
		if p := eve.Get(path + verb); p.Status != http.StatusNotFound {
			t.Errorf("%s: %s", verb, p)
		}
		if p := m.Stranger().Get(path + verb); !strings.HasPrefix(p.Path, "/sign-in?then=") {
			t.Errorf("%s: %s", verb, p)
		}
	}
	for _, verb := range []string{"/edit", "/withdraw", "/decline", "/shortlist", "/unshortlist"} {
		if p := eve.Post(path+verb, letter("reason", "price")); p.Status != http.StatusNotFound {
			t.Errorf("%s: %s", verb, p)
		}
	}
	if p := m.client.Post(path+"/withdraw", nil); p.Status != http.StatusForbidden {
		t.Error(p)
	}
	if p := m.freelancer.Post(path+"/decline", url.Values{"reason": {"price"}}); p.Status != http.StatusForbidden {
		t.Error(p)
	}
	if p := m.Stranger().Get(post + "/propose"); p.Path != "/sign-in?then="+url.QueryEscape(post+"/propose") {
		t.Error(p)
	}
	if p := m.client.Get(post + "/propose"); p.Status != http.StatusForbidden || !p.Says("This is your own job post") {
		t.Error(p)
	}
}

func TestWhatIsRefusedInTheListIsSaidInTheList(t *testing.T) {
	t.Parallel()
	m := open(t)
	post := m.publish("questions", "")
	path := proposal.Proposal{ID: m.propose(m.ada, post, 450_00)}.URL()
	then := url.Values{"then": {post + "/proposals"}, "row": {strings.TrimPrefix(path, "/proposals/")}, "reason": {"own_words"}}

	p := m.client.Post(path+"/decline", then)
	if p.Status != http.StatusUnprocessableEntity || !p.Says("say the reason in your own words") || !p.Says("0 of 1 answered") {
		t.Error(p)
	}
	m.freelancer.Post(path+"/withdraw", nil)
	for _, verb := range []string{"/shortlist", "/decline"} {
		then.Set("reason", "timing")
		if p := m.client.Post(path+verb, then); p.Status != http.StatusConflict || !p.Says("it is withdrawn") || !p.Says("The best fit stands first") {
			t.Errorf("%s: %s", verb, p)
		}
	}
	if p := m.freelancer.Post(path+"/shortlist", then); p.Status != http.StatusNotFound {
		t.Errorf("the list is shown to its freelancer: %s", p)
	}
}

func TestAClientGoesFromProposalToProposal(t *testing.T) {
	t.Parallel()
	m := open(t)
	post := m.publish("questions", "")
	first := proposal.Proposal{ID: m.propose(m.ada, post, 450_00)}.URL()
	second := proposal.Proposal{ID: m.propose(m.Person("Bea", nothing), post, 500_00)}.URL()

	if p := m.client.Get(first); !p.Says("1 of 2 Next") || !strings.Contains(p.Body, `href="`+second+`"`) {
		t.Error(p)
	}
	if p := m.client.Get(second); !p.Says("Previous 2 of 2") || !strings.Contains(p.Body, `href="`+first+`"`) {
		t.Error(p)
	}
	if p := m.freelancer.Get(first); p.Says("of 2") {
		t.Errorf("Ada learns how many have proposed: %s", p)
	}
}

func TestAPriceIsReckonedBeforeItIsSent(t *testing.T) {
	t.Parallel()
	m := open(t)
	post := m.publish()
	p := m.freelancer.Post(post+"/propose", url.Values{"reckon": {"1"}, "price": {"512.34"}, "hours": {"10"}})
	if p.Status != http.StatusOK || !p.Says("You receive €512.34. The client pays €537.95, our fee included.") || !p.Says("That is €51.23 an hour; the floor is") {
		t.Error(p)
	}
	p = m.freelancer.Post(post+"/propose", url.Values{"reckon": {"1"}, "price": {"12"}, "hours": {"10"}})
	if !p.Says("That is €1.20 an hour, which is below the floor of") {
		t.Error(p)
	}
	if p := m.freelancer.Get("/my/proposals"); !p.Says("You have not proposed yet") {
		t.Errorf("reckoning sends: %s", p)
	}
}
