package app_test

import (
	"net/http"
	"net/url"
	"strings"

	"freehold/internal/web/webtest"
)

// linksLeadSomewhere fails for every link that leads to nothing, to what its
// reader may not see, or to a place in a page that is not there; and for
// everything else that a page points to in vain.
func (d *demonstration) linksLeadSomewhere() {
	d.Helper()
	made := map[string]bool{} // what pages are made of, once each
	for _, w := range d.walks {
		for _, p := range w.pages {
			if !strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
				continue // a file, whose bytes may look like a link
			}
			for _, r := range p.Refs() {
				to, ours := d.address(p, r.To)
				switch {
				case !ours:
					if !leavesWell(r.To) {
						d.Errorf("%s on %s leads to %q", r.Element, p.Path, r.To)
					}
				case r.Element == "a":
					w.follow(p, r.To, to)
				case r.Element == "form" || r.Element == "button" || r.Element == "div": // a part of a page asks for itself anew, which is refused once there is nothing to edit
					if d.route(http.MethodPost, to) == "" && d.route(http.MethodGet, to) == "" {
						d.Errorf("a form on %s is sent to %s, where nobody takes it", p.Path, to)
					}
				case !made[to]:
					made[to] = true
					if got := w.Get(to); got.Status != http.StatusOK {
						d.Errorf("%s on %s: %s is answered %d", r.Element, p.Path, to, got.Status)
					}
				}
			}
		}
	}
}

// leavesWell reports whether an address that is not ours can be somebody's.
func leavesWell(to string) bool {
	u, err := url.Parse(to)
	return err == nil && (u.Scheme == "https" && u.Host != "" || u.Scheme == "mailto" && u.Opaque != "")
}

// follow fails unless a link on a page leads to something.
func (w *walk) follow(on webtest.Page, said, to string) {
	w.demonstration.Helper()
	there, seen := w.pages[to]
	path, mark, marked := strings.Cut(said, "#")
	switch {
	case said == "" || said == "#":
		w.demonstration.Errorf("%s sees a link to nowhere on %s", w, on.Path)
	case path == "":
		there = on
	case !seen && w.route(http.MethodGet, to) == "":
		w.demonstration.Errorf("%s: %s leads to %s, which is no page", w, on.Path, to)
	case seen && there.Status >= 400 && to != on.Path: // a page that refuses may lead back to itself
		w.demonstration.Errorf("%s: %s leads to %s, which is answered %d", w, on.Path, to, there.Status)
	case seen && w.who != "" && strings.HasPrefix(there.Path, "/sign-in?then="):
		w.demonstration.Errorf("%s: %s leads to %s, where they would have to sign in again", w, on.Path, to)
	}
	if (seen || path == "") && marked && !there.Marks()[mark] {
		w.demonstration.Errorf("%s: %s leads to %s, and nothing there has that id", w, on.Path, said)
	}
}

// most is what a page may weigh on the wire: what arrives in three round trips.
const most = 30 << 10

func (d *demonstration) pagesAreLight() {
	d.Helper()
	for path, bytes := range d.weights {
		if bytes > most {
			d.Errorf("%s weighs %d KB, compressed", path, bytes>>10)
		}
	}
}
