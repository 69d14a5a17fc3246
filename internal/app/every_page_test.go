package app_test

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"freehold/internal/app"
	"freehold/internal/demo"
	"freehold/internal/kit/db"
	"freehold/internal/markettest"
	"freehold/internal/web"
	"freehold/internal/web/view"
	"freehold/internal/web/webtest"
)

// What four people are shown in the demonstration market has to be fit for
// everybody. A page that is added is found by its route; when nobody comes to
// it, the test says so.
func TestLongWalkOverEveryPage(t *testing.T) {
	t.Parallel()
	d := openDemonstration(t)
	d.somethingIsNew()
	for _, who := range []string{"", "carl", "ada", "mara", "nele"} {
		d.walk(who)
	}
	d.walksAreWhole()
	d.goesWrong()
	d.pagesAreLight()
	d.linksLeadSomewhere()
	d.formsAreSentWrong()
	d.pagesAreValid()
	d.pagesLookWell()
	d.actsAreDone()
}

// demonstration is the market that visitors look around in, and what it showed.
type demonstration struct {
	*webtest.Site
	*record
	routes *http.ServeMux  // knows which route an address belongs to
	come   map[string]bool // routes that somebody has come to
	walks  []*walk
}

func openDemonstration(t *testing.T) *demonstration {
	t.Helper()
	m := markettest.New(t)
	clock := new(demo.Clock)
	m.DB.Now = clock.Now
	a, err := app.Open(t.Context(), app.Config{Data: t.TempDir(), DatabaseURL: m.DB.Pool.Config().ConnString(), Rails: demo.Rails, Bank: demo.Bank,
		Connections: 8, Now: clock.Now, Log: slog.New(loud{slog.NewTextHandler(t.Output(), nil), t})})
	m.OK(err)
	t.Cleanup(func() { m.OK(a.Close()) })
	people, err := demo.Fill(t.Context(), demo.Market{DB: a.DB, Files: a.Files, Rails: a.Rails, Vault: a.Vault, Clock: clock, Sweep: a.SweepDue})
	m.OK(err)
	pages := &web.Server{DB: a.DB, Log: a.Log, Files: a.Files, Rails: a.Rails, Vault: a.Vault, Seal: a.Seal, Keeper: a.Keeper, Issuer: a.Issuer, Demo: &view.Demo{People: people},
		Advance: func(ctx context.Context, by time.Duration) error { return clock.Advance(ctx, a.DB, by, a.SweepDue) }}
	d := &demonstration{Site: &webtest.Site{Market: m, Server: pages}, record: &record{live: a.Handler(pages)},
		routes: http.NewServeMux(), come: map[string]bool{}}
	served := httptest.NewServer(d.record)
	t.Cleanup(served.Close)
	d.URL = served.URL
	for _, r := range pages.Routes() {
		d.routes.Handle(pattern(r), http.NotFoundHandler())
	}
	return d
}

// pattern is a route as the router knows it.
func pattern(r web.Route) string {
	if strings.HasSuffix(r.Path, "/") {
		r.Path += "{$}"
	}
	return r.Method + " " + r.Path
}

// route is the one that an address belongs to, if any.
func (d *demonstration) route(method, address string) string {
	path, _, _ := strings.Cut(address, "?")
	if !strings.HasPrefix(path, "/") {
		return ""
	}
	_, route := d.routes.Handler(httptest.NewRequestWithContext(context.Background(), method, path, nil))
	return route
}

