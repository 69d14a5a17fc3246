package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

// ErrMoreThanEarned says how much can still be returned.
var ErrMoreThanEarned = fault.New(fault.Conflict, "more_than_earned",
	"You have earned %s on this contract that you have not returned, so no more than that can go back. Nothing was moved.").At("amount")

// Refund returns some of what the freelancer earned on a contract to the client,
// and with it our fee on that part. The freelancer may at any time; nobody can
// make them.
func Refund(ctx context.Context, d *db.DB, by account.Actor, id ID, e Extra) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockContract(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if c.side(by) != Freelancer {
			return ErrNotFreelancer
		}
		if e, err = e.check(c.Currency); err != nil {
			return err
		}
		given, err := extrasOf(ctx, tx, c)
		if err != nil {
			return err
		}
		wallet, err := inWallet(ctx, tx, c, Freelancer)
		switch {
		case err != nil:
			return err
		case e.N != given.Refunds+1:
			return ErrGivenMeanwhile
		case given.Left.Less(e.Amount):
			return ErrMoreThanEarned.With(given.Left)
		case wallet.Less(e.Amount):
			return ErrNotCovered.With(e.Amount, wallet)
		}
		fee, err := returnedFee(ctx, tx, c, e.Amount)
		if err != nil {
			return err
		}
		refund, err := db.Value[int64](ctx, tx, `
			INSERT INTO contract.refunds (contract, n, minor, fee_minor, words, at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
			c.ID, e.N, e.Amount.Minor, fee.Minor, e.Words, tx.Now)
		if err != nil {
			return err
		}
		back := escrow.Pay{To: c.Client, Net: e.Amount, Fee: fee, Contract: int64(c.ID)}
		if err := escrow.Refund(ctx, tx, refund, c.Freelancer, back, c.about()); err != nil {
			return err
		}
		act := say.That("%s returned %s.", by.Name, e.Amount)
		if err := journal.Append(ctx, tx, c.subject(), by, act, e.Words); err != nil {
			return err
		}
		return tell(ctx, tx, c, Client, "refunded", nobodys,
			say.That("%s returned %s of “%s”. With our fee on it, %s are in your wallet.", by.Name, e.Amount, c.Title, e.Amount.Add(fee)))
	})
}

// returnedFee is our fee on an amount that is returned, and never more than we
// still have of it: each milestone's fee was rounded down by itself.
func returnedFee(ctx context.Context, tx *db.Tx, c *Contract, a money.Amount) (money.Amount, error) {
	kept, err := escrow.Fees(ctx, tx, int64(c.ID), c.Currency)
	if fee := c.ClientFee(a); fee.Less(kept) {
		return fee, err
	}
	return kept, err
}
