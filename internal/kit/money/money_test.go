package money_test

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"freehold/internal/kit/money"
)

func eur(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "EUR"} }

func TestAnAmountIsReadBackFromItsJSON(t *testing.T) {
	t.Parallel()
	for _, a := range []money.Amount{eur(50000), eur(0), eur(-1), eur(money.Max), {Minor: 7, Currency: "JPY"}} {
		text, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		var back money.Amount
		if err := json.Unmarshal(text, &back); err != nil || back != a {
			t.Errorf("%s is read back as %v, %v", text, back, err)
		}
	}
	if text, err := json.Marshal(eur(50000)); err != nil || string(text) != `{"minor":50000,"currency":"EUR"}` {
		t.Errorf("500 euros are written %s", text)
	}
}

func TestWhatIsNoAmountIsNotReadFromJSON(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{"minor": 1.5, "currency": "EUR"}`,
		`{"minor": 500.0, "currency": "EUR"}`,
		`{"minor": 1e3, "currency": "EUR"}`,
		`{"minor": "500", "currency": "EUR"}`,
		`{"minor": 1000000000000001, "currency": "EUR"}`,
		`{"minor": -1000000000000001, "currency": "EUR"}`,
		`{"minor": 9223372036854775808, "currency": "EUR"}`,
		`{"minor": 500, "currency": "eur"}`,
		`{"minor": 500, "currency": "XXX"}`,
		`{"minor": 500, "currency": ""}`,
		`{"minor": 500}`,
		`{"currency": "EUR"}`,
		`{}`, `[]`, `500`, `"5.00 EUR"`, `null`,
	} {
		a := eur(1)
		if err := json.Unmarshal([]byte(text), &a); err == nil || a != eur(1) {
			t.Errorf("%s is taken for %v, %v", text, a, err)
		}
	}
}

func TestOnlyKnownCurrenciesAndCountableSumsAreAmounts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		minor    int64
		currency string
		want     error
	}{
		{0, "EUR", nil},
		{-money.Max, "JPY", nil},
		{money.Max + 1, "EUR", money.ErrTooLarge},
		{math.MinInt64, "EUR", money.ErrTooLarge},
		{1, "EURO", money.ErrCurrency},
		{1, "", money.ErrCurrency},
		{1, "CLF", money.ErrCurrency},
	} {
		_, err := money.New(test.minor, test.currency)
		if !errors.Is(err, test.want) {
			t.Errorf("%d %s: got %v, want %v", test.minor, test.currency, err, test.want)
		}
	}
}

func TestAmountsAreComparedAndAddedUp(t *testing.T) {
	t.Parallel()
	a, b := eur(1050), eur(-50)
	if got := a.Add(b); got != eur(1000) {
		t.Errorf("%v + %v = %v", a, b, got)
	}
	if got := a.Sub(b); got != eur(1100) {
		t.Errorf("%v - %v = %v", a, b, got)
	}
	if !b.Less(a) || a.Less(a) || a.Cmp(b) != 1 || b.Cmp(a) != -1 || a.Cmp(eur(a.Minor)) != 0 {
		t.Errorf("%v and %v are in the wrong order", a, b)
	}
	if !a.Positive() || b.Positive() || money.Zero("EUR").Positive() || !money.Zero("EUR").IsZero() || b.IsZero() {
		t.Error("more than nothing, nothing and less than nothing are confused")
	}
}

func TestABugWithMoneyPanics(t *testing.T) {
	t.Parallel()
	usd, most, least := money.Zero("USD"), eur(math.MaxInt64), eur(math.MinInt64)
	for name, bug := range map[string]func(){
		"adding dollars to euros":        func() { eur(1).Add(usd) },
		"subtracting dollars from euros": func() { eur(1).Sub(usd) },
		"comparing dollars with euros":   func() { eur(1).Cmp(usd) },
		"a sum that is too large":        func() { most.Add(eur(1)) },
		"a sum that is too small":        func() { least.Add(eur(-1)) },
		"a difference that is too large": func() { most.Sub(eur(-1)) },
		"negating the smallest number":   func() { least.Neg() },
		"more than all there is":         func() { most.Share(10_001) },
		"a share far beyond all":         func() { most.Share(math.MaxInt64) },
		"a negative share":               func() { eur(1).Share(-1) },
		"splitting among nobody":         func() { eur(1).Split(0) },
		"splitting among fewer":          func() { eur(1).Split(-1) },
		"allocating among nobody":        func() { eur(1).Allocate(nil) },
		"allocating by nothing":          func() { eur(1).Allocate([]int64{0, 0}) },
		"allocating by less than that":   func() { eur(1).Allocate([]int64{2, -1}) },
		"weights beyond counting":        func() { eur(1).Allocate([]int64{math.MaxInt64, 1}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer func() {
				if recover() == nil {
					t.Error("went unnoticed")
				}
			}()
			bug()
		})
	}
}

func TestAShareIsRoundedTowardsZero(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ of, basisPoints, want int64 }{
		{10000, 500, 500},
		{1999, 500, 99},
		{-1999, 500, -99},
		{1, 9999, 0},
		{1999, 10_000, 1999},
		{1999, 0, 0},
		{100, 15_000, 150},
		{math.MaxInt64, 9999, 9222449699651090329},
	} {
		if got := eur(test.of).Share(test.basisPoints); got != eur(test.want) {
			t.Errorf("%d basis points of %v are %v, want %v", test.basisPoints, eur(test.of), got, eur(test.want))
		}
	}
}

func TestSharesAddUp(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		of      int64
		weights []int64
		want    []int64
	}{
		{100, []int64{1, 1, 1}, []int64{34, 33, 33}},
		{-100, []int64{1, 1, 1}, []int64{-34, -33, -33}},
		{101, []int64{1, 1, 1}, []int64{34, 34, 33}},
		{2, []int64{1, 1, 1}, []int64{1, 1, 0}},
		{100, []int64{70, 20, 10}, []int64{70, 20, 10}},
		{10, []int64{1, 0, 5}, []int64{2, 0, 8}},
		{0, []int64{1, 2}, []int64{0, 0}},
		{5, []int64{3}, []int64{5}},
		{money.Max, []int64{math.MaxInt64 - 1, 1}, []int64{money.Max, 0}},
	} {
		var got []int64
		for _, share := range eur(test.of).Allocate(test.weights) {
			got = append(got, share.Minor)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%d by %v is %v, want %v", test.of, test.weights, got, test.want)
		}
	}
}

func TestAnAmountIsWrittenTheWayItsReaderIsUsedTo(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a    money.Amount
		lang string
		want string
	}{
		{eur(50000), "en", "€500.00"},
		{eur(123450), "de", "1.234,50 €"},
		{eur(-123450), "de-CH", "€-1'234.50"},
		{money.Amount{Minor: 123456789, Currency: "INR"}, "en-IN", "₹12,34,567.89"},
		{money.Amount{Minor: 1234, Currency: "JPY"}, "en", "¥1,234"},
		{money.Amount{Minor: 1234, Currency: "KWD"}, "en", "KWD 1.234"},
		{eur(money.Max), "en", "€10,000,000,000,000.00"},
		{eur(1), "", "€0.01"},
		{eur(1), "-CH", "€ 0.01"},
		{eur(1), "tlh", "€0.01"},
		{eur(1), "\xff", "€0.01"},
		{money.Amount{}, "en", "0"},
		{money.Amount{Minor: 5, Currency: "ZZZ"}, "en", "5 ZZZ"},
	} {
		if got := strings.ReplaceAll(test.a.Format(test.lang), "\u00a0", " "); got != test.want {
			t.Errorf("%v in %q is %q, want %q", test.a, test.lang, got, test.want)
		}
	}
}

func TestAnAmountIsWrittenForLogsAndForms(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a    money.Amount
		want string
	}{
		{eur(50000), "500.00 EUR"},
		{eur(5), "0.05 EUR"},
		{eur(-5), "-0.05 EUR"},
		{eur(math.MinInt64), "-92233720368547758.08 EUR"},
		{money.Amount{Minor: 50, Currency: "JPY"}, "50 JPY"},
		{money.Amount{Minor: 50, Currency: "KWD"}, "0.050 KWD"},
		{money.Amount{}, "0"},
	} {
		if got := test.a.String(); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
		if number, _, _ := strings.Cut(test.want, " "); test.a.Decimal() != number {
			t.Errorf("got %q, want %q", test.a.Decimal(), number)
		}
	}
}

// Amounts are stored in minor units. Were a currency to lose a decimal with a
// newer library, everything stored would be worth ten times as much.
func TestNoCurrencyEverChangesItsDecimals(t *testing.T) {
	t.Parallel()
	other := map[string]int{
		"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
		"RWF": 0, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
		"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
	}
	for _, code := range money.Currencies() {
		want, ok := other[code]
		if !ok {
			want = 2
		}
		if got := money.Decimals(code); got != want {
			t.Errorf("%s has %d decimals, want %d", code, got, want)
		}
		delete(other, code)
	}
	if len(other) > 0 {
		t.Errorf("no longer there: %v", other)
	}
}

func TestCurrenciesAreThoseInWhichPeopleArePaid(t *testing.T) {
	t.Parallel()
	all := money.Currencies()
	if !slices.IsSorted(all) || len(all) < 150 {
		t.Errorf("%d currencies, or not sorted: %v", len(all), all)
	}
	for _, code := range []string{"EUR", "USD", "MYR", "XOF"} {
		if !money.Known(code) || !slices.Contains(all, code) {
			t.Errorf("%s is missing", code)
		}
	}
	for _, code := range []string{"", "eur", "XXX", "USN", "BTC"} {
		if money.Known(code) || slices.Contains(all, code) {
			t.Errorf("%q is taken for a currency", code)
		}
	}
	all[0] = "XXX"
	if money.Known("XXX") {
		t.Error("the list was changed for everybody")
	}
}
