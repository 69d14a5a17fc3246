package contract

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

// ErrSettlementMoved says that the sums are others than those somebody has read.
var ErrSettlementMoved = fault.New(fault.Conflict, "settlement_moved",
	"The sums have changed since you read them: the freelancer now gets %s. Nothing was moved. Read them again, then confirm.")

// SettleContract ends a contract whose notice has passed, and carries out its
// settlement. Only the market itself does it.
func SettleContract(ctx context.Context, d *db.DB, by account.Actor, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockContract(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if c.State != UnderNotice {
			return c.refusal()
		}
		s, err := settlementOf(ctx, tx, c, partingBy(c.NoticeBy), c.endsFrom())
		if err != nil {
			return err
		}
		if err := c.Settle(c.side(by), s, tx.Now); err != nil {
			return err
		}
		return carryOut(ctx, tx, by, c, s, "the notice has passed")
	})
}

// AgreeToEnd ends a contract at once, on the terms of a settlement in which the
// freelancer gets so much. Only the side that did not give notice may: then both
// want it, and the ending fee goes back to the client.
func AgreeToEnd(ctx context.Context, d *db.DB, by account.Actor, id ID, seen money.Amount) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockContract(ctx, tx, by, id)
		if err != nil {
			return err
		}
		s, err := settlementOf(ctx, tx, c, Together, tx.Now)
		if err != nil {
			return err
		}
		if err := c.Settle(c.side(by), s, tx.Now); err != nil {
			return err
		}
		if s.Freelancer != seen {
			return ErrSettlementMoved.With(s.Freelancer)
		}
		return carryOut(ctx, tx, by, c, s, "both want it to end")
	})
}

// settlementOf is the settlement if the contract ends at a moment. For one that
// ends by itself that is its date, however late the market comes to it: the sum
// is the one that both have read.
func settlementOf(ctx context.Context, tx *db.Tx, c *Contract, how Parting, at time.Time) (Settlement, error) {
	held, err := escrow.Held(ctx, tx, escrow.EndingFee(c.ID), c.Currency)
	return c.Settlement(how, held, at), err
}

// carryOut moves the money of a settlement, says so to both, and saves.
func carryOut(ctx context.Context, tx *db.Tx, by account.Actor, c *Contract, s Settlement, reason string) error {
	for _, p := range s.Parts {
		if err := payPart(ctx, tx, c, p); err != nil {
			return err
		}
	}
	if _, err := settleEndingFee(ctx, tx, c, s.FeeTo); err != nil {
		return err
	}
	if err := saveContract(ctx, tx, c); err != nil {
		return err
	}
	act := say.That("The contract ended early. %s went to the freelancer, %s to the client.", s.Freelancer, s.Client)
	if err := journal.Append(ctx, tx, c.subject(), by, act, reason); err != nil {
		return err
	}
	return tellBoth(ctx, tx, c, "contract_ended", nobodys,
		say.That("“%s” has ended early, as computed: %s went to the freelancer, and %s are back in your wallet.", c.Title, s.Freelancer, s.Client),
		say.That("“%s” has ended early, as computed: %s are in your wallet.", c.Title, s.Freelancer))
}

func payPart(ctx context.Context, tx *db.Tx, c *Contract, p SettledPart) error {
	switch {
	case p.State == Unused:
		_, err := escrow.GiveBack(ctx, tx, p.Purpose(), c.Client, c.Currency, c.aboutOf(p.Milestone))
		return err
	case p.State == Approved && p.Back.Positive():
		if err := escrow.Trim(ctx, tx, p.Purpose(), "unused", c.Client, p.Back, c.aboutOf(p.Milestone)); err != nil {
			return err
		}
		return escrow.Release(ctx, tx, p.Purpose(), p.Pay, c.aboutOf(p.Milestone))
	case p.State == Approved:
		return escrow.Release(ctx, tx, p.Purpose(), p.Pay, c.aboutOf(p.Milestone))
	}
	return escrow.Divide(ctx, tx, p.Purpose(), p.Pay, c.Client, p.Back, c.aboutOf(p.Milestone))
}

// settleEndingFee pays what is held of the ending fee to the side whose it is.
// What rolled over from weeks that were not worked goes back to the client.
func settleEndingFee(ctx context.Context, tx *db.Tx, c *Contract, to Side) (money.Amount, error) {
	if c.Every == Weekly {
		if _, err := escrow.GiveBack(ctx, tx, escrow.Reserve(c.ID), c.Client, c.Currency, c.about()); err != nil {
			return money.Amount{}, err
		}
	}
	if to == Freelancer {
		return escrow.Forfeit(ctx, tx, escrow.EndingFee(c.ID), c.Freelancer, c.Currency, c.about())
	}
	return escrow.GiveBack(ctx, tx, escrow.EndingFee(c.ID), c.Client, c.Currency, c.about())
}
