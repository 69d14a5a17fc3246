package api

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/geo"
	"freehold/internal/kit/say"
)

// Problem is a refusal as RFC 9457 has it, with our stable code and the fields
// at fault.
type Problem struct {
	Title  string  `json:"title"`
	Status int     `json:"status"`
	Detail string  `json:"detail" doc:"A sentence for a person: what is the matter, and what happens next."`
	Code   string  `json:"code" doc:"Stable: programs go by it."`
	Fields []Field `json:"fields,omitempty"`
}

// Field is what is wrong with one field of the request.
type Field struct {
	Field  string `json:"field" doc:"Such as terms.milestones.0.price."`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus tells huma the status to answer with.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType tells huma how to label it.
func (p *Problem) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

var (
	errNoToken = fault.New(fault.Forbidden, "not_signed_in",
		"This needs a token that is in force. Get one from POST /api/v1/tokens and send it as Authorization: Bearer.")
	errNoPath   = fault.New(fault.NotFound, "no_such_path", "There is no such path. /api/openapi.json lists those there are.")
	errNoMethod = fault.New(fault.Invalid, "no_such_method", "This path does not know that method. The Allow header lists those it knows.")
	errNothing  = fault.New(fault.NotFound, "not_found", "There is nothing of that number.")
	errTooLong  = fault.New(fault.Invalid, "request_too_large", "The request is too large. Nothing was done.")
	errCut      = fault.New(fault.Invalid, "request_cut_off", "The request broke off before its end. Nothing was done.")
	errText     = fault.New(fault.Invalid, "request_not_text", "The request is not text in UTF-8. Nothing was done.")
	errBody     = fault.New(fault.Invalid, "request_unreadable", "The request is not JSON that we can read: %s. Nothing was done.")
	errType     = fault.New(fault.Invalid, "request_not_json", "Send the request as Content-Type: application/json. Nothing was done.")
	errInvalid  = fault.New(fault.Invalid, "request_invalid", "Something in the request needs another look. Nothing was done.")
)

// statuses are where HTTP has a more exact word than the kind of a fault.
var statuses = map[string]int{
	errNoToken.Code:  http.StatusUnauthorized,
	errNoMethod.Code: http.StatusMethodNotAllowed,
	errTooLong.Code:  http.StatusRequestEntityTooLarge,
	errCut.Code:      http.StatusBadRequest,
	errText.Code:     http.StatusBadRequest,
	errBody.Code:     http.StatusBadRequest,
	errType.Code:     http.StatusUnsupportedMediaType,
}

func status(f *fault.Error) int {
	if s, ok := statuses[f.Code]; ok {
		return s
	}
	return f.Kind.Status()
}

func init() { // what huma itself refuses, such as a number where a text belongs, looks the same
	huma.DefaultArrayNullable = false // an empty list is []
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		switch status {
		case http.StatusBadRequest:
			return problemOf(say.Reader{}, errBody.With(reason(msg, errs)))
		case http.StatusUnsupportedMediaType:
			return problemOf(say.Reader{}, errType)
		case http.StatusUnprocessableEntity:
			return misfits(errs)
		default:
			return &Problem{Title: http.StatusText(status), Status: status, Detail: msg, Code: "error"}
		}
	}
}

// reason is what the reader of JSON stumbled over.
func reason(msg string, errs []error) string {
	for _, err := range errs {
		if d, ok := errors.AsType[*huma.ErrorDetail](err); ok {
			return d.Message
		}
	}
	return msg
}

var index = regexp.MustCompile(`\[(\d+)\]`)

// misfits is what does not have the described form. A number in a path that is
// none leads to nothing.
func misfits(errs []error) *Problem {
	p := problemOf(say.Reader{}, errInvalid)
	for _, err := range errs {
		d, ok := errors.AsType[*huma.ErrorDetail](err)
		if !ok {
			continue
		}
		where, field, _ := strings.Cut(index.ReplaceAllString(d.Location, ".$1"), ".")
		if where == "path" {
			return problemOf(say.Reader{}, errNothing)
		}
		p.Fields = append(p.Fields, Field{field, "invalid", d.Message})
	}
	return p
}

// refusal turns what a use case said into a Problem. An accident is logged and
// answered with a reference.
func (s *server) refusal(ctx context.Context, err error) *Problem {
	faults := fault.All(err)
	if len(faults) == 0 {
		return s.accident(ctx, err)
	}
	return problemOf(readerOf(caller(ctx)), faults...)
}

func problemOf(r say.Reader, faults ...*fault.Error) *Problem {
	first := faults[0]
	p := &Problem{Title: http.StatusText(status(first)), Status: status(first), Detail: first.Say.For(r), Code: first.Code}
	for _, f := range faults {
		if f.Field != "" {
			p.Fields = append(p.Fields, Field{f.Field, f.Code, f.Say.For(r)})
		}
	}
	return p
}

// readerOf is how somebody reads what we tell them.
func readerOf(by account.Actor) say.Reader {
	zone, ok := geo.Zone(by.TimeZone)
	if !ok {
		zone = time.UTC
	}
	return say.Reader{Lang: by.Language, Zone: zone}
}

func (s *server) accident(ctx context.Context, err error) *Problem {
	status, code, reference := http.StatusInternalServerError, "accident", rand.Text()[:10]
	if db.Unreachable(err) {
		status, code = http.StatusServiceUnavailable, "unavailable"
	}
	if ctx.Err() == nil { // else the caller has left
		s.Log.Error("accident", "reference", reference, "person", caller(ctx).ID, "error", err.Error())
	}
	return &Problem{Title: http.StatusText(status), Status: status, Code: code,
		Detail: "Something on our side went wrong. Nothing was changed. If it happens again, tell us this reference: " + reference}
}

// catch turns a panic into an accident.
func (s *server) catch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				s.problem(w, r, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// problem answers outside of huma.
func (s *server) problem(w http.ResponseWriter, r *http.Request, err error) {
	p := s.refusal(r.Context(), err)
	w.Header().Set("Content-Type", problemType)
	if p.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	w.WriteHeader(p.Status)
	json.NewEncoder(w).Encode(p) //nolint:errcheck,errchkjson // the caller may have left
}

var pathParts = regexp.MustCompile(`[^a-z0-9]+`)

func operationID(pattern string) string {
	return strings.Trim(pathParts.ReplaceAllString(strings.ToLower(pattern), "-"), "-")
}
