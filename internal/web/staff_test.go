package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"freehold/internal/account"
	"freehold/internal/web/webtest"
)

// grace is an administrator of a market, and her browser.
func grace(t *testing.T) (*webtest.Site, *webtest.Browser) {
	t.Helper()
	s := webtest.New(t)
	by := s.Person("Grace", nothing)
	s.OK(account.Grant(t.Context(), s.DB, account.System, by.ID, account.Admin))
	return s, s.As(by)
}

// terms is the form of the terms as shipped.
func terms(p webtest.Page) url.Values {
	form := url.Values{}
	for _, field := range []string{"from", "client_fee_bp", "freelancer_fee_bp", "answer_days", "open_proposals", "proposals_per_post",
		"offer_days", "fund_days", "acceptance_days", "change_rounds", "milestone_days", "grace_days", "starved_days", "notice_days", "ending_fee_bp"} {
		typed, _ := p.Typed(field)
		form.Set(field, typed)
	}
	return form
}

func TestOnlyStaffSeeTheirPages(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	eve, support := s.Person("Eve", nothing), s.Person("Sue", nothing)
	s.OK(account.Grant(t.Context(), s.DB, account.System, support.ID, account.Support))
	for _, path := range []string{"/staff", "/staff/terms", "/staff/bond"} {
		if p := s.As(eve).Get(path); p.Status != http.StatusForbidden {
			t.Errorf("Eve at %s: %s", path, p)
		}
		if p := s.Stranger().Get(path); !p.Says("Sign in") {
			t.Errorf("a stranger at %s: %s", path, p)
		}
	}
	b := s.As(support)
	if p := b.Get("/staff"); p.Says("Fees, windows and quotas") || !p.Says("Hand an imported account") {
		t.Error(p)
	}
	form := terms(b.Get("/staff/terms"))
	form.Set("reason", "because")
	if p := b.Post("/staff/terms", form); p.Status != http.StatusForbidden || !p.Says("Only an administrator") {
		t.Errorf("support changes the terms: %s", p)
	}
}

func TestAnAdministratorPutsNewTermsIntoForce(t *testing.T) {
	t.Parallel()
	_, b := grace(t)
	form := terms(b.Get("/staff/terms"))
	form.Set("client_fee_bp", "2.5")
	form.Set("answer_days", "99")
	form.Set("grace_days", "many")

	if p := b.Post("/staff/terms", form); p.Status != http.StatusUnprocessableEntity || p.Fault("grace_days") == "" {
		t.Error(p)
	} else if fee, _ := p.Typed("client_fee_bp"); fee != "2.5" {
		t.Errorf("the fee is gone: %q", fee)
	}
	form.Set("grace_days", "7")
	form.Set("reason", "The members voted for it.")
	if p := b.Post("/staff/terms", form); p.Status != http.StatusUnprocessableEntity || p.Fault("answer_days") == "" {
		t.Error(p)
	}
	form.Set("answer_days", "10")
	if p := b.Post("/staff/terms", form); p.Path != "/fees" || !p.Says("Clients pay 2.5 % on top") || !p.Says("The members voted for it.") {
		t.Error(p)
	}
	form.Set("client_fee_bp", "9")
	p := b.Post("/staff/terms", form)
	if p.Status != http.StatusConflict || !p.Says("Somebody has changed the terms") {
		t.Errorf("from an old version: %s", p)
	}
	if fee, _ := p.Typed("client_fee_bp"); fee != "2.5" {
		t.Errorf("what somebody else has set would be overwritten unseen, by %q", fee)
	}
}

func TestAnAdministratorSetsFloorsBondsAndRates(t *testing.T) {
	t.Parallel()
	s, b := grace(t)
	for _, test := range []struct {
		path  string
		form  url.Values
		fault string // empty: it is done
	}{
		{"category-floor", url.Values{"category": {"design"}, "level": {"expert"}, "hourly": {"31.70"}, "reason": {"A survey of ours"}}, ""},
		{"category-floor", url.Values{"category": {"nothing"}, "level": {"expert"}, "hourly": {"31.70"}, "reason": {"A survey of ours"}}, "category"},
		{"category-floor", url.Values{"category": {"design"}, "level": {"divine"}, "hourly": {"31.70"}, "reason": {"A survey of ours"}}, "level"},
		{"category-floor", url.Values{"category": {"design"}, "level": {"expert"}, "hourly": {"0"}, "reason": {"A survey of ours"}}, "hourly"},
		{"category-floor", url.Values{"category": {"design"}, "level": {"expert"}, "hourly": {"31.70"}}, "reason"},
		{"country-floor", url.Values{"country": {"PT"}, "hourly": {"9.90"}, "reason": {"The law of 2031"}}, ""},
		{"country-floor", url.Values{"country": {"ZZ"}, "hourly": {"9.90"}, "reason": {"The law of 2031"}}, "country"},
		{"bond", url.Values{"currency": {"EUR"}, "bond": {"0"}, "reason": {"To begin with"}}, ""},
		{"bond", url.Values{"currency": {"EUR"}, "bond": {""}, "reason": {"To begin with"}}, "bond"},
		{"bond", url.Values{"currency": {"EUR"}, "bond": {"100000"}, "reason": {"To begin with"}}, "bond"},
		{"rate", url.Values{"currency": {"EUR"}, "per_usd": {"0.91"}, "reason": {"The central bank"}}, ""},
		{"rate", url.Values{"currency": {"EUR"}, "per_usd": {"much"}, "reason": {"The central bank"}}, "per_usd"},
		{"claim", url.Values{"person": {"4711"}, "email": {"owner@example.org"}}, "person"},
		{"claim", url.Values{"person": {"1"}, "email": {"owner@example.org"}}, ""},
	} {
		if test.path == "claim" && test.fault == "" {
			s.Do(`INSERT INTO account.people (name, client, freelancer, source, joined_at) VALUES ('Olga', true, false, 'elsewhere/1', 'epoch')`)
			test.form.Set("person", "2")
		}
		b.Get("/staff/" + test.path)
		p := b.Post("/staff/"+test.path, test.form)
		if done := p.Path == "/staff"; done != (test.fault == "") || !done && p.Fault(test.fault) == "" {
			t.Errorf("%s %v: %s", test.path, test.form, p)
		}
	}
	if p := b.Get("/floors"); !p.Says("$31.70 A survey of ours") || !p.Says("Portugal $9.90 The law of 2031") {
		t.Error("the floors are not shown")
	}
	if p := b.Get("/staff/nonsense"); p.Status != http.StatusNotFound {
		t.Error(p)
	}
}
