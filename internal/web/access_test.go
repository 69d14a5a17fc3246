package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/web/webtest"
)

// public are the pages with a number that everybody may see.
var public = regexp.MustCompile(`^/(people/\d+(/invite|/reviews|/standing(\.json)?)?|posts/[12](/propose)?|transparency/\d+|wallet/statements/[A-Z]+/[\d-]+(/[a-z.]+)?)$`) // the last are of whoever reads them

// private reports whether a path names one thing that is not everybody's.
func private(path string) bool {
	path, _, _ = strings.Cut(path, "?")
	return strings.ContainsAny(path, "123456789") && !public.MatchString(path)
}

// Eve, and Grace of the staff, look at every page that Carl and Ada can see, and
// send every form on them.
func TestWhatIsBetweenTwoIsOutOfReachOfEverybodyElse(t *testing.T) {
	t.Parallel()
	m := busy(t)
	var theirs []*crawl
	for _, who := range []account.Actor{m.carl, m.ada} {
		c := &crawl{Browser: m.As(who), seen: map[string]bool{}, found: map[string]bool{}}
		for _, path := range []string{"/", "/my/posts", "/my/contracts", "/my/proposals", "/conversations", "/notices"} {
			c.visit(path)
		}
		theirs = append(theirs, c)
	}
	others := []*webtest.Browser{m.As(m.Person("Eve", nothing)), m.As(m.grace)}
	before := m.rows()

	for _, c := range theirs {
		for _, b := range others {
			for path := range c.seen {
				if p := b.Get(path); private(path) && p.Status != http.StatusNotFound {
					t.Errorf("%s is there to see: %s", path, p)
				}
			}
			for _, f := range c.forms {
				if !private(f.Action) {
					continue
				}
				if p := b.Post(f.Action, f.Filled("What is yours is mine.")); p.Status != http.StatusNotFound && p.Status != http.StatusForbidden {
					t.Errorf("%s is there to use: %s", f.Action, p)
				}
			}
		}
	}
	after := m.rows()
	for row := range before {
		if !after[row] {
			t.Errorf("it is not there any more: %.300s", row)
		}
	}
}

// rows is all that is written anywhere, but for what counts visits.
func (m market) rows() map[string]bool {
	m.Helper()
	all := map[string]bool{}
	m.View(func(ctx context.Context, tx *db.Tx) error {
		tables, err := db.Values[string](ctx, tx, `
			SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
			WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'river', 'limits') AND tablename <> 'sessions'`)
		if err != nil {
			return err
		}
		for _, table := range tables {
			rows, err := db.Values[string](ctx, tx, fmt.Sprintf(`SELECT t::text FROM %s t`, table))
			if err != nil {
				return err
			}
			for _, r := range rows {
				all[table+" "+r] = true
			}
		}
		return nil
	})
	return all
}

func TestAFormSaysOnlyWhatItAsksFor(t *testing.T) {
	t.Parallel()
	m := busy(t)
	eve := m.Person("Eve", nothing)
	b := m.As(eve)
	more := url.Values{
		"name": {"Eve"}, "client": {"yes"}, "freelancer": {"yes"}, "id": {num(m.carl.ID)}, "person": {num(m.carl.ID)}, "role": {"admin"}, "roles": {"admin"},
		"email": {"carl@demo.test"}, "confirmed": {"yes"}, "confirmed_at": {"2030-01-01"}, "password_hash": {"x"}, "state": {"open"}, "by": {num(m.carl.ID)},
		"title": {"A post of Carl’s?"}, "owner": {num(m.carl.ID)}, "floor_minor": {"1"}, "bond": {"0"}, "published_at": {"2030-01-01"}, "headline": {"Hello"},
	}
	for _, path := range []string{"/settings", "/my/profile", "/my/client-profile", "/posts/new"} {
		if p := b.Post(path, more); p.Status != http.StatusOK {
			t.Errorf("%s: %s", path, p)
		}
	}
	if p := b.Get("/staff"); p.Status != http.StatusForbidden {
		t.Errorf("Eve is of the staff: %s", p)
	}
	if p := b.Get("/settings"); p.Says("carl@demo.test") {
		t.Errorf("Eve has Carl’s address: %s", p)
	}
	if p := b.Get("/my/posts"); !p.Says("A post of Carl’s?") || m.Stranger().Get("/posts").Says("A post of Carl’s?") {
		t.Errorf("her draft is Carl’s, or published: %s", p)
	}
}
