package account

import (
	"context"
	"errors"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/say"
)

// ErrConfirmed refuses to confirm once more.
var ErrConfirmed = fault.New(fault.Conflict, "address_confirmed_already", "Your address is confirmed already. There is nothing left to do.")

// Confirm notes that whoever was mailed the secret has read the mail, and
// returns who that is. Following the link again does no harm.
func Confirm(ctx context.Context, d *db.DB, secret string) (id ID, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		l, err := linkBySecret(ctx, tx, secret)
		if err != nil {
			return err
		}
		if l.Purpose != toConfirm || l.UsedAt == nil && !tx.Now.Before(l.ExpiresAt) {
			return ErrLink
		}
		id = l.Person
		if err := confirm(ctx, tx, l.Person, l.Email); err != nil {
			return err
		}
		return markLinkUsed(ctx, tx, secret)
	})
	return id, err
}

// SendConfirmation mails by another link that confirms their address.
func SendConfirmation(ctx context.Context, d *db.DB, by Actor) error {
	if by.Confirmed {
		return ErrConfirmed
	}
	if err := mailsTo.allow(ctx, d, folded(by.Email)); err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		p, err := PersonByID(ctx, tx, by.ID)
		if err != nil {
			return err
		}
		if p.ConfirmedAt != nil || p.Email == nil {
			return ErrConfirmed
		}
		return mailConfirmation(ctx, tx, p)
	})
}

// confirm notes that the address is theirs, if it is still the one they use.
func confirm(ctx context.Context, tx *db.Tx, id ID, address string) error {
	err := saveConfirmed(ctx, tx, id, address)
	if errors.Is(err, db.NoRow) {
		return ErrLink
	}
	return err
}

func mailConfirmation(ctx context.Context, tx *db.Tx, p Person) error {
	return mailLink(ctx, tx, p, *p.Email, toConfirm, mail.Body{
		Subject: say.That("Confirm your address for Freehold"),
		Says: []say.Sentence{
			say.That("Welcome to Freehold. Press the button to confirm that this address is yours. It works for three days, and your settings can send you a new one."),
			say.That("If you did not join, do not press it: somebody has mistyped their address, and they get nowhere without you."),
		},
		Button: say.That("Confirm my address"), Link: confirmPath,
		Why: say.That("You get this mail because somebody joined Freehold with this address."),
	})
}