// somethingIsNew lets somebody join and lose their password, so that there are
// links to come by mail, and Ada send a proposal that nobody has read yet.
func (d *demonstration) somethingIsNew() {
	d.Helper()
	b := d.Stranger()
	for _, form := range []struct {
		path   string
		values url.Values
	}{
		{"/sign-up", url.Values{"kind": {"both"}, "name": {"Nele New"}, "email": {"nele@example.org"}, "password": {markettest.Password}}},
		{"/reset", url.Values{"email": {"nele@example.org"}}},
	} {
		p := b.Post(form.path, form.values)
		if p.Status != http.StatusOK {
			d.Fatalf("%s: %s", form.path, p)
		}
		d.keep("", "POST "+form.path, form.path, p)
	}
	ada := d.as("ada@demo.test", d.Server.Demo.People[0].Password)
	for _, post := range ada.Get("/posts").Links() {
		for _, f := range ada.Get(post + "/propose").Forms() {
			if f.Action != post+"/propose" {
				continue
			}
			values := f.Filled("A sentence about this very post, which nobody has read yet: I would begin with what people see first.")
			values.Del("start_on")
			sketch := map[string][]byte{"sketch.txt": []byte("A page, a till, and a handbook.")}
			p := ada.Upload(f.Action, values, "files", sketch)
			if p.Status == http.StatusOK {
				return
			}
			d.Logf("Ada does not propose for %s: %s", post, p)
		}
	}
	d.Error("there is no post for which Ada can propose")
}

// as is somebody who has signed in.
func (d *demonstration) as(email, password string) *webtest.Browser {
	d.Helper()
	b := d.Stranger()
	if p := b.Post("/sign-in", url.Values{"email": {email}, "password": {password}}); p.Status != http.StatusOK || p.Path != "/" && p.Path != "/my/decisions" {
		d.Fatalf("%s does not come in: %s", email, p)
	}
	return b
}

// walk is one person's way through everything that is there for them.
type walk struct {
	*demonstration
	*webtest.Browser
	who     string                  // the first part of their address; empty: a visitor
	pages   map[string]webtest.Page // by the address asked for
	similar map[string]int          // by route and what is asked for there
}

// walk follows every link from page to page.
func (d *demonstration) walk(who string) {
	d.Helper()
	w := &walk{demonstration: d, Browser: d.Stranger(), who: who, pages: map[string]webtest.Page{}, similar: map[string]int{}}
	d.walks = append(d.walks, w)
	switch who {
	case "":
	case "nele":
		w.Browser = d.as("nele@example.org", markettest.Password)
	default:
		w.Browser = d.as(who+"@demo.test", d.Server.Demo.People[0].Password)
	}
	todo := []string{"/"}
	for _, r := range d.Server.Routes() {
		if r.Method == http.MethodGet && !strings.Contains(r.Path, "{") {
			todo = append(todo, r.Path)
		}
	}
	for len(todo) > 0 {
		path := todo[0]
		todo = append(todo[1:], w.visit(path)...)
	}
	if len(w.pages) < 10 {
		d.Errorf("%s has seen %d pages only", who, len(w.pages))
	}
}

func (w *walk) String() string {
	if w.who == "" {
		return "a visitor"
	}
	return w.who
}

// enough is how many pages are looked at that differ only in what is searched
// for. There is no end to those.
const enough = 6

// visit opens a page, unless it was seen, and returns where it leads to.
func (w *walk) visit(path string) (further []string) {
	route := w.route(http.MethodGet, path)
	if _, seen := w.pages[path]; seen || route == "" {
		return nil
	}
	if _, query, searched := strings.Cut(path, "?"); searched {
		asked, _ := url.ParseQuery(query)
		kind := fmt.Sprint(route, slices.Sorted(maps.Keys(asked)))
		if w.similar[kind]++; w.similar[kind] > enough {
			return nil
		}
	}
	p := w.Get(path)
	w.pages[path] = p
	if !strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
		w.come[route] = w.come[route] || p.Status == http.StatusOK
		return nil
	}
	w.keep(w.who, w.route(http.MethodGet, p.Path), path, p)
	if p.Status == http.StatusOK && (w.who != "" || !strings.HasPrefix(p.Path, "/sign-in?then=")) {
		w.come[route] = true
	}
	for _, f := range p.Forms() {
		w.come[w.route(f.Method, f.Action)] = true
	}
	for _, r := range p.Refs() {
		if to, ours := w.address(p, r.To); ours && r.Element == "a" {
			further = append(further, to)
		}
	}
	return further
}

// address is where on this site a page points to with what it says.
func (d *demonstration) address(on webtest.Page, to string) (path string, ours bool) {
	base, err := url.Parse(d.URL + on.Path)
	d.OK(err)
	u, err := base.Parse(to)
	if err != nil || u.Host != base.Host {
		return "", false
	}
	return u.RequestURI(), true
}

