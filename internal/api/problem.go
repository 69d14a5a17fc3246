package api

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
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
	Field  string `json:"field"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus tells huma the status to answer with.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType tells huma how to label it.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

var (
	errNoToken = fault.New(fault.Forbidden, "not_signed_in", "This needs a token. Get one from POST /api/v1/tokens and send it as Authorization: Bearer.")
	errNoPath  = fault.New(fault.NotFound, "no_such_path", "There is no such path. /api/openapi.json lists those there are.")
	errTooLong = fault.New(fault.Invalid, "request_too_large", "The request is too large. Nothing was done.")
	errText    = fault.New(fault.Invalid, "request_not_utf8", "The request is not valid UTF-8. Nothing was done.")
)

func init() { // what huma itself refuses (bad JSON, a missing field) looks the same
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		p := &Problem{Title: http.StatusText(status), Status: status, Detail: msg, Code: code(status)}
		for _, err := range errs {
			var d *huma.ErrorDetail
			if errors.As(err, &d) {
				p.Fields = append(p.Fields, Field{strings.TrimPrefix(d.Location, "body."), "invalid", d.Message})
			}
		}
		if len(p.Fields) > 0 {
			p.Detail = "Something in the request needs another look. Nothing was done."
		}
		return p
	}
}

func code(status int) string {
	return strings.ReplaceAll(strings.ToLower(http.StatusText(status)), " ", "_")
}

func status(f *fault.Error) int {
	if f.Code == errNoToken.Code {
		return http.StatusUnauthorized
	}
	switch f.Kind {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.Conflict:
		return http.StatusConflict
	case fault.TooMany:
		return http.StatusTooManyRequests
	default:
		return http.StatusInternalServerError
	}
}

// refusal turns what a use case said into a Problem. An accident is logged and
// answered with a reference.
func (s *server) refusal(ctx context.Context, err error) *Problem {
	faults := fault.All(err)
	if len(faults) == 0 {
		return s.accident(ctx, err)
	}
	first := faults[0]
	p := &Problem{Title: http.StatusText(status(first)), Status: status(first), Detail: first.Say.String(), Code: first.Code}
	for _, f := range faults {
		if f.Field != "" {
			p.Fields = append(p.Fields, Field{f.Field, f.Code, f.Say.String()})
		}
	}
	return p
}

func (s *server) accident(ctx context.Context, err error) *Problem {
	status, reference := http.StatusInternalServerError, rand.Text()[:10]
	if db.Unreachable(err) {
		status = http.StatusServiceUnavailable
	}
	if ctx.Err() == nil {
		s.Log.Error("accident", "reference", reference, "person", caller(ctx).ID, "error", err.Error())
	}
	return &Problem{Title: http.StatusText(status), Status: status, Code: code(status),
		Detail: "Something on our side went wrong. Nothing was changed. If it happens again, tell us this reference: " + reference}
}

// problem answers outside of huma.
func (s *server) problem(w http.ResponseWriter, r *http.Request, err error) {
	p := s.refusal(r.Context(), err)
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	json.NewEncoder(w).Encode(p) //nolint:errcheck,errchkjson // the caller may have left
}

var pathParts = regexp.MustCompile(`[^a-z0-9]+`)

func operationID(method, path string) string {
	return strings.Trim(pathParts.ReplaceAllString(strings.ToLower(method+path), "-"), "-")
}
