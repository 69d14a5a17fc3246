package proposal_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"freehold/internal/jobpost"
	"freehold/internal/proposal"
)

func TestDecliningTellsTheReason(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	m.OK(proposal.Decline(t.Context(), m.DB, m.carl, id, proposal.Reason{Code: "timing", Words: "We begin in March."}))

	if s := m.state(id); s != proposal.Declined {
		t.Errorf("it is %s", s)
	}
	m.told(m.ada, "proposal_declined", "Carl needs other dates", "“A logo for an orchard”", "We begin in March.")
	if r := m.record(); r.Answered != 1 || r.Lapsed != 0 || *r.Rate != 100 {
		t.Errorf("Carl's record is %+v", r)
	}
	if acts := m.acts(m.post.Subject()); !slices.Contains(acts, "Carl declined the proposal of Ada.") {
		t.Errorf("the journal says %q", acts)
	}
	if n := m.count(`SELECT count(*) FROM proposal.proposals WHERE freelancer = $1 AND ended_at IS NULL`, m.ada.ID); n != 0 {
		t.Error("it still counts for Ada's quota")
	}
	if err := proposal.Decline(t.Context(), m.DB, m.carl, id, proposal.Reason{Code: "price"}); !errors.Is(err, proposal.ErrEnded) {
		t.Errorf("again: got %v", err)
	}
}

func TestDecliningIsTheClients(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	eve := m.people(1)[0]
	no := proposal.Reason{Code: "price"}
	if err := proposal.Decline(t.Context(), m.DB, m.ada, id, no); !errors.Is(err, proposal.ErrNotClient) {
		t.Errorf("Ada: got %v", err)
	}
	if err := proposal.Decline(t.Context(), m.DB, eve, id, no); !errors.Is(err, proposal.ErrNotFound) {
		t.Errorf("a stranger: got %v", err)
	}
	if err := proposal.Decline(t.Context(), m.DB, m.carl, id, proposal.Reason{}); !slices.Equal(codes(err), []string{"reason: reason_missing"}) {
		t.Errorf("no reason: got %v", err)
	}
	if _, err := proposal.DeclineMany(t.Context(), m.DB, eve, m.post.ID, map[proposal.ID]proposal.Reason{id: no}); !errors.Is(err, jobpost.ErrNotFound) {
		t.Errorf("a stranger, in bulk: got %v", err)
	}
	if s := m.state(id); s != proposal.Submitted {
		t.Errorf("it is %s", s)
	}
}

func TestWhoWaitedLongestMovesUp(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.limits(20, 5)
	people := m.people(7)
	ids := make([]proposal.ID, len(people))
	for i, by := range people {
		ids[i] = m.proposed(by)
	}
	m.OK(proposal.Decline(t.Context(), m.DB, m.carl, ids[2], proposal.Reason{Code: "skills"}))
	if a, b := m.state(ids[5]), m.state(ids[6]); a != proposal.Submitted || b != proposal.WaitingList {
		t.Errorf("they are %s and %s", a, b)
	}
	m.told(people[5], "proposal_moved_up", "now before the client", "11 Jan 2030")
	if texts := m.notices(m.carl, "proposal_received"); len(texts) != 6 {
		t.Errorf("Carl was told %q", texts)
	}
	m.OK(proposal.Withdraw(t.Context(), m.DB, people[0], ids[0]))
	if s := m.state(ids[6]); s != proposal.Submitted {
		t.Errorf("after a withdrawal it is %s", s)
	}
}

func TestDecliningAgainstWithdrawingDoesOne(t *testing.T) {
	t.Parallel()
	m := open(t)
	for i, by := range m.people(6) {
		id := m.proposed(by)
		refusals(t, together(
			func() error {
				return proposal.Decline(t.Context(), m.DB, m.carl, id, proposal.Reason{Code: "price", Words: fmt.Sprint("No. ", i)})
			},
			func() error { return proposal.Withdraw(t.Context(), m.DB, by, id) },
		), proposal.ErrEnded)
	}
}

func TestNobodyIsDeclinedInSilence(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	m.fails()
	if err := proposal.Decline(t.Context(), m.DB, m.carl, id, proposal.Reason{Code: "price"}); err == nil {
		t.Fatal("declined without telling anybody")
	}
	if s, r := m.state(id), m.record(); s != proposal.Submitted || r.Answered != 0 {
		t.Errorf("it is %s, and Carl's record %+v", s, r)
	}
}
