// Package money represents amounts exactly, in minor units of one currency.
//
// Arithmetic never rounds in silence and never wraps around: shares of an
// amount add up to it, what doesn't fit panics, and so does adding euros to
// dollars, since only a bug can ask for it. What people send, on the other
// hand, is refused with a Refusal.
package money

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"math/bits"
	"slices"
)

// Max is the largest amount that New, Parse and JSON let in, in minor units.
// Thousands of such amounts can be added up before an int64 is full.
const Max = 1_000_000_000_000_000

// Amount is a sum of money, below zero too. Two amounts are the same when they
// are ==. The zero Amount is no money at all, not even in some currency.
type Amount struct {
	Minor    int64  `json:"minor"`    // cents, for a currency that has cents
	Currency string `json:"currency"` // ISO 4217
}

// Refusal is why something that a person has sent is not an amount. Code is
// stable, the sentence is for the person.
type Refusal struct{ Code, Sentence string }

func (r *Refusal) Error() string { return r.Code + ": " + r.Sentence }

// Refusals of amounts, whoever names them.
var (
	ErrCurrency = &Refusal{"currency_unknown", "We do not know that currency. Choose one from the list."}
	ErrTooLarge = &Refusal{"amount_too_large", "That amount is larger than any we can handle. Check the zeros and write it again."}
)

// New returns the amount of that many minor units. It fails with ErrCurrency or
// ErrTooLarge.
func New(minor int64, currency string) (Amount, error) {
	switch {
	case !Known(currency):
		return Amount{}, ErrCurrency
	case minor > Max || minor < -Max:
		return Amount{}, ErrTooLarge
	}
	return Amount{minor, currency}, nil
}

// Zero returns nothing of a currency, to add to.
func Zero(currency string) Amount { return Amount{0, currency} }

// Add returns a + b.
func (a Amount) Add(b Amount) Amount {
	a.mustMatch(b)
	sum := a.Minor + b.Minor
	if (sum > a.Minor) != (b.Minor > 0) {
		panic(fmt.Sprintf("money: %v + %v overflows", a, b))
	}
	return Amount{sum, a.Currency}
}

// Sub returns a - b.
func (a Amount) Sub(b Amount) Amount { return a.Add(b.Neg()) }

// Neg returns -a.
func (a Amount) Neg() Amount {
	if a.Minor == math.MinInt64 {
		panic(fmt.Sprintf("money: -(%v) overflows", a))
	}
	return Amount{-a.Minor, a.Currency}
}

// Cmp returns -1 when a is less than b, +1 when it is more, otherwise 0.
func (a Amount) Cmp(b Amount) int {
	a.mustMatch(b)
	return cmp.Compare(a.Minor, b.Minor)
}

// Less reports whether a is less than b.
func (a Amount) Less(b Amount) bool { return a.Cmp(b) < 0 }

// Positive reports whether a is more than nothing.
func (a Amount) Positive() bool { return a.Minor > 0 }

// IsZero reports whether a is nothing, in whatever currency.
func (a Amount) IsZero() bool { return a.Minor == 0 }

// Share returns the given basis points (hundredths of a percent) of a, rounded
// towards zero: the odd fraction of a cent stays with whoever is not paid the
// share. It panics on negative basis points.
func (a Amount) Share(basisPoints int64) Amount {
	share, _ := a.part(basisPoints, 10_000)
	return share
}

// Split returns n equal shares that add up to a. The first ones get the odd
// cents. It panics when n is less than 1.
func (a Amount) Split(n int) []Amount { return a.Allocate(slices.Repeat([]int64{1}, n)) }

// Allocate returns shares of a in proportion to the weights that add up to a,
// each less than one minor unit from the exact share: the cents left over by
// rounding go to the largest remainders, the earlier one of equals. It panics
// on a negative weight and when no weight is positive.
func (a Amount) Allocate(weights []int64) []Amount {
	total := sum(weights)
	shares := make([]Amount, len(weights))
	remainders := make([]uint64, len(weights))
	order := make([]int, len(weights))
	left := a
	for i, w := range weights {
		shares[i], remainders[i] = a.part(w, total)
		order[i] = i
		left = left.Sub(shares[i])
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(remainders[j], remainders[i]) })
	cent := Amount{int64(cmp.Compare(left.Minor, 0)), a.Currency}
	for _, i := range order[:abs(left.Minor)] {
		shares[i] = shares[i].Add(cent)
	}
	return shares
}

func sum(weights []int64) (total int64) {
	for _, w := range weights {
		if total += w; w < 0 || total < 0 {
			panic(fmt.Sprintf("money: no share can be a negative or uncountable part: %v", weights))
		}
	}
	if total == 0 {
		panic("money: nobody is to have a share")
	}
	return total
}

// part returns a*of/whole rounded towards zero, and the remainder of the
// division. The product has 128 bits, so only the result can overflow.
func (a Amount) part(of, whole int64) (Amount, uint64) {
	if of < 0 || whole <= 0 {
		panic(fmt.Sprintf("money: no such share of %v: %d/%d", a, of, whole))
	}
	if hi, lo := bits.Mul64(abs(a.Minor), uint64(of)); hi < uint64(whole) {
		if quo, rem := bits.Div64(hi, lo, uint64(whole)); quo <= math.MaxInt64 {
			share := Amount{int64(quo), a.Currency}
			if a.Minor < 0 {
				share = share.Neg()
			}
			return share, rem
		}
	}
	panic(fmt.Sprintf("money: %v * %d / %d overflows", a, of, whole))
}

// abs is right for the smallest int64 as well, whose negation wraps to itself.
func abs(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

func (a Amount) mustMatch(b Amount) {
	if a.Currency != b.Currency {
		panic(fmt.Sprintf("money: %v mixed with %v", a, b))
	}
}

// UnmarshalJSON reads what encoding/json writes of an Amount. Both members must
// be there, and what New would refuse is refused. So is a fraction of a minor
// unit, and null, which is no amount.
func (a *Amount) UnmarshalJSON(b []byte) error {
	var in struct {
		Minor    *int64  `json:"minor"`
		Currency *string `json:"currency"`
	}
	if err := json.Unmarshal(b, &in); err != nil {
		return fmt.Errorf("money: %w", err)
	}
	if in.Minor == nil || in.Currency == nil {
		return fmt.Errorf(`money: an amount has a "minor" and a "currency": %.80s`, b)
	}
	read, err := New(*in.Minor, *in.Currency)
	if err != nil {
		return err
	}
	*a = read
	return nil
}
