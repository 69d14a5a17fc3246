package banking

import (
	"context"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/pain"
)

// A Rail carries money between the world and us through one payment provider.
// Asked twice under one key, it acts once and answers the same, or with what has
// become of it since. Every rail passes railtest.
type Rail interface {
	Name() string
	Traits() Traits
	Collect(ctx context.Context, o Order) (Answer, error)
	Send(ctx context.Context, o Order) (Answer, error)
	Book(ctx context.Context, after string) (Book, error)
}

// Traits are what differs between rails for the people who use them.
type Traits struct {
	Words      string   // what people call it: say.Key("Bank transfer")
	Currencies []string // nil: every one of the market
	Method     MethodKind
	Pulls      bool // it can collect without the payer being there
	Reversible bool // the payer can take a deposit back
}

// A FiledRail is a bank account of the operator's: somebody of finance takes payouts to
// the bank in files, and reads its statements in.
type FiledRail interface {
	Rail
	Own() pain.Account
}

func isFiled(r Rail) bool {
	_, filed := r.(FiledRail)
	return filed
}

// MethodKind is what a rail has to know to send money to somebody.
type MethodKind string

// The kinds of payout method.
const (
	NoMethod   MethodKind = ""       // it knows them already
	IBANNumber MethodKind = "iban"   // an account at a bank
	HostedForm MethodKind = "hosted" // the provider asks them itself
)

// Takes reports whether a rail moves money in a currency.
func (t Traits) Takes(currency string) bool {
	return t.Currencies == nil || slices.Contains(t.Currencies, currency)
}

// Order asks a rail to move money for somebody.
type Order struct {
	Key        string // unique for ever: "deposit/7"
	Person     account.ID
	Name       string
	Email      string
	Amount     money.Amount
	Reference  string // the provider's name for it, if it has answered before
	Method     string // where to send it; only for rails that need one
	Unattended bool   // nobody is there to pay: charge the method they have shown
}

// Answer is what became of an order. An error beside it means that nothing is
// known yet, and the order will be given again.
type Answer struct {
	Reference string    // the provider's name for it
	Refused   string    // why not, for the person to read; empty: it was done, or waits
	Waits     bool      // it is known, and not done yet
	Go        string    // where the person pays, at the provider
	Transfer  *Transfer // or what they have to transfer themselves
}

// Transfer is how somebody pays by a transfer of their own.
type Transfer struct {
	Holder    string
	IBAN      string
	BIC       string // may be empty
	Reference string // by which we know whose it is
}

// Book is a part of the provider's own book.
type Book struct {
	Lines []Line
	Next  string         // where it goes on; the same as before: that was all
	Held  []money.Amount // what the provider says it holds for us at the end; nil: it does not say
}

// LineKind is what a line of a provider's book is.
type LineKind string

// The kinds of line.
const (
	LineDeposit    LineKind = "deposit"
	LinePayout     LineKind = "payout"
	LineReturned   LineKind = "payout returned"
	LineFee        LineKind = "fee"
	LineChargeback LineKind = "chargeback"
	LineWon        LineKind = "chargeback won"
	LineOther      LineKind = "other"
)

// Line is one movement in the provider's book.
type Line struct {
	Ref    string // the provider's name for it, unique on the rail
	Kind   LineKind
	Key    string       // of our order, where the provider knows it
	Amount money.Amount // above zero: it came in
	Text   string       // as the bank writes it, without account numbers
	At     time.Time
}

// Rails are those of a market, the usual one first.
type Rails []Rail

// ErrNoRail refuses a rail that this market does not have.
var ErrNoRail = fault.New(fault.Invalid, "rail_unknown", "This market does not move money that way. Choose another one.").At("rail")

// Filed is the rail of a name whose payouts go out in files.
func (all Rails) Filed(name string) (FiledRail, error) {
	r, err := all.Named(name)
	if err != nil {
		return nil, err
	}
	filed, ok := r.(FiledRail)
	if !ok {
		return nil, ErrNotFiled
	}
	return filed, nil
}

// Named is the rail of a name; the usual one if it is empty.
func (all Rails) Named(name string) (Rail, error) {
	for _, r := range all {
		if name == "" || r.Name() == name {
			return r, nil
		}
	}
	return nil, ErrNoRail
}
