package proposal_test

import (
	"errors"
	"slices"
	"testing"

	"freehold/internal/file"
	"freehold/internal/proposal"
)

func TestUnreadAProposalCanBeRewritten(t *testing.T) {
	t.Parallel()
	m := open(t)
	first := m.upload(m.ada, "first.txt")
	second := m.upload(m.ada, "second.txt")
	in := offer("apple")
	in.Files = []file.ID{first}
	in.Plan = []proposal.Milestone{{Title: "All of it", Minor: 500_00, Hours: 10, Days: 7}}
	p, err := proposal.Propose(t.Context(), m.DB, m.ada, m.post.ID, in)
	m.OK(err)

	in = offer("pear")
	in.Price, in.Files, in.Drop = euros(550), []file.ID{second}, []file.ID{first}
	m.OK(proposal.Edit(t.Context(), m.DB, m.ada, p.ID, in))
	v, err := proposal.Open(t.Context(), m.DB, m.ada, p.ID)
	m.OK(err)
	if v.Proposal.Price() != euros(550) || v.Proposal.EditedAt == nil || len(v.Plan) != 0 || v.Proposal.State != proposal.Submitted {
		t.Errorf("it reads %+v with the plan %+v", v.Proposal, v.Plan)
	}
	if len(v.Files) != 1 || v.Files[0].Name != "second.txt" {
		t.Errorf("with it come %+v", v.Files)
	}
}

func TestOnceReadAProposalStays(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	if err := proposal.Edit(t.Context(), m.DB, m.carl, id, offer("pear")); !errors.Is(err, proposal.ErrNotFreelancer) {
		t.Errorf("Carl: got %v", err)
	}
	cheap := offer("pear")
	cheap.Price = euros(1)
	if err := proposal.Edit(t.Context(), m.DB, m.ada, id, cheap); !slices.Equal(codes(err), []string{"price: below_floor"}) {
		t.Errorf("below the floor: got %v", err)
	}
	_, err := proposal.Open(t.Context(), m.DB, m.carl, id)
	m.OK(err)
	if err := proposal.Edit(t.Context(), m.DB, m.ada, id, offer("pear")); !errors.Is(err, proposal.ErrAlreadyRead) {
		t.Errorf("got %v", err)
	}
}

func TestEditingAgainstReadingShowsTheClientWhatStays(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	in := offer("pear")
	in.Price = euros(599)
	var seen proposal.View
	errs := together(
		func() error { return proposal.Edit(t.Context(), m.DB, m.ada, id, in) },
		func() (err error) { seen, err = proposal.Open(t.Context(), m.DB, m.carl, id); return err },
	)
	m.OK(errs[1])
	if errs[0] != nil && !errors.Is(errs[0], proposal.ErrAlreadyRead) {
		t.Errorf("editing: got %v", errs[0])
	}
	now, err := proposal.Open(t.Context(), m.DB, m.carl, id)
	m.OK(err)
	if seen.Proposal.Price() != now.Proposal.Price() {
		t.Errorf("Carl read %v, and it stays %v", seen.Proposal.Price(), now.Proposal.Price())
	}
}
