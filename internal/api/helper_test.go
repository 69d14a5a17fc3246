package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"freehold/internal/api"
	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/kit/blob"
	"freehold/internal/markettest"
	"freehold/internal/proposal"
	"freehold/internal/support"
	"freehold/internal/terms"
	"freehold/internal/web/webtest"
)

// site is a market under test that programs talk to.
type site struct {
	*markettest.Market
	url    string
	walked *walked
}

// walked are the requests that were answered with success, and what the answers were.
type walked struct {
	mu      sync.Mutex
	answers map[string][][]byte
}

func (w *walked) note(what string, answer []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answers[what] = append(w.answers[what], answer)
}

// of are the answers to an operation.
func (w *walked) of(o operation) (answers [][]byte) {
	path := strings.ReplaceAll(regexp.QuoteMeta(o.path), `\{id\}`, `\d+`)
	path = regexp.MustCompile(`\\\{[a-z]+\\\}`).ReplaceAllString(path, `[^/?]+`)
	request := regexp.MustCompile(`^` + o.method + ` ` + path + `(\?.*)?$`)
	for what, some := range w.answers {
		if request.MatchString(what) {
			answers = append(answers, some...)
		}
	}
	return answers
}

// failing makes a test fail that logs an accident: whatever is sent, none may
// happen.
type failing struct {
	testing.TB
	mu    sync.Mutex
	lines []string
}

// Write takes a line of the log.
func (f *failing) Write(line []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lines = append(f.lines, string(line))
	return len(line), nil
}

func (f *failing) check() {
	for _, line := range f.lines {
		f.Error(line)
	}
}

func open(t testing.TB) site {
	t.Helper()
	m := markettest.New(t)
	store, err := blob.Open(t.Context(), t.TempDir())
	m.OK(err)
	t.Cleanup(func() { m.OK(store.Close()) })
	log := &failing{TB: t}
	t.Cleanup(log.check)
	server := httptest.NewServer(api.Handler(api.Config{
		DB: m.DB, Log: slog.New(slog.NewTextHandler(log, nil)), Files: store, Rails: m.Rails, Vault: m.Vault, Seal: markettest.Seal, Issuer: webtest.Issuer, Demo: true,
	}))
	t.Cleanup(server.Close)
	return site{m, server.URL + "/api/v1", &walked{answers: map[string][][]byte{}}}
}

// sweep does what falls due, as the market's jobs would.
func (s site) sweep() {
	s.Helper()
	_, err := proposal.LapseDue(context.Background(), s.DB)
	s.OK(err)
	_, err = contract.SweepDue(context.Background(), s.DB)
	s.OK(err)
	_, err = dispute.SweepDue(context.Background(), s.DB)
	s.OK(err)
	_, err = terms.SweepDue(context.Background(), s.DB)
	s.OK(err)
	_, err = support.SweepDue(context.Background(), s.DB)
	s.OK(err)
}

// program is one that calls the API for somebody.
type program struct {
	site
	token string
	id    int64
}

// stranger has no token.
func (s site) stranger() program { return program{site: s} }

// person joins and signs in, as programs do it.
func (s site) person(name, kind string) program {
	s.Helper()
	email := strings.ToLower(name) + "@demo.test"
	id := s.stranger().post("/people", object{"name": name, "email": email, "password": markettest.Password, "kind": kind}).must(201).number("id")
	p := s.signIn(email, markettest.Password)
	p.id = id
	return p
}

func (s site) signIn(email, password string) program {
	s.Helper()
	return program{site: s, token: s.stranger().post("/tokens", object{"email": email, "password": password}).must(201).text("token")}
}

type object = map[string]any

func eur(minor int64) object { return object{"minor": minor, "currency": "EUR"} }

// answer is what came back.
type answer struct {
	testing.TB
	what   string
	status int
	header http.Header
	raw    []byte
}

