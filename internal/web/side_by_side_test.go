package web_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestProposalsStandSideBySide(t *testing.T) {
	t.Parallel()
	m := busy(t)
	carl := m.As(m.carl)
	if p := carl.Get("/posts/2/side-by-side"); p.Status != http.StatusOK || !p.Says("Put them side by side") || strings.Contains(p.Body, "<table class=\"beside\"") {
		t.Errorf("to choose from: %s", p)
	}
	if p := carl.Get("/posts/2/side-by-side?proposals=2"); p.Status != http.StatusOK || !p.Says("When could you begin?") || !strings.Contains(p.Body, "<table class=\"beside\"") {
		t.Errorf("one of them: %s", p)
	}
	if p := carl.Get("/posts/2/side-by-side?proposals=1"); p.Status != http.StatusNotFound {
		t.Errorf("one to another post: %s", p)
	}
	if p := carl.Get("/posts/2/side-by-side?proposals=1&proposals=2&proposals=3&proposals=4&proposals=5"); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Fault("proposals"), "up to 4") {
		t.Errorf("five: %s", p)
	}
	if p := m.As(m.grace).Get("/posts/2/side-by-side"); p.Status != http.StatusNotFound {
		t.Errorf("somebody else: %s", p)
	}
}
