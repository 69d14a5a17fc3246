package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// GiveBonus pays the freelancer more than was agreed, at once, with the fees of
// the contract. The client may as soon as the contract has been funded, and
// after its end too.
func GiveBonus(ctx context.Context, d *db.DB, by account.Actor, id ID, e Extra) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockContract(ctx, tx, by, id)
		if err != nil {
			return err
		}
		switch {
		case c.side(by) != Client:
			return ErrNotClient
		case !c.begun():
			return ErrNotFundedYet
		}
		if e, err = e.check(c.Currency); err != nil {
			return err
		}
		given, err := extrasOf(ctx, tx, c)
		if err != nil {
			return err
		}
		if e.N != given.Bonuses+1 {
			return ErrGivenMeanwhile
		}
		wallet, err := inWallet(ctx, tx, c, Client)
		if err != nil {
			return err
		}
		if cost := c.BonusCost(e.Amount); wallet.Less(cost) {
			return ErrNotCovered.With(cost, wallet)
		}
		bonus, err := db.Value[int64](ctx, tx, `
			INSERT INTO contract.bonuses (contract, n, minor, words, at) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
			c.ID, e.N, e.Amount.Minor, e.Words, tx.Now)
		if err != nil {
			return err
		}
		pay := c.payFor(e.Amount)
		if err := escrow.Bonus(ctx, tx, bonus, c.Client, pay, c.about()); err != nil {
			return err
		}
		act := say.That("%s gave a bonus of %s.", by.Name, e.Amount)
		if err := journal.Append(ctx, tx, c.subject(), by, act, e.Words); err != nil {
			return err
		}
		return tell(ctx, tx, c, Freelancer, "bonus_given", nobodys,
			say.That("%s gave you a bonus on “%s”: %s are in your wallet.", by.Name, c.Title, pay.Net))
	})
}