func (p program) get(path string) answer           { return p.send(http.MethodGet, path, nil) }
func (p program) post(path string, in any) answer  { return p.send(http.MethodPost, path, in) }
func (p program) put(path string, in any) answer   { return p.send(http.MethodPut, path, in) }
func (p program) patch(path string, in any) answer { return p.send(http.MethodPatch, path, in) }
func (p program) remove(path string) answer        { return p.send(http.MethodDelete, path, nil) }

// send sends in as JSON, or as it is when it is a string.
func (p program) send(method, path string, in any) answer {
	p.Helper()
	var sent []byte
	switch in := in.(type) {
	case nil:
	case string:
		sent = []byte(in)
	default:
		sent = []byte(asJSON(in))
	}
	return p.raw(method, path, bytes.NewReader(sent), nil)
}

func (p program) raw(method, path string, sent io.Reader, header map[string]string) answer {
	p.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, p.url+path, sent)
	p.OK(err)
	return p.do(r, header)
}

// try is send for a path that may be none at all.
func (p program) try(method, path, sent string) (answer, bool) {
	p.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, p.url+path, strings.NewReader(sent))
	if err != nil {
		return answer{}, false
	}
	return p.do(r, nil), true
}

func (p program) do(r *http.Request, header map[string]string) answer {
	p.Helper()
	r.Header.Set("Content-Type", "application/json")
	if p.token != "" {
		r.Header.Set("Authorization", "Bearer "+p.token)
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(r)
	p.OK(err)
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	p.OK(err)
	what := r.Method + " " + strings.TrimPrefix(r.URL.String(), p.url)
	if resp.StatusCode < http.StatusMultipleChoices {
		p.walked.note(what, raw)
	}
	return answer{p.TB, what, resp.StatusCode, resp.Header, raw}
}

// must is a, which must have this status.
func (a answer) must(status int) answer {
	a.Helper()
	if a.status != status {
		a.Fatalf("%s: answered %d, not %d: %s", a.what, a.status, status, a.raw)
	}
	return a
}

// refused checks that a is a problem with this status and code.
func (a answer) refused(status int, code string) answer {
	a.Helper()
	if got := a.header.Get("Content-Type"); a.status != status || a.text("code") != code || got != "application/problem+json" ||
		a.number("status") != int64(status) || a.text("detail") == "" || a.text("title") == "" {
		a.Errorf("%s: answered %d (%s), not %d with code %s: %s", a.what, a.status, got, status, code, a.raw)
	}
	return a
}

// at finds a value by its path, such as "milestones.0.id".
func (a answer) at(path string) any {
	a.Helper()
	var v any
	d := json.NewDecoder(bytes.NewReader(a.raw))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		a.Fatalf("%s: no JSON: %s", a.what, a.raw)
	}
	for part := range strings.SplitSeq(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			v = in[part]
		case []any:
			var i int
			if _, err := fmt.Sscan(part, &i); err != nil || i >= len(in) {
				a.Fatalf("%s: no %s in %s", a.what, path, a.raw)
			}
			v = in[i]
		default:
			a.Fatalf("%s: no %s in %s", a.what, path, a.raw)
		}
	}
	return v
}

func (a answer) text(path string) string {
	a.Helper()
	text, _ := a.at(path).(string)
	return text
}

// id is a number that may also be null.
func (a answer) id(path string) (int64, bool) {
	a.Helper()
	if a.at(path) == nil {
		return 0, false
	}
	return a.number(path), true
}

func (a answer) number(path string) int64 {
	a.Helper()
	n, ok := a.at(path).(json.Number)
	if !ok {
		a.Fatalf("%s: %s is no number: %s", a.what, path, a.raw)
	}
	i, err := n.Int64()
	if err != nil {
		a.Fatalf("%s: %s: %v", a.what, path, err)
	}
	return i
}

// says checks one value.
func (a answer) says(path string, want any) answer {
	a.Helper()
	if got, expected := asJSON(a.at(path)), asJSON(want); got != expected {
		a.Errorf("%s: %s is %s, not %s", a.what, path, got, expected)
	}
	return a
}

func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// inDays is a day so many days after the market's now.
func (s site) inDays(n int) string { return s.Clock.Now().AddDate(0, 0, n).Format(time.DateOnly) }
