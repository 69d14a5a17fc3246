package web_test

import (
	"archive/zip"
	"net/http"
	"strings"
	"testing"

	"freehold/internal/web/webtest"
)

func TestEverythingIsDownloadedByWhomItBelongsTo(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	carl := s.As(s.Person("Carl", nothing))
	if p := carl.Get("/settings/export"); !p.Says("Download everything") {
		t.Error(p)
	}
	p := carl.Post("/settings/export", nil)
	if p.Status != http.StatusOK || p.Header.Get("Content-Type") != "application/zip" ||
		!strings.HasPrefix(p.Header.Get("Content-Disposition"), "attachment; filename=freehold-") || p.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v", p.Status, p.Header)
	}
	z, err := zip.NewReader(strings.NewReader(p.Body), int64(len(p.Body)))
	s.OK(err)
	if _, err := z.Open("index.html"); err != nil {
		t.Error(err)
	}
	if p := carl.Get("/notices"); !p.Says("took a copy of everything") {
		t.Errorf("Carl is not told: %s", p)
	}
	if p := s.Stranger().Post("/settings/export", nil); !strings.HasPrefix(p.Path, "/sign-in") {
		t.Errorf("a stranger: %s", p)
	}
}
