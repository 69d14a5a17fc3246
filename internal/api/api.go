// Package api is the market for programs: every use case that has a page has a
// path here, under /api/v1, described by OpenAPI 3.1 at /api/openapi.json.
//
// Requests carry `Authorization: Bearer <token>`. Refusals are RFC 9457
// problem+json with our stable code. A POST that carries an Idempotency-Key is
// done once, however often it arrives within a day.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/kit/blob"
	"freehold/internal/kit/db"
)

// Config is what the API stands on.
type Config struct {
	DB      *db.DB
	Log     *slog.Logger
	Files   *blob.Store
	Rail    banking.Rail
	Demo    bool                                       // addresses at demo.test need no confirmation
	Advance func(context.Context, time.Duration) error // moves a demonstration market's clock; nil elsewhere
}

type server struct {
	Config
	huma.API
}

// maxBody is the most that one request may send, but for files.
const maxBody = 1 << 20

// Handler serves everything under /api/.
func Handler(c Config) http.Handler {
	mux := http.NewServeMux()
	conf := huma.DefaultConfig("Freehold", "1")
	conf.OpenAPIPath, conf.DocsPath, conf.SchemasPath = "/api/openapi", "", ""
	conf.CreateHooks = nil // no $schema links in answers
	conf.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	s := &server{c, humago.New(mux, conf)}
	s.people()
	s.wallet()
	s.posts()
	s.proposals()
	s.contracts()
	s.talk()
	s.market()
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) { s.problem(w, r, errNoPath) })
	return s.limit(s.once(mux))
}

// public and private say whether an operation may be called without a token.
type access bool

const (
	public  access = false
	private access = true
)

// add registers one operation. The function gets who is calling, and answers or
// refuses; it may be called with the zero Actor only where the access is public.
func add[I, O any](s *server, a access, method, path, summary string, status int, do func(context.Context, account.Actor, *I) (*O, error)) {
	op := huma.Operation{
		OperationID: operationID(method, path), Method: method, Path: "/api/v1" + path, Summary: summary,
		DefaultStatus: status, MaxBodyBytes: maxBody,
	}
	if a == private {
		op.Security = []map[string][]string{{"token": {}}}
	}
	huma.Register(s.API, op, func(ctx context.Context, in *I) (*O, error) {
		by := caller(ctx)
		if a == private && by.ID == 0 {
			return nil, s.refusal(ctx, errNoToken)
		}
		out, err := do(ctx, by, in)
		if err != nil {
			return nil, s.refusal(ctx, err)
		}
		return out, nil
	})
}

// body is a request that carries JSON.
type body[T any] struct{ Body T }

// reply is an answer that carries JSON.
type reply[T any] struct{ Body T }

func answer[T any](v T, err error) (*reply[T], error) { return &reply[T]{v}, err }

// list is the shape of every list. Next is the cursor of the following part; null at the end.
type list[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next"`
}
