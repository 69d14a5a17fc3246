package contract

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/prose"
)

// Signing is what somebody signs with.
type Signing struct {
	SHA256        string // of the text that they have read
	Password      string // shows that it is they who sign
	PostalAddress string // stands beside the signature, in several lines; may be left out where no law wants it
}

const (
	minPostalAddress = 10
	maxPostalAddress = 500
)

// ErrPostalAddress says what an address is. New York, California and Illinois
// want the postal addresses of both in every contract with a freelancer.
var ErrPostalAddress = fault.New(fault.Invalid, "postal_address_invalid",
	"Write the address at which a letter reaches you, with street, town and country. The law of some places wants it in the contract; only the other side sees it.")

// addressNeeded reports whether the law of where one of the two lives wants the
// postal addresses of both. People say their country and not their state, so it
// is taken to hold in all of the United States.
func addressNeeded(ctx context.Context, tx *db.Tx, client, freelancer account.ID) (bool, error) {
	return db.Value[bool](ctx, tx, `
		SELECT EXISTS (SELECT FROM account.people WHERE id IN ($1, $2) AND country = 'US')`, client, freelancer)
}

// check returns s as it will be stored, once it is known who signs.
func (s Signing) check(ctx context.Context, d *db.DB, by account.Actor) (Signing, error) {
	errs := []error{tidy(&s.PostalAddress, postalAddress, "postal_address")}
	if err := account.CheckPassword(ctx, d, by, s.Password); err != nil {
		errs = append(errs, err)
	}
	return s, errors.Join(errs...)
}

// postalAddress is what somebody typed, without lines that say nothing.
func postalAddress(typed string) (string, error) {
	text, err := prose.Clean(typed)
	if err != nil {
		return "", err
	}
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	text = strings.Join(lines, "\n")
	if text == "" {
		return "", nil
	}
	if n := utf8.RuneCountInString(text); n < minPostalAddress || n > maxPostalAddress || !strings.ContainsAny(text, "\n,") {
		return text, ErrPostalAddress
	}
	return text, nil
}
