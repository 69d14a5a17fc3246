package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/ledger"
)

// Fund puts in escrow what the funding rule asks for now, out of the client's
// wallet, and sets the contract going, or going again after it was starved. If
// the wallet does not hold enough nothing is moved, and the error is
// ErrNotEnough with both amounts.
func Fund(ctx context.Context, d *db.DB, by account.Actor, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockContract(ctx, tx, by, id)
		if err != nil {
			return err
		}
		return fundNow(ctx, tx, c, by, c.side(by), by.Name)
	})
}

// fundNow puts the money in escrow that the funding rule asks for now, as a side
// does it. The market can do it for the client, whose name is given.
func fundNow(ctx context.Context, tx *db.Tx, c *Contract, by account.Actor, as Side, client string) error {
	held, wallet, err := lockMoney(ctx, tx, c)
	if err != nil {
		return err
	}
	if err := c.passBy(tx.Now); err != nil {
		return err
	}
	need := c.Need(held)
	due, err := c.Fund(as, tx.Now)
	switch {
	case err != nil:
		return err
	case wallet.Less(need):
		return ErrNotEnough.With(need, wallet)
	}
	if err := saveContract(ctx, tx, c); err != nil {
		return err
	}
	if err := secure(ctx, tx, c, due, held); err != nil {
		return err
	}
	act := say.That("%s funded “%s” with %s.", client, c.Title, need)
	if err := journal.Append(ctx, tx, c.subject(), by, act, "by the funding rule: "+string(c.Funding)); err != nil {
		return err
	}
	if due[0].Starts != nil {
		return tell(ctx, tx, c, Freelancer, "contract_funded", turn{Freelancer, *due[0].Closes},
			say.That("%s funded “%s”: the money for “%s” is in escrow, so you can work from %s on.", client, c.Title, due[0].Title, *due[0].Starts))
	}
	return tell(ctx, tx, c, Freelancer, "contract_funded", turn{Freelancer, due[0].DueBy()},
		say.That("%s funded “%s”: the money for “%s” is in escrow. You can begin; the work is due by %s.",
			client, c.Title, due[0].Title, due[0].DueBy()))
}

// lockMoney returns what is in escrow as the contract's ending fee, and what
// the client's wallet holds, which stays as it is until the transaction ends.
// The freelancer's wallet is locked with it, so that contracts between the same
// people the other way round never wait for each other in a ring.
func lockMoney(ctx context.Context, tx *db.Tx, c *Contract) (held, wallet money.Amount, err error) {
	wallets, err := ledger.Lock(ctx, tx, c.Currency, escrow.Wallet(c.Client), escrow.Wallet(c.Freelancer))
	if err != nil {
		return held, wallet, err
	}
	if c.Every == Weekly {
		if c.Reserve, err = escrow.Held(ctx, tx, escrow.Reserve(c.ID), c.Currency); err != nil {
			return held, wallet, err
		}
	}
	held, err = escrow.Held(ctx, tx, escrow.EndingFee(c.ID), c.Currency)
	return held, wallets[0], err
}

// secure puts the money of milestones that were just funded in escrow, and
// brings the ending fee, of which so much is held, to what the rest still needs.
// The fee goes down before anything goes in, since its part may be what pays.
func secure(ctx context.Context, tx *db.Tx, c *Contract, funded []*Milestone, held money.Amount) error {
	fee, fact := c.EndingFee(), string(funded[0].Purpose())
	if fee.Less(held) {
		if err := escrow.Trim(ctx, tx, escrow.EndingFee(c.ID), fact, c.Client, held.Sub(fee), c.about()); err != nil {
			return err
		}
	}
	for _, m := range funded {
		from := money.Amount{Minor: min(c.Reserve.Minor, c.Cost(m).Minor), Currency: c.Currency}
		c.Reserve.Minor -= from.Minor
		if err := escrow.SecureWith(ctx, tx, m.Purpose(), escrow.Reserve(c.ID), from, c.Client, c.Cost(m).Sub(from), c.aboutOf(m)); err != nil {
			return err
		}
	}
	if held.Less(fee) && c.Every != "" {
		return escrow.SecureMore(ctx, tx, escrow.EndingFee(c.ID), fact, c.Client, fee.Sub(held), c.about())
	}
	if held.Less(fee) {
		return escrow.Secure(ctx, tx, escrow.EndingFee(c.ID), c.Client, fee.Sub(held), c.about())
	}
	return nil
}
