package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"freehold/internal/proposal"
)

// agreed is the form for an offer, with a milestone due far enough away.
func agreed(change ...string) url.Values {
	form := url.Values{
		"scope": {"A mark for the orchard."}, "milestones": {"1"}, "funding": {"next"},
		"milestones.0.title": {"The mark"}, "milestones.0.price": {"450"}, "milestones.0.hours": {"10"},
		"milestones.0.due": {"2031-01-31"}, "milestones.0.criteria": {"It fits on a crate"},
	}
	for i := 0; i < len(change); i += 2 {
		form.Set(change[i], change[i+1])
	}
	return form
}

func TestACounterOfferShowsWhatChanged(t *testing.T) {
	t.Parallel()
	m := open(t)
	path := proposal.Proposal{ID: m.propose(m.ada, m.publish("questions", ""), 450_00)}.URL()

	offer := m.client.Post(path+"/offer", agreed())
	if !offer.Says("€472.50") || !offer.Says("It is the freelancer’s turn.") || strings.Contains(offer.Body, "<del>") {
		t.Fatal(offer)
	}
	counter := m.freelancer.Post(offer.Path+"/counter", agreed("milestones", "2", "milestones.0.price", "500", "notice_days", "14",
		"milestones.1.title", "A stamp", "milestones.1.price", "90", "milestones.1.hours", "2", "milestones.1.due", "2031-02-28", "milestones.1.criteria", "It prints"))
	if counter.Path != offer.Path {
		t.Fatal(counter)
	}
	p := m.client.Get(offer.Path)
	for _, marked := range []string{"<del>€450.00</del> <ins>€500.00</ins>", "<ins>A stamp</ins>", "<del>7</del> <ins>14</ins> days of notice", "<ins>It prints</ins>"} {
		if !strings.Contains(p.Body, marked) {
			t.Errorf("the offer does not show %s: %s", marked, p)
		}
	}
	if !p.Says("Version 2 by the freelancer") || strings.Contains(p.Body, "<ins>It fits on a crate</ins>") {
		t.Error(p)
	}
}

func TestAnOfferIsReckonedBeforeItIsMade(t *testing.T) {
	t.Parallel()
	m := open(t)
	path := proposal.Proposal{ID: m.propose(m.ada, m.publish("questions", ""), 450_00)}.URL()

	if p := m.client.Get(path + "/offer"); !p.Says("From the client, in all €472.50") {
		t.Error(p)
	}
	p := m.client.Post(path+"/offer", agreed("reckon", "1", "milestones.0.price", "500"))
	if p.Status != http.StatusOK || !p.Says("To the freelancer €500.00 Our fee of 5 % €25.00 From the client, in all €525.00") {
		t.Error(p)
	}
	if p := m.client.Post(path+"/offer", agreed("more", "1")); !p.Says("Milestone 2") || !p.Says("€472.50") {
		t.Error(p)
	}
	if p := m.client.Get("/my/contracts"); p.Says("Offers on the table") {
		t.Errorf("reckoning makes the offer: %s", p)
	}
}

func TestTooSmallAnEndingFeeIsRefusedBesideItsField(t *testing.T) {
	t.Parallel()
	m := open(t)
	path := proposal.Proposal{ID: m.propose(m.ada, m.publish("questions", ""), 450_00)}.URL()

	p := m.client.Post(path+"/offer", agreed("ending_fee_percent", "3"))
	if p.Status != http.StatusUnprocessableEntity || p.Fault("ending_fee_percent") == "" || !strings.Contains(p.Body, `href="#ending_fee_percent"`) {
		t.Error(p)
	}
}
