package app_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"freehold/internal/web/webtest"
)

// wrong is what is typed into every field of a form, be it for a text or a number.
var wrong = []struct{ what, text string }{
	{"nothing", ""},
	{"too much", strings.Repeat("far too much ", 20_000)},
	{"a script", `"><script>alert("` + strings.Repeat("x", 90) + `")</script>`},
}

// formsAreSentWrong sends each kind of form that somebody comes to, with what
// does not belong into it. It has to come back with all that was typed, and with
// what is the matter. What comes back is looked at like any other page.
func (d *demonstration) formsAreSentWrong() {
	d.Helper()
	sent := map[string]bool{}
	for _, w := range d.walks {
		for _, path := range slices.Sorted(maps.Keys(w.pages)) {
			for _, f := range w.pages[path].Forms() {
				route := d.route(f.Method, f.Action)
				kind := fmt.Sprint(route, slices.Sorted(maps.Keys(f.Values)))
				if sent[kind] || !f.Asks() {
					continue
				}
				sent[kind] = true
				for _, v := range wrong {
					w.sendWrong(route, f, v.what, v.text)
				}
			}
		}
	}
}

// sendWrong sends one form with the same in all fields.
func (w *walk) sendWrong(route string, f webtest.Form, what, text string) {
	w.demonstration.Helper()
	values := f.Flooded(text)
	var p webtest.Page
	switch {
	case f.Method == http.MethodPost:
		p = w.Post(f.Action, values)
	case what == "too much": // for an address
		return
	default:
		p = w.Get(f.Action + "?" + values.Encode())
	}
	said := fmt.Sprintf("%s %s, sent with %s by %s", f.Method, f.Action, what, w)
	if p.Status >= 500 {
		w.demonstration.Errorf("%s: %s", said, p)
	}
	if p.Status < 400 && f.Method == http.MethodPost {
		return // it was no mistake
	}
	if what != "too much" {
		w.keep(w.who, route+" with "+what, f.Action, p)
	}
	if p.Status >= 400 && !strings.Contains(p.Body, `role="alert"`) {
		w.demonstration.Errorf("%s: nothing says what is the matter: %.300s", said, p)
	}
	again := slices.IndexFunc(p.Forms(), func(g webtest.Form) bool { return g.Action == f.Action })
	if again < 0 {
		if len(f.Texts()) > 0 {
			w.demonstration.Errorf("%s: what was typed is lost: %.300s", said, p)
		}
		return
	}
	for _, field := range f.Texts() {
		if got := p.Forms()[again].Values.Get(field); got != values.Get(field) {
			w.demonstration.Errorf("%s: in %s stands %.80q, not %.80q", said, field, got, values.Get(field))
		}
	}
}
