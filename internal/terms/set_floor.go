package terms

import (
	"context"
	"fmt"
	"regexp"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/geo"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
	"freehold/internal/skill"
)

// maxFloor is the most a floor can be, in US cents for one hour: a typing error
// must not close the market.
const maxFloor = 50_000

var (
	// ErrFloor refuses what cannot be a floor.
	ErrFloor = fault.New(fault.Invalid, "floor_out_of_range",
		"A floor is an amount in US dollars for one hour, above zero and up to %s. Other currencies follow by the reference rates.").At("hourly")
	// ErrCountry refuses a country that does not exist.
	ErrCountry = fault.New(fault.Invalid, "unknown_country", "There is no such country. Please choose one from the list.").At("country")
	// ErrRate refuses what cannot be a reference rate.
	ErrRate = fault.New(fault.Invalid, "rate_unclear",
		"Write how many units of the currency one US dollar is worth, in digits with a point, for example 0.92.").At("per_usd")
)

// SetCategoryFloor sets the floor of a category at a level, in US dollars for one
// hour. Source says where the figure comes from. What is written already keeps
// the floor it was held to.
func SetCategoryFloor(ctx context.Context, d *db.DB, by account.Actor, category skill.Key, level skill.Level, hourly money.Amount, source string) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		source, err := mayChange(by, source)
		if err != nil {
			return err
		}
		if err := checkFloor(hourly); err != nil {
			return err
		}
		c, err := skill.FindCategory(ctx, tx, category)
		if err != nil {
			return err
		}
		if _, err := skill.ParseLevel(string(level)); err != nil {
			return err
		}
		if err := saveCategoryFloor(ctx, tx, by, category, level, hourly.Minor, source); err != nil {
			return err
		}
		return record(ctx, tx, by, map[string]string{"what": fmt.Sprintf("floor %s, %s: %s", category, level, hourly)}, say.That("%s set the floor for %s, level %s, to %s an hour.", by.Name, c.Name, level, hourly), source)
	})
}

// SetCountryFloor sets the floor for freelancers in a country, in US dollars for
// one hour.
func SetCountryFloor(ctx context.Context, d *db.DB, by account.Actor, country string, hourly money.Amount, source string) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		source, err := mayChange(by, source)
		if err != nil {
			return err
		}
		if err := checkFloor(hourly); err != nil {
			return err
		}
		name, ok := geo.Name(country)
		if !ok {
			return ErrCountry
		}
		if err := saveCountryFloor(ctx, tx, by, country, hourly.Minor, source); err != nil {
			return err
		}
		return record(ctx, tx, by, map[string]string{"what": fmt.Sprintf("floor %s: %s", country, hourly)}, say.That("%s set the floor for %s to %s an hour.", by.Name, name, hourly), source)
	})
}

func checkFloor(hourly money.Amount) error {
	if hourly.Currency != "USD" || hourly.Minor <= 0 || hourly.Minor > maxFloor {
		return ErrFloor.With(money.Amount{Minor: maxFloor, Currency: "USD"})
	}
	return nil
}

var decimal = regexp.MustCompile(`^[0-9]{1,9}(\.[0-9]{1,9})?$`)

// SetRate sets what one US dollar is worth in a currency of this market, for
// comparing prices with floors. perUSD is a decimal number such as "0.92".
func SetRate(ctx context.Context, d *db.DB, by account.Actor, currency, perUSD, source string) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		source, err := mayChange(by, source)
		if err != nil {
			return err
		}
		if _, err := BondIn(ctx, tx, currency); err != nil {
			return err
		}
		if _, err := newRate(perUSD, currency); err != nil || !decimal.MatchString(perUSD) {
			return ErrRate
		}
		if err := saveRate(ctx, tx, by, currency, perUSD, source); err != nil {
			return err
		}
		return record(ctx, tx, by, map[string]string{"what": fmt.Sprintf("reference rate %s: %s", currency, perUSD)}, say.That("%s set the reference rate of %s to %s for one US dollar.", by.Name, currency, perUSD), source)
	})
}

// mayChange lets an administrator through who says why, and returns the reason.
func mayChange(by account.Actor, reason string) (string, error) {
	if !by.Is(account.Admin) {
		return "", ErrNotAdmin
	}
	reason, err := prose.Line(reason)
	switch n := utf8.RuneCountInString(reason); {
	case err != nil:
		return "", err
	case n == 0:
		return "", ErrNoReason
	case n > maxReason:
		return "", ErrLongReason.With(maxReason, n)
	}
	return reason, nil
}
