package proposal_test

import (
	"errors"
	"testing"

	"freehold/internal/proposal"
)

func TestDecliningManyGivesEachTheirOwnMessage(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.limits(20, 5)
	people := m.people(8)
	ids := make([]proposal.ID, len(people))
	for i, by := range people {
		ids[i] = m.proposed(by)
	}
	m.OK(proposal.Withdraw(t.Context(), m.DB, people[1], ids[1]))
	n, err := proposal.DeclineMany(t.Context(), m.DB, m.carl, m.post.ID, map[proposal.ID]proposal.Reason{
		ids[0]: {Code: "price"},
		ids[1]: {Code: "price"}, // was quicker
		ids[2]: {Code: "own_words", Words: "You drew plums."},
	})
	m.OK(err)
	if n != 2 {
		t.Errorf("%d were declined", n)
	}
	m.told(people[0], "proposal_declined", "beyond the budget")
	m.told(people[2], "proposal_declined", "You drew plums.")
	if got := m.notices(people[1], "proposal_declined"); len(got) != 0 {
		t.Errorf("who had withdrawn reads %q", got)
	}
	if r := m.record(); r.Answered != 2 {
		t.Errorf("Carl's record is %+v", r)
	}
	if n := m.count(`SELECT count(*) FROM proposal.proposals WHERE state = 'submitted'`); n != 5 {
		t.Errorf("%d are before Carl", n)
	}
}

func TestDecliningManyIsAllOrNothing(t *testing.T) {
	t.Parallel()
	m := open(t)
	other := m.publish(about("A fence", "Around the orchard, with a gate."))
	id := m.proposed(m.ada)
	p, err := proposal.Propose(t.Context(), m.DB, m.ada, other.ID, offer("fence"))
	m.OK(err)
	no := proposal.Reason{Code: "price"}
	for name, test := range map[string]struct {
		reasons map[proposal.ID]proposal.Reason
		want    error
	}{
		"nobody":           {nil, proposal.ErrNothingChosen},
		"on another post":  {map[proposal.ID]proposal.Reason{id: no, p.ID: no}, proposal.ErrNotFound},
		"one has no words": {map[proposal.ID]proposal.Reason{id: {Code: "own_words"}}, proposal.ErrNoWords},
	} {
		if _, err := proposal.DeclineMany(t.Context(), m.DB, m.carl, m.post.ID, test.reasons); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", name, err, test.want)
		}
	}
	if s := m.state(id); s != proposal.Submitted {
		t.Errorf("it is %s", s)
	}
}
