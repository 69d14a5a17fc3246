package bench

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"freehold/internal/app"
	"freehold/internal/demo"
	"freehold/internal/kit/db"
	"freehold/internal/web"
)

// Pages says what to measure pages on, and how long.
type Pages struct {
	Data  string        // the folder of a market of its own, as durable as that of serve; posts that are there are kept
	Posts string        // a file of job posts that are imported; empty: posts are made up
	N     int           // how many there shall be
	Round time.Duration // how long each measurement takes; the rates are taken three times
	Out   io.Writer     // figures
	Log   io.Writer     // what is going on
}

// clients is how many people read at the same time, each as fast as they can.
const clients = 8

// Run opens a market with the demonstration's people and their contracts and
// with many imported posts, and reads its pages over HTTP.
//
// A page's time is the server's: from when a request has been read until its
// answer has been handed to the network, with all clients on the same machine.
func (p Pages) Run(ctx context.Context) error {
	clock := new(demo.Clock)
	a, err := app.Open(ctx, app.Config{Data: p.Data, Rails: demo.Rails, Bank: demo.Bank, Now: clock.Now, Log: slog.New(slog.NewTextHandler(p.Log, nil))})
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // a scratch market
	people, err := demo.Fill(ctx, demo.Market{DB: a.DB, Files: a.Files, Rails: a.Rails, Vault: a.Vault, Clock: clock, Sweep: a.SweepDue})
	if err != nil {
		return err
	}
	if err := p.fill(ctx, a.DB); err != nil {
		return err
	}
	v, err := visitsOn(ctx, a.DB, people)
	if err != nil {
		return err
	}
	if err := p.countQueries(ctx, a, v); err != nil {
		return err
	}
	return p.measure(ctx, a, v)
}

// fill imports the posts, unless an earlier run has.
func (p Pages) fill(ctx context.Context, d *db.DB) error {
	var there int
	if err := d.Pool.QueryRow(ctx, `SELECT count(*) FROM jobpost.posts`).Scan(&there); err != nil || there >= p.N {
		return err
	}
	lines, err := p.lines(ctx, d)
	if err != nil {
		return err
	}
	start := time.Now()
	if err := importPosts(ctx, d, lines, p.N, p.Log); err != nil {
		return err
	}
	fmt.Fprintf(p.Log, "%d posts imported in %v\n", p.N, time.Since(start).Round(time.Second))
	_, err = d.Pool.Exec(ctx, `VACUUM ANALYZE`) // as autovacuum would have done long before a market is so large
	return cmp.Or(err, checkpoint(ctx, d))
}

func (p Pages) lines(ctx context.Context, d *db.DB) ([]line, error) {
	if p.Posts == "" {
		return invented(ctx, d, min(p.N, 5000))
	}
	f, err := os.Open(p.Posts)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	return readLines(f)
}

// site is the whole site on a database, as serve has it.
func site(a *app.App, d *db.DB) http.Handler {
	on := *a
	on.DB = d
	return on.Handler(&web.Server{DB: d, Log: a.Log, Files: a.Files, Rails: a.Rails, Vault: a.Vault, Seal: a.Seal, Keeper: a.Keeper, Issuer: a.Issuer})
}

// countQueries asks for each page once, and says how often that asked the
// database.
func (p Pages) countQueries(ctx context.Context, a *app.App, v visits) error {
	counted, count, err := a.DB.Counted(ctx)
	if err != nil {
		return err
	}
	defer counted.Close()
	handler := site(a, counted)
	for _, page := range v.pages() {
		most := 0
		for i := range 20 {
			r := page.ask(rand.New(rand.NewPCG(3, uint64(i)))) //nolint:gosec // no secret
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			if w.Code != http.StatusOK {
				return fmt.Errorf("%s: %s answers %d", page.name, r.URL, w.Code)
			}
			most = max(most, len(count.Queries()))
		}
		if err := (Figure{Bench: "pages", Name: "queries " + page.name, Value: float64(most), Unit: "queries"}).print(p.Out); err != nil {
			return err
		}
	}
	return nil
}

