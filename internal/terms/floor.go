package terms

import (
	"fmt"
	"math"
	"math/big"
	"time"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
)

// Floor is the least that one hour of some work may cost.
type Floor struct {
	Hourly money.Amount // in the currency of the price that is held to it; zero: there is no floor
	Source string       // where the figure comes from
	AsOf   time.Time    // the day it is from
}

// ErrBelowFloor refuses a price, and says what the least is.
var ErrBelowFloor = fault.New(fault.Invalid, "below_floor",
	"That is less than the floor for this work, which is %s an hour. For %d h the least is %s. Raise the price, or lower the hours if fewer will do.")

// Least is the least that so many hours may cost.
func (f Floor) Least(hours int) money.Amount {
	return money.Amount{Minor: f.Hourly.Minor * int64(hours), Currency: f.Hourly.Currency}
}

// Check holds a price for so many hours, one at least, to the floor. It returns
// nil or ErrBelowFloor.
func (f Floor) Check(price money.Amount, hours int) error {
	if least := f.Least(hours); price.Less(least) {
		return ErrBelowFloor.With(f.Hourly, hours, least)
	}
	return nil
}

// rate is what one US dollar is worth in a currency: exact, for a price one
// cent off would be a floor not kept.
type rate struct {
	perUSD   *big.Rat
	currency string
}

func newRate(perUSD, currency string) (rate, error) {
	r, ok := new(big.Rat).SetString(perUSD)
	if !ok || r.Sign() <= 0 {
		return rate{}, fmt.Errorf("terms: %q is no rate for %s", perUSD, currency)
	}
	return rate{r, currency}, nil
}

// from is what US cents are worth in r's currency, rounded up.
func (r rate) from(cents int64) money.Amount {
	exact := new(big.Rat).SetFrac64(cents, 100)
	exact.Mul(exact, r.perUSD).Mul(exact, scale(r.currency))
	return money.Amount{Minor: ceil(exact), Currency: r.currency}
}

// cents is what a, an amount in r's currency, is worth in US cents, rounded up.
func (r rate) cents(a money.Amount) int64 {
	exact := new(big.Rat).SetInt64(a.Minor)
	exact.Quo(exact, scale(r.currency)).Quo(exact, r.perUSD).Mul(exact, big.NewRat(100, 1))
	return ceil(exact)
}

// scale is how many minor units a currency has in one.
func scale(currency string) *big.Rat {
	ten := big.NewInt(10)
	return new(big.Rat).SetInt(ten.Exp(ten, big.NewInt(int64(money.Decimals(currency))), nil))
}

// ceil is the least whole number that is not below r; what no int64 can hold is
// as much as one can.
func ceil(r *big.Rat) int64 {
	whole, rest := new(big.Int).QuoRem(r.Num(), r.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		whole.Add(whole, big.NewInt(1))
	}
	if !whole.IsInt64() {
		return math.MaxInt64
	}
	return whole.Int64()
}
