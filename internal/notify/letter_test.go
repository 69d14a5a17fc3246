package notify_test

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// Carl's title has all that could go wrong in a mail.
const title = "50 % off: “Löwe & Söhne” <b>GmbH</b> %s %d. A logo\u00a0…"

func TestEveryKindOfNoticeIsAMailThatReadsWell(t *testing.T) {
	t.Parallel()
	p := open(t)
	ada := p.person("Ada")
	site := mail.Site{URL: "https://freehold.example", Name: "Freehold"}
	for i, kind := range notify.Kinds {
		turn := []notify.Turn{{}, notify.Yours(due), notify.Theirs(due)}[i%3]
		p.update(func(ctx context.Context, tx *db.Tx) error {
			return notify.Send(ctx, tx, notify.Notice{Reader: ada.ID, Kind: kind.Name, Link: "/contracts/7", Turn: turn,
				Text: say.That("%s did something about “%s”, for %s. There are %d days until %s.", "Carl", title, money.Amount{Minor: 123450, Currency: "EUR"}, 30, due)})
		})
		p.work(notify.MailNotice{Notice: p.inbox(ada)[0].ID})
		m := p.mails()[0]
		l, err := m.From(site)
		p.ok(err)

		if want := "Carl did something about “" + strings.ReplaceAll(title, "\u00a0", " ") + "”, for €1,234.50"; l.Subject != want {
			t.Errorf("%s: the subject is %q", kind.Name, l.Subject)
		}
		for name, text := range map[string]string{"HTML": l.HTML, "plain text": l.Text} {
			for _, want := range []string{"https://freehold.example/contracts/7", kind.Leads.String(), kind.Words.String(),
				"https://freehold.example/settings/mail", "https://freehold.example/unsubscribe/", "1 Jan 2030, 20:00 +08", "31 Jan 2030"} {
				if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
					t.Errorf("%s: %s does not say %q:\n%s", kind.Name, name, want, text)
				}
			}
			if strings.Contains(text, "%!") || !utf8.ValidString(text) || strings.ContainsAny(text, "\ue000\ue001\x00") {
				t.Errorf("%s: %s is broken:\n%s", kind.Name, name, text)
			}
			if says := strings.Contains(text, "It is your turn, until 31 Jan 2030"); says != (i%3 == 1) {
				t.Errorf("%s: %s says that it is her turn: %v", kind.Name, name, says)
			}
			if says := strings.Contains(strings.Join(strings.Fields(text), " "), "It is the other side’s turn, until 31 Jan 2030"); says != (i%3 == 2) {
				t.Errorf("%s: %s says that it is another’s turn: %v", kind.Name, name, says)
			}
		}
		if marks := element.FindAllString(strings.ReplaceAll(l.Text, title, ""), -1); len(marks) > 0 && !strings.Contains(title, marks[0]) {
			t.Errorf("%s: HTML is in the plain text: %v", kind.Name, marks)
		}
		if strings.Contains(l.HTML, "<b>GmbH") {
			t.Errorf("%s: a title is taken for HTML", kind.Name)
		}
		if !strings.HasPrefix(l.Off, "https://freehold.example/unsubscribe/") || l.Thread != "/contracts/7" {
			t.Errorf("%s: head %q, %q", kind.Name, l.Off, l.Thread)
		}
	}
}

var element = regexp.MustCompile(`</?[a-z][^>]*>`)

func TestWhoeverHasAMailStopsMoreOfItsKind(t *testing.T) {
	t.Parallel()
	p := open(t)
	ada, eve := p.person("Ada"), p.person("Eve")
	secret := p.secretOf(ada, "message")

	kind, subscribed, err := notify.Subscribed(t.Context(), p.d, secret)
	p.ok(err)
	if kind.Name != "message" || !subscribed {
		t.Errorf("subscribed to %s: %v", kind.Name, subscribed)
	}
	for range 2 {
		p.ok(notify.Unsubscribe(t.Context(), p.d, secret))
	}
	if _, subscribed, err = notify.Subscribed(t.Context(), p.d, secret); err != nil || subscribed {
		t.Errorf("subscribed: %v, %v", subscribed, err)
	}
	before := len(p.mails())
	p.work(notify.MailNotice{Notice: p.tell(notify.Send, ada, "message").ID})
	if got := len(p.mails()); got != before {
		t.Error("she is mailed all the same")
	}
	p.work(notify.MailNotice{Notice: p.tell(notify.Send, ada, "payout").ID})
	p.work(notify.MailNotice{Notice: p.tell(notify.Send, eve, "message").ID})
	if got := len(p.mails()); got != before+2 {
		t.Errorf("%d mails of other kinds or to others, want 2", got-before)
	}

	p.ok(notify.Resubscribe(t.Context(), p.d, secret))
	p.work(notify.MailNotice{Notice: p.tell(notify.Send, ada, "message").ID})
	if got := len(p.mails()); got != before+3 {
		t.Error("she is not mailed again")
	}
}

func TestAMadeUpSecretStopsNothing(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.secretOf(p.person("Ada"), "message")
	for _, secret := range []string{"", "x", strings.Repeat("A", 26), "'; DROP TABLE notify.muted"} {
		_, _, err := notify.Subscribed(t.Context(), p.d, secret)
		for _, err := range []error{err, notify.Unsubscribe(t.Context(), p.d, secret), notify.Resubscribe(t.Context(), p.d, secret)} {
			if !errors.Is(err, notify.ErrSubscription) {
				t.Errorf("%q: got %v", secret, err)
			}
		}
	}
	p.update(func(ctx context.Context, tx *db.Tx) error {
		n, err := db.Value[int](ctx, tx, `SELECT count(*) FROM notify.muted`)
		if n != 0 {
			t.Errorf("%d kinds are muted", n)
		}
		return err
	})
}

// secretOf is what a mail about a notice of that kind ends with.
func (p post) secretOf(reader account.Actor, kind string) string {
	p.Helper()
	p.work(notify.MailNotice{Notice: p.tell(notify.Send, reader, kind).ID})
	secret, ok := strings.CutPrefix(p.mails()[0].Body.Off, "/unsubscribe/")
	if !ok || len(secret) < 26 {
		p.Fatalf("there is no secret in %q", p.mails()[0].Body.Off)
	}
	return secret
}
