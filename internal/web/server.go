// Package web is the pages: it reads a request, calls one use case, and shows
// what came of it. It works without JavaScript and decides nothing itself.
//
// routes.go lists every path. Each area has one file of handlers here and its
// templates in view. A refusal becomes the form again, with the sentence beside
// the field, or a page that says what happens next; an accident becomes an
// apology with a reference, and the log has the rest.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"freehold/internal/banking"
	"freehold/internal/credential"
	"freehold/internal/kit/blob"
	"freehold/internal/kit/db"
	"freehold/internal/kit/paper"
	"freehold/internal/translog"
	"freehold/internal/web/view"
)

// Server shows the market to browsers.
type Server struct {
	DB      *db.DB
	Log     *slog.Logger
	Files   *blob.Store
	Rails   banking.Rails
	Vault   banking.Vault
	Seal    func(context.Context) (paper.Sealer, error)       // with which contracts are sealed
	Keeper  func(context.Context) (*translog.Keeper, error)   // who signs the transparency log
	Issuer  func(context.Context) (*credential.Issuer, error) // who signs credentials
	Secure  bool                                              // the site is reached over TLS, so cookies may demand it
	Demo    *view.Demo                                        // nil but on a demonstration market
	Advance func(context.Context, time.Duration) error        // moves a demonstration market's clock; nil elsewhere
}

const (
	downloads = "GET /files/{id}"
	tiles     = "GET /log/tile/{path...}"

	credentials = "GET /contracts/{id}/credential"
)

// Handler serves all pages.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		page := s.serve(r)
		if r.pattern != downloads && r.pattern != papers && r.pattern != tiles && r.pattern != credentials { // these go out as they are
			page = gzhttp.GzipHandler(page)
		}
		mux.Handle(r.pattern, page)
	}
	mux.Handle("GET /static/", static())
	mux.Handle("/", s.serve(route{"/", s.missing, anyone}))
	return s.guard(mux)
}

// Route is one page or act, for tests that go through all of them.
type Route struct {
	Method, Path string
	ForMembers   bool
	ForStaff     bool
}

// Routes are all there are.
func (s *Server) Routes() (all []Route) {
	for _, r := range s.routes() {
		method, path, _ := strings.Cut(r.pattern, " ")
		all = append(all, Route{method, strings.TrimSuffix(path, "{$}"), r.for_ == signedIn, r.for_ == staff})
	}
	return all
}
