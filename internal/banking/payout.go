package banking

import (
	"context"
	"errors"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/ledger"
	"freehold/internal/notify"
)

// Withdraw sends an amount out of by's wallet through the named rail. The money
// leaves the wallet at once; a job hands it to the rail. It is possible in every
// state of an account.
func Withdraw(ctx context.Context, d *db.DB, rail Rail, by account.Actor, a money.Amount) (p Payout, err error) {
	if by.IsSystem() {
		return p, ErrNotForStaff
	}
	if err := checkAmount(a); err != nil {
		return p, err
	}
	if !by.Confirmed {
		return p, ErrUnconfirmed
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		if p, err = insertPayout(ctx, tx, by.ID, rail.Name(), a); err != nil {
			return err
		}
		err := ledger.Post(ctx, tx,
			ledger.Posting{Name: p.key(), Kind: "payout", Subject: "wallet", Memo: ""},
			ledger.Transfer{From: escrow.Wallet(by.ID), To: p.account(), Amount: a})
		if errors.Is(err, ledger.ErrInsufficient) {
			return ErrNotInWallet.With(a).At("amount")
		}
		if err != nil {
			return err
		}
		return tx.Enqueue(ctx, SettlePayout{p.ID})
	})
	return p, err
}

// settlePayout hands a payout to the rail and books the answer: out into the
// world, or back into the wallet.
func settlePayout(ctx context.Context, d *db.DB, rail Rail, id PayoutID) (err error) {
	var p Payout
	if err = d.View(ctx, func(tx *db.Tx) error { p, err = payoutByID(ctx, tx, id); return err }); err != nil {
		return err
	}
	if p.State != OnItsWay {
		return nil
	}
	answer, err := rail.Send(ctx, Order{p.key(), p.Person, p.Amount()})
	if err != nil {
		return err // the job tries again
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		if p, err = lockPayout(ctx, tx, id); err != nil || p.State != OnItsWay {
			return err
		}
		return bookPayout(ctx, tx, &p, answer)
	})
}

func bookPayout(ctx context.Context, tx *db.Tx, p *Payout, answer Answer) error {
	p.SettledAt = &tx.Now
	posting := ledger.Posting{Name: p.key() + "/sent", Kind: "payout sent", Subject: "wallet"}
	target := outside(p.Rail)
	text := say.That("%s is on your account outside Freehold.", p.Amount())
	p.State = Sent
	if answer.Refused != "" {
		p.State, p.Failure = Failed, &answer.Refused
		posting.Name, posting.Kind = p.key()+"/failed", "payout failed"
		target = escrow.Wallet(p.Person)
		text = say.That("Your withdrawal of %s did not arrive: %s The money is back in your wallet.", p.Amount(), answer.Refused)
	}
	if err := savePayout(ctx, tx, *p, answer.Reference); err != nil {
		return err
	}
	if err := ledger.Post(ctx, tx, posting, ledger.Transfer{From: p.account(), To: target, Amount: p.Amount()}); err != nil {
		return err
	}
	return notify.Send(ctx, tx, notify.Notice{Reader: p.Person, Kind: "payout", Text: text, Link: "/wallet"})
}
