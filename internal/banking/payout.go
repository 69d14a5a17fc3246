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

// Withdraw sends an amount out of by's wallet through a rail, to one of their payout
// methods; Usual, where the rail needs none. The money leaves the wallet at once; a
// job hands it to the rail, as soon as the method may be used. It is possible in every
// state of an account, and nothing is deducted.
func Withdraw(ctx context.Context, d *db.DB, rail Rail, by account.Actor, a money.Amount, to MethodID) (p Payout, err error) {
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
		p, err = withdraw(ctx, tx, rail, by.ID, a, to)
		return err
	})
	return p, err
}

func withdraw(ctx context.Context, tx *db.Tx, rail Rail, person account.ID, a money.Amount, to MethodID) (p Payout, err error) {
	if !rail.Traits().Takes(a.Currency) {
		return p, ErrRailCurrency.With(a.Currency)
	}
	p = Payout{Person: person, Rail: rail.Name(), Minor: a.Minor, Currency: a.Currency, NotBefore: tx.Now}
	if rail.Traits().Method != NoMethod {
		m, err := methodFor(ctx, tx, person, rail.Name(), to)
		if err != nil {
			return p, err
		}
		p.Method = &m.ID
		if m.UsableFrom.After(tx.Now) {
			p.NotBefore = m.UsableFrom
		}
	}
	if p, err = insertPayout(ctx, tx, p); err != nil {
		return p, err
	}
	err = ledger.Post(ctx, tx,
		ledger.Posting{Name: p.key(), Kind: "payout", Subject: "wallet", Memo: ""},
		ledger.Transfer{From: escrow.Wallet(person), To: p.account(), Amount: a})
	if errors.Is(err, ledger.ErrInsufficient) {
		return p, ErrNotInWallet.With(a).At("amount")
	}
	if err != nil || p.NotBefore.After(tx.Now) {
		return p, err // the sweep hands it over then
	}
	return p, tx.Enqueue(ctx, SettlePayout{p.ID})
}

// settlePayout hands a payout to the rail and books the answer: out into the
// world, or back into the wallet. It is known to be handed over before it is, so that
// nobody calls back what the provider may have. It reports whether the provider still
// has to answer.
func settlePayout(ctx context.Context, d *db.DB, v Opener, rail Rail, id PayoutID) (waits bool, err error) {
	if isFiled(rail) {
		return false, nil // somebody of finance does
	}
	var p Payout
	var o Order
	err = d.Update(ctx, func(tx *db.Tx) error {
		if p, err = lockPayout(ctx, tx, id); err != nil || p.State != OnItsWay || p.NotBefore.After(tx.Now) {
			return err
		}
		if o, err = p.order(ctx, tx, v); err != nil || p.HandedAt != nil {
			return err
		}
		if stopped, err := isStopped(ctx, tx, p.Rail); err != nil || stopped {
			return err // handed over once the books agree again
		}
		p.HandedAt = &tx.Now
		return savePayout(ctx, tx, p)
	})
	if err != nil || p.State != OnItsWay || p.HandedAt == nil {
		return false, err
	}
	answer, err := rail.Send(ctx, o)
	if err != nil {
		return false, err // the job tries again
	}
	return answer.Waits, d.Update(ctx, func(tx *db.Tx) error {
		if p, err = lockPayout(ctx, tx, id); err != nil || p.State != OnItsWay {
			return err
		}
		return bookPayout(ctx, tx, &p, answer)
	})
}

// order is what the rail is asked to do.
func (p Payout) order(ctx context.Context, tx *db.Tx, v Opener) (Order, error) {
	o, err := orderOf(ctx, tx, p.Person, p.key(), p.Amount(), p.Reference)
	if err == nil && p.Method != nil {
		o.Method, o.Name, err = openMethod(ctx, tx, v, *p.Method)
	}
	return o, err
}

func bookPayout(ctx context.Context, tx *db.Tx, p *Payout, answer Answer) error {
	if answer.Reference != "" {
		p.Reference = answer.Reference
	}
	if answer.Waits {
		return savePayout(ctx, tx, *p)
	}
	p.SettledAt = &tx.Now
	if p.HandedAt == nil {
		p.HandedAt = &tx.Now
	}
	if answer.Refused != "" {
		text := say.That("Your withdrawal of %s did not arrive: %s The money is back in your wallet.", p.Amount(), answer.Refused)
		return giveBack(ctx, tx, p, Failed, answer.Refused, text)
	}
	p.State = Sent
	if err := savePayout(ctx, tx, *p); err != nil {
		return err
	}
	if err := ledger.Post(ctx, tx,
		ledger.Posting{Name: p.sent(), Kind: "payout sent", Subject: "wallet"},
		ledger.Transfer{From: p.account(), To: outside(p.Rail), Amount: p.Amount()}); err != nil {
		return err
	}
	return notify.Send(ctx, tx, notify.Notice{Reader: p.Person, Kind: "payout", Link: "/wallet",
		Text: say.That("%s is on your account outside Freehold.", p.Amount())})
}

// giveBack puts money that was on its way out back into its owner's wallet.
func giveBack(ctx context.Context, tx *db.Tx, p *Payout, s State, why string, text say.Sentence) error {
	from, how := p.account(), "failed"
	if p.State == Sent {
		from, how = outside(p.Rail), "returned"
	}
	if s == CalledOff {
		how = "called back"
	}
	p.State, p.Failure, p.SettledAt = s, &why, &tx.Now
	if err := savePayout(ctx, tx, *p); err != nil {
		return err
	}
	if err := ledger.Post(ctx, tx,
		ledger.Posting{Name: p.key() + "/" + how, Kind: "payout " + how, Subject: "wallet"},
		ledger.Transfer{From: from, To: escrow.Wallet(p.Person), Amount: p.Amount()}); err != nil {
		return err
	}
	return notify.Send(ctx, tx, notify.Notice{Reader: p.Person, Kind: "payout", Text: text, Link: "/wallet"})
}

// CallBack puts a payout of by's that the provider does not have yet back into their
// wallet.
func CallBack(ctx context.Context, d *db.DB, by account.Actor, id PayoutID) (p Payout, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		if p, err = lockPayout(ctx, tx, id); err != nil {
			return err
		}
		switch {
		case by.IsSystem() || p.Person != by.ID:
			return ErrNoPayout
		case p.State != OnItsWay:
			return ErrSettled
		case p.HandedAt != nil:
			return ErrHanded
		}
		return giveBack(ctx, tx, &p, CalledOff, say.Key("You have called it back."), say.That("You have called your withdrawal of %s back. It is in your wallet again.", p.Amount()))
	})
	return p, err
}
