package support_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/limits"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/support"
)

// staffed is a market with Sue of support, Grace who administers it, and Finn of
// finance, who does not answer letters.
func staffed(t *testing.T) *markettest.Market {
	t.Helper()
	m := markettest.New(t)
	for name, role := range map[string]account.Role{"Sue": account.Support, "Grace": account.Admin, "Finn": account.Finance} {
		m.OK(account.Grant(t.Context(), m.DB, account.System, m.Person(name, money.Amount{}).ID, role))
	}
	return m
}

func letter() support.Letter {
	return support.Letter{Name: "Eve", Email: "eve@example.org", Subject: "My invoice", Words: "Where is it?", From: account.Visitor{Address: "192.0.2.1"}}
}

func outbox(m *markettest.Market) map[string]mail.Mail {
	m.Helper()
	to := map[string]mail.Mail{}
	m.View(func(ctx context.Context, tx *db.Tx) error {
		all, err := mail.Outbox(ctx, tx, 0, 100)
		for _, each := range all {
			to[each.To] = each
		}
		return err
	})
	return to
}

func TestALetterReachesWhoeverAnswersAndACopyItsWriter(t *testing.T) {
	t.Parallel()
	m := staffed(t)
	m.OK(support.Write(t.Context(), m.DB, letter()))

	sent := outbox(m)
	if len(sent) != 3 {
		t.Errorf("%d mails: %v", len(sent), sent)
	}
	for _, to := range []string{"sue@demo.test", "grace@demo.test"} {
		if got := sent[to]; got.Subject != "Eve: My invoice" || !strings.Contains(got.Body.Says[0].String(), "Eve <eve@example.org>") || got.Body.Quote != "Where is it?" || got.Body.ReplyTo != "eve@example.org" {
			t.Errorf("%s reads %+v", to, got)
		}
	}
	if got := sent["eve@example.org"]; !strings.Contains(got.Body.Says[0].String(), "sent by a machine") || got.Body.Quote != "Where is it?" || got.Body.ReplyTo != "" {
		t.Errorf("Eve reads %+v", got)
	}
}

func TestALetterThatSaysTooLittleOrTooMuchIsNotSent(t *testing.T) {
	t.Parallel()
	m := staffed(t)
	for _, test := range []struct {
		spoil func(*support.Letter)
		want  error
	}{
		{func(l *support.Letter) { l.Name = " \n" }, support.ErrName},
		{func(l *support.Letter) { l.Name = strings.Repeat("e", 101) }, support.ErrName},
		{func(l *support.Letter) { l.Subject = "" }, support.ErrSubject},
		{func(l *support.Letter) { l.Email = "nowhere" }, account.ErrAddress},
		{func(l *support.Letter) { l.Words = "\u200b " }, support.ErrWords},
		{func(l *support.Letter) { l.Words = strings.Repeat("x", 10_001) }, support.ErrWords},
		{func(l *support.Letter) { l.Words = "\xff" }, support.ErrWords},
	} {
		l := letter()
		test.spoil(&l)
		if err := support.Write(t.Context(), m.DB, l); !errors.Is(err, test.want) {
			t.Errorf("%.60q: got %v, want %v", l, err, test.want)
		}
	}
	if sent := outbox(m); len(sent) != 0 {
		t.Errorf("sent %v", sent)
	}
}

func TestWhereNobodyAnswersTheWriterHearsSo(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	if err := support.Write(t.Context(), m.DB, letter()); !errors.Is(err, support.ErrNobody) {
		t.Errorf("got %v", err)
	}
	if sent := outbox(m); len(sent) != 0 {
		t.Errorf("sent %v", sent)
	}
}

func TestNobodyFloodsAMailboxWithLetters(t *testing.T) {
	t.Parallel()
	m := staffed(t)
	for range 5 {
		m.OK(support.Write(t.Context(), m.DB, letter()))
	}
	l := letter()
	l.From.Address = "192.0.2.2"
	if err := support.Write(t.Context(), m.DB, l); !errors.Is(err, limits.ErrTooMany) {
		t.Errorf("from elsewhere, to the same mailbox: got %v", err)
	}
}
