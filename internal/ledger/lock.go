package ledger

import (
	"context"

	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
)

// Lock returns what accounts hold in one currency, in the order given, and
// keeps it from changing until the transaction ends: for those who act
// differently when there is not enough, since a Post that fails loses the
// transaction. Accounts are locked in the order in which Post locks them. One
// that was never booked on holds nothing, and cannot be locked.
func Lock(ctx context.Context, tx *db.Tx, currency string, accounts ...Account) ([]money.Amount, error) {
	return db.All[money.Amount](ctx, tx, `
		WITH locked AS (
			SELECT a.code, b.minor
			FROM ledger.balances b JOIN ledger.accounts a ON a.id = b.account
			WHERE a.currency = $1 AND a.code = ANY ($2)
			ORDER BY b.account FOR NO KEY UPDATE OF b)
		SELECT coalesce(l.minor, 0) AS minor, $1::text AS currency
		FROM unnest($2::text[]) WITH ORDINALITY AS c (code, n) LEFT JOIN locked l ON l.code = c.code
		ORDER BY c.n`, currency, accounts)
}
