package web_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/markettest"
	"freehold/internal/web/webtest"
)

// answer is what the server says to one request, before any browser follows it.
func answer(s *webtest.Site, method, path, cookie string, form url.Values) *http.Response {
	s.Helper()
	r := httptest.NewRequestWithContext(s.Context(), method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if cookie != "" {
		r.Header.Set("Cookie", cookie)
	}
	w := httptest.NewRecorder()
	s.Server.Handler().ServeHTTP(w, r)
	return w.Result()
}

// cookieOf signs somebody in and returns the cookie that says so.
func cookieOf(s *webtest.Site, by account.Actor) string {
	s.Helper()
	for _, c := range answer(s, http.MethodPost, "/sign-in", "", url.Values{"email": {by.Email}, "password": {markettest.Password}}).Cookies() {
		if strings.HasSuffix(c.Name, "session") {
			return c.Name + "=" + c.Value
		}
	}
	s.Fatalf("%s got no cookie", by.Name)
	return ""
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	t.Parallel()
	m := busy(t)
	m.Server.Secure = true
	routes := m.Server.Routes()
	for _, cookie := range []string{"", cookieOf(m.Site, m.ada), "__Host-freehold_session=made-up", "__Host-freehold_session=\xff; __Host-freehold_flash=%%%"} {
		for _, r := range routes {
			if r.Path == "/sign-out" {
				continue
			}
			path := wildcard.ReplaceAllString(r.Path, "1")
			got := answer(m.Site, r.Method, path, cookie, nil)
			h := got.Header
			if !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") || h.Get("X-Content-Type-Options") != "nosniff" ||
				h.Get("Referrer-Policy") != "same-origin" || h.Get("Strict-Transport-Security") == "" {
				t.Errorf("%s %s is unguarded: %v", r.Method, path, h)
			}
			if strings.HasPrefix(h.Get("Content-Type"), "text/html") && got.StatusCode != http.StatusSeeOther && h.Get("Cache-Control") != "no-store" {
				t.Errorf("%s %s may be kept: %v", r.Method, path, h)
			}
			for _, c := range got.Cookies() {
				if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || !strings.HasPrefix(c.Name, "__Host-") {
					t.Errorf("%s %s hands out %s", r.Method, path, c)
				}
			}
		}
	}
}

// elsewhere are addresses that browsers, at one time or another, have taken for
// those of another site.
var elsewhere = []string{
	"https://evil.example/", "//evil.example", "///evil.example", `/\evil.example`, `\/evil.example`, `\\evil.example`, "/\t/evil.example",
	"/\n/evil.example", "\t//evil.example", " //evil.example", "/.//evil.example", "/..//evil.example", "/x/..//evil.example", "/./\\evil.example",
	"http:evil.example", "http:/evil.example", "javascript:alert(1)", "data:text/html,x", "evil.example", "@evil.example", "//user@evil.example",
	"/%2f%2fevil.example", "/%5cevil.example", "/%09/evil.example", "?//evil.example", "#//evil.example", "\x00//evil.example",
	"/\r\nSet-Cookie: a=b", "//[::1", "/%", "\xff//evil.example", "//evil.example%2f@localhost", "http://example.com.evil.example/",
}

func TestNobodyIsLedElsewhere(t *testing.T) {
	t.Parallel()
	m := busy(t)
	cookie := cookieOf(m.Site, m.carl)
	for _, to := range elsewhere {
		in := url.Values{"email": {m.carl.Email}, "password": {markettest.Password}, "then": {to}}
		for what, got := range map[string]*http.Response{
			"signing in":             answer(m.Site, http.MethodPost, "/sign-in", "", in),
			"being signed in":        answer(m.Site, http.MethodGet, "/sign-in?then="+url.QueryEscape(to), cookie, nil),
			"being somebody":         answer(m.Site, http.MethodPost, "/demo/sign-in", "", in),
			"a button on a proposal": answer(m.Site, http.MethodPost, "/proposals/2/shortlist", cookie, in),
		} {
			staysHere(t, what+" with "+to, got)
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/settings", nil)
		r.Header.Set("Referer", to)
		w := httptest.NewRecorder()
		m.Server.Handler().ServeHTTP(w, r)
		at := staysHere(t, "coming from "+to, w.Result())
		if then := at.Query().Get("then"); then == "" {
			t.Errorf("coming from %q, one is led to %s", to, at)
		} else if u, err := url.Parse(then); err != nil || u.Host != "" || !strings.HasPrefix(then, "/") {
			t.Errorf("coming from %q, one is led to %s after that", to, then)
		}
	}
}

// staysHere reads where a browser is led, as browsers do.
func staysHere(t *testing.T, what string, got *http.Response) *url.URL {
	t.Helper()
	location := strings.Map(func(r rune) rune {
		switch r {
		case '\t', '\r', '\n':
			return -1
		case '\\':
			return '/'
		}
		return r
	}, got.Header.Get("Location"))
	at, err := url.Parse(location)
	if err != nil {
		t.Fatalf("%q: %v", what, err)
	}
	if got.StatusCode == http.StatusSeeOther && (!strings.HasPrefix(location, "/") || strings.HasPrefix(location, "//") || got.Header.Get("Set-Cookie") == "a=b") {
		t.Errorf("%q leads to %q", what, location)
	}
	return at
}

func TestASessionIsNeverOneThatWasThereBefore(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	carl := s.Person("Carl", nothing)
	in := url.Values{"email": {carl.Email}, "password": {markettest.Password}}
	planted := "freehold_session=AAAAAAAAAAAAAAAAAAAAAAAAAA"
	given := map[string]bool{planted: true}
	for range 3 {
		for _, c := range answer(s, http.MethodPost, "/sign-in", planted, in).Cookies() {
			if at := c.Name + "=" + c.Value; c.Value != "" && given[at] {
				t.Errorf("%s is given out again", at)
			} else {
				given[at] = true
			}
		}
	}
	if got := answer(s, http.MethodGet, "/settings", planted, nil); got.StatusCode != http.StatusSeeOther {
		t.Errorf("what was planted opens the settings: %d", got.StatusCode)
	}
}

func TestSigningOutEndsTheSessionAndNotOnlyItsCookie(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	cookie := cookieOf(s, s.Person("Carl", nothing))
	answer(s, http.MethodPost, "/sign-out", cookie, nil)
	if got := answer(s, http.MethodGet, "/settings", cookie, nil); got.StatusCode != http.StatusSeeOther {
		t.Errorf("the cookie still opens the settings: %d", got.StatusCode)
	}
}

// The address of the page for a new password is anybody's to write. What is
// typed there must go nowhere else.
func TestAMadeUpLinkLeadsItsFormNowhereElse(t *testing.T) {
	t.Parallel()
	b := webtest.New(t).Stranger()
	for _, page := range []string{"/reset/", "/confirm/"} {
		for _, secret := range []string{"..%2F..%2Ftalk", "%2F%2Fevil.example", "x%3Fthen=y", "%22%3E%3Cscript%3E", "%ff"} {
			for _, f := range b.Get(page + secret).Forms() {
				if action, err := url.Parse(f.Action); strings.HasPrefix(f.Action, page) && (err != nil || action.EscapedPath() != f.Action || strings.Count(action.EscapedPath(), "/") != 2) {
					t.Errorf("%s%s leads to %s", page, secret, f.Action)
				}
			}
		}
	}
}

// With the database broken, everything fails that can, and is logged.
func TestNothingSecretIsLogged(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := webtest.New(t, func(s *webtest.Site) {
		s.Server.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	carl := s.Person("Carl", nothing)
	cookie := cookieOf(s, carl)
	s.Do(`ALTER TABLE account.links RENAME TO broken`)
	s.Do(`ALTER TABLE account.people RENAME COLUMN password_hash TO broken`)
	s.Do(`ALTER TABLE account.sessions RENAME COLUMN opened_at TO broken`)

	const typed, mailed = "a password nobody should read", "MAILEDSECRET"
	form := url.Values{"kind": {"client"}, "name": {"Ines"}, "email": {"ines@example.org"}, "password": {typed}, "new_password": {typed}, "again": {typed}}
	failed := 0
	for _, path := range []string{"/sign-up", "/sign-in", "/reset", "/settings/password", "/confirm/" + mailed, "/reset/" + mailed} {
		for _, who := range []string{"", cookie} {
			if got := answer(s, http.MethodPost, path, who, form); got.StatusCode == http.StatusInternalServerError {
				failed++
			}
		}
	}
	if failed < 8 || !strings.Contains(log.String(), "accident") {
		t.Errorf("only %d requests failed: %s", failed, log.String())
	}
	_, secret, _ := strings.Cut(cookie, "=")
	for _, word := range []string{typed, mailed, secret, "ines@example.org"} {
		if strings.Contains(log.String(), word) {
			t.Errorf("%q is in the log: %s", word, log.String())
		}
	}
	s.Do(`ALTER TABLE account.people RENAME COLUMN broken TO password_hash`) // a promise reads it
}
