package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

// LeaveStarved ends a contract that has waited for money for the agreed days.
// The ending fee is paid to the freelancer, who may leave as soon as the days
// have passed; the market itself ends it later, if nobody has done anything.
func LeaveStarved(ctx context.Context, d *db.DB, by account.Actor, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockContract(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := c.Leave(c.side(by), tx.Now); err != nil {
			return err
		}
		if err := saveContract(ctx, tx, c); err != nil {
			return err
		}
		paid, err := settleEndingFee(ctx, tx, c, Freelancer)
		if err != nil {
			return err
		}
		if by.IsSystem() {
			return recordForsaken(ctx, tx, c, paid)
		}
		act := say.That("%s left the contract with the ending fee of %s.", by.Name, paid)
		if err := journal.Append(ctx, tx, c.subject(), by, act, "the next milestone was not funded in time"); err != nil {
			return err
		}
		return tellBoth(ctx, tx, c, "contract_ended", nobodys,
			say.That("“%s” was not funded in time, and %s left it. The contract has ended early, and the ending fee of %s was paid to them.", c.Title, by.Name, paid),
			say.That("You left “%s”. The contract has ended early, and the ending fee of %s is in your wallet.", c.Title, paid))
	})
}

func recordForsaken(ctx context.Context, tx *db.Tx, c *Contract, paid money.Amount) error {
	act := say.That("The contract ended, and the ending fee of %s was paid to the freelancer.", paid)
	if err := journal.Append(ctx, tx, c.subject(), account.System, act, "the next milestone was not funded, and nobody has done anything since"); err != nil {
		return err
	}
	return tellBoth(ctx, tx, c, "contract_ended", nobodys,
		say.That("“%s” was never funded again, so it has ended early, and the ending fee of %s was paid to the freelancer.", c.Title, paid),
		say.That("“%s” was never funded again, so it has ended early. The ending fee of %s is in your wallet.", c.Title, paid))
}
