package banking

import (
	"context"
	"errors"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
)

const (
	depositCols = `id, person, rail, minor, currency, state, failure, asked_at, settled_at, coalesce(reference, '') AS reference, waits, fact`
	payoutCols  = `id, person, rail, minor, currency, state, failure, asked_at, settled_at, coalesce(reference, '') AS reference, method, not_before, handed_at, file`
	methodCols  = `id, person, rail, label, holder, added_at, usable_from`
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

// depositOf is a deposit for its owner, for whom alone it is there.
func depositOf(ctx context.Context, tx *db.Tx, by account.Actor, id DepositID, locking string) (Deposit, error) {
	p, err := db.One[Deposit](ctx, tx, `SELECT `+depositCols+` FROM banking.deposits WHERE id = $1 `+locking, id)
	if errors.Is(err, db.NoRow) || err == nil && (by.IsSystem() || p.Person != by.ID) {
		err = ErrNoDeposit
	}
	return p, err
}

func saveDeposit(ctx context.Context, tx *db.Tx, p Deposit) error {
	return db.Exec1(ctx, tx, `
		UPDATE banking.deposits SET minor = $2, state = $3, failure = $4, settled_at = $5, reference = nullif($6, ''), waits = $7
		WHERE id = $1`, p.ID, p.Minor, p.State, p.Failure, p.SettledAt, p.Reference, p.Waits)
}

func insertPayout(ctx context.Context, tx *db.Tx, p Payout) (Payout, error) {
	return db.One[Payout](ctx, tx, `
		INSERT INTO banking.payouts (person, rail, minor, currency, state, asked_at, method, not_before)
		VALUES ($1, $2, $3, $4, 'on its way', $5, $6, $7) RETURNING `+payoutCols, p.Person, p.Rail, p.Minor, p.Currency, tx.Now, p.Method, p.NotBefore)
}

func payoutByID(ctx context.Context, tx *db.Tx, id PayoutID) (Payout, error) {
	return db.One[Payout](ctx, tx, `SELECT `+payoutCols+` FROM banking.payouts WHERE id = $1`, id)
}

func lockPayout(ctx context.Context, tx *db.Tx, id PayoutID) (Payout, error) {
	p, err := db.One[Payout](ctx, tx, `SELECT `+payoutCols+` FROM banking.payouts WHERE id = $1 FOR UPDATE`, id)
	if errors.Is(err, db.NoRow) {
		err = ErrNoPayout
	}
	return p, err
}

func savePayout(ctx context.Context, tx *db.Tx, p Payout) error {
	return db.Exec1(ctx, tx, `
		UPDATE banking.payouts SET state = $2, failure = $3, settled_at = $4, reference = nullif($5, ''), handed_at = $6
		WHERE id = $1`, p.ID, p.State, p.Failure, p.SettledAt, p.Reference, p.HandedAt)
}

// waitingFor are the payouts to a method that can still be called back.
func waitingFor(ctx context.Context, tx *db.Tx, m MethodID) ([]Payout, error) {
	return db.All[Payout](ctx, tx, `
		SELECT `+payoutCols+` FROM banking.payouts WHERE method = $1 AND state = 'on its way' AND handed_at IS NULL ORDER BY id FOR UPDATE`, m)
}

func insertMethod(ctx context.Context, tx *db.Tx, m Method, sealed []byte) (MethodID, error) {
	return db.Value[MethodID](ctx, tx, `
		INSERT INTO banking.payout_methods (person, rail, label, holder, sealed, added_at, usable_from)
		VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`, m.Person, m.Rail, m.Label, m.Holder, sealed, m.AddedAt, m.UsableFrom)
}

func methodsOf(ctx context.Context, tx *db.Tx, person account.ID) ([]Method, error) {
	return db.All[Method](ctx, tx, `SELECT `+methodCols+` FROM banking.payout_methods WHERE person = $1 AND removed_at IS NULL ORDER BY id DESC`, person)
}

// lockMethod keeps a method from being removed, or used, until the transaction ends.
func lockMethod(ctx context.Context, tx *db.Tx, id MethodID) (Method, error) {
	m, err := db.One[Method](ctx, tx, `SELECT `+methodCols+` FROM banking.payout_methods WHERE id = $1 AND removed_at IS NULL FOR UPDATE`, id)
	if errors.Is(err, db.NoRow) {
		err = ErrNotMethod
	}
	return m, err
}

// methodFor is the method of that number on a rail, or the only one there is.
func methodFor(ctx context.Context, tx *db.Tx, person account.ID, rail string, id MethodID) (Method, error) {
	all, err := db.All[Method](ctx, tx, `
		SELECT `+methodCols+` FROM banking.payout_methods
		WHERE person = $1 AND rail = $2 AND ($3::bigint = 0 OR id = $3) AND removed_at IS NULL ORDER BY id FOR SHARE`, person, rail, id)
	if err == nil && len(all) != 1 {
		err = ErrNoMethod
	}
	if err != nil {
		return Method{}, err
	}
	return all[0], nil
}

// openMethod shows a method to the rail: the account and whose it is.
func openMethod(ctx context.Context, tx *db.Tx, v Opener, id MethodID) (number, holder string, err error) {
	m, err := db.One[struct {
		Person account.ID
		Holder string
		Sealed []byte
	}](ctx, tx, `SELECT person, holder, sealed FROM banking.payout_methods WHERE id = $1`, id)
	if err != nil {
		return "", "", err
	}
	number, err = v.Open(m.Sealed, sealedFor(m.Person))
	return number, m.Holder, err
}

func removeMethod(ctx context.Context, tx *db.Tx, id MethodID) error {
	if err := db.Exec(ctx, tx, `DELETE FROM banking.schedules WHERE method = $1`, id); err != nil {
		return err
	}
	return db.Exec1(ctx, tx, `UPDATE banking.payout_methods SET removed_at = $2 WHERE id = $1`, id, tx.Now)
}

// verifyMethod notes that somebody has paid through a rail.
func verifyMethod(ctx context.Context, tx *db.Tx, person account.ID, rail string, pulls bool) error {
	return db.Exec(ctx, tx, `
		INSERT INTO banking.methods (person, rail, label, verified_at, pulls) VALUES ($1, $2, $2, $3, $4)
		ON CONFLICT DO NOTHING`, person, rail, tx.Now, pulls)
}

// tookBack reports whether somebody has taken a payment back, and was not in the right.
func tookBack(ctx context.Context, tx *db.Tx, person account.ID) (bool, error) {
	return db.Value[bool](ctx, tx, `SELECT EXISTS (SELECT FROM banking.chargebacks WHERE person = $1 AND won_at IS NULL)`, person)
}

// isStopped reports whether no payout is handed to a rail for now.
func isStopped(ctx context.Context, tx *db.Tx, rail string) (bool, error) {
	return db.Value[bool](ctx, tx, `SELECT EXISTS (SELECT FROM banking.rails WHERE name = $1 AND stopped_at IS NOT NULL)`, rail)
}

// IsVerified reports whether somebody has shown that they can pay.
func IsVerified(ctx context.Context, tx *db.Tx, person account.ID) (bool, error) {
	return db.Value[bool](ctx, tx, `SELECT EXISTS (SELECT FROM banking.methods WHERE person = $1)`, person)
}
