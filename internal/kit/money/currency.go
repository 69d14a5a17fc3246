package money

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/bojanz/currency"
)

// accounting are the codes of funds and units of account. They are in ISO 4217,
// but nobody is paid in them.
var accounting = []string{"BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW", "XAD"}

var codes = slices.DeleteFunc(slices.Sorted(slices.Values(currency.GetCurrencyCodes())), func(code string) bool {
	return slices.Contains(accounting, code)
})

// Currencies returns the codes of all known currencies, sorted. The slice is the
// caller's.
func Currencies() []string { return slices.Clone(codes) }

// Known reports whether people can be paid in a currency.
func Known(code string) bool {
	_, ok := slices.BinarySearch(codes, code)
	return ok
}

// Decimals returns how many decimals amounts of a currency have: 2 where it has
// cents, 3 where it has mils, and 0 where it has no smaller unit or is unknown.
// It goes by ISO 4217.
func Decimals(code string) int {
	if !Known(code) {
		return 0
	}
	digits, _ := currency.GetDigits(code)
	return int(digits)
}

// Decimal writes a without its currency, for form fields and other programs:
// "1234.50". Parse reads it back.
func (a Amount) Decimal() string {
	d := Decimals(a.Currency)
	digits := fmt.Sprintf("%0*d", d+1, abs(a.Minor))
	point := len(digits) - d
	text := digits[:point]
	if d > 0 {
		text += "." + digits[point:]
	}
	if a.Minor < 0 {
		text = "-" + text
	}
	return text
}

// String writes a for logs: "1234.50 EUR".
func (a Amount) String() string { return strings.TrimSpace(a.Decimal() + " " + a.Currency) }

// Format writes a the way readers of a language (BCP 47) are used to, according
// to CLDR: "€1,234.50" in "en", "1.234,50 €" in "de". A language that CLDR does
// not know is taken for English.
func (a Amount) Format(lang string) string {
	exact, err := currency.NewAmount(a.Decimal(), a.Currency)
	if err != nil {
		return a.String()
	}
	return formatter(lang).Format(exact)
}

// formatters are those of the languages that were asked for, of which there are
// not more than people's settings allow.
var formatters sync.Map

func formatter(lang string) *currency.Formatter {
	if f, ok := formatters.Load(lang); ok {
		return f.(*currency.Formatter) //nolint:forcetypeassert // nothing else is stored there
	}
	reader := currency.NewLocale(lang)
	if reader.Language == "" { // "-CH": the library would write nothing at all
		reader.Language = "en"
	}
	f := currency.NewFormatter(reader)
	formatters.Store(lang, f)
	return f
}
