package message_test

import (
	"errors"
	"testing"

	"freehold/internal/message"
)

func TestAConversationIsReadInPages(t *testing.T) {
	t.Parallel()
	m, id := talking(t)
	var sent []message.ID
	for _, text := range []string{"One", "Two", "Three"} {
		sent = append(sent, m.send(m.carl, id, text))
	}
	page, err := message.Show(t.Context(), m.DB, m.ada, id, 0, 2)
	m.OK(err)
	if len(page.Messages) != 2 || page.Messages[0].ID != sent[2] || page.Messages[1].ID != sent[1] {
		t.Errorf("the first page has %+v", page.Messages)
	}
	page, err = message.Show(t.Context(), m.DB, m.ada, id, sent[1], 2)
	m.OK(err)
	if len(page.Messages) != 1 || page.Messages[0].Text != "One" {
		t.Errorf("the second page has %+v", page.Messages)
	}
	if m.unread(m.ada) != 3 {
		t.Errorf("looking alone left %d unread", m.unread(m.ada))
	}
}

func TestReadingMarksAsFarAsWasShown(t *testing.T) {
	t.Parallel()
	m, id := talking(t)
	first := m.send(m.carl, id, "One")
	m.send(m.ada, id, "And one from me")
	last := m.send(m.carl, id, "Two")

	m.OK(message.Read(t.Context(), m.DB, m.ada, id, first))
	if n := m.notices(m.ada); m.unread(m.ada) != 1 || n[0].ReadAt != nil {
		t.Errorf("%d are unread, and the notice was read at %v", m.unread(m.ada), n[0].ReadAt)
	}
	m.OK(message.Read(t.Context(), m.DB, m.ada, id, last+1000)) // no further than there is
	m.OK(message.Read(t.Context(), m.DB, m.ada, id, first))     // never back
	page, err := message.Show(t.Context(), m.DB, m.ada, id, 0, 10)
	m.OK(err)
	if page.Seen != last || m.unread(m.ada) != 0 {
		t.Errorf("she has seen up to %d, and %d are unread", page.Seen, m.unread(m.ada))
	}
	m.send(m.carl, id, "Three")
	if m.unread(m.ada) != 1 || m.unread(m.carl) != 1 {
		t.Errorf("unread are %d and %d", m.unread(m.ada), m.unread(m.carl))
	}
}

func TestReadingAgainstSendingLosesNoMessage(t *testing.T) {
	t.Parallel()
	m, id := talking(t)
	first := m.send(m.carl, id, "One")
	send := func() error {
		_, err := message.Send(t.Context(), m.DB, m.carl, id, message.Input{Text: "More"})
		return err
	}
	read := func() error { return message.Read(t.Context(), m.DB, m.ada, id, first) }
	m.OK(errors.Join(together(send, read, send, read)...))
	if n := m.unread(m.ada); n != 2 {
		t.Errorf("%d are unread", n)
	}
	unread := 0
	for _, n := range m.notices(m.ada) {
		if n.ReadAt == nil {
			unread++
		}
	}
	if unread != 1 {
		t.Errorf("%d notices would be mailed", unread)
	}
}
