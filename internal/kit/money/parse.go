package money

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/bojanz/currency"
)

// Refusals of amounts as people type them.
var (
	ErrUnclear  = &Refusal{"amount_unclear", "We cannot read that amount. Write it in digits, for example 1250 or 99.50."}
	ErrNegative = &Refusal{"amount_negative", "An amount cannot be below zero. Write it without the minus sign."}
	ErrTooFine  = &Refusal{"amount_too_fine", "That is finer than the smallest coin of the currency. Round the amount and write it again."}
)

// An amount as people type it: its whole part, and perhaps its decimals. The
// groups of a whole part have three digits, or two in South Asia; the last one
// always has three. Zero starts no group: 0.500 means a half.
var (
	plain   = regexp.MustCompile(`^(\d+)(?:[.,](\d+))?$`)
	grouped = []*regexp.Regexp{
		regexp.MustCompile(`^([1-9]\d{0,2}(?:,\d{2,3})*,\d{3})(?:\.(\d+))?$`),
		regexp.MustCompile(`^([1-9]\d{0,2}(?:\.\d{2,3})*\.\d{3})(?:,(\d+))?$`),
		regexp.MustCompile(`^([1-9]\d{0,2}(?: \d{2,3})* \d{3})(?:[.,](\d+))?$`),
		regexp.MustCompile(`^([1-9]\d{0,2}(?:'\d{2,3})*'\d{3})(?:[.,](\d+))?$`),
	}
	typewriter = strings.NewReplacer("\u00a0", " ", "\u2009", " ", "\u202f", " ", "’", "'", "−", "-")
)

// longest is more than anybody types, spaces and all.
const longest = 64

// Parse reads an amount as people type it, whatever their country's point and
// comma: "1234.5", "1,234.50", "1.234,50", "€ 1 234,50", "1'234.50 CHF". The
// currency's code or sign may stand on either side, another currency's may not.
//
// A single point or comma with exactly three digits behind it could be either:
// it parts thousands, unless the currency has three decimals. So "1.234" is one
// thousand euros and more, but little more than one Kuwaiti dinar.
//
// It fails with ErrCurrency, ErrUnclear, ErrNegative, ErrTooFine or ErrTooLarge.
func Parse(typed, code string) (Amount, error) {
	if !Known(code) {
		return Amount{}, ErrCurrency
	}
	if len(typed) > longest {
		return Amount{}, ErrUnclear
	}
	number := bare(strings.TrimSpace(typewriter.Replace(typed)), code)
	if strings.HasPrefix(number, "-") {
		return Amount{}, ErrNegative
	}
	whole, decimals, ok := dissect(number, Decimals(code))
	if !ok {
		return Amount{}, ErrUnclear
	}
	missing := Decimals(code) - len(decimals)
	if missing < 0 {
		return Amount{}, ErrTooFine
	}
	minor, err := strconv.ParseInt(whole+decimals+strings.Repeat("0", missing), 10, 64)
	if err != nil { // it is digits only, so it is out of range
		return Amount{}, ErrTooLarge
	}
	return New(minor, code)
}

func dissect(number string, decimals int) (whole, fraction string, ok bool) {
	forms := append(slices.Clone(grouped), plain)
	if decimals == 3 {
		slices.Reverse(forms) // plain comes first
	}
	for _, form := range forms {
		if m := form.FindStringSubmatch(number); m != nil {
			return strings.NewReplacer(",", "", ".", "", " ", "", "'", "").Replace(m[1]), m[2], true
		}
	}
	return "", "", false
}

// bare takes the currency off a number, on both sides: "$12 USD" is common.
func bare(number, code string) string {
	all := signs(code)
	for _, sign := range all {
		if n := len(sign); n <= len(number) && strings.EqualFold(number[:n], sign) {
			number = strings.TrimSpace(number[n:])
			break
		}
	}
	for _, sign := range all {
		if n := len(number) - len(sign); n >= 0 && strings.EqualFold(number[n:], sign) {
			return strings.TrimSpace(number[:n])
		}
	}
	return number
}

// locals are languages in whose countries a currency has a sign of its own,
// like zł, which elsewhere is written PLN.
var locals = []string{"en", "bg", "cs", "da", "he", "hi", "hu", "id", "ja", "ko", "ms", "nb", "pl", "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh"}

// signs returns what stands for a currency at home and abroad, longer ones
// first. A currency's code begins with its country's: "$" is the sign of ARS
// because it is in Argentina.
func signs(code string) []string {
	all := []string{code}
	for _, lang := range slices.Concat(locals, []string{"en-" + code[:2], "es-" + code[:2], "zh-Hant-" + code[:2]}) {
		sign, _ := currency.GetSymbol(code, currency.NewLocale(lang))
		if sign = typewriter.Replace(sign); sign != "" && !slices.Contains(all, sign) {
			all = append(all, sign)
		}
	}
	slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
	return all
}
