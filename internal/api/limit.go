package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/kit/fault"
)

const (
	maxBody = 1 << 20           // the most that one request may send
	maxFile = file.MaxSize + 10 // the most that an upload may: beyond it there is no need to read on
)

// limit refuses what is too large or is not text, finds out who is calling, and
// keeps browsers from making anything else of the answer than it is.
func (s *server) limit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		if err := readWhole(w, r); err != nil {
			s.problem(w, r, err)
			return
		}
		ctx, err := s.recognise(r)
		if err != nil {
			s.problem(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// readWhole reads a request to its end, but for an upload, which is passed on as
// it comes.
func readWhole(w http.ResponseWriter, r *http.Request) error {
	if query, err := url.QueryUnescape(r.URL.RawQuery); err != nil || !isText(query) || !isText(r.URL.Path) {
		return errText
	}
	if isUpload(r) {
		r.Body = http.MaxBytesReader(w, r.Body, maxFile)
		return nil
	}
	sent, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return errTooLong
	}
	switch {
	case err != nil:
		return errCut
	case !isText(string(sent)):
		return errText
	}
	r.Body = io.NopCloser(bytes.NewReader(sent))
	return nil
}

// isText reports whether s is UTF-8 that PostgreSQL can store.
func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

func isUpload(r *http.Request) bool {
	switch r.Method + " " + r.URL.Path {
	case "POST /api/v1/files", "PUT /api/v1/me/portrait", "POST /api/v1/papers/verification":
		return true
	default:
		return false
	}
}

type (
	callerKey  struct{}
	visitorKey struct{}
)

// recognise finds out who is calling by their token, and where from.
func (s *server) recognise(r *http.Request) (context.Context, error) {
	visitor := visitorOf(r)
	ctx := context.WithValue(r.Context(), visitorKey{}, visitor)
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return ctx, nil
	}
	by, err := account.Authenticate(ctx, s.DB, token, visitor)
	if _, refused := fault.Of(err); refused {
		err = errNoToken
	}
	return context.WithValue(ctx, callerKey{}, by), err
}

func visitorOf(r *http.Request) account.Visitor {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	return account.Visitor{Address: host, Agent: r.UserAgent()}
}

// caller is who sent the request; the zero Actor without a token.
func caller(ctx context.Context) account.Actor {
	by, _ := ctx.Value(callerKey{}).(account.Actor)
	return by
}

// from is where the request came from.
func from(ctx context.Context) account.Visitor {
	v, _ := ctx.Value(visitorKey{}).(account.Visitor)
	return v
}
