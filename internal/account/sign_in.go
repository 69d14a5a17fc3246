package account

import (
	"context"
	"errors"

	"freehold/internal/kit/db"
	"freehold/internal/kit/limits"
)

// SignIn opens a session for whoever knows the password, and returns its secret,
// which is not kept. It is refused with ErrSignIn alike for a wrong password and
// an unknown address, and takes as long.
func SignIn(ctx context.Context, d *db.DB, email, password string, from Visitor, kind SessionKind) (secret string, err error) {
	from = from.clean()
	address, _ := ParseAddress(email) // what is no address has no account
	if err := signInsFrom.allow(ctx, d, from.Address); err != nil {
		return "", err
	}
	if err := signInsTo.allow(ctx, d, folded(address)); err != nil {
		return "", err
	}
	var c credentials
	if err := d.View(ctx, func(tx *db.Tx) error { c, err = credentialsOf(ctx, tx, address); return err }); err != nil {
		return "", err
	}
	ok, err := matches(ctx, password, c.Hash)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", ErrSignIn
	}
	secret = newSecret()
	err = d.Update(ctx, func(tx *db.Tx) error { return openSession(ctx, tx, c, digest(secret), from, kind) })
	if err != nil {
		return "", err
	}
	return secret, limits.Forgive(ctx, d, signInsFrom.what+from.Address, signInsTo.what+folded(address))
}

// openSession lets in whoever has shown c to be theirs. A password that was
// reset since then opens nothing: the reset ends all sessions, and must not miss
// this one.
func openSession(ctx context.Context, tx *db.Tx, c credentials, secretHash []byte, from Visitor, kind SessionKind) error {
	now, err := lockCredentials(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	if now.Hash != c.Hash {
		return ErrSignIn
	}
	return insertSession(ctx, tx, c.ID, secretHash, from, kind)
}

// Authenticate returns who holds the secret of an open session, acting from
// where the request comes from, or ErrNotSignedIn. It keeps the session open for
// another 30 days, which at most once a minute costs a write.
func Authenticate(ctx context.Context, d *db.DB, secret string, from Visitor) (Actor, error) {
	from = from.clean()
	var h holder
	err := d.Ask(ctx, func(a *db.Ask) { askHolder(a, &h, digest(secret)) })
	if errors.Is(err, db.NoRow) {
		err = ErrNotSignedIn
	}
	if err == nil && h.Overdue {
		err = d.Update(ctx, func(tx *db.Tx) error { return touchSession(ctx, tx, h.Session, from) })
	}
	if err != nil {
		return Actor{}, err
	}
	h.Address, h.Agent = from.Address, from.Agent
	return h.Actor, nil
}