// walksAreWhole goes on until somebody has come to every page and to the form of
// every act, and fails for those to which nobody comes.
func (d *demonstration) walksAreWhole() {
	d.Helper()
	for _, r := range d.missing() {
		for _, w := range d.walks {
			for _, path := range w.guesses(r) {
				if !d.come[pattern(r)] {
					w.visit(path)
				}
			}
		}
	}
	for _, p := range d.Server.Demo.People {
		who, _, _ := strings.Cut(p.Email, "@")
		if len(d.missing()) > 0 && !slices.ContainsFunc(d.walks, func(w *walk) bool { return w.who == who }) {
			d.walk(who)
		}
	}
	for _, r := range d.missing() {
		d.Errorf("nobody comes to %s in the demonstration market: no link or form leads there", pattern(r))
	}
}

// missing are the routes that nobody has come to.
func (d *demonstration) missing() (all []web.Route) {
	for _, r := range d.Server.Routes() {
		if _, elsewhere := noLink[pattern(r)]; !d.come[pattern(r)] && !elsewhere {
			all = append(all, r)
		}
	}
	return all
}

// noLink are the routes to which no page leads, and what does.
var noLink = map[string]string{
	"GET /confirm/{secret}":                "a mail",
	"POST /confirm/{secret}":               "a mail",
	"GET /reset/{secret}":                  "a mail",
	"POST /reset/{secret}":                 "a mail",
	"GET /unsubscribe/{secret}":            "a mail",
	"POST /unsubscribe/{secret}":           "a mail",
	"GET /talk/{secret}":                   "a mail",
	"POST /talk/{secret}":                  "a mail",
	"POST /talk/{secret}/close":            "a mail",
	"POST /talk/{secret}/reopen":           "a mail",
	"POST /talk/{secret}/helped":           "a mail",
	"POST /staff/money/lines/{id}/explain": "a payment that nobody ordered, which the demonstration has none of",
	"GET /log/tile/{path...}":              "programs that read the log",
	"GET /.well-known/did.json":            "programs that check a credential",
	"GET /portraits/{name}":                "the pictures on pages",
	"GET /portraits/{name}/small":          "the pictures on pages",
	"POST /contracts/{id}/leave":           "a contract that starves for long enough, which none does today",
}

// guesses are addresses of a page that no link leads to at the moment, such as the
// one for taking money back before it is due: with numbers out of pages that
// were seen.
func (w *walk) guesses(r web.Route) (all []string) {
	if r.Method != http.MethodGet {
		return nil
	}
	path := r.Path
	parts := strings.Split(wildcard.ReplaceAllString(path, "{}"), "{}")
	last := len(parts) - 2 // what stands before the last number
	if last < 0 {
		return nil
	}
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	like := regexp.MustCompile("^" + strings.Join(parts[:last+1], `\d+`) + `\d+`)
	for seen := range w.pages {
		if start := like.FindString(seen); start != "" {
			all = append(all, start+path[strings.LastIndexByte(path, '}')+1:])
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

var wildcard = regexp.MustCompile(`\{[a-z]+\}`)

// goesWrong adds what people are shown when we fail them.
func (d *demonstration) goesWrong() {
	d.Helper()
	for what, url := range map[string]string{"an accident": d.DB.Pool.Config().ConnString(), "no database": "postgres://nobody@127.0.0.1:1/none"} {
		pool, err := pgxpool.New(context.Background(), url)
		d.OK(err)
		if what == "an accident" {
			pool.Close()
		}
		broken := *d.Server
		broken.DB, broken.Log = &db.DB{Pool: pool, Now: time.Now}, slog.New(slog.DiscardHandler)
		served := httptest.NewServer(broken.Handler())
		p := (&webtest.Site{Market: d.Market, URL: served.URL}).Stranger().Get("/")
		served.Close()
		if p.Status < 500 {
			d.Errorf("%s is answered %d", what, p.Status)
		}
		d.keep(what, what, "/", p)
	}
}
