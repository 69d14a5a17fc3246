package terms

import (
	"context"
	"errors"
	"fmt"
	"time"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/skill"
)

// ErrCurrencyNotTraded refuses a currency that this market does not trade in.
var ErrCurrencyNotTraded = fault.New(fault.Invalid, "currency_not_traded",
	"This market does not trade in %s. Choose one of the currencies on the list.").At("currency")

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
	minor, err := db.Value[int64](ctx, tx, `SELECT bond_minor FROM terms.currencies WHERE code = $1`, currency)
	if errors.Is(err, db.NoRow) {
		err = ErrCurrencyNotTraded.With(currency)
	}
	return money.Amount{Minor: minor, Currency: currency}, err
}

// FloorFor is the least that one hour of work in a category may cost at a level,
// or one hour of anybody's in a country, whichever is more. It is in the given
// currency, rounded up. What is empty or nil has no floor, and where nothing has
// one there is none. The error is ErrCurrencyNotTraded, or an accident.
func FloorFor(ctx context.Context, tx *db.Tx, category skill.Key, level skill.Level, country *string, currency string) (Floor, error) {
	type row struct {
		PerUSD   *string `db:"per_usd"`
		USDMinor int64   `db:"usd_minor"`
		Source   string
		AsOf     time.Time
	}
	found, err := db.One[row](ctx, tx, `
		SELECT r.per_usd::text, coalesce(f.usd_minor, 0) AS usd_minor, coalesce(f.source, '') AS source, coalesce(f.as_of, 'epoch') AS as_of
		FROM terms.currencies c
		LEFT JOIN terms.reference_rates r ON r.currency = c.code
		LEFT JOIN (
			SELECT usd_minor, source, as_of FROM terms.category_floors WHERE category = $1 AND level = $2
			UNION ALL
			SELECT usd_minor, source, as_of FROM terms.country_floors WHERE country = $3
			ORDER BY usd_minor DESC LIMIT 1) AS f ON true
		WHERE c.code = $4`, category, level, country, currency)
	none := Floor{Hourly: money.Zero(currency)}
	switch {
	case errors.Is(err, db.NoRow):
		return none, ErrCurrencyNotTraded.With(currency)
	case err != nil || found.USDMinor == 0:
		return none, err
	case found.PerUSD == nil:
		return none, fmt.Errorf("terms: %s is traded here, but has no reference rate", currency)
	}
	r, err := newRate(*found.PerUSD, currency)
	if err != nil {
		return none, err
	}
	return Floor{Hourly: r.from(found.USDMinor), Source: found.Source, AsOf: found.AsOf}, nil
}
