package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/ledger"
)

// remindDays is how long before the milestone under way is due the client hears
// what the next one will take.
const remindDays = 7

// ErrReminded says that there is nothing to remind anybody of.
var ErrReminded = fault.New(fault.Conflict, "nothing_to_remind_of",
	"The client knows already what this milestone will take, or it is not the next one. Nothing was sent.")

// RemindFunding tells the client what the next milestone will take once the one
// under way is approved, while there is still time to add money. Only the market
// itself does it, once for each milestone.
func RemindFunding(ctx context.Context, d *db.DB, by account.Actor, id MilestoneID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, m, err := lockMilestone(ctx, tx, by, id)
		if err != nil {
			return err
		}
		due := c.due()
		if !by.IsSystem() || c.State != Active || m.RemindedAt != nil || len(due) == 0 || due[0] != m {
			return ErrReminded
		}
		m.RemindedAt = &tx.Now
		if err := saveMilestone(ctx, tx, m); err != nil {
			return err
		}
		held, err := escrow.Held(ctx, tx, escrow.EndingFee(c.ID), c.Currency)
		if err != nil {
			return err
		}
		wallet, err := ledger.Balance(ctx, tx, escrow.Wallet(c.Client), c.Currency)
		if err != nil {
			return err
		}
		asked, err := topUp(ctx, tx, c, m, c.Need(held), wallet)
		if err != nil {
			return err
		}
		next, text := fundingSoon(c, m, c.Need(held), wallet, asked)
		return tell(ctx, tx, c, Client, "funding_soon", next, text)
	})
}

func fundingSoon(c *Contract, m *Milestone, need, wallet money.Amount, asked bool) (turn, say.Sentence) {
	if asked {
		return nobodys, say.That("When the milestone under way on “%s” is approved, the next one, “%s”, takes %s. Your wallet holds %s, so the rest is being taken from your payment method, as you wished.",
			c.Title, m.Title, need, wallet)
	}
	if wallet.Less(need) {
		return turn{of: Client}, say.That("When the milestone under way on “%s” is approved, the next one, “%s”, takes %s, and your wallet holds %s. Add money before that, or work stops.",
			c.Title, m.Title, need, wallet)
	}
	return nobodys, say.That("When the milestone under way on “%s” is approved, the next one, “%s”, takes %s from your wallet. It holds enough now.", c.Title, m.Title, need)
}
