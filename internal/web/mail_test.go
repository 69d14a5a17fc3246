package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/riverqueue/river"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/web"
	"freehold/internal/web/webtest"
)

// mailed sends somebody a notice and writes the mail about it.
func mailed(s *webtest.Site, reader account.Actor) mail.Mail {
	s.Helper()
	tell(s, reader, 1, say.That("%s wrote to you about “%s”. Answer soon.", "Carl", "A logo"))
	notices, err := notify.List(s.Context(), s.DB, reader, 0, 1)
	s.OK(err)
	s.OK((&notify.MailNoticeWorker{DB: s.DB}).Work(s.Context(), &river.Job[notify.MailNotice]{Args: notify.MailNotice{Notice: notices[0].ID}}))
	return letters(s)[0]
}

// muted reports whether somebody gets no more mail about messages.
func muted(s *webtest.Site, reader account.Actor) (kinds []string) {
	s.Helper()
	s.View(func(ctx context.Context, tx *db.Tx) (err error) {
		kinds, err = notify.Muted(ctx, tx, reader.ID)
		return err
	})
	return kinds
}

func TestAMailIsStoppedFromItsOwnLinkWithoutSigningIn(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	ada := s.Person("Ada", nothing)
	off := mailed(s, ada).Body.Off
	b := s.Stranger()

	if p := b.Get(off); !p.Says("Stop mail like this?") || !p.Says("“Somebody writes to me”") || p.Says("Ada") {
		t.Error(p)
	}
	if got := muted(s, ada); len(got) != 0 {
		t.Errorf("looking at the page was enough: %v", got)
	}
	if p := b.Post(off, nil); !p.Says("No more mail like this") {
		t.Error(p)
	}
	if got := muted(s, ada); len(got) != 1 || got[0] != "message" {
		t.Errorf("muted: %v", got)
	}
	again := b.Get(off).Forms()[0]
	if p := b.Post(again.Action, again.Values); !p.Says("Stop mail like this?") || len(muted(s, ada)) != 0 {
		t.Errorf("it cannot be taken back: %s", p)
	}
	for _, cut := range []string{"/unsubscribe/x", off[:len(off)-1]} {
		if p := b.Get(cut); p.Status != http.StatusNotFound || !p.Says("nothing was changed") {
			t.Errorf("%s: %s", cut, p)
		}
	}
}

// RFC 8058: the mail provider's machine sends one POST, with no cookie, no
// origin and no patience for redirects.
func TestAMailProgramStopsMailWithOneClick(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	const boundary = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"
	for kind, body := range map[string]string{"application/x-www-form-urlencoded": "List-Unsubscribe=One-Click", "multipart/form-data; boundary=x": boundary} {
		ada := s.Person("Ada "+kind[:5], nothing)
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, mailed(s, ada).Body.Off, strings.NewReader(body))
		r.Header.Set("Content-Type", kind)
		w := httptest.NewRecorder()
		s.Server.Handler().ServeHTTP(w, r)
		if got := muted(s, ada); w.Code != http.StatusOK || len(got) != 1 {
			t.Errorf("%s: %d, muted %v", kind, w.Code, got)
		}
	}
}

func TestWhoseMailDoesNotArriveIsToldInTheirSettings(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	ada := s.Person("Ada", nothing)
	b := s.As(ada)
	m := mailed(s, ada)
	s.Do(`UPDATE mail.outbox SET failure = '550 5.1.1 no such mailbox', given_up_at = queued_at WHERE id = $1`, m.ID)
	for _, path := range []string{"/settings", "/settings/mail"} {
		if p := b.Get(path); !p.Says("Our mail does not reach you") || !p.Says("550 5.1.1 no such mailbox") || !p.Says("“Carl wrote to you about “A logo””") {
			t.Errorf("%s: %s", path, p)
		}
	}
	mailed(s, ada)
	s.Do(`UPDATE mail.outbox SET sent_at = queued_at, body = '{}' WHERE id > $1`, m.ID)
	for _, path := range []string{"/settings", "/settings/mail"} {
		if p := b.Get(path); p.Says("does not reach you") {
			t.Errorf("what arrives does not count: %s", p)
		}
	}
}

func TestTheMailOfADemonstrationIsThereToRead(t *testing.T) {
	t.Parallel()
	s := webtest.New(t, webtest.Demo())
	b := s.Stranger()
	if p := b.Get("/demo/mail"); !p.Says("No mail has been written yet") {
		t.Error(p)
	}
	b.Post("/sign-up", ada())
	if p := b.Get("/demo/mail"); !p.Says("Confirm your address for Freehold") || !p.Says("From Freehold to Ada <ada@example.org>") || !strings.Contains(p.Body, `href="/demo/mail/1"`) {
		t.Error(p)
	}
	link := s.URL + letters(s)[0].Body.Link
	p := b.Get("/demo/mail/1")
	if !p.Says("Ada <ada@example.org>") || !strings.Contains(p.Body, link) || !strings.Contains(p.Body, `src="/demo/mail/1/letter"`) {
		t.Error(p)
	}
	if csp := p.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-src 'self'") || !strings.Contains(csp, "style-src 'self'") {
		t.Errorf("the page: %s", csp)
	}
	p = b.Get("/demo/mail/1/letter")
	for _, want := range []string{`<base target="_top">`, `href="` + link + `"`, "Confirm my address", "Sandbox: no real money"} {
		if !strings.Contains(p.Body, want) {
			t.Errorf("the letter has no %s: %s", want, p.Body)
		}
	}
	if csp := p.Header.Get("Content-Security-Policy"); csp != "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation" {
		t.Errorf("the letter: %s", csp)
	}
	s.Do(`UPDATE mail.outbox SET sent_at = queued_at, body = '{}'`)
	if p := b.Get("/demo/mail/1"); !p.Says("nothing is kept of what it said") || strings.Contains(p.Body, link) {
		t.Error(p)
	}
}

func TestMailIsNobodysToReadInARealMarket(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	mailed(s, s.Person("Ada", nothing))
	for _, path := range []string{"/demo/mail", "/demo/mail/1", "/demo/mail/1/letter"} {
		if p := s.Stranger().Get(path); p.Status != http.StatusNotFound {
			t.Errorf("%s: %s", path, p)
		}
	}
}

var colour = regexp.MustCompile(`--(paper|card|ink|quiet|line|brand|on-brand|brand-soft|gold|gold-soft): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)`)

func TestMailHasTheColoursOfThePages(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	css, err := os.ReadFile("static/freehold.css")
	s.OK(err)
	m := mailed(s, s.Person("Ada", nothing))
	m.Body.Quote, m.Body.Note = "Good morning.", say.That("It is your turn.")
	l, err := m.From(web.MailSite(s.URL, s.Rails))
	s.OK(err)
	_, dark, _ := strings.Cut(l.HTML, "prefers-color-scheme:dark")
	dark, elements, _ := strings.Cut(dark, "</style>")
	found := colour.FindAllStringSubmatch(string(css), -1)
	for _, c := range found {
		if !strings.Contains(elements, c[2]) {
			t.Errorf("--%s is %s in light, and no mail has it", c[1], c[2])
		}
		if !strings.Contains(dark, c[3]) {
			t.Errorf("--%s is %s in dark, and no mail has it", c[1], c[3])
		}
	}
	if len(found) != 10 {
		t.Errorf("%d colours were found in the stylesheet: %v", len(found), found)
	}
}
