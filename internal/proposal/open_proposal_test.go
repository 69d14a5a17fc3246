package proposal_test

import (
	"context"
	"errors"
	"testing"

	"freehold/internal/kit/db"
	"freehold/internal/proposal"
)

func TestTheFirstLookMarksAProposalAsRead(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	own, err := proposal.Open(t.Context(), m.DB, m.ada, id)
	m.OK(err)
	if own.AsClient || own.Proposal.State != proposal.Submitted || own.Can != (proposal.Can{Edit: true, Withdraw: true}) {
		t.Errorf("Ada sees %+v and can %+v", own.Proposal, own.Can)
	}
	for range 2 {
		v, err := proposal.Open(t.Context(), m.DB, m.carl, id)
		m.OK(err)
		if !v.AsClient || v.Proposal.State != proposal.Read || v.Proposal.ReadAt == nil || v.Can != (proposal.Can{Shortlist: true, Decline: true, Offer: true}) {
			t.Errorf("Carl sees %+v and can %+v", v.Proposal, v.Can)
		}
	}
	m.told(m.ada, "proposal_read", "Carl has read your proposal", "11 Jan 2030")
	if _, err := proposal.Open(t.Context(), m.DB, m.people(1)[0], id); !errors.Is(err, proposal.ErrNotFound) {
		t.Errorf("a stranger: got %v", err)
	}
}

func TestReadingTwiceAtOnceTellsOnce(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	look := func() error { _, err := proposal.Open(t.Context(), m.DB, m.carl, id); return err }
	m.OK(errors.Join(together(look, look, look)...))
	m.told(m.ada, "proposal_read")
}

func TestNobodySeesThePriceUnnoticed(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	m.fails()
	if v, err := proposal.Open(t.Context(), m.DB, m.carl, id); err == nil || v.Proposal.PriceMinor != 0 {
		t.Errorf("Carl got %+v, %v", v.Proposal, err)
	}
	if s := m.state(id); s != proposal.Submitted {
		t.Errorf("it is %s", s)
	}
}

func TestItsFilesAreForThoseWhoMayReadIt(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	eve := m.people(1)[0]
	m.View(func(ctx context.Context, tx *db.Tx) error {
		for _, test := range []struct {
			who  string
			may  func() (bool, error)
			want bool
		}{
			{"Ada", func() (bool, error) { return proposal.MayRead(ctx, tx, m.ada, id) }, true},
			{"Carl", func() (bool, error) { return proposal.MayRead(ctx, tx, m.carl, id) }, true},
			{"Eve", func() (bool, error) { return proposal.MayRead(ctx, tx, eve, id) }, false},
			{"anybody, of nothing", func() (bool, error) { return proposal.MayRead(ctx, tx, eve, 99) }, false},
		} {
			if got, err := test.may(); err != nil || got != test.want {
				t.Errorf("%s: got %v, %v", test.who, got, err)
			}
		}
		return nil
	})
}
