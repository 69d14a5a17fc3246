package api

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

var (
	errKeyReused = fault.New(fault.Invalid, "idempotency_key_reused",
		"This Idempotency-Key came with another request before. Use a new key for a new request; nothing was done.")
	errKeyBusy = fault.New(fault.Conflict, "idempotency_key_busy",
		"A request with this Idempotency-Key is being worked on, or was cut off before it was answered. Look whether it was done before you send it under a new key.")
	errKeyLong = fault.New(fault.Invalid, "idempotency_key_too_long", "An Idempotency-Key has 1 to 200 characters. Nothing was done.")
)

const (
	maxKey = 200
	keep   = 24 * time.Hour // how long an answer is remembered
)

// claim is a request that named itself. The body may hold a password, so what is
// kept of it is an HMAC under the key that the caller made up, and of the key
// its hash.
type claim struct {
	key, request []byte
}

// claimOf reads who sent what under which key.
func claimOf(r *http.Request, key string) (claim, error) {
	sent, err := io.ReadAll(r.Body)
	if err != nil {
		return claim{}, err
	}
	r.Body = io.NopCloser(bytes.NewReader(sent))
	who := fmt.Sprintf("person/%d", caller(r.Context()).ID)
	if caller(r.Context()).ID == 0 {
		who = "address/" + from(r.Context()).Address
	}
	name := sha256.Sum256([]byte(who + "\n" + key))
	request := hmac.New(sha256.New, []byte(key))
	fmt.Fprintf(request, "%s %s\n", r.Method, r.URL.RequestURI())
	request.Write(sent)
	return claim{name[:], request.Sum(nil)}, nil
}

// once does a POST with an Idempotency-Key one time, and repeats its answer
// when it comes again. Tokens are left out: their answer is a secret, which is
// never stored. So are uploads, of which nothing comes until they are attached.
func (s *server) once(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := r.Header.Get("Idempotency-Key")
		if key == "" || r.Method != http.MethodPost || r.URL.Path == "/api/v1/tokens" || isUpload(r) {
			next.ServeHTTP(w, r)
			return
		}
		if err := s.answerOnce(w, r, key, next); err != nil {
			s.problem(w, r, err)
		}
	})
}

func (s *server) answerOnce(w http.ResponseWriter, r *http.Request, key string, next http.Handler) error {
	if len(key) > maxKey {
		return errKeyLong
	}
	c, err := claimOf(r, key)
	if err != nil {
		return err
	}
	known, err := s.claim(r.Context(), c)
	switch {
	case err != nil:
		return err
	case known == nil:
		s.answerFirst(w, r, c, next)
		return nil
	case !hmac.Equal(known.Request, c.request):
		return errKeyReused
	case known.Status == nil:
		return errKeyBusy
	}
	again := &answer{header: w.Header(), status: *known.Status, body: *bytes.NewBuffer(known.Body)}
	again.header.Set("Content-Type", *known.Type)
	again.give(w)
	return nil
}

// remembered is what is known under a key.
type remembered struct {
	Request []byte
	Status  *int // nil: it is being worked on
	Type    *string
	Body    []byte
}

// claim takes a key for this request, or returns what is known under it.
func (s *server) claim(ctx context.Context, c claim) (known *remembered, err error) {
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		known = nil
		if err := db.Exec(ctx, tx, `DELETE FROM api.answers WHERE key = $1 AND at < $2`, c.key, tx.Now.Add(-keep)); err != nil {
			return err
		}
		taken, err := db.Values[[]byte](ctx, tx, `
			INSERT INTO api.answers (key, request, at) VALUES ($1, $2, $3)
			ON CONFLICT DO NOTHING RETURNING key`, c.key, c.request, tx.Now)
		if err != nil || len(taken) > 0 {
			return err
		}
		r, err := db.One[remembered](ctx, tx, `SELECT request, status, type, body FROM api.answers WHERE key = $1`, c.key)
		if errors.Is(err, db.NoRow) {
			return errKeyBusy // it was refused just now, and can be sent again
		}
		known = &r
		return err
	})
	return known, err
}

// answerFirst does the request, remembers its answer, and then gives it: whoever
// has it can send the request again. A refusal has changed nothing, so it is not
// remembered: the same request may do better later.
func (s *server) answerFirst(w http.ResponseWriter, r *http.Request, c claim, next http.Handler) {
	a := &answer{header: w.Header(), status: http.StatusOK}
	next.ServeHTTP(a, r)
	ctx := context.WithoutCancel(r.Context())
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		if a.status >= http.StatusBadRequest {
			return db.Exec1(ctx, tx, `DELETE FROM api.answers WHERE key = $1`, c.key)
		}
		return db.Exec1(ctx, tx, `UPDATE api.answers SET status = $2, type = $3, body = $4 WHERE key = $1`,
			c.key, a.status, a.header.Get("Content-Type"), a.body.Bytes())
	})
	if err != nil { // it is done all the same; sent again, the caller is told to look
		s.Log.Error("an answer could not be remembered", "path", r.URL.Path, "error", err)
	}
	a.give(w)
}

// Sweep forgets the answers that are a day old.
func Sweep(ctx context.Context, d *db.DB) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		return db.Exec(ctx, tx, `DELETE FROM api.answers WHERE at < $1`, tx.Now.Add(-keep))
	})
}

// answer is one that is held back until it is remembered.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header is that of the answer.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader notes the status.
func (a *answer) WriteHeader(status int) { a.status = status }

// Write keeps what there is to say.
func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }

func (a *answer) give(w http.ResponseWriter) {
	w.WriteHeader(a.status)
	w.Write(a.body.Bytes()) //nolint:errcheck // the caller may leave
}
