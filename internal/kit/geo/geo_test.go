package geo_test

import (
	"slices"
	"testing"

	"github.com/bojanz/currency"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"freehold/internal/kit/geo"
)

func TestACountryIsKnownByItsCode(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ code, name, currency string }{
		{"MY", "Malaysia", "MYR"},
		{"HR", "Croatia", "EUR"},
		{"XK", "Kosovo", "EUR"},
		{"CH", "Switzerland", "CHF"},
	} {
		if name, ok := geo.Name(test.code); !ok || name != test.name {
			t.Errorf("%s is %q, want %q", test.code, name, test.name)
		}
		if currency, ok := geo.CurrencyOf(test.code); !ok || currency != test.currency {
			t.Errorf("%s pays in %q, want %q", test.code, currency, test.currency)
		}
	}
	for _, code := range []string{"", "my", "ZZ", "AQ", "Malaysia"} {
		if name, ok := geo.Name(code); ok {
			t.Errorf("%q is taken for %s", code, name)
		}
	}
}

func TestEveryCountryHasARealCodeAndCurrency(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range geo.Countries() {
		r, err := language.ParseRegion(c.Code)
		if err != nil || !r.IsCountry() || r.String() != c.Code {
			t.Errorf("%s (%s) is no country's code", c.Code, c.Name)
		}
		if !currency.IsValid(c.Currency) {
			t.Errorf("%s pays in %s, which is no currency", c.Name, c.Currency)
		}
		if seen[c.Code] || seen[c.Name] {
			t.Errorf("%s %s stands there twice", c.Code, c.Name)
		}
		seen[c.Code], seen[c.Name] = true, true
	}
}

func TestListsAreInTheOrderInWhichPeopleLook(t *testing.T) {
	t.Parallel()
	order := collate.New(language.English, collate.Loose)
	if !slices.IsSortedFunc(geo.Countries(), func(a, b geo.Country) int { return order.CompareString(a.Name, b.Name) }) {
		t.Error("countries are not sorted by name")
	}
	if !slices.IsSortedFunc(geo.Languages(), func(a, b geo.Language) int { return order.CompareString(a.Name, b.Name) }) {
		t.Error("languages are not sorted by name")
	}
	if !slices.IsSorted(geo.Zones()) {
		t.Error("zones are not sorted")
	}
}

func TestEveryLanguageHasARealCode(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, l := range geo.Languages() {
		if base, err := language.ParseBase(l.Code); err != nil || len(l.Code) != 2 || base.String() != l.Code {
			t.Errorf("%s (%s) is no language's code", l.Code, l.Name)
		}
		if seen[l.Code] || l.Own == "" {
			t.Errorf("%s stands there twice or without its own name", l.Code)
		}
		seen[l.Code] = true
	}
	if de, ok := geo.LanguageOf("de"); !ok || de.Own != "Deutsch" {
		t.Errorf("de is %v", de)
	}
}

func TestEveryZoneOnOfferCanBeLoaded(t *testing.T) {
	t.Parallel()
	for _, name := range geo.Zones() {
		if _, ok := geo.Zone(name); !ok {
			t.Errorf("no time zone %s", name)
		}
	}
	for _, name := range []string{"", "Local", "Middle/Earth", "../../etc/passwd"} {
		if z, ok := geo.Zone(name); ok {
			t.Errorf("%q is taken for %s", name, z)
		}
	}
}

func TestAListHandedOutBelongsToItsReader(t *testing.T) {
	t.Parallel()
	geo.Countries()[0].Name = "Atlantis"
	if geo.Countries()[0].Name == "Atlantis" {
		t.Error("the list was changed for everybody")
	}
}
