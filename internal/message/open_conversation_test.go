package message_test

import (
	"errors"
	"testing"

	"freehold/internal/account"
	"freehold/internal/kit/money"
	"freehold/internal/message"
	"freehold/internal/proposal"
)

func TestEitherPartyOpensTheSameConversation(t *testing.T) {
	t.Parallel()
	m := proposed(t)
	a, err := message.Open(t.Context(), m.DB, m.ada, m.proposal)
	m.OK(err)
	b, err := message.Open(t.Context(), m.DB, m.carl, m.proposal)
	m.OK(err)
	if a != b {
		t.Errorf("they talk in %d and %d", a, b)
	}
	for name, by := range map[string]account.Actor{"a stranger": m.Person("Eve", money.Amount{}), "nobody": {}} {
		if _, err := message.Open(t.Context(), m.DB, by, m.proposal); !errors.Is(err, proposal.ErrNotFound) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := message.Open(t.Context(), m.DB, m.ada, 99); !errors.Is(err, proposal.ErrNotFound) {
		t.Errorf("about nothing: got %v", err)
	}
}

func TestOpeningTwiceAtOnceOpensOne(t *testing.T) {
	t.Parallel()
	m := proposed(t)
	open := func(by account.Actor) func() error {
		return func() error { _, err := message.Open(t.Context(), m.DB, by, m.proposal); return err }
	}
	m.OK(errors.Join(together(open(m.ada), open(m.carl), open(m.ada), open(m.carl))...))
	if n := m.count(`SELECT count(*) FROM message.conversations`); n != 1 {
		t.Errorf("there are %d conversations", n)
	}
	if n := m.count(`SELECT count(*) FROM message.read_marks`); n != 2 {
		t.Errorf("there are %d marks", n)
	}
}

func TestWhoWaitsCannotWriteYet(t *testing.T) {
	t.Parallel()
	m := proposed(t)
	m.Do(`UPDATE proposal.proposals SET state = 'waiting list', submitted_at = NULL`)
	if _, err := message.Open(t.Context(), m.DB, m.ada, m.proposal); !errors.Is(err, message.ErrNotYet) {
		t.Errorf("Ada: got %v", err)
	}
	if _, err := message.Open(t.Context(), m.DB, m.carl, m.proposal); !errors.Is(err, proposal.ErrNotFound) {
		t.Errorf("Carl: got %v", err)
	}
}
