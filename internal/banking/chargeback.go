package banking

import (
	"context"
	"errors"
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/ledger"
	"freehold/internal/notify"
)

// Chargeback is a deposit that its payer's bank has taken back. The operator bears it:
// first from the guarantee fund, then as a loss. Nobody who was paid with that money
// gives any of it back.
type Chargeback struct {
	ID       int64
	Deposit  DepositID
	Person   account.ID
	Minor    int64
	Currency string
	FromFund int64
	At       time.Time
	WonAt    *time.Time
}

// Amount is what was taken.
func (c Chargeback) Amount() money.Amount { return money.Amount{Minor: c.Minor, Currency: c.Currency} }

func (c Chargeback) key() string { return fmt.Sprintf("chargeback/%d", c.ID) }

// bookChargeback books what a bank has taken back.
func (l storedLine) bookChargeback(ctx context.Context, tx *db.Tx) (string, error) {
	id, ok := l.ours("deposit")
	if !ok || l.Minor >= 0 {
		return "", nil
	}
	p, err := lockDeposit(ctx, tx, DepositID(id))
	if err != nil || p.State != Confirmed || p.Rail != l.Rail || p.Currency != l.Currency {
		if errors.Is(err, db.NoRow) {
			err = nil
		}
		return "", err
	}
	c := Chargeback{Deposit: p.ID, Person: p.Person, Minor: -l.Minor, Currency: l.Currency, At: l.At}
	held, err := ledger.Lock(ctx, tx, l.Currency, Fund)
	if err != nil {
		return "", err
	}
	c.FromFund = min(held[0].Minor, c.Minor)
	if c.ID, err = insertChargeback(ctx, tx, c, l.ID); err != nil {
		return "", err
	}
	if err := c.post(ctx, tx, l); err != nil {
		return "", err
	}
	return c.key(), c.tell(ctx, tx, p)
}

func (c Chargeback) post(ctx context.Context, tx *db.Tx, l storedLine) error {
	in := func(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: c.Currency} }
	return ledger.Post(ctx, tx, ledger.Posting{Name: c.key(), Kind: "chargeback", Subject: fmt.Sprintf("deposit/%d", c.Deposit)},
		ledger.Transfer{From: Fund, To: outside(l.Rail), Amount: in(c.FromFund)},
		ledger.Transfer{From: losses(l.At), To: outside(l.Rail), Amount: in(c.Minor - c.FromFund)})
}

func (c Chargeback) tell(ctx context.Context, tx *db.Tx, p Deposit) error {
	if err := journal.Append(ctx, tx, p.key(), account.System, say.That("The payment of %s was taken back.", c.Amount()), "the payer’s bank says so"); err != nil {
		return err
	}
	if err := notify.Send(ctx, tx, notify.Notice{Reader: p.Person, Kind: "taken_back", Link: "/talk?about=wallet",
		Text: say.That("Your payment of %s was taken back by your bank. Whoever you have paid with it keeps their money; this market bears the loss. Until it is settled you can add money by bank transfer only. If you did not ask for that, talk to us: your bank can undo it.", c.Amount())}); err != nil {
		return err
	}
	return tellFinance(ctx, tx, say.That("A payment of %s was taken back: deposit %d. %s came out of the guarantee fund, the rest is a loss.", c.Amount(), int64(c.Deposit), money.Amount{Minor: c.FromFund, Currency: c.Currency}))
}

// bookWon books money that came back because the bank was wrong to take it.
func (l storedLine) bookWon(ctx context.Context, tx *db.Tx) (string, error) {
	id, ok := l.ours("deposit")
	if !ok {
		return l.bookUnknown(ctx, tx)
	}
	c, err := db.One[Chargeback](ctx, tx, `
		SELECT id, deposit, person, minor, currency, from_fund, at, won_at FROM banking.chargebacks
		WHERE deposit = $1 AND minor = $2 AND currency = $3 AND won_at IS NULL ORDER BY id LIMIT 1 FOR UPDATE`, id, l.Minor, l.Currency)
	if errors.Is(err, db.NoRow) {
		return l.bookUnknown(ctx, tx)
	}
	if err != nil {
		return "", err
	}
	in := func(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: c.Currency} }
	name := c.key() + "/won"
	if err := ledger.Post(ctx, tx, ledger.Posting{Name: name, Kind: "chargeback won", Subject: fmt.Sprintf("deposit/%d", c.Deposit)},
		ledger.Transfer{From: outside(l.Rail), To: Fund, Amount: in(c.FromFund)},
		ledger.Transfer{From: outside(l.Rail), To: losses(c.At), Amount: in(c.Minor - c.FromFund)}); err != nil {
		return "", err
	}
	if err := db.Exec1(ctx, tx, `UPDATE banking.chargebacks SET won_at = $2 WHERE id = $1`, c.ID, tx.Now); err != nil {
		return "", err
	}
	return name, notify.Send(ctx, tx, notify.Notice{Reader: c.Person, Kind: "taken_back", Link: "/wallet",
		Text: say.That("The payment of %s that your bank had taken back has come again. Everything is as it was.", c.Amount())})
}

func insertChargeback(ctx context.Context, tx *db.Tx, c Chargeback, line LineID) (int64, error) {
	return db.Value[int64](ctx, tx, `
		INSERT INTO banking.chargebacks (deposit, person, line, minor, currency, from_fund, at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
		c.Deposit, c.Person, line, c.Minor, c.Currency, c.FromFund, c.At)
}
