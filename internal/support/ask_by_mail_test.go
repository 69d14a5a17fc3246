package support_test

import (
	"context"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/postbox"
	"freehold/internal/support"
)

// box is where the last mail to an address can be answered.
func (d *desk) box(address string) (box string) {
	d.Helper()
	d.View(func(ctx context.Context, tx *db.Tx) error {
		all, err := mail.Outbox(ctx, tx, 0, 50)
		for _, m := range all {
			if m.To == address && m.Body.Box != "" {
				box = m.Body.Box
				break
			}
		}
		return err
	})
	if box == "" {
		d.Fatalf("no mail to %s can be answered", address)
	}
	return box
}

func (d *desk) mails(box string, m postbox.Mail) error {
	d.Helper()
	return support.AskByMail(d.Context(), d.DB, box, m)
}

func TestTheAskerWritesOnByMail(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	id := d.asks(d.eve)
	d.answers(d.sue, id, reply)
	box := d.box(d.eve.Email)
	m := postbox.Mail{ID: "1@example.org", Words: "It is not there.", Attached: []string{"page.png"}}
	for range 2 { // the mail server had not heard our yes
		d.OK(d.mails(box, m))
	}
	v := d.shows(d.eve, id)
	if v.State != support.Open || len(v.Letters) != 3 {
		t.Fatalf("it is %s, with %d letters", v.State, len(v.Letters))
	}
	if last := v.Letters[2]; last.Kind != support.Question || last.Author == nil || *last.Author != d.eve.ID ||
		!strings.HasPrefix(last.Words, "It is not there.\n") || !strings.Contains(last.Words, "page.png") {
		t.Errorf("the letter is %+v", last)
	}
	d.OK(d.mails(box, postbox.Mail{ID: "2@example.org", Words: "I am away until Monday.", Auto: true}))
	if v := d.shows(d.eve, id); len(v.Letters) != 3 {
		t.Error("a machine’s letter counts")
	}
	d.OK(d.mails(box, postbox.Mail{ID: "4@example.org", Words: "As you wrote:\nhttps://example.org/talk/ABCDEFGHIJKLMNOPQRSTUVWXYZ\nby " + box + "@example.org"}))
	if words := d.shows(d.sue, id).Letters[3].Words; strings.Contains(words, box) || strings.Contains(words, "ABCDEFG") {
		t.Errorf("the staff reads what opens the case: %q", words)
	}
	refusedWith(t, "nothing written", d.mails(box, postbox.Mail{ID: "3@example.org"}), support.ErrWords)
	refusedWith(t, "an address made up", d.mails("case-aaaa", m), support.ErrNoBox)
}

func TestWhoeverHasNoAccountWritesOnByMail(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	q := question()
	q.Name, q.Email = "Ines", "ines@example.org"
	o, err := support.OpenCase(t.Context(), d.DB, account.Actor{}, q)
	d.OK(err)
	d.OK(d.mails(d.box("ines@example.org"), postbox.Mail{Words: "And when?"}))
	if v := d.shows(d.sue, o.ID); len(v.Letters) != 2 || v.Letters[1].Words != "And when?" || v.Letters[1].Author != nil {
		t.Errorf("the case is %+v", v.Letters)
	}
}

func TestAMailReopensACaseUntilItIsTooOld(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	id := d.asks(d.eve)
	d.answers(d.sue, id, reply)
	box := d.box(d.eve.Email)
	d.OK(support.Close(t.Context(), d.DB, support.Reader{Actor: d.eve}, id))
	d.OK(d.mails(box, postbox.Mail{ID: "1@example.org", Words: "Sorry, it is not."}))
	if v := d.shows(d.eve, id); v.State != support.Open {
		t.Errorf("it is %s", v.State)
	}
	d.answers(d.sue, id, "Look at the second page of that list, please: it is the one from May.")
	d.OK(support.Close(t.Context(), d.DB, support.Reader{Actor: d.eve}, id))
	d.Clock.Advance(61 * day)
	late := postbox.Mail{ID: "2@example.org", Words: "Now I see."}
	for range 2 {
		refusedWith(t, "after 61 days", d.mails(box, late), support.ErrOldCase)
	}
	if v := d.shows(d.eve, id); v.State != support.Closed {
		t.Errorf("it is %s", v.State)
	}
}
