package app_test

import (
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"freehold/internal/web/webtest"
)

// record remembers every page that a market showed, and shows it again to whoever
// asks for its number. So all looks at a page see the same, whatever has happened
// on the market since; and a form that was refused can be looked at, too.
type record struct {
	live  http.Handler
	shown []*shown

	mu      sync.Mutex
	weights map[string]int // bytes on the wire, by path
}

// shown is a page that somebody was shown.
type shown struct {
	webtest.Page
	N     int
	Who   string
	Route string
	Asked string // the address they asked for, and not where it led them
}

func (s *shown) String() string {
	if s.Who == "" {
		return "a visitor’s " + s.Asked
	}
	return s.Who + "’s " + s.Asked
}

func (r *record) keep(who, route, asked string, p webtest.Page) {
	r.shown = append(r.shown, &shown{p, len(r.shown), who, route, asked})
}

// axePath is where a page that is looked at finds axe: our policy lets it load
// nothing from elsewhere.
const axePath = "/axe.min.js"

// numbered says which page is to be shown again.
const numbered = "Freehold-Test-Page"

func (r *record) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	if n := q.Header.Get(numbered); n != "" && q.Header.Get("Sec-Fetch-Dest") == "document" {
		i, _ := strconv.Atoi(n)
		again := r.shown[i]
		maps.Copy(w.Header(), again.Header)
		w.WriteHeader(again.Status)
		w.Write([]byte(again.Body))
		return
	}
	if q.URL.Path == axePath {
		w.Header().Set("Cache-Control", "max-age=3600")
		http.ServeFile(w, q, "../../node_modules/axe-core/axe.min.js")
		return
	}
	weighed := &scales{ResponseWriter: w}
	r.live.ServeHTTP(weighed, q)
	if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.weights == nil {
			r.weights = map[string]int{}
		}
		r.weights[q.URL.Path] = max(r.weights[q.URL.Path], weighed.bytes)
	}
}

// scales weigh what is written.
type scales struct {
	http.ResponseWriter
	bytes int
}

func (s *scales) Write(b []byte) (int, error) {
	s.bytes += len(b)
	return s.ResponseWriter.Write(b)
}

// distinct are the pages of which each shows something that none before it does:
// a kind of element, or a state of one, and what is the page's own by its address.
func (r *record) distinct() (all []*shown) {
	known := map[string]bool{}
	for _, s := range r.shown {
		news := false
		for kind, own := range s.Kinds() {
			if own {
				kind = s.Route + " " + kind
			}
			news = news || !known[kind]
			known[kind] = true
		}
		if news {
			all = append(all, s)
		}
	}
	return all
}
