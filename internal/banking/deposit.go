package banking

import (
	"context"
	"errors"
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

// unpaidDays are after which a deposit that its payer has not paid is given up.
const unpaidDays terms.Days = 30

// AddMoney asks the rail to collect an amount into by's wallet, and returns the
// deposit as it then stands: confirmed, failed, or still pending where the
// provider takes its time, or where it is by's turn to pay. A confirmed deposit also
// verifies by's payment method.
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
		if !rail.Traits().Takes(a.Currency) {
			return ErrRailCurrency.With(a.Currency)
		}
		if took, err := tookBack(ctx, tx, by.ID); err != nil || took && rail.Traits().Reversible {
			return errors.Join(err, ErrTakenBack)
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
	var o Order
	err = d.View(ctx, func(tx *db.Tx) error {
		if p, err = depositByID(ctx, tx, id); err != nil || p.State != Pending {
			return err
		}
		o, err = orderOf(ctx, tx, p.Person, p.key(), p.Amount(), p.Reference)
		o.Unattended = p.Fact != nil
		return err
	})
	if err != nil || p.State != Pending {
		return p, err
	}
	answer, err := rail.Collect(ctx, o)
	if err != nil {
		return p, nil //nolint:nilerr // nothing is known yet, and pending says so
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		if p, err = lockDeposit(ctx, tx, id); err != nil || p.State != Pending {
			return err
		}
		return bookDeposit(ctx, tx, &p, answer, rail.Traits())
	})
	p.Go, p.Transfer = answer.Go, answer.Transfer
	return p, err
}

// orderOf is what a rail is asked to do for somebody.
func orderOf(ctx context.Context, tx *db.Tx, person account.ID, key string, a money.Amount, reference string) (Order, error) {
	who, err := account.PersonByID(ctx, tx, person)
	o := Order{Key: key, Person: person, Name: who.Name, Amount: a, Reference: reference}
	if who.Email != nil {
		o.Email = *who.Email
	}
	return o, err
}

func bookDeposit(ctx context.Context, tx *db.Tx, p *Deposit, answer Answer, t Traits) error {
	if answer.Waits {
		p.Reference, p.Waits = answer.Reference, true
		return saveDeposit(ctx, tx, *p)
	}
	p.State, p.SettledAt, p.Failure, p.Waits = Confirmed, &tx.Now, nil, false
	text := say.That("Your deposit of %s is in your wallet.", p.Amount())
	if answer.Refused != "" {
		p.State, p.Failure = Failed, &answer.Refused
		text = say.That("Your deposit of %s did not come through: %s Nothing was taken. You can try again.", p.Amount(), answer.Refused)
	}
	if answer.Reference != "" {
		p.Reference = answer.Reference
	}
	if err := saveDeposit(ctx, tx, *p); err != nil {
		return err
	}
	if p.State == Confirmed {
		if err := verifyMethod(ctx, tx, p.Person, p.Rail, t.Pulls); err != nil {
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

// ShowDeposit returns a deposit of by's. One that waits for its payer comes with where
// or how they pay; the provider is asked whether they have.
func ShowDeposit(ctx context.Context, d *db.DB, rails Rails, by account.Actor, id DepositID) (p Deposit, err error) {
	err = d.View(ctx, func(tx *db.Tx) error { p, err = depositOf(ctx, tx, by, id, ""); return err })
	if err != nil || p.State != Pending {
		return p, err
	}
	rail, err := rails.Named(p.Rail)
	if err != nil {
		return p, nil //nolint:nilerr // the market has it no more; what is known is shown
	}
	return settleDeposit(ctx, d, rail, id)
}

// GiveUpDeposit ends a deposit of by's that waits for them to pay. Should they have
// paid meanwhile, the money still comes into their wallet.
func GiveUpDeposit(ctx context.Context, d *db.DB, by account.Actor, id DepositID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		p, err := depositOf(ctx, tx, by, id, `FOR UPDATE`)
		if err != nil {
			return err
		}
		if p.State != Pending || !p.Waits {
			return ErrSettled
		}
		return giveUp(ctx, tx, &p, say.Key("You have called it off."))
	})
}

// giveUpUnpaid ends a deposit that nobody has paid for a month.
func giveUpUnpaid(ctx context.Context, d *db.DB, id DepositID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		p, err := lockDeposit(ctx, tx, id)
		if err != nil {
			return err
		}
		if p.State != Pending || !p.Waits || tx.Now.Before(unpaidDays.After(p.AskedAt)) {
			return ErrSettled
		}
		if err := giveUp(ctx, tx, &p, say.Key("Nothing has arrived within 30 days.")); err != nil {
			return err
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: p.Person, Kind: "deposit", Link: "/wallet",
			Text: say.That("You wanted to add %s to your wallet, and it has not arrived within 30 days, so we no longer wait for it. If it still comes, it goes to your wallet.", p.Amount())})
	})
}

func giveUp(ctx context.Context, tx *db.Tx, p *Deposit, why string) error {
	p.State, p.Failure, p.SettledAt, p.Waits = Failed, &why, &tx.Now, false
	return saveDeposit(ctx, tx, *p)
}
