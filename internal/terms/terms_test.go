package terms_test

import (
	"context"
	"testing"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/skill"
	"freehold/internal/terms"
)

// operated returns a market with the shipped terms, and Olga who administers it.
func operated(t *testing.T) (m *markettest.Market, olga account.Actor) {
	t.Helper()
	m = markettest.New(t)
	olga = m.Person("Olga", money.Amount{})
	olga.Roles = []account.Role{account.Admin}
	return m, olga
}

func current(m *markettest.Market) (s terms.Settings) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) (err error) { s, err = terms.Current(ctx, tx); return err })
	return s
}

// floor is what an hour costs at least, in minor units of a currency.
func floor(m *markettest.Market, category skill.Key, level skill.Level, country, currency string) int64 {
	m.Helper()
	var where *string
	if country != "" {
		where = &country
	}
	var f terms.Floor
	m.View(func(ctx context.Context, tx *db.Tx) (err error) {
		f, err = terms.FloorFor(ctx, tx, category, level, where, currency)
		return err
	})
	return f.Hourly.Minor
}

// breakJournal makes the last step of every change fail.
func breakJournal(m *markettest.Market) {
	m.Helper()
	m.Do(`ALTER TABLE journal.entries ADD CONSTRAINT planted CHECK (false) NOT VALID`)
}
