package terms_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/skill"
	"freehold/internal/terms"
)

func dollars(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "USD"} }

func TestTheHigherFloorHolds(t *testing.T) {
	t.Parallel()
	m, olga := operated(t)
	ctx := t.Context()
	m.OK(terms.SetCategoryFloor(ctx, m.DB, olga, "writing", skill.Expert, dollars(20), "our general assembly"))
	m.OK(terms.SetCountryFloor(ctx, m.DB, olga, "LU", dollars(25), "the law of the land"))
	m.OK(terms.SetCountryFloor(ctx, m.DB, olga, "KE", dollars(1), "the law of the land"))
	m.OK(terms.SetRate(ctx, m.DB, olga, "EUR", "0.9", "our bank"))

	for _, test := range []struct {
		name              string
		category          skill.Key
		level             skill.Level
		country, currency string
		want              int64
	}{
		{"the category's", "writing", skill.Expert, "", "USD", 2000},
		{"the category's, in euros", "writing", skill.Expert, "", "EUR", 1800},
		{"the country's is higher", "writing", skill.Expert, "LU", "EUR", 2250},
		{"the country's is lower", "writing", skill.Expert, "KE", "EUR", 1800},
		{"the country's alone", "", skill.Expert, "LU", "USD", 2500},
		{"none", "", "", "", "EUR", 0},
		{"none for a country", "", "", "XX", "EUR", 0},
	} {
		if got := floor(m, test.category, test.level, test.country, test.currency); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
	m.View(func(ctx context.Context, tx *db.Tx) error {
		_, err := terms.FloorFor(ctx, tx, "writing", skill.Expert, nil, "XTS")
		if !errors.Is(err, terms.ErrCurrencyNotTraded) {
			t.Errorf("a currency that is not traded: got %v", err)
		}
		f, err := terms.FloorFor(ctx, tx, "writing", skill.Expert, nil, "EUR")
		if f.Source != "our general assembly" || f.AsOf.Format("2006-01-02") != "2030-01-01" {
			t.Errorf("the floor is from %q of %v", f.Source, f.AsOf)
		}
		return err
	})
}

func TestAFloorIsSetByAdministratorsWithASource(t *testing.T) {
	t.Parallel()
	m, olga := operated(t)
	ctx := t.Context()
	carl := m.Person("Carl", money.Amount{})
	was := floor(m, "design", skill.Entry, "", "USD")

	for name, test := range map[string]struct{ got, want error }{
		"a client":          {terms.SetCategoryFloor(ctx, m.DB, carl, "design", skill.Entry, dollars(9), "x"), terms.ErrNotAdmin},
		"no source":         {terms.SetCategoryFloor(ctx, m.DB, olga, "design", skill.Entry, dollars(9), ""), terms.ErrNoReason},
		"an endless source": {terms.SetCategoryFloor(ctx, m.DB, olga, "design", skill.Entry, dollars(9), strings.Repeat("x", 501)), terms.ErrLongReason},
		"no category":       {terms.SetCategoryFloor(ctx, m.DB, olga, "alchemy", skill.Entry, dollars(9), "x"), skill.ErrUnknownCategory},
		"no level":          {terms.SetCategoryFloor(ctx, m.DB, olga, "design", "guru", dollars(9), "x"), skill.ErrUnknownLevel},
		"nothing":           {terms.SetCategoryFloor(ctx, m.DB, olga, "design", skill.Entry, dollars(0), "x"), terms.ErrFloor},
		"below nothing":     {terms.SetCategoryFloor(ctx, m.DB, olga, "design", skill.Entry, dollars(-1), "x"), terms.ErrFloor},
		"a typing error":    {terms.SetCategoryFloor(ctx, m.DB, olga, "design", skill.Entry, dollars(9000), "x"), terms.ErrFloor},
		"other money":       {terms.SetCountryFloor(ctx, m.DB, olga, "MY", money.Amount{Minor: 900, Currency: "MYR"}, "x"), terms.ErrFloor},
		"no country":        {terms.SetCountryFloor(ctx, m.DB, olga, "ZZ", dollars(9), "x"), terms.ErrCountry},
		"no currency":       {terms.SetRate(ctx, m.DB, olga, "XTS", "1", "x"), terms.ErrCurrencyNotTraded},
		"a comma":           {terms.SetRate(ctx, m.DB, olga, "EUR", "0,9", "x"), terms.ErrRate},
		"a fraction":        {terms.SetRate(ctx, m.DB, olga, "EUR", "9/10", "x"), terms.ErrRate},
		"a rate of nothing": {terms.SetRate(ctx, m.DB, olga, "EUR", "0.0", "x"), terms.ErrRate},
		"a client's rate":   {terms.SetRate(ctx, m.DB, carl, "EUR", "0.9", "x"), terms.ErrNotAdmin},
		"a client's land":   {terms.SetCountryFloor(ctx, m.DB, carl, "MY", dollars(9), "x"), terms.ErrNotAdmin},
	} {
		if !errors.Is(test.got, test.want) {
			t.Errorf("%s: got %v", name, test.got)
		}
	}
	if now := floor(m, "design", skill.Entry, "", "USD"); now != was {
		t.Errorf("the floor went from %d to %d", was, now)
	}
}

func TestWhatTheOperatorHasSetIsNotOverwritten(t *testing.T) {
	t.Parallel()
	m, olga := operated(t)
	ctx := t.Context()
	m.OK(terms.SetCategoryFloor(ctx, m.DB, olga, "writing", skill.Expert, dollars(20), "our general assembly"))
	m.OK(terms.SetCountryFloor(ctx, m.DB, olga, "MY", dollars(7), "the law of the land"))
	m.OK(terms.SetRate(ctx, m.DB, olga, "EUR", "0.5", "our bank"))
	m.Do(`UPDATE terms.category_floors SET usd_minor = 1 WHERE category = 'design'`) // an older table

	m.OK(terms.Load(ctx, m.DB))
	if got := floor(m, "writing", skill.Expert, "", "EUR"); got != 1000 {
		t.Errorf("the operator's floor and rate make %d", got)
	}
	if got := floor(m, "", "", "MY", "USD"); got != 700 {
		t.Errorf("the operator's floor for Malaysia is %d", got)
	}
	if got := floor(m, "design", skill.Expert, "", "USD"); got <= 1 {
		t.Error("a newer table of ours does not take the place of an older one")
	}
}

func TestLoadingTwiceAtOnceLoadsOnce(t *testing.T) {
	t.Parallel()
	m, _ := operated(t)
	errs := make([]error, 4)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { errs[i] = terms.Load(context.Background(), m.DB) })
	}
	wg.Wait()
	m.OK(errors.Join(errs...))
}

