// Package api is the market for programs: every use case that has a page has a
// path here, under /api/v1, described by OpenAPI 3.1 at /api/openapi.json.
//
// Requests carry `Authorization: Bearer <token>`. Refusals are RFC 9457
// problem+json with our stable code, and a refusal has changed nothing. A POST
// that carries an Idempotency-Key is done once, however often it arrives within
// a day.
package api

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/credential"
	"freehold/internal/kit/blob"
	"freehold/internal/kit/db"
	"freehold/internal/kit/paper"
)

// Config is what the API stands on.
type Config struct {
	DB      *db.DB
	Log     *slog.Logger
	Files   *blob.Store
	Rails   banking.Rails
	Vault   banking.Vault
	Seal    func(context.Context) (paper.Sealer, error)       // with which contracts are sealed
	Issuer  func(context.Context) (*credential.Issuer, error) // who signs credentials
	Demo    bool                                              // addresses at demo.test need no confirmation
	Advance func(context.Context, time.Duration) error        // moves a demonstration market's clock; nil elsewhere
}

type server struct {
	Config
	huma.API
	mux *http.ServeMux
}

// area is a part of the API, as its description groups the paths.
type area struct {
	*server
	name string
}

// areas are all there is.
var areas = []struct {
	name string
	add  func(area)
}{
	{"People", people},
	{"Profile", profiles},
	{"Wallet", wallet},
	{"Statements", periods},
	{"Money", books},
	{"Job posts", posts},
	{"Proposals", proposals},
	{"Offers", offers},
	{"Contracts", contracts},
	{"Amendments", amendments},
	{"Hours", workedHours},
	{"Disputes", disputes},
	{"Reviews", reviews},
	{"Rules", rules},
	{"Support", cases},
	{"Conversations", talk},
	{"Files", files},
	{"The market", market},
	{"Operators", operators},
}

// Handler serves everything under /api/.
func Handler(c Config) http.Handler {
	s := &server{Config: c, mux: http.NewServeMux()}
	s.API = humago.New(s.mux, description())
	for _, a := range areas {
		a.add(area{s, a.name})
		s.OpenAPI().Tags = append(s.OpenAPI().Tags, &huma.Tag{Name: a.name})
	}
	describeNulls(s.OpenAPI().Components.Schemas)
	spec, err := json.Marshal(s.OpenAPI())
	if err != nil {
		panic(err) // a shape in this package that JSON does not know
	}
	s.mux.HandleFunc("GET /api/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json")
		w.Write(spec) //nolint:errcheck // the caller may leave
	})
	s.mux.HandleFunc("/api/", s.missing)
	return s.limit(s.once(s.catch(s.mux)))
}

// description begins the OpenAPI document. What must be in a request is for the
// use cases to say, so to huma every field may be left out, and more may come.
func description() huma.Config {
	conf := huma.DefaultConfig("Freehold", "1")
	conf.AllowAdditionalPropertiesByDefault, conf.FieldsOptionalByDefault = true, true
	conf.OpenAPIPath, conf.DocsPath, conf.SchemasPath = "", "", "" // the document is served whole, by Handler
	conf.CreateHooks = nil                                         // no $schema links in answers
	conf.Formats = map[string]huma.Format{"application/json": format, "json": format}
	conf.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "From POST /api/v1/tokens."},
	}
	conf.Info.Description = "Amounts are in minor units of their currency, times in RFC 3339, lists in parts: pass `next` as `cursor` for the following one."
	return conf
}

// describeNulls says of each object in an answer that may be null that it may. Of
// plain values huma says so itself.
func describeNulls(r huma.Registry) {
	for name, s := range r.Map() {
		for _, f := range reflect.VisibleFields(r.TypeFromRef(schemas + name)) {
			member, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			p := s.Properties[member]
			if p == nil || p.Ref == "" || f.Type.Kind() != reflect.Pointer || f.Type == reflect.TypeFor[*sum]() || options == "omitempty" {
				continue
			}
			s.Properties[member] = &huma.Schema{Description: p.Description, AnyOf: []*huma.Schema{{Ref: p.Ref}, {Type: "null"}}}
		}
	}
}

// schemas is where the description has its shapes.
const schemas = "#/components/schemas/"

// access says whether an operation may be called without a token.
type access bool

const (
	public  access = false
	private access = true
)

// reply is an answer that carries JSON.
type reply[T any] struct{ Body T }

// body is a request that carries JSON.
type body[T any] struct{ Body T }

// of is about the thing whose number is in the path; to says something to it.
type of struct {
	ID int64 `path:"id" minimum:"1"`
}

type to[T any] struct {
	ID   int64 `path:"id" minimum:"1"`
	Body T
}

// nothing is a request that is all said by its path.
type nothing struct{}

// add registers an operation, such as "POST /people". The function gets who is
// calling, the zero Actor only where the access is public, and answers or refuses.
func add[I, O any](a area, who access, pattern, summary string, status int, do func(context.Context, account.Actor, *I) (O, error)) {
	huma.Register(a.API, a.operation(who, pattern, summary, status), func(ctx context.Context, in *I) (*reply[O], error) {
		out, err := do(ctx, caller(ctx), in)
		if err != nil {
			return nil, a.refusal(ctx, err)
		}
		return &reply[O]{out}, nil
	})
}

// act registers an operation whose answer is that it was done.
func act[I any](a area, who access, pattern, summary string, do func(context.Context, account.Actor, *I) error) {
	huma.Register(a.API, a.operation(who, pattern, summary, http.StatusNoContent), func(ctx context.Context, in *I) (*struct{}, error) {
		if err := do(ctx, caller(ctx), in); err != nil {
			return nil, a.refusal(ctx, err)
		}
		return nil, nil
	})
}

func (a area) operation(who access, pattern, summary string, status int) huma.Operation {
	method, path, _ := strings.Cut(pattern, " ")
	op := huma.Operation{
		OperationID: operationID(pattern), Method: method, Path: "/api/v1" + path, Summary: summary, Tags: []string{a.name},
		DefaultStatus: status, MaxBodyBytes: -1, BodyReadTimeout: -1, // limit has seen to both
	}
	if who == private {
		op.Security = []map[string][]string{{"token": {}}}
		op.Middlewares = huma.Middlewares{a.needToken}
	}
	return op
}

func (s *server) needToken(ctx huma.Context, next func(huma.Context)) {
	if caller(ctx.Context()).ID == 0 {
		r, w := humago.Unwrap(ctx)
		s.problem(w, r, errNoToken)
		return
	}
	next(ctx)
}

// missing answers for a path that there is not, or not with this method.
func (s *server) missing(w http.ResponseWriter, r *http.Request) {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := s.mux.Handler(other); pattern != "/api/" {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 {
		s.problem(w, r, errNoPath)
		return
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	s.problem(w, r, errNoMethod)
}
