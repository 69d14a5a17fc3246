package terms

import (
	"context"
	"errors"
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/skill"
)

// ErrCurrencyNotTraded refuses a currency that this market does not trade in.
var ErrCurrencyNotTraded = fault.New(fault.Invalid, "currency_not_traded",
	"This market does not trade in that currency. Choose one of those on the list.").At("currency")

const settingsCols = `version, since, set_by, reason, client_fee_bp, freelancer_fee_bp, answer_days, open_proposals,
	proposals_per_post, offer_days, fund_days, acceptance_days, change_rounds, grace_days, starved_days, notice_days, ending_fee_bp`

// Current are the settings that hold now.
func Current(ctx context.Context, tx *db.Tx) (Settings, error) {
	return db.One[Settings](ctx, tx, `SELECT `+settingsCols+` FROM terms.settings ORDER BY version DESC LIMIT 1`)
}

// At are the settings of one version.
func At(ctx context.Context, tx *db.Tx, version int) (Settings, error) {
	return db.One[Settings](ctx, tx, `SELECT `+settingsCols+` FROM terms.settings WHERE version = $1`, version)
}

// History are all versions, newest first.
func History(ctx context.Context, tx *db.Tx) ([]Settings, error) {
	return db.All[Settings](ctx, tx, `SELECT `+settingsCols+` FROM terms.settings ORDER BY version DESC`)
}

// Currencies are the codes of the currencies that this market trades in.
func Currencies(ctx context.Context, tx *db.Tx) ([]string, error) {
	return db.Values[string](ctx, tx, `SELECT code FROM terms.currencies ORDER BY code`)
}

// BondIn is the answer bond in a currency, or ErrCurrencyNotTraded.
func BondIn(ctx context.Context, tx *db.Tx, currency string) (money.Amount, error) {
	if !money.Known(currency) {
		return money.Amount{}, ErrCurrencyNotTraded
	}
	minor, err := db.Value[int64](ctx, tx, `SELECT bond_minor FROM terms.currencies WHERE code = $1`, currency)
	if errors.Is(err, db.NoRow) {
		err = ErrCurrencyNotTraded
	}
	return money.Amount{Minor: minor, Currency: currency}, err
}

// FloorFor is the least that one hour of work in a category may cost at a level,
// or one hour of anybody's in a country, whichever is more. It is in the given
// currency, rounded up. What is empty or nil has no floor, and where nothing has
// one there is none. The error is ErrCurrencyNotTraded, or an accident.
func FloorFor(ctx context.Context, tx *db.Tx, category skill.Key, level skill.Level, country *string, currency string) (Floor, error) {
	r, err := rateOf(ctx, tx, currency)
	if err != nil {
		return Floor{}, err
	}
	type row struct {
		USDMinor int64
		Source   string
		AsOf     time.Time
	}
	highest, err := db.One[row](ctx, tx, `
		SELECT usd_minor, source, as_of FROM terms.category_floors WHERE category = $1 AND level = $2
		UNION ALL
		SELECT usd_minor, source, as_of FROM terms.country_floors WHERE country = $3
		ORDER BY usd_minor DESC LIMIT 1`, category, level, country)
	if errors.Is(err, db.NoRow) {
		err = nil
	}
	return Floor{Hourly: r.from(highest.USDMinor), Source: highest.Source, AsOf: highest.AsOf}, err
}

// rateOf is the reference rate of a currency that this market trades in.
func rateOf(ctx context.Context, tx *db.Tx, currency string) (rate, error) {
	if !money.Known(currency) {
		return rate{}, ErrCurrencyNotTraded
	}
	perUSD, err := db.Value[*string](ctx, tx, `
		SELECT r.per_usd::text FROM terms.currencies c LEFT JOIN terms.reference_rates r ON r.currency = c.code
		WHERE c.code = $1`, currency)
	switch {
	case errors.Is(err, db.NoRow):
		return rate{}, ErrCurrencyNotTraded
	case err != nil:
		return rate{}, err
	case perUSD == nil:
		return rate{}, fmt.Errorf("terms: %s is traded, but has no reference rate", currency)
	}
	return newRate(*perUSD, currency)
}

// Rates compares amounts in different currencies. No money is ever converted by
// them.
type Rates map[string]rate

// ReferenceRates are the rates of all currencies that have one.
func ReferenceRates(ctx context.Context, tx *db.Tx) (Rates, error) {
	type row struct{ Currency, PerUSD string }
	all, err := db.All[row](ctx, tx, `SELECT currency, per_usd::text FROM terms.reference_rates`)
	if err != nil {
		return nil, err
	}
	rates := make(Rates, len(all))
	for _, each := range all {
		if rates[each.Currency], err = newRate(each.PerUSD, each.Currency); err != nil {
			return nil, err
		}
	}
	return rates, nil
}

