package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// EndUnfunded ends a signed contract that was not funded by its date. Only the
// market itself does it. No money was in escrow, so none moves.
func EndUnfunded(ctx context.Context, d *db.DB, by account.Actor, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockContract(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := c.Lapse(c.side(by), tx.Now); err != nil {
			return err
		}
		if err := saveContract(ctx, tx, c); err != nil {
			return err
		}
		act := say.That("The contract ended without having begun.")
		if err := journal.Append(ctx, tx, c.subject(), by, act, "it was not funded in time"); err != nil {
			return err
		}
		return tellBoth(ctx, tx, c, "contract_ended", nobodys,
			say.That("You did not fund “%s” in time, so the contract has ended without having begun.", c.Title),
			say.That("The client did not fund “%s” in time, so the contract has ended without having begun. You are free.", c.Title))
	})
}
