package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"freehold/internal/web/webtest"
)

func TestStrangersReadWhatTheirBrowserAsksForUntilTheyChoose(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	b := s.Stranger()
	inMalay := func() bool {
		r := b.Request(http.MethodGet, "/fees", "", nil)
		r.Header.Set("Accept-Language", "ms-MY,en;q=0.5")
		return strings.Contains(b.Do(r).Body, `<html lang="ms"`)
	}
	if !inMalay() {
		t.Error("the browser's wish is not heard")
	}
	if p := b.Get("/fees"); !strings.Contains(p.Body, `<html lang="en"`) {
		t.Error("without a wish the page is not in English")
	}
	b.Post("/language", url.Values{"language": {"en"}})
	if inMalay() {
		t.Error("the browser's wish outweighs the choice")
	}
}

func TestMembersReadWhatTheyHaveChosenInEveryBrowser(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	ada := s.Person("Ada", nothing)
	b := s.As(ada)
	request := b.Request(http.MethodPost, "/language", "application/x-www-form-urlencoded", strings.NewReader("language=ms"))
	request.Header.Set("Referer", request.URL.Scheme+"://"+request.URL.Host+"/wallet")
	if p := b.Do(request); p.Path != "/wallet" || !strings.Contains(p.Body, `<html lang="ms"`) {
		t.Errorf("having chosen: %s", p)
	}
	if p := s.As(ada).Get("/fees"); !strings.Contains(p.Body, `<html lang="ms"`) {
		t.Error("another browser does not know")
	}
	if p := b.Post("/language", url.Values{"language": {"tlh"}}); p.Status != http.StatusUnprocessableEntity || !p.Says("Kami tidak mengenali bahasa itu.") {
		t.Errorf("an unknown language: %s", p)
	}
}

func TestWhoeverJoinsKeepsTheLanguageInWhichTheyCame(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	b := s.Stranger()
	b.Post("/language", url.Values{"language": {"ms"}})
	b.Post("/sign-up", url.Values{"name": {"Ada"}, "email": {"ada@example.org"}, "password": {"correct horse battery"}, "kind": {"freelancer"}})
	elsewhere := s.Stranger()
	if p := elsewhere.Post("/sign-in", url.Values{"email": {"ada@example.org"}, "password": {"correct horse battery"}}); !strings.Contains(p.Body, `<html lang="ms"`) {
		t.Errorf("signed in elsewhere: %s", p)
	}
}
