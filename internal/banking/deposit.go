package banking

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/ledger"
	"freehold/internal/notify"
	"freehold/internal/terms"
)

// AddMoney asks the rail to collect an amount into by's wallet, and returns the
// deposit as it then stands: confirmed, failed, or still pending where the
// provider takes its time. A confirmed deposit also verifies by's payment method.
func AddMoney(ctx context.Context, d *db.DB, rail Rail, by account.Actor, a money.Amount) (Deposit, error) {
	if by.IsSystem() {
		return Deposit{}, ErrNotForStaff
	}
	if err := checkAmount(a); err != nil {
		return Deposit{}, err
	}
	var id DepositID
	err := d.Update(ctx, func(tx *db.Tx) (err error) {
		if _, err := terms.BondIn(ctx, tx, a.Currency); err != nil {
			return err // not a currency of this market
		}
		if id, err = insertDeposit(ctx, tx, by.ID, rail.Name(), a); err != nil {
			return err
		}
		return tx.EnqueueAfter(ctx, 30*time.Second, SettleDeposit{id})
	})
	if err != nil {
		return Deposit{}, err
	}
	return settleDeposit(ctx, d, rail, id)
}

// settleDeposit asks the rail for a pending deposit and books its answer. When
// the rail does not answer, the deposit stays pending for the job to try again.
func settleDeposit(ctx context.Context, d *db.DB, rail Rail, id DepositID) (p Deposit, err error) {
	if err = d.View(ctx, func(tx *db.Tx) error { p, err = depositByID(ctx, tx, id); return err }); err != nil {
		return p, err
	}
	if p.State != Pending {
		return p, nil
	}
	answer, err := rail.Collect(ctx, Order{p.key(), p.Person, p.Amount()})
	if err != nil {
		return p, nil //nolint:nilerr // nothing is known yet, and pending says so
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		if p, err = lockDeposit(ctx, tx, id); err != nil || p.State != Pending {
			return err
		}
		return bookDeposit(ctx, tx, &p, answer)
	})
	return p, err
}

func bookDeposit(ctx context.Context, tx *db.Tx, p *Deposit, answer Answer) error {
	p.State, p.SettledAt = Confirmed, &tx.Now
	text := say.That("Your deposit of %s is in your wallet.", p.Amount())
	if answer.Refused != "" {
		p.State, p.Failure = Failed, &answer.Refused
		text = say.That("Your deposit of %s did not come through: %s Nothing was taken. You can try again.", p.Amount(), answer.Refused)
	}
	if err := saveDeposit(ctx, tx, *p, answer.Reference); err != nil {
		return err
	}
	if p.State == Confirmed {
		if err := verifyMethod(ctx, tx, p.Person, p.Rail); err != nil {
			return err
		}
		if err := ledger.Post(ctx, tx,
			ledger.Posting{Name: p.key(), Kind: "deposit", Subject: "wallet", Memo: ""},
			ledger.Transfer{From: outside(p.Rail), To: escrow.Wallet(p.Person), Amount: p.Amount()}); err != nil {
			return err
		}
	}
	return notify.Send(ctx, tx, notify.Notice{Reader: p.Person, Kind: "deposit", Text: text, Link: "/wallet"})
}
