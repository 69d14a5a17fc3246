package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"freehold/internal/kit/db/dbtest"
	"freehold/internal/web/webtest"
)

func TestInADemonstrationAVisitorCanBeAnybody(t *testing.T) {
	t.Parallel()
	s := webtest.New(t, webtest.Demo("Carl", "Ada"))
	s.Person("Carl", nothing)
	s.Person("Ada", nothing)
	s.Person("Eve", nothing)
	b := s.Stranger()

	for _, path := range []string{"/", "/sign-in", "/demo"} {
		if p := b.Get(path); !p.Says("Be Carl") || !p.Says("Be Ada") {
			t.Errorf("%s: %s", path, p)
		}
	}
	if p := b.Post("/demo/sign-in", url.Values{"email": {"ada@demo.test"}}); p.Path != "/" || !p.Says("Hello, Ada") {
		t.Error(p)
	}
	if p := b.Post("/demo/sign-in", url.Values{"email": {"eve@demo.test"}}); p.Status != http.StatusNotFound {
		t.Errorf("Eve is nobody to be: %s", p)
	}
}

func TestNobodyIsToBeHadInARealMarket(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	s.Person("Carl", nothing)
	for _, path := range []string{"/demo/sign-in", "/demo/clock"} {
		if p := s.Stranger().Post(path, url.Values{"email": {"carl@demo.test"}, "advance": {"1h"}}); p.Status != http.StatusNotFound {
			t.Errorf("%s: %s", path, p)
		}
	}
}

func TestTheClockIsMovedByAButton(t *testing.T) {
	t.Parallel()
	s := webtest.New(t, webtest.Demo())
	b := s.Stranger()

	if p := b.Post("/demo/clock", url.Values{"advance": {"168h"}}); p.Status != http.StatusOK || !p.Says("8 Jan 2030, 12:00 UTC") {
		t.Error(p)
	}
	if p := b.Post("/demo/clock", url.Values{"advance": {"a while"}}); p.Status != http.StatusUnprocessableEntity || p.Fault("advance") == "" {
		t.Error(p)
	}
	if got := s.Clock.Now(); !got.Equal(dbtest.Noon.Add(168 * time.Hour)) {
		t.Errorf("it is %v", got)
	}
}
