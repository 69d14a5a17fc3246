package account

import (
	"context"
	"errors"

	"freehold/internal/kit/db"
	"freehold/internal/kit/limits"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/say"
)

// AskReset mails a link for a new password to an address, if it is a member's.
// The answer does not say whether it is.
func AskReset(ctx context.Context, d *db.DB, email string, from Visitor) error {
	address, err := ParseAddress(email)
	if err != nil {
		return err
	}
	if err := mailsFrom.allow(ctx, d, from.clean().Address); err != nil {
		return err
	}
	if err := mailsTo.allow(ctx, d, folded(address)); err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		p, err := PersonByEmail(ctx, tx, address)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return mailLink(ctx, tx, p, *p.Email, toReset, mail.Body{
			Subject: say.That("A new password for Freehold"),
			Says: []say.Sentence{
				say.That("Press the button to choose a new password. It works once, and for an hour. Wherever you are signed in now, you will be signed out."),
				say.That("If you did not ask for this, there is nothing to do: your password stays as it is."),
			},
			Button: say.That("Choose a new password"), Link: resetPath,
			Why: say.That("You get this mail because somebody asked for a new password for this address."),
		})
	})
}

// ResetPassword gives whoever was mailed the secret a new password. It ends all
// their sessions and all such links, since whoever had the old password may have
// used it. An imported person is thereby here, under the address mailed to.
func ResetPassword(ctx context.Context, d *db.DB, secret, password string) error {
	var l link
	err := d.View(ctx, func(tx *db.Tx) (err error) { l, err = passwordLink(ctx, tx, secret); return err })
	if err != nil {
		return err
	}
	if err := checkPassword(password, l.Email); err != nil {
		return err
	}
	hashed, err := hash(ctx, password)
	if err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		if _, err := lockCredentials(ctx, tx, l.Person); err != nil {
			return err
		}
		if _, err := passwordLink(ctx, tx, secret); err != nil { // used while we were hashing
			return err
		}
		if err := saveReset(ctx, tx, l, hashed); err != nil {
			return err
		}
		if err := endSessions(ctx, tx, l.Person, 0); err != nil {
			return err
		}
		if err := limits.Forget(ctx, tx, signInsTo.what+folded(l.Email)); err != nil {
			return err
		}
		return mailPasswordChanged(ctx, tx, l.Person)
	})
}

// passwordLink returns the link with this secret if it still leads to a new
// password.
func passwordLink(ctx context.Context, tx *db.Tx, secret string) (link, error) {
	l, err := linkBySecret(ctx, tx, secret)
	if err == nil && (l.Purpose == toConfirm || l.UsedAt != nil || !tx.Now.Before(l.ExpiresAt)) {
		err = ErrLink
	}
	return l, err
}

func mailPasswordChanged(ctx context.Context, tx *db.Tx, id ID) error {
	p, err := PersonByID(ctx, tx, id)
	if err != nil {
		return err
	}
	return p.mail(ctx, tx, *p.Email, mail.Body{
		Subject: say.That("Your password for Freehold was changed"), At: tx.Now,
		Says: []say.Sentence{
			say.That("Your password was changed just now, and you were signed out everywhere else."),
			say.That("If that was not you, ask for a new password at once."),
		},
		Button: say.That("Ask for a new password"), Link: askResetPath,
		Why: whyAlways,
	})
}
