package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

type callerKey struct{}

// caller is who sent the request; the zero Actor without a token.
func caller(ctx context.Context) account.Actor {
	by, _ := ctx.Value(callerKey{}).(account.Actor)
	return by
}

func visitor(r *http.Request) account.Visitor {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	return account.Visitor{Address: host, Agent: r.UserAgent()}
}

// maxFile is the most that an upload may send.
const maxFile = 21 << 20

// limit refuses what is too large or is not text, finds out who is calling, and
// keeps browsers from guessing.
func (s *server) limit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		defer func() {
			if p := recover(); p != nil {
				s.problem(w, r, fmt.Errorf("panic: %v", p))
			}
		}()
		if !isUpload(r) {
			sent, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
			switch {
			case err != nil:
				s.problem(w, r, errTooLong)
				return
			case !utf8.Valid(sent):
				s.problem(w, r, errText)
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(sent))
		} else {
			r.Body = http.MaxBytesReader(w, r.Body, maxFile)
		}
		ctx := context.WithValue(r.Context(), visitorKey{}, visitor(r))
		if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
			by, err := account.Authenticate(ctx, s.DB, token, visitor(r))
			if _, refused := fault.Of(err); refused {
				err = errNoToken
			}
			if err != nil {
				s.problem(w, r, err)
				return
			}
			ctx = context.WithValue(ctx, callerKey{}, by)
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

type visitorKey struct{}

func from(ctx context.Context) account.Visitor {
	v, _ := ctx.Value(visitorKey{}).(account.Visitor)
	return v
}

func isUpload(r *http.Request) bool {
	return r.Method == http.MethodPost && r.URL.Path == "/api/v1/files"
}

var (
	errKeyReused = fault.New(fault.Invalid, "idempotency_key_reused",
		"This Idempotency-Key came with another request before. Use a new key for a new request; nothing was done.")
	errKeyBusy = fault.New(fault.Conflict, "idempotency_key_busy",
		"A request with this Idempotency-Key is being worked on, or was cut off before it was answered. Look whether it was done before you send it under a new key.")
	errKeyLong = fault.New(fault.Invalid, "idempotency_key_too_long", "An Idempotency-Key has 1 to 200 characters.")
)

// keep is how long an answer is remembered.
const keep = 24 * time.Hour

type remembered struct {
	Request []byte
	Status  *int
	Type    *string
	Body    []byte
}

// once does a POST with an Idempotency-Key one time, and repeats its answer
// when it comes again. Tokens are left out: their answer is a secret, which is
// never stored.
func (s *server) once(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := r.Header.Get("Idempotency-Key")
		if key == "" || r.Method != http.MethodPost || r.URL.Path == "/api/v1/tokens" || isUpload(r) {
			next.ServeHTTP(w, r)
			return
		}
		if len(key) > 200 {
			s.problem(w, r, errKeyLong)
			return
		}
		if err := s.answerOnce(w, r, key, next); err != nil {
			s.problem(w, r, err)
		}
	})
}

func (s *server) answerOnce(w http.ResponseWriter, r *http.Request, key string, next http.Handler) error {
	sent, err := io.ReadAll(r.Body)
	if err != nil {
		return errTooLong
	}
	r.Body = io.NopCloser(bytes.NewReader(sent))
	request := sha256.Sum256(fmt.Appendf(nil, "%s %s\n%s", r.Method, r.URL.RequestURI(), sent))
	who := fmt.Sprintf("person/%d", caller(r.Context()).ID)
	if who == "person/0" {
		who = "address/" + from(r.Context()).Address
	}
	known, err := s.claim(r.Context(), who, key, request[:])
	switch {
	case err != nil:
		return err
	case known == nil:
		return s.answerFirst(w, r, who, key, next)
	case !bytes.Equal(known.Request, request[:]):
		return errKeyReused
	case known.Status == nil:
		return errKeyBusy
	}
	w.Header().Set("Content-Type", *known.Type)
	w.WriteHeader(*known.Status)
	_, err = w.Write(known.Body)
	return err
}

// claim takes a key for this request, or returns what is known under it.
func (s *server) claim(ctx context.Context, who, key string, request []byte) (known *remembered, err error) {
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := db.Exec(ctx, tx, `DELETE FROM api.answers WHERE who = $1 AND key = $2 AND at < $3`, who, key, tx.Now.Add(-keep)); err != nil {
			return err
		}
		_, err := db.Value[string](ctx, tx, `
			INSERT INTO api.answers (who, key, request, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT DO NOTHING RETURNING key`, who, key, request, tx.Now)
		if !errors.Is(err, db.NoRow) {
			return err
		}
		r, err := db.One[remembered](ctx, tx, `SELECT request, status, type, body FROM api.answers WHERE who = $1 AND key = $2`, who, key)
		known = &r
		return err
	})
	return known, err
}

// answerFirst does the request and remembers its answer. An accident is not
// remembered: it may be tried again.
func (s *server) answerFirst(w http.ResponseWriter, r *http.Request, who, key string, next http.Handler) error {
	rec := &recorder{ResponseWriter: w, status: http.StatusOK}
	next.ServeHTTP(rec, r)
	ctx := context.WithoutCancel(r.Context())
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		if rec.status >= http.StatusInternalServerError {
			return db.Exec(ctx, tx, `DELETE FROM api.answers WHERE who = $1 AND key = $2`, who, key)
		}
		return db.Exec(ctx, tx, `UPDATE api.answers SET status = $3, type = $4, body = $5 WHERE who = $1 AND key = $2`,
			who, key, rec.status, rec.Header().Get("Content-Type"), rec.body.Bytes())
	})
	if err != nil { // the answer is out already
		s.Log.Error("an answer could not be remembered", "key", key, "error", err)
	}
	return nil
}

type recorder struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	r.body.Write(b)
	return r.ResponseWriter.Write(b)
}
