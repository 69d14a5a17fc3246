package proposal_test

import (
	"errors"
	"testing"

	"freehold/internal/jobpost"
	"freehold/internal/proposal"
)

func TestHiringForTheLastPlaceAnswersEverybodyElse(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.limits(20, 5)
	id := m.proposed(m.ada)
	people := m.people(6) // when Ada's is offered, the first of two who wait moves up
	ids := make([]proposal.ID, len(people))
	for i, by := range people {
		ids[i] = m.proposed(by)
	}
	m.offered(id)
	if s := m.state(ids[4]); s != proposal.Submitted {
		t.Errorf("an offer frees no place: it is %s", s)
	}
	m.OK(m.hire(id))

	if s, p := m.state(id), m.postState(); s != proposal.Hired || p != jobpost.Filled {
		t.Errorf("they are %s and %s", s, p)
	}
	for i, by := range people {
		if s := m.state(ids[i]); s != proposal.Declined {
			t.Errorf("%s's is %s", by.Name, s)
		}
		m.told(by, "proposal_declined", "Carl chose somebody else for “A logo for an orchard”.")
	}
	if got := m.Wallet(m.carl, "EUR"); got != euros(100) {
		t.Errorf("Carl has %v", got)
	}
	if r := m.record(); r.Answered != 6 {
		t.Errorf("Carl's record is %+v", r)
	}
}

func TestWithPlacesLeftThePostStaysOpen(t *testing.T) {
	t.Parallel()
	m := open(t, func(in *jobpost.Input) { in.Hire = 2 })
	id := m.proposed(m.ada)
	other := m.proposed(m.people(1)[0])
	m.offered(id)
	m.OK(m.hire(id))
	if s, p := m.state(other), m.postState(); s != proposal.Submitted || p != jobpost.Open {
		t.Errorf("they are %s and %s", s, p)
	}
	if n := m.count(`SELECT hired FROM jobpost.posts WHERE id = $1`, m.post.ID); n != 1 {
		t.Errorf("%d are hired", n)
	}
}

func TestHiringTwoAtOnceForTheLastPlaceHiresOne(t *testing.T) {
	t.Parallel()
	m := open(t)
	a, b := m.proposed(m.ada), m.proposed(m.people(1)[0])
	m.offered(a)
	m.offered(b)
	errs := together(func() error { return m.hire(a) }, func() error { return m.hire(b) })
	refusals(t, errs, jobpost.ErrNoPlace)
	if n := m.count(`SELECT hired FROM jobpost.posts WHERE id = $1`, m.post.ID); n != 1 {
		t.Errorf("%d are hired", n)
	}
	loser := a
	if errs[0] == nil {
		loser = b
	}
	m.offerEnds(loser, proposal.OfferWithdrawn)
	if s := m.text(`SELECT state || ': ' || decline_reason FROM proposal.proposals WHERE id = $1`, loser); s != "declined: hired_someone_else" {
		t.Errorf("the other is %s", s)
	}
}

func TestNobodyIsHiredWithoutAnOffer(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	if err := m.hire(id); !errors.Is(err, proposal.ErrNoOffer) {
		t.Errorf("got %v", err)
	}
	if n := m.count(`SELECT hired FROM jobpost.posts WHERE id = $1`, m.post.ID); n != 0 {
		t.Errorf("%d are hired", n)
	}
}

func TestAnOfferThatFailsPutsTheProposalBackAmongTheOthers(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	m.offered(id)
	m.offerEnds(id, proposal.OfferDeclined)
	if s := m.state(id); s != proposal.Shortlisted {
		t.Errorf("it is %s", s)
	}
	m.OK(proposal.Decline(t.Context(), m.DB, m.carl, id, proposal.Reason{Code: "price"}))
	if r := m.record(); r.Answered != 1 {
		t.Errorf("the answer counted %d times", r.Answered)
	}
}
