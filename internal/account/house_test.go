package account_test

import (
	"context"
	"strings"
	"testing"

	"github.com/alexedwards/argon2id"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/db/dbtest"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/mail"
)

func init() { // hashing at full cost would take longer than all the tests
	account.PasswordCost = argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

const password = "correct horse battery staple"

var home = account.Visitor{Address: "198.51.100.7", Agent: "Firefox"}

// house is a market in which people only join, come and go.
type house struct {
	*testing.T
	d     *db.DB
	clock *dbtest.Clock
}

func open(t *testing.T) house {
	t.Helper()
	d, clock := dbtest.New(t)
	return house{t, d, clock}
}

func (h house) ok(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// join is the form that somebody fills in.
func join(name string) account.SignUpInput {
	return account.SignUpInput{Name: name, Email: strings.ToLower(name) + "@example.org", Password: password, Kind: account.AsFreelancer}
}

// person joins, confirms their address and signs in.
func (h house) person(name string) (account.Actor, string) {
	h.Helper()
	in := join(name)
	_, err := account.SignUp(h.Context(), h.d, in)
	h.ok(err)
	_, err = account.Confirm(h.Context(), h.d, h.secret(h.lastMail()))
	h.ok(err)
	secret := h.signIn(in.Email)
	by, err := account.Authenticate(h.Context(), h.d, secret, home)
	h.ok(err)
	return by, secret
}

func (h house) signIn(email string) (secret string) {
	h.Helper()
	secret, err := account.SignIn(h.Context(), h.d, email, password, home, account.Browser)
	h.ok(err)
	return secret
}

// is reports whether somebody is signed in with a secret.
func (h house) isSignedIn(secret string) bool {
	h.Helper()
	_, err := account.Authenticate(h.Context(), h.d, secret, home)
	if err != nil {
		h.refused(err, account.ErrNotSignedIn)
	}
	return err == nil
}

func (h house) mails() (all []mail.Mail) {
	h.Helper()
	h.view(func(ctx context.Context, tx *db.Tx) (err error) { all, err = mail.Outbox(ctx, tx, 0, 1000); return err })
	return all
}

func (h house) lastMail() mail.Mail {
	h.Helper()
	all := h.mails()
	if len(all) == 0 {
		h.Fatal("no mail was written")
	}
	return all[0]
}

// secret is what the link in a mail ends with.
func (h house) secret(m mail.Mail) string {
	h.Helper()
	secret := m.Body.Link[strings.LastIndexByte(m.Body.Link, '/')+1:]
	if len(secret) < 26 {
		h.Fatalf("there is no secret in %q", m.Body.Link)
	}
	return secret
}

func (h house) view(f func(context.Context, *db.Tx) error) {
	h.Helper()
	h.ok(h.d.View(h.Context(), func(tx *db.Tx) error { return f(h.Context(), tx) }))
}

func (h house) update(f func(context.Context, *db.Tx) error) {
	h.Helper()
	h.ok(h.d.Update(h.Context(), func(tx *db.Tx) error { return f(h.Context(), tx) }))
}

func (h house) find(id account.ID) (p account.Person) {
	h.Helper()
	h.view(func(ctx context.Context, tx *db.Tx) (err error) { p, err = account.PersonByID(ctx, tx, id); return err })
	return p
}

func (h house) count(sql string) (n int) {
	h.Helper()
	h.view(func(ctx context.Context, tx *db.Tx) (err error) { n, err = db.Value[int](ctx, tx, sql); return err })
	return n
}

// refused fails the test unless err is this refusal and no accident.
func (h house) refused(err error, want *fault.Error) {
	h.Helper()
	if got, ok := fault.Of(err); !ok || got.Code != want.Code || got.Field != want.Field {
		h.Errorf("got %v, want the refusal %s at %q", err, want.Code, want.Field)
	}
}
