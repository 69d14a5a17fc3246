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

// foundForm is one on a page that somebody came to.
type foundForm struct {
	webtest.Form
	*walk
	on    string // the address of the page
	route string
}

// forms are all that anybody comes to, one of each kind for each person.
func (d *demonstration) forms() (all []foundForm) {
	d.Helper()
	for _, w := range d.walks {
		known := map[string]bool{}
		for _, path := range slices.Sorted(maps.Keys(w.pages)) {
			for _, f := range w.pages[path].Forms() {
				route := d.route(f.Method, f.Action)
				if kind := fmt.Sprint(route, slices.Sorted(maps.Keys(f.Values))); route != "" && !known[kind] {
					known[kind] = true
					all = append(all, foundForm{f, w, path, route})
				}
			}
		}
	}
	return all
}

// formsAreSentWrong sends each kind of form with what does not belong into it. It
// has to come back with all that was typed, and with what is the matter. What
// comes back is looked at like any other page.
func (d *demonstration) formsAreSentWrong() {
	d.Helper()
	sent := map[string]bool{}
	for _, f := range d.forms() {
		kind := fmt.Sprint(f.route, slices.Sorted(maps.Keys(f.Values)))
		if sent[kind] || !f.Asks() {
			continue
		}
		sent[kind] = true
		for _, v := range wrong {
			f.sendWrong(v.what, v.text)
		}
	}
}

// actsAreDone presses every button beside which there is nothing to type. It
// comes last: afterwards little is as it was.
func (d *demonstration) actsAreDone() {
	d.Helper()
	all := d.forms()
	goodbye := func(f foundForm) bool { return f.route == "POST /sign-out" || strings.Contains(f.route, "/sessions/") }
	slices.SortStableFunc(all, func(a, b foundForm) int {
		switch {
		case goodbye(a) == goodbye(b):
			return 0
		case goodbye(a):
			return 1
		}
		return -1
	})
	for _, f := range all {
		if f.Method != http.MethodPost || f.Asks() {
			continue
		}
		if p := f.Post(f.Action, f.Values); p.Status >= 500 {
			d.Errorf("%s presses the button for %s: %s", f.walk, f.Action, p)
		}
	}
}

// sendWrong sends one form with the same in all fields.
func (f foundForm) sendWrong(what, text string) {
	w := f.walk
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
		w.keep(w.who, f.route+" with "+what, f.Action, p)
	}
	if p.Status >= 400 && !strings.Contains(p.Body, `role="alert"`) {
		w.demonstration.Errorf("%s: nothing says what is the matter: %.300s", said, p)
	}
	for _, r := range p.Refs() {
		if field, ok := strings.CutPrefix(r.To, "#"); ok && !p.Marks()[field] {
			w.demonstration.Errorf("%s: what is the matter with %s stands beside no field", said, field)
		}
	}
	again, there := f.in(p)
	if !there && len(f.Texts()) > 0 {
		if _, still := f.in(w.Get(f.on)); still { // what was sent before has not ended it
			w.demonstration.Errorf("%s: what was typed is lost: %.300s", said, p)
		}
		return
	}
	for _, field := range f.Texts() {
		if got := again.Values.Get(field); got != values.Get(field) {
			w.demonstration.Errorf("%s: in %s stands %.80q, not %.80q", said, field, got, values.Get(field))
		}
	}
}

// in is the same form on another page.
func (f foundForm) in(p webtest.Page) (again webtest.Form, there bool) {
	for _, g := range p.Forms() {
		if g.Action == f.Action && g.Method == f.Method {
			return g, true
		}
	}
	return again, false
}
