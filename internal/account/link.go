package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"time"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/say"
)

// purpose is what following a mailed link is for.
type purpose string

const (
	toConfirm purpose = "confirm" // that the address is theirs
	toReset   purpose = "reset"   // a password they forgot
	toClaim   purpose = "claim"   // the account that was imported for them
)

// Where links lead on our pages. The secret is the last part of the path.
const (
	signInPath   = "/sign-in"
	askResetPath = "/reset"
	confirmPath  = "/confirm/"
	resetPath    = "/reset/" // to claim an account is to give it its first password
)

func (p purpose) life() time.Duration {
	switch p {
	case toConfirm:
		return 3 * 24 * time.Hour
	case toReset:
		return time.Hour
	default:
		return 14 * 24 * time.Hour
	}
}

// link is one that we mailed.
type link struct {
	Person    ID
	Purpose   purpose
	Email     string
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// ErrLink refuses a link that does not work, or not any more.
var ErrLink = fault.New(fault.Invalid, "link_spent",
	"This link does not work any more: it was used already, or it is too old. Nothing was changed. Ask for a new one, and follow the latest mail.")

// newSecret returns 130 bits that nobody can guess.
func newSecret() string { return rand.Text() }

// digest is what we keep of a secret. It needs no salt: there is nothing to guess.
func digest(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// mailLink mails a person a link that only the reader of the mailbox can follow.
func mailLink(ctx context.Context, tx *db.Tx, p Person, address string, why purpose, body mail.Body) error {
	secret := newSecret()
	if err := insertLink(ctx, tx, digest(secret), p.ID, why, address); err != nil {
		return err
	}
	body.Link += secret
	return p.mail(ctx, tx, address, body)
}

// whyAlways is why somebody gets a mail that they did not ask for.
var whyAlways = say.That("You get this mail because it protects your account. It always reaches you, whatever your settings say.")

// mail is for what protects an account: nobody can switch it off.
func (p Person) mail(ctx context.Context, tx *db.Tx, address string, body mail.Body) error {
	return mail.Queue(ctx, tx, mail.Message{To: address, Name: p.Name, Language: p.Language, TimeZone: p.TimeZone, Body: body})
}
