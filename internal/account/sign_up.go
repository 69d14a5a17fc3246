package account

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"freehold/internal/kit/db"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/say"
)

// SignUpInput is what somebody who joins says about themselves.
type SignUpInput struct {
	Name     string
	Email    string
	Password string
	Kind     Side
	Country  string // may be left out
	TimeZone string // may be left out: UTC
	Language string // may be left out: English
	From     Visitor
	Demo     bool // this is freehold demo, where addresses at demo.test are confirmed at once
}

const demoDomain = "@demo.test"

// SignUp makes somebody a member, who can sign in at once and is mailed a link
// that confirms their address.
//
// A stranger must not learn who is a member. So when the address is known
// already the answer is the same, an ID included, which is then nobody's; the
// owner of the address is told by mail.
func SignUp(ctx context.Context, d *db.DB, in SignUpInput) (id ID, err error) {
	in, err = in.clean()
	if err != nil {
		return 0, err
	}
	if err := in.allow(ctx, d); err != nil {
		return 0, err
	}
	cost := PasswordCost
	if in.needsNoMail() {
		cost = printedCost
	}
	hashed, err := hashAt(ctx, in.Password, cost)
	if err != nil {
		return 0, err
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		var isNew bool
		if id, isNew, err = insertPerson(ctx, tx, in, hashed); err != nil {
			return err
		}
		switch {
		case !isNew:
			return mailAlreadyHere(ctx, tx, in.Email)
		case in.needsNoMail():
			return confirm(ctx, tx, id, in.Email)
		default:
			p, err := PersonByID(ctx, tx, id)
			if err != nil {
				return err
			}
			return mailConfirmation(ctx, tx, p)
		}
	})
	return id, err
}

// clean returns in as it would be stored, or all that is wrong with it.
func (in SignUpInput) clean() (SignUpInput, error) {
	in.Language = cmp.Or(in.Language, "en")
	name, errName := cleanName(in.Name)
	address, errAddress := ParseAddress(in.Email)
	err := errors.Join(errName, errAddress,
		checkPassword(in.Password, address),
		checkSide(in.Kind),
		Place{in.Country, in.TimeZone}.check(), checkLanguage(in.Language))
	in.Name, in.Email, in.From = name, address, in.From.clean()
	if in.TimeZone == "" {
		in.TimeZone = "UTC"
	}
	return in, err
}

func (in SignUpInput) needsNoMail() bool { return in.Demo && strings.HasSuffix(in.Email, demoDomain) }

func (in SignUpInput) allow(ctx context.Context, d *db.DB) error {
	if in.needsNoMail() {
		return nil
	}
	if err := signUpsFrom.allow(ctx, d, in.From.Address); err != nil {
		return err
	}
	return mailsTo.allow(ctx, d, folded(in.Email))
}

func mailAlreadyHere(ctx context.Context, tx *db.Tx, address string) error {
	p, err := PersonByEmail(ctx, tx, address)
	if err != nil {
		return err
	}
	return p.mail(ctx, tx, *p.Email, mail.Body{
		Subject: say.That("You are already a member of Freehold"), At: tx.Now,
		Says: []say.Sentence{
			say.That("Somebody, perhaps you, has just tried to join Freehold with this address. You are a member already: sign in. If you do not know your password any more, the same page gives you a new one."),
			say.That("If it was not you, there is nothing to do: nothing was changed, and they were not told that you are a member."),
		},
		Button: say.That("Sign in"), Link: signInPath,
		Why: whyAlways,
	})
}