// Cents is what a is about worth in US cents; 0 when nobody knows.
func (r Rates) Cents(a money.Amount) int64 {
	if rate, ok := r[a.Currency]; ok {
		return rate.cents(a)
	}
	return 0
}

// CategoryFloor is a row of the operator's table.
type CategoryFloor struct {
	Category skill.Key
	Level    skill.Level
	Floor
}

// CategoryFloors are the floors of all categories and levels, in US dollars.
func CategoryFloors(ctx context.Context, tx *db.Tx) ([]CategoryFloor, error) {
	type row struct {
		Category skill.Key
		Level    skill.Level
		USDMinor int64
		Source   string
		AsOf     time.Time
	}
	all, err := db.All[row](ctx, tx, `
		SELECT f.category, f.level, f.usd_minor, f.source, f.as_of
		FROM terms.category_floors f JOIN skill.categories c ON c.key = f.category ORDER BY c.n, f.usd_minor`)
	floors := make([]CategoryFloor, len(all))
	for i, r := range all {
		floors[i] = CategoryFloor{r.Category, r.Level, Floor{dollars(r.USDMinor), r.Source, r.AsOf}}
	}
	return floors, err
}

// CountryFloor is a row of the operator's table.
type CountryFloor struct {
	Country string // ISO 3166-1
	Floor
}

// CountryFloors are the floors of all countries that have one, in US dollars.
func CountryFloors(ctx context.Context, tx *db.Tx) ([]CountryFloor, error) {
	type row struct {
		Country  string
		USDMinor int64
		Source   string
		AsOf     time.Time
	}
	all, err := db.All[row](ctx, tx, `SELECT country, usd_minor, source, as_of FROM terms.country_floors ORDER BY country`)
	floors := make([]CountryFloor, len(all))
	for i, r := range all {
		floors[i] = CountryFloor{r.Country, Floor{dollars(r.USDMinor), r.Source, r.AsOf}}
	}
	return floors, err
}

func dollars(cents int64) money.Amount { return money.Amount{Minor: cents, Currency: "USD"} }

// subject names the terms in the journal.
const subject = "terms"

// lock lets one transaction at a time change the terms; readers go on.
func lock(ctx context.Context, tx *db.Tx) error { return db.LockName(ctx, tx, subject) }

func insertSettings(ctx context.Context, tx *db.Tx, by account.Actor, reason string, v Values) (Settings, error) {
	return db.One[Settings](ctx, tx, `
		INSERT INTO terms.settings (since, set_by, reason, client_fee_bp, freelancer_fee_bp, answer_days, open_proposals,
			proposals_per_post, offer_days, fund_days, acceptance_days, change_rounds, grace_days, starved_days, notice_days, ending_fee_bp)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		RETURNING `+settingsCols, tx.Now, by.ID, reason, v.ClientFee, v.FreelancerFee, v.AnswerDays, v.OpenProposals,
		v.ProposalsPerPost, v.OfferDays, v.FundDays, v.AcceptanceDays, v.ChangeRounds, v.GraceDays, v.StarvedDays, v.NoticeDays, v.EndingFee)
}

func saveCategoryFloor(ctx context.Context, tx *db.Tx, by account.Actor, c skill.Key, l skill.Level, cents int64, source string) error {
	return db.Exec1(ctx, tx, `
		INSERT INTO terms.category_floors (category, level, usd_minor, source, as_of, set_by) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (category, level) DO UPDATE
		SET usd_minor = excluded.usd_minor, source = excluded.source, as_of = excluded.as_of, set_by = excluded.set_by`,
		c, l, cents, source, tx.Now, by.ID)
}

func saveCountryFloor(ctx context.Context, tx *db.Tx, by account.Actor, country string, cents int64, source string) error {
	return db.Exec1(ctx, tx, `
		INSERT INTO terms.country_floors (country, usd_minor, source, as_of, set_by) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (country) DO UPDATE
		SET usd_minor = excluded.usd_minor, source = excluded.source, as_of = excluded.as_of, set_by = excluded.set_by`,
		country, cents, source, tx.Now, by.ID)
}

func saveRate(ctx context.Context, tx *db.Tx, by account.Actor, currency, perUSD, source string) error {
	return db.Exec1(ctx, tx, `
		INSERT INTO terms.reference_rates (currency, per_usd, source, as_of, set_by) VALUES ($1, $2::text::numeric, $3, $4, $5)
		ON CONFLICT (currency) DO UPDATE
		SET per_usd = excluded.per_usd, source = excluded.source, as_of = excluded.as_of, set_by = excluded.set_by`,
		currency, perUSD, source, tx.Now, by.ID)
}

func saveBond(ctx context.Context, tx *db.Tx, bond money.Amount) error {
	return db.Exec1(ctx, tx, `UPDATE terms.currencies SET bond_minor = $2 WHERE code = $1`, bond.Currency, bond.Minor)
}
