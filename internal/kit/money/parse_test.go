package money_test

import (
	"errors"
	"strings"
	"testing"

	"freehold/internal/kit/money"
)

func TestAmountsAreReadAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		typed, currency string
		want            int64
	}{
		{"12", "EUR", 1200},
		{" 12 ", "EUR", 1200},
		{"007", "EUR", 700},
		{"0", "EUR", 0},
		{"1.5", "EUR", 150},
		{"1,5", "EUR", 150},
		{"0,05", "EUR", 5},
		{"1234.50", "EUR", 123450},
		{"1,234.50", "USD", 123450},
		{"1.234,50", "EUR", 123450},
		{"1 234,5", "EUR", 123450},
		{"€ 1 234,5", "EUR", 123450},
		{"1\u202f234,50\u00a0€", "EUR", 123450},
		{"1'234.50", "CHF", 123450},
		{"CHF 1’234.50", "CHF", 123450},
		{"12,34,567.89", "INR", 123456789},
		{"1.234.567", "EUR", 123456700},
		{"1 234 567", "EUR", 123456700},
		{"10,000,000,000,000.00", "EUR", money.Max},

		// a single point or comma and three digits
		{"1,234", "EUR", 123400},
		{"1.234", "EUR", 123400},
		{"1.234", "JPY", 1234},
		{"1.234", "KWD", 1234},
		{"1,234", "KWD", 1234},
		{"1 234", "KWD", 1234000},
		{"1,234.5", "KWD", 1234500},
		{"1.234.567", "KWD", 1234567000},
		{"0.500", "KWD", 500},

		// the currency's own code and signs
		{"EUR 12", "EUR", 1200},
		{"12eur", "EUR", 1200},
		{"12 €", "EUR", 1200},
		{"$12 USD", "USD", 1200},
		{"US$12", "USD", 1200},
		{"A$12", "AUD", 1200},
		{"$12", "AUD", 1200},
		{"$12", "ARS", 1200},
		{"12 zł", "PLN", 1200},
		{"12 kr.", "DKK", 1200},
		{"¥12", "JPY", 12},
		{"R$ 12", "BRL", 1200},
	} {
		if got, err := money.Parse(test.typed, test.currency); err != nil || got.Minor != test.want || got.Currency != test.currency {
			t.Errorf("%q is read as %v, %v; want %d %s", test.typed, got, err, test.want, test.currency)
		}
	}
}

func TestEveryCurrencyIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	for _, code := range money.Currencies() {
		a := money.Amount{Minor: 1234567, Currency: code}
		for _, text := range []string{a.Decimal(), a.String(), a.Format("en"), a.Format("en-" + code[:2])} {
			if got, err := money.Parse(text, code); err != nil || got != a {
				t.Errorf("%q is read as %v, %v; want %v", text, got, err, a)
			}
		}
	}
}

func TestWhatCannotBeReadIsRefusedWithASentence(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		typed, currency string
		want            *money.Refusal
	}{
		{"12", "DEM", money.ErrCurrency},
		{"12", "", money.ErrCurrency},

		{"", "EUR", money.ErrUnclear},
		{"   ", "EUR", money.ErrUnclear},
		{"€", "EUR", money.ErrUnclear},
		{"a dozen", "EUR", money.ErrUnclear},
		{"12 to 15", "EUR", money.ErrUnclear},
		{"12-15", "EUR", money.ErrUnclear},
		{"1e5", "EUR", money.ErrUnclear},
		{"0x1F", "EUR", money.ErrUnclear},
		{"NaN", "EUR", money.ErrUnclear},
		{"+12", "EUR", money.ErrUnclear},
		{"12.", "EUR", money.ErrUnclear},
		{".5", "EUR", money.ErrUnclear},
		{"1..5", "EUR", money.ErrUnclear},
		{"1,234,56", "EUR", money.ErrUnclear},
		{"1.234.56", "EUR", money.ErrUnclear},
		{"1,234.567.890", "EUR", money.ErrUnclear},
		{"1 23", "EUR", money.ErrUnclear},
		{"1234 567", "EUR", money.ErrUnclear},
		{"1\n234", "EUR", money.ErrUnclear},
		{"١٢", "EUR", money.ErrUnclear},
		{"１２", "EUR", money.ErrUnclear},
		{"12\x00", "EUR", money.ErrUnclear},
		{"\xff12", "EUR", money.ErrUnclear},
		{"$12", "EUR", money.ErrUnclear},
		{"12 USD", "EUR", money.ErrUnclear},
		{strings.Repeat("1", 100), "EUR", money.ErrUnclear},

		{"-12", "EUR", money.ErrNegative},
		{"−12", "EUR", money.ErrNegative},
		{"€-12", "EUR", money.ErrNegative},
		{"-€12", "EUR", money.ErrNegative},

		{"12.345678", "EUR", money.ErrTooFine},
		{"1234.567", "EUR", money.ErrTooFine},
		{"0.500", "EUR", money.ErrTooFine},
		{"1,234.500", "EUR", money.ErrTooFine},
		{"12.5", "JPY", money.ErrTooFine},
		{"1.2345", "KWD", money.ErrTooFine},

		{"10000000000000.01", "EUR", money.ErrTooLarge},
		{"99999999999999999999999999", "EUR", money.ErrTooLarge},
	} {
		got, err := money.Parse(test.typed, test.currency)
		if !errors.Is(err, test.want) || got != (money.Amount{}) {
			t.Errorf("%q %s: got %v, %v; want %v", test.typed, test.currency, got, err, test.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, typed := range []string{"1,234.50", "1.234,50", "€ 1 234,5", "1'234.50", "-12", "12 zł", "١٢", "12,34,567"} {
		for _, currency := range []string{"EUR", "JPY", "KWD", "PLN", "XXX"} {
			f.Add(typed, currency)
		}
	}
	f.Fuzz(func(t *testing.T, typed, currency string) {
		a, err := money.Parse(typed, currency)
		if err != nil {
			if _, refused := errors.AsType[*money.Refusal](err); !refused || a != (money.Amount{}) {
				t.Fatalf("%q %q: %v, %v", typed, currency, a, err)
			}
			return
		}
		if a.Minor < 0 || a.Minor > money.Max || a.Currency != currency {
			t.Fatalf("%q %q is read as %#v", typed, currency, a)
		}
		if back, err := money.Parse(a.Decimal(), currency); err != nil || back != a {
			t.Fatalf("%v is read back as %v, %v", a, back, err)
		}
	})
}
