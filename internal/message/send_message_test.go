package message_test

import (
	"context"
	"errors"
	"testing"

	"freehold/internal/file"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/message"
	"freehold/internal/notify"
	"freehold/internal/proposal"
)

func TestAMessageReachesTheOther(t *testing.T) {
	t.Parallel()
	m, id := talking(t)
	sketch := m.upload(m.carl, "crate.txt")
	sent, err := message.Send(t.Context(), m.DB, m.carl, id, message.Input{Text: " Can it be <b>round</b>? ", Files: []file.ID{sketch}})
	m.OK(err)

	page, err := message.Show(t.Context(), m.DB, m.ada, id, 0, 10)
	m.OK(err)
	if len(page.Messages) != 1 || page.Name != "Carl" || page.Title != "A logo for an orchard" || page.Seen != 0 {
		t.Fatalf("Ada sees %+v", page)
	}
	got := page.Messages[0]
	if got.Text != "Can it be <b>round</b>?" || got.Author != m.carl.ID || len(got.Files) != 1 || got.Files[0].Name != "crate.txt" {
		t.Errorf("Ada reads %+v", got)
	}
	if m.unread(m.ada) != 1 || m.unread(m.carl) != 0 {
		t.Errorf("unread are %d and %d", m.unread(m.ada), m.unread(m.carl))
	}
	if n := m.notices(m.ada); len(n) != 1 || n[0].Text.String() != "Carl wrote to you about “A logo for an orchard”." || n[0].Link != "/conversations/1" {
		t.Errorf("Ada's inbox has %+v", n)
	}
	eve := m.Person("Eve", money.Amount{})
	m.View(func(ctx context.Context, tx *db.Tx) error {
		ada, err1 := message.MayRead(ctx, tx, m.ada, sent)
		stranger, err2 := message.MayRead(ctx, tx, eve, sent)
		if !ada || stranger {
			t.Errorf("the file can be read by Ada: %v, by Eve: %v", ada, stranger)
		}
		return errors.Join(err1, err2)
	})
}

func TestAConversationIsForItsTwoOnly(t *testing.T) {
	t.Parallel()
	m, id := talking(t)
	eve := m.Person("Eve", money.Amount{})
	sent := m.send(m.carl, id, "Hello")
	if _, err := message.Send(t.Context(), m.DB, eve, id, message.Input{Text: "Me too!"}); !errors.Is(err, message.ErrNotFound) {
		t.Errorf("writing: got %v", err)
	}
	if _, err := message.Show(t.Context(), m.DB, eve, id, 0, 10); !errors.Is(err, message.ErrNotFound) {
		t.Errorf("reading: got %v", err)
	}
	if err := message.Read(t.Context(), m.DB, eve, id, sent); !errors.Is(err, message.ErrNotFound) {
		t.Errorf("marking: got %v", err)
	}
	if list, err := message.Mine(t.Context(), m.DB, eve, message.Place{}, 10); err != nil || len(list) != 0 {
		t.Errorf("her list has %+v, %v", list, err)
	}
	stolen := m.upload(m.carl, "plans.txt")
	if _, err := message.Send(t.Context(), m.DB, m.ada, id, message.Input{Files: []file.ID{stolen}}); !errors.Is(err, file.ErrNotLoose) {
		t.Errorf("somebody else's file: got %v", err)
	}
}

func TestTheyGoOnTalkingAfterEverythingEnded(t *testing.T) {
	t.Parallel()
	m, id := talking(t)
	m.OK(proposal.Decline(t.Context(), m.DB, m.carl, m.proposal, proposal.Reason{Code: "timing"}))
	m.send(m.ada, id, "Thank you for the answer. Next year?")
	m.Clock.Advance(400 * day)
	_, err := proposal.LapseDue(t.Context(), m.DB)
	m.OK(err)
	m.send(m.carl, id, "Next year it is.")
	if again, err := message.Open(t.Context(), m.DB, m.ada, m.proposal); err != nil || again != id {
		t.Errorf("got %d, %v", again, err)
	}
}

func TestManyMessagesGiveOneNotice(t *testing.T) {
	t.Parallel()
	m, id := talking(t)
	m.send(m.carl, id, "One.")
	m.send(m.carl, id, "Two.")
	last := m.send(m.carl, id, "Three.")
	if n := m.notices(m.ada); len(n) != 1 {
		t.Errorf("Ada was told %d times", len(n))
	}
	if n := m.count(`SELECT count(*) FROM river.river_job WHERE kind = 'mail_notice' AND args->>'only_unread' = 'true'`); n != 1 {
		t.Errorf("%d mails wait", n)
	}
	m.OK(message.Read(t.Context(), m.DB, m.ada, id, last))
	if n := m.notices(m.ada); n[0].ReadAt == nil {
		t.Error("Ada has read it all, and would still be mailed")
	}
	m.send(m.carl, id, "Four.")
	if n := m.notices(m.ada); len(n) != 2 {
		t.Errorf("Ada was told %d times", len(n))
	}
	m.OK(notify.MarkAllRead(t.Context(), m.DB, m.ada)) // but she did not come by
	m.send(m.carl, id, "Five.")
	if n := m.notices(m.ada); len(n) != 3 {
		t.Errorf("Ada was told %d times", len(n))
	}
}

func TestManyMessagesAtOnceGiveOneNotice(t *testing.T) {
	t.Parallel()
	m, id := talking(t)
	send := func() error {
		_, err := message.Send(t.Context(), m.DB, m.carl, id, message.Input{Text: "Hello?"})
		return err
	}
	m.OK(errors.Join(together(send, send, send, send)...))
	if n := m.notices(m.ada); len(n) != 1 || m.unread(m.ada) != 4 {
		t.Errorf("Ada was told %d times of %d", len(n), m.unread(m.ada))
	}
}

func TestNothingIsSentIfTheOtherCannotBeTold(t *testing.T) {
	t.Parallel()
	m, id := talking(t)
	m.Do(`ALTER TABLE river.river_job ADD CONSTRAINT planted CHECK (false) NOT VALID`)
	if _, err := message.Send(t.Context(), m.DB, m.carl, id, message.Input{Text: "Hello"}); err == nil {
		t.Fatal("sent without telling anybody")
	}
	if n := m.count(`SELECT count(*) FROM message.messages`); n != 0 || m.unread(m.ada) != 0 {
		t.Errorf("%d messages are left of it, %d unread", n, m.unread(m.ada))
	}
}
