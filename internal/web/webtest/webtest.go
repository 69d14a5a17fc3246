// Package webtest visits the pages of a market as people do: with a browser
// that keeps cookies and sends forms. Every page that it is shown has to be sound.
package webtest

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/credential"
	"freehold/internal/kit/blob"
	"freehold/internal/markettest"
	"freehold/internal/web"
	"freehold/internal/web/view"
)

// Site is a market with its pages.
type Site struct {
	*markettest.Market
	Server *web.Server
	URL    string
}

// New opens the pages of a market in which there is nobody yet. Options change
// it before anybody comes.
func New(t testing.TB, options ...func(*Site)) *Site {
	t.Helper()
	m := markettest.New(t)
	files, err := blob.Open(context.Background(), t.TempDir())
	m.OK(err)
	t.Cleanup(func() { m.OK(files.Close()) })
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	s := &Site{Market: m, Server: &web.Server{DB: m.DB, Files: files, Rails: m.Rails, Vault: m.Vault, Seal: markettest.Seal, Keeper: markettest.Keeper(t), Issuer: Issuer, Log: log}}
	for _, o := range options {
		o(s)
	}
	served := httptest.NewServer(s.Server.Handler())
	t.Cleanup(served.Close)
	s.URL = served.URL
	return s
}

// Demo makes the market a demonstration, with people of these names who can be
// anybody's to be once Market.Person has made them.
func Demo(names ...string) func(*Site) {
	return func(s *Site) {
		s.Server.Demo = &view.Demo{}
		for _, n := range names {
			s.Server.Demo.People = append(s.Server.Demo.People, view.DemoPerson{
				Name: n, Email: strings.ToLower(n) + "@demo.test", Password: markettest.Password, About: "Made up."})
		}
		s.Server.Advance = func(_ context.Context, by time.Duration) error { s.Clock.Advance(by); return nil }
	}
}

// Browser is what one person looks at the pages with.
type Browser struct {
	*Site
	jar http.CookieJar
}

// Stranger is somebody who is not signed in.
func (s *Site) Stranger() *Browser {
	s.Helper()
	jar, err := cookiejar.New(nil)
	s.OK(err)
	return &Browser{s, jar}
}

// As is somebody who has signed in through the page for it.
func (s *Site) As(by account.Actor) *Browser {
	s.Helper()
	b := s.Stranger()
	if p := b.Post("/sign-in", url.Values{"email": {by.Email}, "password": {markettest.Password}}); p.Path != "/" {
		s.Fatalf("%s could not sign in: %s", by.Name, p)
	}
	return b
}

// Get opens a page and follows where it leads.
func (b *Browser) Get(path string) Page {
	b.Helper()
	return b.ask(http.MethodGet, path, "", nil)
}

// Post sends a form and follows where it leads.
func (b *Browser) Post(path string, form url.Values) Page {
	b.Helper()
	return b.ask(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// Upload sends a form with files, given by their names, in the given field.
func (b *Browser) Upload(path string, form url.Values, field string, files map[string][]byte) Page {
	b.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range form {
		for _, v := range values {
			b.OK(w.WriteField(name, v))
		}
	}
	for name, content := range files {
		part, err := w.CreateFormFile(field, name)
		b.OK(err)
		_, err = part.Write(content)
		b.OK(err)
	}
	b.OK(w.Close())
	return b.ask(http.MethodPost, path, w.FormDataContentType(), &body)
}

// Do sends any request with the browser's cookies, and follows where it leads.
func (b *Browser) Do(r *http.Request) Page {
	b.Helper()
	res, err := (&http.Client{Jar: b.jar}).Do(r)
	b.OK(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	b.OK(err)
	p := Page{Status: res.StatusCode, Path: res.Request.URL.RequestURI(), Header: res.Header, Body: string(body)}
	mailed := strings.Contains(res.Header.Get("Content-Security-Policy"), "sandbox") // a mail in a frame, which has rules of its own
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") && !mailed {
		for _, wrong := range flaws(p.Body) {
			b.Errorf("%s: %s", p.Path, wrong)
		}
	}
	return p
}

// Request is one that the browser would send from a page of ours.
func (b *Browser) Request(method, path, kind string, body io.Reader) *http.Request {
	b.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, b.URL+path, body)
	b.OK(err)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Referer", b.URL+path)
	r.Header.Set("User-Agent", "webtest")
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return r
}

func (b *Browser) ask(method, path, kind string, body io.Reader) Page {
	b.Helper()
	return b.Do(b.Request(method, path, kind, body))
}

// Issuer signs the credentials of all markets of a test run: its key takes a while
// to make.
func Issuer(context.Context) (*credential.Issuer, error) { return issuer() }

var issuer = sync.OnceValues(func() (*credential.Issuer, error) {
	dir, err := os.MkdirTemp("", "credential-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // read before it goes
	return credential.OpenIssuer(filepath.Join(dir, "credential.pem"), "https://orchard.test", "Orchard")
})
