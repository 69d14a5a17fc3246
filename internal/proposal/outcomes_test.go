package proposal_test

import (
	"testing"
	"time"

	"freehold/internal/kit/money"
	"freehold/internal/proposal"
)

func TestWhoHasNotProposedHasNoOutcomes(t *testing.T) {
	t.Parallel()
	m := open(t)
	o, err := proposal.OutcomesOf(t.Context(), m.DB, m.ada)
	m.OK(err)
	if o.Totals != (proposal.Totals{}) || len(o.Reasons) != 0 || len(o.Bands) != 3 || o.Price.Posts() != 0 {
		t.Errorf("got %+v", o)
	}
}

func TestOutcomesCountWhatBecameOfEach(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	m.Clock.Advance(6 * time.Hour)
	m.OK(proposal.Decline(t.Context(), m.DB, m.carl, id, proposal.Reason{Code: "price"}))
	m.proposed(m.Person("Bea", money.Amount{})) // is Bea's
	o, err := proposal.OutcomesOf(t.Context(), m.DB, m.ada)
	m.OK(err)
	if o.Sent != 1 || o.Submitted != 1 || o.Answered != 1 || o.Hired != 0 || o.Open != 0 || *o.MedianAnswer() != 6*time.Hour {
		t.Errorf("in all: %+v", o.Totals)
	}
	if len(o.Reasons) != 1 || o.Reasons[0] != (proposal.ReasonCount{Code: "price", Proposals: 1}) {
		t.Errorf("declined for %+v", o.Reasons)
	}
	submitted := 0
	for _, b := range o.Bands {
		submitted += b.Submitted
	}
	if submitted != 1 {
		t.Errorf("by fit: %+v", o.Bands)
	}
}

// With four others one could tell whose figures they are, with five one cannot.
func TestNobodyIsComparedWithFewerThanFive(t *testing.T) {
	t.Parallel()
	m := open(t)
	all := append(m.people(5), m.ada)
	ids := make([]proposal.ID, len(all))
	for i, p := range all {
		in := offer(p.Name)
		in.Price.Minor += int64(i) * 100 // Ada's is the highest
		sent, err := proposal.Propose(t.Context(), m.DB, p, m.post.ID, in)
		m.OK(err)
		ids[i] = sent.ID
	}
	for i := range ids {
		if i == 1 {
			o, err := proposal.OutcomesOf(t.Context(), m.DB, m.ada)
			m.OK(err)
			if o.Price.Posts() != 0 {
				t.Errorf("compared before five others are answered: %+v", o.Price)
			}
		}
		m.OK(proposal.Decline(t.Context(), m.DB, m.carl, ids[len(ids)-1-i], proposal.Reason{Code: "price"}))
	}
	o, err := proposal.OutcomesOf(t.Context(), m.DB, m.ada)
	m.OK(err)
	if o.Price != (proposal.Among{Above: 1}) || o.Fit != (proposal.Among{Within: 1}) {
		t.Errorf("price %+v, fit %+v", o.Price, o.Fit)
	}
}
