package account

import (
	"context"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/geo"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/say"
)

// ImportPerson returns the client that source names, such as
// "elsewhere/client/17", and adds them if need be. Nobody can sign in as them
// until the account is claimed. A country we do not know is left out.
func ImportPerson(ctx context.Context, tx *db.Tx, source, name, country string) (ID, error) {
	name, err := cleanName(name)
	if err != nil {
		return 0, err
	}
	if _, ok := geo.Name(country); !ok {
		country = ""
	}
	return upsertImported(ctx, tx, source, name, country)
}

// Refusals of claims.
var (
	ErrNotSupport   = fault.New(fault.Forbidden, "not_support", "Only an administrator or support can hand an imported account to its owner.")
	ErrNotImported  = fault.New(fault.Conflict, "account_claimed_already", "This account has an owner who can sign in. There is nothing to claim.")
	ErrAddressTaken = fault.New(fault.Conflict, "email_taken", "This address belongs to another account already. Use another address.").At("email")
)

// Claim mails a link by which the owner of an imported account gets a password
// for it. Who the owner is, staff has to find out first; the link then shows
// that they read that mailbox.
func Claim(ctx context.Context, d *db.DB, by Actor, person ID, email string) error {
	if !by.IsSystem() && !by.Is(Admin) && !by.Is(Support) {
		return ErrNotSupport
	}
	address, err := ParseAddress(email)
	if err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		p, err := PersonByID(ctx, tx, person)
		if err != nil {
			return err
		}
		if p.Email != nil {
			return ErrNotImported
		}
		taken, err := addressTaken(ctx, tx, address)
		if err != nil {
			return err
		}
		if taken {
			return ErrAddressTaken
		}
		return mailLink(ctx, tx, p, address, toClaim, mail.Body{
			Subject: say.That("Your account at Freehold"),
			Says: []say.Sentence{
				say.That("What you posted elsewhere was brought to Freehold, and the account it belongs to is waiting for you. Press the button to choose a password for it. It works for two weeks."),
				say.That("If this means nothing to you, there is nothing to do."),
			},
			Button: say.That("Choose a password"), Link: resetPath,
			Why: say.That("You get this mail because the staff of this market was told that this account is yours."),
		})
	})
}
