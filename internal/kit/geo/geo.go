// Package geo knows where people are: countries with their usual currencies,
// languages and time zones. It holds facts and decides nothing.
package geo

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the machine's own zones may be missing or years old
)

var (
	//go:embed countries.tsv
	countriesTSV string
	//go:embed languages.tsv
	languagesTSV string
	//go:embed zones.txt
	zonesText string
)

// Country is a country or an inhabited territory with a code of its own.
type Country struct {
	Code     string // ISO 3166-1, two capitals; XK for Kosovo
	Name     string // in English
	Currency string // ISO 4217, the one in which most people there are paid
}

// Language is a language people work in.
type Language struct {
	Code string // ISO 639-1
	Name string // in English
	Own  string // what its speakers call it
}

var (
	countries  = parse(countriesTSV, func(f []string) Country { return Country{f[0], f[1], f[2]} })
	languages  = parse(languagesTSV, func(f []string) Language { return Language{f[0], f[1], f[2]} })
	zones      = strings.Fields(zonesText)
	byCode     = index(countries, func(c Country) string { return c.Code })
	byLanguage = index(languages, func(l Language) string { return l.Code })
)

// Countries returns all countries by English name. The slice is the caller's.
func Countries() []Country { return slices.Clone(countries) }

// Name returns the English name of the country with this code.
func Name(code string) (string, bool) {
	c, ok := byCode[code]
	return c.Name, ok
}

// CurrencyOf returns the usual currency of the country with this code.
func CurrencyOf(code string) (string, bool) {
	c, ok := byCode[code]
	return c.Currency, ok
}

// Languages returns the languages on offer by English name. The slice is the
// caller's.
func Languages() []Language { return slices.Clone(languages) }

// LanguageOf returns the language with this ISO 639-1 code.
func LanguageOf(code string) (Language, bool) {
	l, ok := byLanguage[code]
	return l, ok
}

// Zones returns the names of the time zones on offer, sorted. Each can be
// loaded. It is a list to choose from, not the limit of what Zone knows.
func Zones() []string { return slices.Clone(zones) }

// Zone returns the time zone with this IANA name. Unlike time.LoadLocation it
// knows neither "" nor "Local": where the server stands is no answer to where a
// person lives.
func Zone(name string) (*time.Location, bool) {
	if name == "" || name == "Local" {
		return nil, false
	}
	if z, ok := loaded.Load(name); ok {
		return z.(*time.Location), true //nolint:forcetypeassert // nothing else is stored there
	}
	z, err := time.LoadLocation(name)
	if err == nil {
		loaded.Store(name, z)
	}
	return z, err == nil
}

// loaded are the time zones that were asked for: each is a file, and people ask
// for theirs with every page.
var loaded sync.Map

func parse[T any](tsv string, row func(fields []string) T) (all []T) {
	for line := range strings.Lines(tsv) {
		if line = strings.TrimSuffix(line, "\n"); line[0] != '#' {
			all = append(all, row(strings.Split(line, "\t")))
		}
	}
	return all
}

func index[T any](all []T, code func(T) string) map[string]T {
	m := make(map[string]T, len(all))
	for _, one := range all {
		m[code(one)] = one
	}
	return m
}
