package banking

import (
	"context"

	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/ledger"
)

// FundOf is what the guarantee fund holds, in each currency that it ever held.
func FundOf(ctx context.Context, d *db.DB) (held []money.Amount, err error) {
	err = d.View(ctx, func(tx *db.Tx) error { held, err = ledger.Balances(ctx, tx, Fund); return err })
	return held, err
}
