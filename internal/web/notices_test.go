package web_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/web/webtest"
)

func tell(s *webtest.Site, reader account.Actor, n int, text say.Sentence) {
	s.Helper()
	s.OK(s.DB.Update(context.Background(), func(tx *db.Tx) error {
		for range n {
			if err := notify.Send(context.Background(), tx, notify.Notice{Reader: reader.ID, Kind: "message", Text: text, Link: "/wallet"}); err != nil {
				return err
			}
		}
		return nil
	}))
}

func TestNoticesAreListedPageByPageAndReadOneByOneOrAllAtOnce(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	ada, eve := s.Person("Ada", nothing), s.Person("Eve", nothing)
	b := s.As(ada)

	if p := b.Get("/notices"); !p.Says("Nothing has happened yet") {
		t.Error(p)
	}
	tell(s, ada, 21, say.That("Carl approved “%s”.", "<script>alert(1)</script>"))
	p := b.Get("/notices")
	if !p.Says("Carl approved “<script>alert(1)</script>”.") || strings.Contains(p.Body, "<script>") || !p.Says("Notices 21 unread") {
		t.Fatal(p)
	}
	var older, first string
	for _, link := range p.Links() {
		switch {
		case strings.HasPrefix(link, "/notices?before="):
			older = link
		case strings.HasPrefix(link, "/notices/") && first == "":
			first = link
		}
	}
	if p := b.Get(older); strings.Count(p.Body, "Carl approved") != 1 {
		t.Errorf("%s: %s", older, p)
	}
	if p := s.As(eve).Get(first); p.Status != http.StatusNotFound {
		t.Errorf("Eve reads it: %s", p)
	}
	if p := b.Get(first); p.Path != "/wallet" || !p.Says("Notices 20 unread") {
		t.Error(p)
	}
	if p := b.Post("/notices/read", nil); !p.Says("marked as read") || p.Says("unread") {
		t.Error(p)
	}
}

func TestMailIsChosenByKind(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	ada := s.Person("Ada", nothing)
	b := s.As(ada)

	if p := b.Get("/settings/mail"); strings.Count(p.Body, " checked") != len(notify.Kinds) {
		t.Errorf("not all are ticked: %s", p)
	}
	if p := b.Post("/settings/mail", url.Values{"mail": {"message", "payout"}}); !p.Says("Saved") || strings.Count(p.Body, " checked") != 2 {
		t.Error(p)
	}
	if p := b.Post("/settings/mail", url.Values{"mail": {"message"}}); strings.Count(p.Body, " checked") != 1 {
		t.Error(p)
	}
}

// kinds finds where the source sends a notice of a kind that is written there.
var kinds = regexp.MustCompile(`(?:\bKind: |\btell(?:Both)?\([^"\n]*)"([a-z_]+)"`)

// postings have kinds too, of another sort.
var postings = regexp.MustCompile(`ledger\.Posting\{[^}]*\}`)

func TestEveryKindOfNoticeCanBeChosen(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	found := 0
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f, "_test.go") || !strings.Contains(string(src), "notify.Notice{") && !strings.Contains(string(src), "tell") {
			continue
		}
		for _, m := range kinds.FindAllStringSubmatch(postings.ReplaceAllString(string(src), ""), -1) {
			found++
			if !slices.ContainsFunc(notify.Kinds, func(k notify.Kind) bool { return k.Name == m[1] }) {
				t.Errorf("%s sends %q, which nobody can choose", f, m[1])
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d kinds were found", found)
	}
}
