package banking

import (
	"context"
	"errors"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
)

// TopUp asks for an amount into somebody's wallet, by the payment method that they
// have shown last and that can be charged without them, because of a named fact: once, however often it is called. The
// rail is asked after the transaction, by a job. It is not ok if they have no
// method.
func TopUp(ctx context.Context, tx *db.Tx, of account.ID, a money.Amount, fact string) (ok bool, err error) {
	if ok, err = canPull(ctx, tx, of); err != nil || !ok {
		return false, err
	}
	id, err := db.Value[DepositID](ctx, tx, `
		INSERT INTO banking.deposits (person, rail, minor, currency, state, asked_at, fact)
		SELECT $1, rail, $2, $3, 'pending', $4, $5 FROM banking.methods WHERE person = $1 AND pulls ORDER BY verified_at DESC, id DESC LIMIT 1
		ON CONFLICT (fact) DO NOTHING RETURNING id`, of, a.Minor, a.Currency, tx.Now, fact)
	if errors.Is(err, db.NoRow) {
		return true, nil // it was asked for before
	}
	if err != nil {
		return false, err
	}
	return true, tx.Enqueue(ctx, SettleDeposit{id})
}

func canPull(ctx context.Context, tx *db.Tx, of account.ID) (bool, error) {
	return db.Value[bool](ctx, tx, `SELECT EXISTS (SELECT FROM banking.methods WHERE person = $1 AND pulls)`, of)
}
