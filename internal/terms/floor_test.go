package terms

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
)

func TestAPriceIsHeldToTheFloorToTheCent(t *testing.T) {
	t.Parallel()
	floor := Floor{Hourly: money.Amount{Minor: 1250, Currency: "EUR"}}
	for _, test := range []struct {
		name  string
		price int64
		hours int
		ok    bool
	}{
		{"an hour at the floor", 1250, 1, true},
		{"a cent less", 1249, 1, false},
		{"forty hours at the floor", 50_000, 40, true},
		{"a cent less for forty hours", 49_999, 40, false},
		{"plenty", 1_000_000, 40, true},
	} {
		err := floor.Check(money.Amount{Minor: test.price, Currency: "EUR"}, test.hours)
		if test.ok != (err == nil) || (!test.ok && !errors.Is(err, ErrBelowFloor)) {
			t.Errorf("%s: got %v", test.name, err)
		}
	}
	err := floor.Check(money.Amount{Minor: 1, Currency: "EUR"}, 40)
	if f, _ := fault.Of(err); f == nil || !strings.Contains(f.Say.String(), "€12.50") || !strings.Contains(f.Say.String(), "€500.00") {
		t.Errorf("it does not say what the least is: %v", err)
	}
	if err := (Floor{Hourly: money.Zero("EUR")}).Check(money.Amount{Minor: 1, Currency: "EUR"}, 40); err != nil {
		t.Errorf("where there is no floor: %v", err)
	}
}

func TestAFloorIsConvertedExactlyAndRoundedUp(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		perUSD, currency string
		cents, want      int64
	}{
		{"1", "USD", 900, 900},
		{"0.8619", "EUR", 900, 776},           // 775.71
		{"158.545", "JPY", 900, 1427},         // no decimals: 1426.905
		{"16885", "IDR", 1050, 17_729_250},    // two decimals that nobody uses
		{"0.3071", "KWD", 1000, 3071},         // three decimals
		{"0.30710001", "KWD", 1000, 3072},     // just above
		{"0.1", "EUR", 3, 1},                  // 0.3: never nothing
		{"0.29999999999999999", "EUR", 10, 3}, // a float would not see it
		{"0.3", "EUR", 10, 3},
	} {
		r, err := newRate(test.perUSD, test.currency)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.from(test.cents); got.Minor != test.want || got.Currency != test.currency {
			t.Errorf("%d cents at %s are %v, want %d", test.cents, test.perUSD, got, test.want)
		}
	}
	for _, bad := range []string{"", "0", "-1", "NaN", "1,5", "x"} {
		if _, err := newRate(bad, "EUR"); err == nil {
			t.Errorf("%q is taken for a rate", bad)
		}
	}
}

func TestAConvertedFloorIsNeverBelowTheFloor(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		perUSD := rapid.StringMatching(`[1-9][0-9]{0,4}\.[0-9]{1,6}`).Draw(t, "per usd")
		currency := rapid.SampledFrom([]string{"EUR", "JPY", "KWD", "IDR"}).Draw(t, "currency")
		cents := rapid.Int64Range(1, 100_000).Draw(t, "cents")
		r, err := newRate(perUSD, currency)
		if err != nil {
			t.Fatal(err)
		}
		floor := r.from(cents)
		if back := r.cents(floor); back < cents {
			t.Fatalf("%d cents become %v, which is worth %d", cents, floor, back)
		}
		if less := r.cents(money.Amount{Minor: floor.Minor - 1, Currency: currency}); less > cents {
			t.Fatalf("%v is more than needed for %d cents", floor, cents)
		}
	})
}
