package proposal_test

import (
	"errors"
	"testing"

	"freehold/internal/proposal"
)

func TestTheShortlistIsGoneOntoAndOff(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	m.OK(proposal.Shortlist(t.Context(), m.DB, m.carl, id))
	m.told(m.ada, "proposal_shortlisted", "on the shortlist")
	if err := proposal.Shortlist(t.Context(), m.DB, m.carl, id); !errors.Is(err, proposal.ErrAlreadyShortlisted) {
		t.Errorf("again: got %v", err)
	}
	m.OK(proposal.Unshortlist(t.Context(), m.DB, m.carl, id))
	if s := m.state(id); s != proposal.Read {
		t.Errorf("it is %s", s)
	}
	if err := proposal.Unshortlist(t.Context(), m.DB, m.carl, id); !errors.Is(err, proposal.ErrNotShortlisted) {
		t.Errorf("off again: got %v", err)
	}
}

func TestTheShortlistIsTheClients(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	if err := proposal.Shortlist(t.Context(), m.DB, m.ada, id); !errors.Is(err, proposal.ErrNotClient) {
		t.Errorf("Ada: got %v", err)
	}
	if err := proposal.Unshortlist(t.Context(), m.DB, m.people(1)[0], id); !errors.Is(err, proposal.ErrNotFound) {
		t.Errorf("a stranger: got %v", err)
	}
}
