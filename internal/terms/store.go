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

// withdrawn is whether somebody replaced version s before it had begun.
const withdrawn = `EXISTS (SELECT FROM terms.settings l WHERE l.version > s.version AND l.set_at < s.since)`

const settingsCols = `version, set_at, since, ` + withdrawn + ` AS withdrawn, set_by, reason, client_fee_bp, freelancer_fee_bp, answer_days, open_proposals,
	proposals_per_post, offer_days, fund_days, acceptance_days, change_rounds, grace_days, starved_days, notice_days, ending_fee_bp, milestone_days`

const current = `SELECT ` + settingsCols + ` FROM terms.settings s WHERE since <= $1 AND NOT ` + withdrawn + ` ORDER BY version DESC LIMIT 1`

// Current are the settings that hold now.
func Current(ctx context.Context, tx *db.Tx) (Settings, error) {
	return db.One[Settings](ctx, tx, current, tx.Now)
}

// AskCurrent asks for the settings that hold now.
func AskCurrent(a *db.Ask, answer *Settings) { db.AskOne(a, answer, current, a.Now) }

// At are the settings of one version.
func At(ctx context.Context, tx *db.Tx, version int) (Settings, error) {
	return db.One[Settings](ctx, tx, `SELECT `+settingsCols+` FROM terms.settings s WHERE version = $1`, version)
}

// Latest is the newest version, which may not have begun yet.
func Latest(ctx context.Context, tx *db.Tx) (Settings, error) {
	return db.One[Settings](ctx, tx, `SELECT `+settingsCols+` FROM terms.settings s ORDER BY version DESC LIMIT 1`)
}

// History are all versions, newest first: also those that have not begun yet, and
// those that never will.
func History(ctx context.Context, tx *db.Tx) ([]Settings, error) {
	return db.All[Settings](ctx, tx, `SELECT `+settingsCols+` FROM terms.settings s ORDER BY version DESC`)
}

// Currencies are the codes of the currencies that this market trades in.
func Currencies(ctx context.Context, tx *db.Tx) ([]string, error) {
	return db.Values[string](ctx, tx, `SELECT code FROM terms.currencies ORDER BY code`)
}

// Bonds are the answer bonds in all currencies that this market trades in.
func Bonds(ctx context.Context, tx *db.Tx) ([]money.Amount, error) {
	return db.All[money.Amount](ctx, tx, `SELECT bond_minor AS minor, code AS currency FROM terms.currencies ORDER BY code`)
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
	if !money.Known(currency) {
		return Floor{}, ErrCurrencyNotTraded
	}
	f, err := db.One[AskedFloor](ctx, tx, floorQuery(`SELECT $1::text, $2::text, $3::text, $4::text`), category, level, country, currency)
	if err != nil {
		return Floor{}, err
	}
	return f.Floor()
}

// AskedFloor is a floor that was asked for.
type AskedFloor struct {
	askedRate
	USDMinor int64
	Source   string
	AsOf     *time.Time
}

type askedRate struct {
	Currency string
	Traded   bool
	PerUSD   *string
}

// rate is the reference rate of a currency that this market trades in.
func (a askedRate) rate() (rate, error) {
	switch {
	case !a.Traded:
		return rate{}, ErrCurrencyNotTraded
	case a.PerUSD == nil:
		return rate{}, fmt.Errorf("terms: %s is traded, but has no reference rate", a.Currency)
	}
	return newRate(*a.PerUSD, a.Currency)
}

// AskFloor is FloorFor, for the category, level, country and currency that a
// query finds.
func AskFloor(a *db.Ask, answer *AskedFloor, query string, args ...any) {
	db.AskOne(a, answer, floorQuery(query), args...)
}

const (
	rateCols  = `asked.currency, c.code IS NOT NULL AS traded, r.per_usd::text`
	withRates = `
		LEFT JOIN terms.currencies c ON c.code = asked.currency
		LEFT JOIN terms.reference_rates r ON r.currency = c.code`
)

// rateOf is the reference rate of a currency that this market trades in.
func rateOf(ctx context.Context, tx *db.Tx, currency string) (rate, error) {
	if !money.Known(currency) {
		return rate{}, ErrCurrencyNotTraded
	}
	a, err := db.One[askedRate](ctx, tx, `SELECT `+rateCols+` FROM (SELECT $1::text) AS asked (currency)`+withRates, currency)
	if err != nil {
		return rate{}, err
	}
	return a.rate()
}

func floorQuery(of string) string {
	return `
		SELECT ` + rateCols + `, coalesce(f.usd_minor, 0) AS usd_minor, coalesce(f.source, '') AS source, f.as_of
		FROM (` + of + `) AS asked (category, level, country, currency)` + withRates + `
		LEFT JOIN LATERAL (
			SELECT usd_minor, source, as_of FROM terms.category_floors WHERE category = asked.category AND level = asked.level
			UNION ALL
			SELECT usd_minor, source, as_of FROM terms.country_floors WHERE country = asked.country
			ORDER BY usd_minor DESC LIMIT 1) AS f ON true`
}

// Floor is what FloorFor returns.
func (f AskedFloor) Floor() (Floor, error) {
	r, err := f.rate()
	if err != nil {
		return Floor{}, err
	}
	floor := Floor{Hourly: r.from(f.USDMinor), Source: f.Source}
	if f.AsOf != nil {
		floor.AsOf = *f.AsOf
	}
	return floor, nil
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

func insertSettings(ctx context.Context, tx *db.Tx, by account.Actor, reason string, since time.Time, v Values) (Settings, error) {
	return db.One[Settings](ctx, tx, `
		INSERT INTO terms.settings AS s (set_at, since, set_by, reason, client_fee_bp, freelancer_fee_bp, answer_days, open_proposals,
			proposals_per_post, offer_days, fund_days, acceptance_days, change_rounds, grace_days, starved_days, notice_days, ending_fee_bp, milestone_days)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
		RETURNING `+settingsCols, tx.Now, since, by.ID, reason, v.ClientFee, v.FreelancerFee, v.AnswerDays, v.OpenProposals,
		v.ProposalsPerPost, v.OfferDays, v.FundDays, v.AcceptanceDays, v.ChangeRounds, v.GraceDays, v.StarvedDays, v.NoticeDays, v.EndingFee, v.MilestoneDays)
}

// announcement is a version that not everybody has been told of yet.
type announcement struct {
	Version int
	ToldTo  account.ID
}

// announce has everybody told of a version, and nobody any more of an earlier one.
func announce(ctx context.Context, tx *db.Tx, version int) error {
	if _, err := tx.Exec(ctx, `UPDATE terms.announcements SET done_at = $1 WHERE done_at IS NULL`, tx.Now); err != nil {
		return err
	}
	return db.Exec1(ctx, tx, `INSERT INTO terms.announcements (version) VALUES ($1)`, version)
}

func takeAnnouncement(ctx context.Context, tx *db.Tx) (announcement, error) {
	return db.One[announcement](ctx, tx, `SELECT version, told_to FROM terms.announcements WHERE done_at IS NULL FOR UPDATE SKIP LOCKED LIMIT 1`)
}

func saveAnnounced(ctx context.Context, tx *db.Tx, version int, to account.ID, done bool) error {
	return db.Exec1(ctx, tx, `UPDATE terms.announcements SET told_to = $2, done_at = CASE WHEN $3 THEN $4::timestamptz END WHERE version = $1`, version, to, done, tx.Now)
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
