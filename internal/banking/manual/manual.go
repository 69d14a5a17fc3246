// Package manual is a rail without a provider: people transfer money to the operator's
// bank account with a reference, finance reads the bank's statements in, and payouts
// go to the bank in files.
package manual

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"freehold/internal/banking"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/pain"
	"freehold/internal/kit/say"
)

// Name is what the rail is called in the database.
const Name = "manual"

// Rail is one bank account of the operator.
type Rail struct {
	DB      *db.DB
	Account Account
}

// Account is where people transfer money to.
type Account struct {
	Holder   string
	IBAN     banking.IBAN
	BIC      string
	Currency string
}

// ParseAccount reads "holder=Orchard+eG&iban=PT50…&bic=…&currency=EUR".
func ParseAccount(setting string) (Account, error) {
	in, err := url.ParseQuery(setting)
	if err != nil {
		return Account{}, fmt.Errorf("the bank account: %w", err)
	}
	a := Account{Holder: in.Get("holder"), BIC: strings.ToUpper(in.Get("bic")), Currency: in.Get("currency")}
	if a.IBAN, err = banking.ParseIBAN(in.Get("iban")); err != nil {
		return a, fmt.Errorf("the bank account: its iban is none")
	}
	if a.Holder == "" || !money.Known(a.Currency) {
		return a, fmt.Errorf("the bank account needs a holder and a currency")
	}
	return a, nil
}

// Name is "manual".
func (Rail) Name() string { return Name }

// Traits are those of a bank transfer, which nobody but its payer starts and nobody can
// take back.
func (r Rail) Traits() banking.Traits {
	return banking.Traits{Words: say.Key("Bank transfer"), Currencies: []string{r.Account.Currency}, Method: banking.IBANNumber}
}

// Own is the operator's account.
func (r Rail) Own() pain.Account {
	return pain.Account{Holder: r.Account.Holder, IBAN: string(r.Account.IBAN), BIC: r.Account.BIC}
}

// Collect says how to pay. The bank's statement says whether somebody has.
func (r Rail) Collect(_ context.Context, o banking.Order) (banking.Answer, error) {
	return banking.Answer{Waits: true, Transfer: &banking.Transfer{
		Holder: r.Account.Holder, IBAN: string(r.Account.IBAN), BIC: r.Account.BIC, Reference: banking.ReferenceOf(o.Key),
	}}, nil
}

// Send waits for somebody of finance to take the payout to the bank.
func (Rail) Send(context.Context, banking.Order) (banking.Answer, error) {
	return banking.Answer{Waits: true}, nil
}

// Book holds what the last statement says: its lines were taken over as it was read in.
func (r Rail) Book(ctx context.Context, after string) (b banking.Book, err error) {
	b.Next = after
	err = r.DB.View(ctx, func(tx *db.Tx) error {
		b.Held, err = db.All[money.Amount](ctx, tx, `
			SELECT closing - (SELECT opening FROM banking.statements WHERE rail = $1 ORDER BY until, id LIMIT 1) AS minor, currency
			FROM banking.statements WHERE rail = $1 AND closing IS NOT NULL ORDER BY until DESC, id DESC LIMIT 1`, Name)
		return err
	})
	if len(b.Held) == 0 || err != nil {
		b.Held = nil
	}
	return b, err
}
