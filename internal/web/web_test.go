package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"freehold/internal/web/webtest"
)

func num[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }

func TestAFormFromAnotherSiteIsRefused(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	b := s.As(s.Person("Carl", nothing))

	r := b.Request(http.MethodPost, "/settings", "application/x-www-form-urlencoded", strings.NewReader("name=Mallory&client=yes"))
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if p := b.Do(r); p.Status != http.StatusForbidden || !p.Says("we did nothing") {
		t.Error(p)
	}
	if p := b.Get("/settings"); p.Says("Mallory") {
		t.Error("it was done all the same")
	}
}

func TestWhatIsNoTextIsRefused(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	b := s.Stranger()
	for _, body := range []string{"email=a%00b&password=x", "email=%ff%fe&password=x", "email=%zz"} {
		r := b.Request(http.MethodPost, "/sign-in", "application/x-www-form-urlencoded", strings.NewReader(body))
		if p := b.Do(r); p.Status != http.StatusUnprocessableEntity || !p.Says("Nothing was changed") {
			t.Errorf("%s: %s", body, p)
		}
	}
}

func TestAStrangerCannotSendEndlessForms(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	p := s.Stranger().Post("/sign-in", url.Values{"email": {strings.Repeat("a", 2<<20)}})
	if p.Status != http.StatusUnprocessableEntity || !p.Says("too large") {
		t.Error(p.Status)
	}
}

func TestEveryPageForbidsForeignScriptsAndFrames(t *testing.T) {
	t.Parallel()
	h := webtest.New(t).Stranger().Get("/").Header
	if c := h.Get("Content-Security-Policy"); !strings.Contains(c, "script-src 'self'") || !strings.Contains(c, "frame-ancestors 'none'") {
		t.Errorf("policy: %q", c)
	}
	if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") != "no-store" {
		t.Errorf("headers: %v", h)
	}
}

func TestAPathThatLeadsNowhereSaysSo(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	for _, path := range []string{"/nowhere", "/posts/0", "/posts/99999999999999999999", "/people/abc", "/demo", "/demo/mail"} {
		if p := s.Stranger().Get(path); p.Status != http.StatusNotFound || !p.Says("Nothing here") {
			t.Errorf("%s: %s", path, p)
		}
	}
}