func (p Pages) measure(ctx context.Context, a *app.App, v visits) error {
	mux := http.NewServeMux()
	mux.Handle("/", site(a, a.DB))
	mux.Handle("GET /bare/{id}", bare(a.DB))
	timed := &stopwatch{handler: mux}
	server := httptest.NewServer(timed)
	defer server.Close()
	read := func(page page, long time.Duration) (float64, error) {
		timed.reset()
		return readers(ctx, server.URL, page, long)
	}
	for _, page := range v.pages() {
		if _, err := read(page, p.Round/2); err != nil { // warm
			return err
		}
		if _, err := read(page, p.Round); err != nil {
			return err
		}
		f := Figure{Bench: "pages", Name: page.name, Clients: clients, Value: timed.percentile(95), Unit: "ms"}
		if err := f.print(p.Out); err != nil {
			return err
		}
	}
	var ours, theirs, ratios []float64
	for range rounds {
		b, err := read(v.bare(), p.Round)
		if err != nil {
			return err
		}
		o, err := read(v.post(), p.Round)
		if err != nil {
			return err
		}
		ours, theirs, ratios = append(ours, o), append(theirs, b), append(ratios, o/b)
	}
	fmt.Fprintf(p.Log, "the bare handler: %.0f per second\n", median(theirs))
	return Figure{Bench: "pages", Name: "post rate", Clients: clients, Value: median(ours), Unit: "per second",
		Beside: "bare handler, one primary-key SELECT", Ratio: median(ratios)}.print(p.Out)
}

// bare is as little as a handler that asks the database can do.
func bare(d *db.DB) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var title string
		if err := d.Pool.QueryRow(r.Context(), `SELECT title FROM jobpost.posts WHERE id = $1`, r.PathValue("id")).Scan(&title); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		io.WriteString(w, title) //nolint:errcheck // the reader may leave
	})
}

// readers has all clients ask for a page again and again, and returns how many
// they had per second.
func readers(ctx context.Context, url string, page page, long time.Duration) (rate float64, err error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients, DisableCompression: true}}
	defer client.CloseIdleConnections()
	until, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	var done atomic.Int64
	var wg sync.WaitGroup
	failed := make([]error, clients)
	start := time.Now()
	for c := range clients {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(c), uint64(start.UnixNano()))) //nolint:gosec // no secret
			for until.Err() == nil && failed[c] == nil {
				failed[c] = get(ctx, client, url, page.ask(r))
				done.Add(1)
			}
		})
	}
	wg.Wait()
	return float64(done.Load()) / time.Since(start).Seconds(), cmp.Or(failed...)
}

// get reads one page to its end, compressed as browsers want it.
func get(ctx context.Context, client *http.Client, url string, asked *http.Request) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+asked.URL.RequestURI(), nil)
	if err != nil {
		return err
	}
	r.Header = asked.Header
	res, err := client.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close() //nolint:errcheck // only read
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", r.URL, res.Status)
	}
	return nil
}

// stopwatch notes how long a handler takes over each request.
type stopwatch struct {
	handler http.Handler
	mu      sync.Mutex
	took    []time.Duration
}

func (s *stopwatch) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	s.handler.ServeHTTP(w, r)
	took := time.Since(start)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.took = append(s.took, took)
}

func (s *stopwatch) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.took = s.took[:0]
}

// percentile is how long at most so many of a hundred requests took, in
// milliseconds.
func (s *stopwatch) percentile(of int) float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	slices.Sort(s.took)
	return float64(s.took[(len(s.took)-1)*of/100].Microseconds()) / 1000
}

// page is a kind of page that is measured.
type page struct {
	name string
	ask  func(*rand.Rand) *http.Request
}

// named is a page at one of many addresses.
func named(name string, ask func(*rand.Rand) (path, session string)) page {
	return page{name, func(r *rand.Rand) *http.Request {
		path, session := ask(r)
		asked := httptest.NewRequest(http.MethodGet, path, nil)
		asked.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
		asked.Header.Set("Accept-Language", "en-GB,en;q=0.9")
		if session != "" {
			asked.AddCookie(&http.Cookie{Name: "freehold_session", Value: session})
		}
		return asked
	}}
}
