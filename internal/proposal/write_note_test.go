package proposal_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"freehold/internal/proposal"
)

func TestANoteIsReadByTheClientAlone(t *testing.T) {
	t.Parallel()
	m := open(t)
	people := m.people(2)
	ada, eve := people[0], people[1]
	carl, id := m.carl, m.proposed(ada)
	ctx := context.Background()
	write := func(text string) error { return proposal.WriteNote(ctx, m.DB, carl, id, text) }
	note := func() string {
		v, err := proposal.Open(ctx, m.DB, carl, id)
		m.OK(err)
		l, err := proposal.List(ctx, m.DB, carl, m.post.ID)
		m.OK(err)
		if l.Items[0].Note != v.Note {
			t.Errorf("listed: %q, on the proposal: %q", l.Items[0].Note, v.Note)
		}
		return v.Note
	}
	m.OK(write("Knows kilns.\u202e"))
	m.OK(write("  Knows kilns. Ask about glazes.  "))
	if got := note(); got != "Knows kilns. Ask about glazes." {
		t.Errorf("noted: %q", got)
	}
	v, err := proposal.Open(ctx, m.DB, ada, id)
	m.OK(err)
	if v.Note != "" {
		t.Errorf("Ada reads %q", v.Note)
	}
	if err := write(strings.Repeat("é", 2001)); !errors.Is(err, proposal.ErrLongNote) {
		t.Errorf("too long: %v", err)
	}
	if err := proposal.WriteNote(ctx, m.DB, ada, id, "Take me."); !errors.Is(err, proposal.ErrNotClient) {
		t.Errorf("Ada writes: %v", err)
	}
	if err := proposal.WriteNote(ctx, m.DB, eve, id, "Hm."); !errors.Is(err, proposal.ErrNotFound) {
		t.Errorf("Eve writes: %v", err)
	}
	m.OK(proposal.Withdraw(ctx, m.DB, ada, id))
	m.OK(write(" "))
	if got := note(); got != "" {
		t.Errorf("taken away: %q", got)
	}
}
