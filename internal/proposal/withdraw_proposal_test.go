package proposal_test

import (
	"errors"
	"testing"

	"freehold/internal/proposal"
)

func TestWithdrawingTellsTheClientAndAllowsAnotherTry(t *testing.T) {
	t.Parallel()
	m := open(t)
	for try := range 3 {
		p, err := proposal.Propose(t.Context(), m.DB, m.ada, m.post.ID, offer("apple"))
		m.OK(err)
		m.OK(proposal.Withdraw(t.Context(), m.DB, m.ada, p.ID))
		if texts := m.notices(m.carl, "proposal_withdrawn"); len(texts) != try+1 || texts[0] != "Ada withdrew the proposal for “A logo for an orchard”. You owe no answer on it." {
			t.Errorf("Carl reads %q", texts)
		}
	}
	if _, err := proposal.Propose(t.Context(), m.DB, m.ada, m.post.ID, offer("apple")); !errors.Is(err, proposal.ErrTriesSpent) {
		t.Errorf("a fourth time: got %v", err)
	}
	if r := m.record(); r.Answered != 0 || r.Lapsed != 0 {
		t.Errorf("Carl's record is %+v", r)
	}
}

func TestWithdrawingIsTheFreelancers(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	if err := proposal.Withdraw(t.Context(), m.DB, m.carl, id); !errors.Is(err, proposal.ErrNotFreelancer) {
		t.Errorf("Carl: got %v", err)
	}
	if err := proposal.Withdraw(t.Context(), m.DB, m.people(1)[0], id); !errors.Is(err, proposal.ErrNotFound) {
		t.Errorf("a stranger: got %v", err)
	}
	m.offered(id)
	if err := proposal.Withdraw(t.Context(), m.DB, m.ada, id); !errors.Is(err, proposal.ErrOfferOpen) {
		t.Errorf("past an offer: got %v", err)
	}
	m.offerEnds(id, proposal.OfferExpired)
	m.OK(proposal.Withdraw(t.Context(), m.DB, m.ada, id))
}

func TestWithdrawingFromTheWaitingListDisturbsNobody(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.limits(20, 5)
	for _, by := range m.people(5) {
		m.proposed(by)
	}
	id := m.proposed(m.ada)
	m.OK(proposal.Withdraw(t.Context(), m.DB, m.ada, id))
	if texts := m.notices(m.carl, "proposal_withdrawn"); len(texts) != 0 {
		t.Errorf("Carl reads %q of somebody he never saw", texts)
	}
}
