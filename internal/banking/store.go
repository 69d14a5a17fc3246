package banking

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
)

const (
	depositCols = `id, person, rail, minor, currency, state, failure, asked_at, settled_at`
	payoutCols  = depositCols
)

func insertDeposit(ctx context.Context, tx *db.Tx, person account.ID, rail string, a money.Amount) (DepositID, error) {
	return db.Value[DepositID](ctx, tx, `
		INSERT INTO banking.deposits (person, rail, minor, currency, state, asked_at)
		VALUES ($1, $2, $3, $4, 'pending', $5) RETURNING id`, person, rail, a.Minor, a.Currency, tx.Now)
}

func depositByID(ctx context.Context, tx *db.Tx, id DepositID) (Deposit, error) {
	return db.One[Deposit](ctx, tx, `SELECT `+depositCols+` FROM banking.deposits WHERE id = $1`, id)
}

func lockDeposit(ctx context.Context, tx *db.Tx, id DepositID) (Deposit, error) {
	return db.One[Deposit](ctx, tx, `SELECT `+depositCols+` FROM banking.deposits WHERE id = $1 FOR UPDATE`, id)
}

func saveDeposit(ctx context.Context, tx *db.Tx, p Deposit, reference string) error {
	return db.Exec1(ctx, tx, `
		UPDATE banking.deposits SET state = $2, failure = $3, settled_at = $4, reference = nullif($5, '')
		WHERE id = $1`, p.ID, p.State, p.Failure, p.SettledAt, reference)
}

func insertPayout(ctx context.Context, tx *db.Tx, person account.ID, rail string, a money.Amount) (Payout, error) {
	return db.One[Payout](ctx, tx, `
		INSERT INTO banking.payouts (person, rail, minor, currency, state, asked_at)
		VALUES ($1, $2, $3, $4, 'on its way', $5) RETURNING `+payoutCols, person, rail, a.Minor, a.Currency, tx.Now)
}

func payoutByID(ctx context.Context, tx *db.Tx, id PayoutID) (Payout, error) {
	return db.One[Payout](ctx, tx, `SELECT `+payoutCols+` FROM banking.payouts WHERE id = $1`, id)
}

func lockPayout(ctx context.Context, tx *db.Tx, id PayoutID) (Payout, error) {
	return db.One[Payout](ctx, tx, `SELECT `+payoutCols+` FROM banking.payouts WHERE id = $1 FOR UPDATE`, id)
}

func savePayout(ctx context.Context, tx *db.Tx, p Payout, reference string) error {
	return db.Exec1(ctx, tx, `
		UPDATE banking.payouts SET state = $2, failure = $3, settled_at = $4, reference = nullif($5, '')
		WHERE id = $1`, p.ID, p.State, p.Failure, p.SettledAt, reference)
}

// verifyMethod notes that somebody has paid through a rail.
func verifyMethod(ctx context.Context, tx *db.Tx, person account.ID, rail string) error {
	return db.Exec(ctx, tx, `
		INSERT INTO banking.methods (person, rail, label, verified_at) VALUES ($1, $2, $2, $3)
		ON CONFLICT DO NOTHING`, person, rail, tx.Now)
}

// IsVerified reports whether somebody has shown that they can pay.
func IsVerified(ctx context.Context, tx *db.Tx, person account.ID) (bool, error) {
	return db.Value[bool](ctx, tx, `SELECT EXISTS (SELECT FROM banking.methods WHERE person = $1)`, person)
}
