package proposal_test

import (
	"errors"
	"testing"

	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/proposal"
)

func TestAPostClosesWhenEverybodyHasAnAnswer(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.limits(20, 5)
	people := m.people(6) // the last one waits
	ids := make([]proposal.ID, len(people))
	for i, by := range people {
		ids[i] = m.proposed(by)
	}
	m.OK(jobpost.Invite(t.Context(), m.DB, m.carl, m.post.ID, m.ada.ID, "Please look at this."))
	for _, c := range []proposal.Closing{
		{},
		{Each: map[proposal.ID]proposal.Reason{ids[0]: {Code: "price"}}},
	} {
		if err := proposal.ClosePost(t.Context(), m.DB, m.carl, m.post.ID, c); !errors.Is(err, proposal.ErrUnanswered) {
			t.Errorf("over the heads of some: got %v", err)
		}
	}
	if s := m.postState(); s != jobpost.Open {
		t.Fatalf("the post is %s", s)
	}
	m.OK(proposal.ClosePost(t.Context(), m.DB, m.carl, m.post.ID, proposal.Closing{
		Each: map[proposal.ID]proposal.Reason{ids[0]: {Code: "own_words", Words: "Next year, gladly."}},
		Rest: &proposal.Reason{Code: "not_needed"},
	}))
	m.told(people[0], "proposal_declined", "Next year, gladly.")
	m.told(people[1], "proposal_declined", "no longer needs the work")
	m.told(people[5], "proposal_declined", "no longer needs the work")
	if s := m.postState(); s != jobpost.Closed {
		t.Errorf("the post is %s", s)
	}
	if got := m.Wallet(m.carl, "EUR"); got != euros(100) {
		t.Errorf("Carl has %v; the bond did not return", got)
	}
	if r := m.record(); r.Answered != 5 || r.Lapsed != 0 {
		t.Errorf("Carl's record is %+v; an answer was owed to five", r)
	}
	if s := m.text(`SELECT state FROM jobpost.invitations`); s != "lapsed" {
		t.Errorf("the invitation is %s", s)
	}
}

func TestClosingIsTheClients(t *testing.T) {
	t.Parallel()
	m := open(t)
	if err := proposal.ClosePost(t.Context(), m.DB, m.ada, m.post.ID, proposal.Closing{}); !errors.Is(err, jobpost.ErrNotFound) {
		t.Errorf("Ada: got %v", err)
	}
	bad := proposal.Closing{Rest: &proposal.Reason{Code: "because"}}
	if err := proposal.ClosePost(t.Context(), m.DB, m.carl, m.post.ID, bad); !errors.Is(err, proposal.ErrNoReason) {
		t.Errorf("no such reason: got %v", err)
	}
	m.OK(proposal.ClosePost(t.Context(), m.DB, m.carl, m.post.ID, proposal.Closing{}))
	if err := proposal.ClosePost(t.Context(), m.DB, m.carl, m.post.ID, proposal.Closing{}); !errors.Is(err, jobpost.ErrNotOpen) {
		t.Errorf("again: got %v", err)
	}
}

func TestAnOfferOutlivesTheClosingOfItsPost(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	m.offered(id)
	m.OK(proposal.ClosePost(t.Context(), m.DB, m.carl, m.post.ID, proposal.Closing{}))
	m.OK(m.hire(id))
	if s, p := m.state(id), m.postState(); s != proposal.Hired || p != jobpost.Closed {
		t.Errorf("they are %s and %s", s, p)
	}
}

func TestClosingAgainstProposingLeavesNobodyOpen(t *testing.T) {
	t.Parallel()
	m := open(t)
	people := m.people(4)
	acts := []func() error{func() error {
		return proposal.ClosePost(t.Context(), m.DB, m.carl, m.post.ID, proposal.Closing{Rest: &proposal.Reason{Code: "not_needed"}})
	}}
	for _, by := range people {
		acts = append(acts, func() error {
			_, err := proposal.Propose(t.Context(), m.DB, by, m.post.ID, offer(by.Name))
			return err
		})
	}
	errs := together(acts...)
	m.OK(errs[0])
	for _, err := range errs[1:] {
		if err != nil && !errors.Is(err, jobpost.ErrNotOpen) {
			t.Errorf("got %v", err)
		}
	}
	if n := m.count(`SELECT count(*) FROM proposal.proposals WHERE ended_at IS NULL`); n != 0 {
		t.Errorf("%d are open on a post that is closed", n)
	}
}

func TestAClosingThatFailsHalfWayLeavesEverything(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	m.proposed(m.people(1)[0])
	m.Do(`ALTER TABLE ledger.postings ADD CONSTRAINT planted CHECK (kind <> 'give back')`)
	if err := proposal.ClosePost(t.Context(), m.DB, m.carl, m.post.ID, proposal.Closing{Rest: &proposal.Reason{Code: "price"}}); err == nil {
		t.Fatal("closed without returning the bond")
	}
	if s, p := m.state(id), m.postState(); s != proposal.Submitted || p != jobpost.Open {
		t.Errorf("they are %s and %s", s, p)
	}
	if got := m.notices(m.ada, "proposal_declined"); len(got) != 0 || m.record().Answered != 0 {
		t.Errorf("Ada reads %q", got)
	}
	if got := m.Wallet(m.carl, "EUR"); got != (money.Amount{Minor: 80_00, Currency: "EUR"}) {
		t.Errorf("Carl has %v", got)
	}
}
