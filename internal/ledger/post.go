package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"

	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
)

// Post books p with all its transfers, in one round trip. Transfers of nothing
// are left out. A posting that was booked before under the same name is not
// booked again; under the same name with other transfers it is an accident.
//
// When an account would go below zero nothing is booked, the transaction is
// lost, and the error is ErrInsufficient.
func Post(ctx context.Context, tx *db.Tx, p Posting, transfers ...Transfer) error {
	var from, to []string
	var minor []int64
	currency := ""
	for _, t := range transfers {
		if t.Amount.Minor == 0 {
			continue
		}
		if currency != "" && t.Amount.Currency != currency {
			return fmt.Errorf("posting %s mixes %s with %s", p.Name, currency, t.Amount.Currency)
		}
		currency = t.Amount.Currency
		from, to, minor = append(from, string(t.From)), append(to, string(t.To)), append(minor, t.Amount.Minor)
	}
	if len(minor) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `SELECT ledger.post($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		p.Name, p.Kind, p.Subject, p.Memo, tx.Now, currency, from, to, minor)
	switch {
	case db.Violates(err, "never_below_zero"):
		return ErrInsufficient
	case err != nil:
		return fmt.Errorf("posting %s: %w", p.Name, err)
	}
	return nil
}

// Balance is what an account holds in one currency; nothing, if it was never
// booked on.
func Balance(ctx context.Context, tx *db.Tx, a Account, currency string) (money.Amount, error) {
	minor, err := db.Value[int64](ctx, tx, `
		SELECT b.minor FROM ledger.balances b JOIN ledger.accounts a ON a.id = b.account
		WHERE a.code = $1 AND a.currency = $2`, a, currency)
	if errors.Is(err, db.NoRow) {
		err = nil
	}
	return money.Amount{Minor: minor, Currency: currency}, err
}

// AskBalance asks for what Balance returns, together with other questions.
func AskBalance(a *db.Ask, answer *money.Amount, of Account, currency string) {
	db.AskOne(a, answer, `
		SELECT $2::text AS currency, coalesce((
			SELECT b.minor FROM ledger.balances b JOIN ledger.accounts a ON a.id = b.account
			WHERE a.code = $1 AND a.currency = $2), 0) AS minor`, of, currency)
}

// Balances is what an account holds, a row for each currency it ever held, in
// the order of their codes.
func Balances(ctx context.Context, tx *db.Tx, a Account) ([]money.Amount, error) {
	return db.All[money.Amount](ctx, tx, `
		SELECT b.minor, a.currency FROM ledger.balances b JOIN ledger.accounts a ON a.id = b.account
		WHERE a.code = $1 ORDER BY a.currency`, a)
}

// Movements are the last n transfers of an account in one currency, newest
// first, before the given version (0: from the newest).
func Movements(ctx context.Context, tx *db.Tx, a Account, currency string, before int64, n int) ([]Movement, error) {
	rows, err := db.All[moved](ctx, tx, `
		WITH mine AS (SELECT id FROM ledger.accounts WHERE code = $1 AND currency = $2),
		moved AS (
			(SELECT posting, target AS other, -minor AS minor, source_balance AS rest, source_version AS version
			 FROM ledger.transfers WHERE source = (SELECT id FROM mine) AND ($3::bigint = 0 OR source_version < $3)
			 ORDER BY source_version DESC LIMIT $4)
			UNION ALL
			(SELECT posting, source, minor, target_balance, target_version
			 FROM ledger.transfers WHERE target = (SELECT id FROM mine) AND ($3::bigint = 0 OR target_version < $3)
			 ORDER BY target_version DESC LIMIT $4))
		SELECT p.name, p.kind, p.subject, p.memo, p.at, o.code AS other, m.minor, m.rest, m.version
		FROM moved m JOIN ledger.postings p ON p.id = m.posting JOIN ledger.accounts o ON o.id = m.other
		ORDER BY m.version DESC LIMIT $4`, a, currency, before, n)
	return movements(rows, currency), err
}

// moved is a movement as it is read.
type moved struct {
	Name, Kind, Subject, Memo string
	At                        time.Time
	Other                     Account
	Minor, Rest, Version      int64
}

func movements(rows []moved, currency string) []Movement {
	out := make([]Movement, len(rows))
	for i, r := range rows {
		out[i] = Movement{r.Name, r.Kind, r.Subject, r.Memo, r.At, r.Other,
			money.Amount{Minor: r.Minor, Currency: currency}, money.Amount{Minor: r.Rest, Currency: currency}, r.Version}
	}
	return out
}

// MovementsBetween are the transfers of an account in one currency from one instant
// until before another, oldest first, at most n.
func MovementsBetween(ctx context.Context, tx *db.Tx, a Account, currency string, from, until time.Time, n int) ([]Movement, error) {
	rows, err := db.All[moved](ctx, tx, `
		WITH mine AS (SELECT id FROM ledger.accounts WHERE code = $1 AND currency = $2),
		moved AS (
			SELECT posting, target AS other, -minor AS minor, source_balance AS rest, source_version AS version FROM ledger.transfers WHERE source = (SELECT id FROM mine)
			UNION ALL
			SELECT posting, source, minor, target_balance, target_version FROM ledger.transfers WHERE target = (SELECT id FROM mine))
		SELECT p.name, p.kind, p.subject, p.memo, p.at, o.code AS other, m.minor, m.rest, m.version
		FROM moved m JOIN ledger.postings p ON p.id = m.posting JOIN ledger.accounts o ON o.id = m.other
		WHERE p.at >= $3 AND p.at < $4 ORDER BY m.version LIMIT $5`, a, currency, from, until, n)
	return movements(rows, currency), err
}

// BalanceBefore is what an account held right before an instant.
func BalanceBefore(ctx context.Context, tx *db.Tx, a Account, currency string, at time.Time) (money.Amount, error) {
	minor, err := db.Value[int64](ctx, tx, `
		WITH mine AS (SELECT id FROM ledger.accounts WHERE code = $1 AND currency = $2),
		moved AS (
			SELECT posting, source_balance AS rest, source_version AS version FROM ledger.transfers WHERE source = (SELECT id FROM mine)
			UNION ALL
			SELECT posting, target_balance, target_version FROM ledger.transfers WHERE target = (SELECT id FROM mine))
		SELECT m.rest FROM moved m JOIN ledger.postings p ON p.id = m.posting WHERE p.at < $3 ORDER BY m.version DESC LIMIT 1`, a, currency, at)
	if errors.Is(err, db.NoRow) {
		err = nil
	}
	return money.Amount{Minor: minor, Currency: currency}, err
}
