package message_test

import (
	"testing"
	"time"

	"freehold/internal/kit/money"
	"freehold/internal/message"
)

func TestTheNewestConversationStandsFirst(t *testing.T) {
	t.Parallel()
	m, logo := talking(t)
	bea := m.Person("Bea", money.Amount{})
	fence, err := message.Open(t.Context(), m.DB, m.carl, m.propose(bea, m.post("A fence")))
	m.OK(err)
	silent, err := message.Open(t.Context(), m.DB, m.carl, m.propose(m.ada, m.post("A well")))
	m.OK(err)
	m.send(m.carl, fence, "How high?")
	m.Clock.Advance(time.Minute)
	m.send(m.ada, logo, "Good morning")
	m.send(m.ada, logo, "Are you there?")

	list, err := message.Mine(t.Context(), m.DB, m.carl, message.Place{}, 10)
	m.OK(err)
	if len(list) != 2 {
		t.Fatalf("Carl's list has %+v; nothing was written in %d", list, silent)
	}
	if l := list[0]; l.ID != logo || l.Name != "Ada" || l.Title != "A logo for an orchard" || l.Snippet != "Are you there?" || l.Own || l.Unread != 2 {
		t.Errorf("first stands %+v", l)
	}
	if l := list[1]; l.ID != fence || l.Name != "Bea" || !l.Own || l.Unread != 0 {
		t.Errorf("second stands %+v", l)
	}
	rest, err := message.Mine(t.Context(), m.DB, m.carl, list[0].Place(), 10)
	m.OK(err)
	if len(rest) != 1 || rest[0].ID != fence {
		t.Errorf("after the first come %+v", rest)
	}
	if list, err := message.Mine(t.Context(), m.DB, m.ada, message.Place{}, 1); err != nil || len(list) != 1 || list[0].Name != "Carl" {
		t.Errorf("Ada's list has %+v, %v", list, err)
	}
}