func TestWhatIsShippedCoversTheMarket(t *testing.T) {
	t.Parallel()
	m, _ := operated(t)
	m.View(func(ctx context.Context, tx *db.Tx) error {
		categories, err := skill.Categories(ctx, tx)
		m.OK(err)
		currencies, err := terms.Currencies(ctx, tx)
		m.OK(err)
		if len(categories) < 15 || len(currencies) < 20 {
			t.Errorf("%d categories, %d currencies", len(categories), len(currencies))
		}
		for _, currency := range currencies {
			below := int64(0)
			for _, level := range skill.Levels {
				f, err := terms.FloorFor(ctx, tx, categories[0].Key, level, nil, currency)
				m.OK(err)
				if f.Hourly.Minor <= below || !strings.Contains(f.Source, " ") || f.AsOf.Year() < 2000 {
					t.Errorf("%s in %s: %+v", level, currency, f)
				}
				below = f.Hourly.Minor
			}
			if bond, err := terms.BondIn(ctx, tx, currency); err != nil || !bond.Positive() || bond.Currency != currency {
				t.Errorf("the bond in %s is %v, %v", currency, bond, err)
			}
		}
		floors, err := terms.CategoryFloors(ctx, tx)
		if len(floors) != len(categories)*len(skill.Levels) {
			t.Errorf("%d floors for %d categories", len(floors), len(categories))
		}
		m.OK(err)
		countries, err := terms.CountryFloors(ctx, tx)
		if len(countries) < 50 || countries[0].Hourly.Currency != "USD" {
			t.Errorf("%d countries have a floor", len(countries))
		}
		return err
	})
}

func TestPricesInTwoCurrenciesCanBeCompared(t *testing.T) {
	t.Parallel()
	m, olga := operated(t)
	m.OK(terms.SetRate(t.Context(), m.DB, olga, "EUR", "0.5", "our bank"))
	m.View(func(ctx context.Context, tx *db.Tx) error {
		rates, err := terms.ReferenceRates(ctx, tx)
		if got := rates.Cents(money.Amount{Minor: 1000, Currency: "EUR"}); got != 2000 {
			t.Errorf("10 euros are %d cents", got)
		}
		if got := rates.Cents(money.Amount{Minor: 1000, Currency: "XTS"}); got != 0 {
			t.Errorf("nobody knows, and it says %d", got)
		}
		return err
	})
}

func TestTheAnswerBondIsTheOperators(t *testing.T) {
	t.Parallel()
	m, olga := operated(t)
	ctx := t.Context()
	euros := func(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "EUR"} }
	carl := m.Person("Carl", money.Amount{})

	m.OK(terms.SetBond(ctx, m.DB, olga, euros(0), "we trust each other"))
	m.View(func(ctx context.Context, tx *db.Tx) error {
		bond, err := terms.BondIn(ctx, tx, "EUR")
		if bond != euros(0) {
			t.Errorf("the bond is %v", bond)
		}
		return err
	})
	for name, test := range map[string]struct{ got, want error }{
		"a client":      {terms.SetBond(ctx, m.DB, carl, euros(100), "x"), terms.ErrNotAdmin},
		"no reason":     {terms.SetBond(ctx, m.DB, olga, euros(100), ""), terms.ErrNoReason},
		"below nothing": {terms.SetBond(ctx, m.DB, olga, euros(-1), "x"), terms.ErrBond},
		"too much":      {terms.SetBond(ctx, m.DB, olga, euros(1_000_000), "x"), terms.ErrBond},
		"not traded":    {terms.SetBond(ctx, m.DB, olga, money.Amount{Minor: 1, Currency: "XTS"}, "x"), terms.ErrCurrencyNotTraded},
	} {
		if !errors.Is(test.got, test.want) {
			t.Errorf("%s: got %v", name, test.got)
		}
	}
}
