package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// CloseMonth pays a month of a retainer that is over. Only the market itself does
// it; the client may dispute a sum until then.
func CloseMonth(ctx context.Context, d *db.DB, by account.Actor, id MilestoneID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, m, err := lockMilestone(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if !by.IsSystem() {
			return m.refusal()
		}
		if err := m.CloseMonth(tx.Now); err != nil {
			return err
		}
		held, wallet, err := lockMoney(ctx, tx, c)
		if err != nil {
			return err
		}
		pay := c.Pay(m)
		if err := escrow.Release(ctx, tx, m.Purpose(), pay, c.aboutOf(m)); err != nil {
			return err
		}
		act := say.That("“%s” is over, and %s was paid.", m.Title, pay.Net)
		if err := journal.Append(ctx, tx, c.subject(), by, act, "a month of a retainer is paid at its end"); err != nil {
			return err
		}
		if err := tellBoth(ctx, tx, c, "milestone_paid", nobodys,
			say.That("“%s” on “%s” is over, and was paid.", m.Title, c.Title),
			say.That("“%s” on “%s” is over. %s is in your wallet.", m.Title, c.Title, pay.Net)); err != nil {
			return err
		}
		if err := moveOn(ctx, tx, c, held, wallet); err != nil {
			return err
		}
		return saveContract(ctx, tx, c)
	})
}
