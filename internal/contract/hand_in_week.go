package contract

import (
	"context"
	"errors"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// HandIn closes a week that was locked, and hands its hours to the client. What
// they do not come to rolls over. If nobody logged an hour the week is unused, and
// all of its money rolls over.
func HandIn(ctx context.Context, tx *db.Tx, by account.Actor, c *Contract, m *Milestone) error {
	before := c.Cost(m)
	if err := m.Hand(c.side(by), tx.Now, c.AcceptanceDays); err != nil {
		return err
	}
	held, wallet, err := lockMoney(ctx, tx, c)
	if err != nil {
		return err
	}
	rolls := before
	if m.State == Submitted {
		c.waitFor(m, tx.Now)
		rolls = before.Sub(c.Cost(m))
	}
	if err := escrow.Roll(ctx, tx, m.Purpose(), escrow.Reserve(c.ID), rolls, c.aboutOf(m)); err != nil {
		return err
	}
	c.Reserve = c.Reserve.Add(rolls)
	if err := recordWeek(ctx, tx, by, c, m); err != nil {
		return err
	}
	if m.State == Unused {
		if err := moveOn(ctx, tx, c, held, wallet); err != nil {
			return err
		}
	}
	return saveContract(ctx, tx, c)
}

func recordWeek(ctx context.Context, tx *db.Tx, by account.Actor, c *Contract, m *Milestone) error {
	if m.State == Unused {
		act := say.That("“%s” was closed without hours.", m.Title)
		return errors.Join(journal.Append(ctx, tx, c.subject(), by, act, "nobody logged an hour"),
			tell(ctx, tx, c, Client, "week_unused", nobodys,
				say.That("No hours were logged for “%s” on “%s”. Its money stays in escrow for the next week.", m.Title, c.Title)))
	}
	act := say.That("The hours of “%s” were handed in: %s.", m.Title, m.Price)
	if err := journal.Append(ctx, tx, c.subject(), by, act, "a week is handed in once it is over, or when the freelancer closes it"); err != nil {
		return err
	}
	return tell(ctx, tx, c, Client, "week_handed_in", turn{Client, *m.ApproveBy},
		say.That("The hours of “%s” on “%s” are there: %s. Approve them, or dispute single lines, by %s. After that they count as approved and are paid.",
			m.Title, c.Title, m.Price, *m.ApproveBy))
}
