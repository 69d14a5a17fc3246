package view

import (
	"cmp"
	"slices"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"freehold/internal/kit/geo"
	"freehold/internal/kit/say"
)

// countries are for a Select in which saying nothing is a choice.
func countries(r say.Reader) []Option {
	var options []Option
	for _, c := range geo.Countries() {
		options = append(options, Option{Value: c.Code, Text: countryIn(r, c.Code)})
	}
	return append([]Option{{Text: r.T("Not said")}}, byText(r, options)...)
}

func zones() (options []Option) {
	for _, name := range geo.Zones() {
		options = append(options, Option{Value: name, Text: name})
	}
	return options
}

func languages(r say.Reader) (options []Option) {
	for _, l := range geo.Languages() {
		options = append(options, Option{Value: l.Code, Text: languageIn(r, l.Code)})
	}
	return byText(r, options)
}

// byText sorts a list of names, which is in the order of the English ones.
func byText(r say.Reader, options []Option) []Option {
	if r.Language() != "en" {
		slices.SortStableFunc(options, func(a, b Option) int { return cmp.Compare(a.Text, b.Text) })
	}
	return options
}

// plain are choices that are called what they are, such as currencies.
func plain(values []string) (options []Option) {
	for _, value := range values {
		options = append(options, Option{Value: value, Text: value})
	}
	return options
}

// Country is what the reader calls a country; its code where we know none.
func (f Frame) Country(code string) string { return countryIn(f.Reader, code) }

// LanguageName is what the reader calls a language; its code where we know none.
func (f Frame) LanguageName(code string) string { return languageIn(f.Reader, code) }

func countryIn(r say.Reader, code string) string {
	name, known := geo.Name(code)
	if !known {
		return code
	}
	region, err := language.ParseRegion(code)
	if names := display.Regions(language.Make(r.Language())); r.Language() != "en" && names != nil && err == nil {
		return cmp.Or(names.Name(region), name)
	}
	return name
}

func languageIn(r say.Reader, code string) string {
	l, known := geo.LanguageOf(code)
	if !known {
		return code
	}
	if names := display.Languages(language.Make(r.Language())); r.Language() != "en" && names != nil {
		return cmp.Or(names.Name(language.Make(code)), l.Name)
	}
	return l.Name
}
