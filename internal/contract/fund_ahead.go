package contract

import (
	"context"
	"errors"
	"fmt"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

// toFundAhead finds each week or month that begins soon: once to tell its client
// what is missing, and as soon as the client's wallet holds the money.
var toFundAhead = fmt.Sprintf(`
	SELECT n.id FROM contract.contracts c
	JOIN LATERAL (
		SELECT p.id, p.starts_at, p.reminded_at, p.price_minor + p.price_minor * c.client_fee_bp / 10000 AS cost
		FROM contract.milestones p WHERE p.contract = c.id AND p.state = 'planned' AND p.ends_at > $1 ORDER BY p.n LIMIT 1) n ON true
	WHERE c.state IN ('active', 'under notice') AND c.every IS NOT NULL AND n.starts_at <= $1 + interval '%d days'
		AND (c.ends_at IS NULL OR n.starts_at < c.ends_at)
		AND (n.reminded_at IS NULL OR n.cost <= coalesce((
			SELECT sum(b.minor) FROM ledger.accounts a JOIN ledger.balances b ON b.account = a.id
			WHERE a.code IN ('wallet/' || c.client, 'escrow/reserve/' || c.id, 'escrow/ending/' || c.id) AND a.currency = c.currency), 0))
	ORDER BY n.starts_at, n.id`, aheadDays)

// FundAhead puts the money for the next week or month in escrow before it begins,
// out of what rolled over and the client's wallet. If there is not enough, the
// client hears once what is missing, and it is funded as soon as they have added
// it. Only the market itself does it.
func FundAhead(ctx context.Context, d *db.DB, by account.Actor, id MilestoneID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, m, err := lockMilestone(ctx, tx, by, id)
		if err != nil {
			return err
		}
		held, wallet, err := lockMoney(ctx, tx, c)
		if err != nil {
			return err
		}
		if err := c.passBy(tx.Now); err != nil {
			return err
		}
		need := c.Need(held)
		funded, err := c.FundAhead(tx.Now)
		switch {
		case err != nil:
			return err
		case !by.IsSystem() || funded[0] != m:
			return ErrReminded
		case wallet.Less(need):
			return tellShort(ctx, tx, c, m, need, wallet, say.That("“%s” on “%s” takes %s, and your wallet holds %s. Add money before %s: until it is there no work can be paid, so none should be done.",
				m.Title, c.Title, need, wallet, *m.Starts))
		}
		if err := secure(ctx, tx, c, funded, held); err != nil {
			return err
		}
		act := say.That("“%s” was funded with %s.", m.Title, c.Cost(m))
		if err := journal.Append(ctx, tx, c.subject(), account.System, act, "a week or month is funded before it begins"); err != nil {
			return err
		}
		if err := saveContract(ctx, tx, c); err != nil {
			return err
		}
		return tellSpan(ctx, tx, c, m)
	})
}

// tellSpan tells both that a week or month is funded.
func tellSpan(ctx context.Context, tx *db.Tx, c *Contract, m *Milestone) error {
	return tellBoth(ctx, tx, c, "milestone_funded", nobodys,
		say.That("“%s” on “%s” is funded with %s. It begins on %s.", m.Title, c.Title, c.Cost(m), *m.Starts),
		say.That("“%s” on “%s” is funded, so you can work from %s on.", m.Title, c.Title, *m.Starts))
}

// tellShort tells the client once that the money for the next week or month is
// missing, and has it taken from their payment method if they wished so.
func tellShort(ctx context.Context, tx *db.Tx, c *Contract, m *Milestone, need, wallet money.Amount, text say.Sentence) error {
	if m.RemindedAt != nil {
		return ErrReminded
	}
	m.State, m.FundedAt, m.RemindedAt = m.was, nil, &tx.Now
	if err := saveMilestone(ctx, tx, m); err != nil {
		return err
	}
	asked, err := topUp(ctx, tx, c, m, need, wallet)
	if err != nil || !asked {
		return errors.Join(err, tell(ctx, tx, c, Client, "funding_soon", turn{Client, *m.Starts}, text))
	}
	return tell(ctx, tx, c, Client, "funding_soon", nobodys,
		say.That("“%s” on “%s” takes %s, and your wallet holds %s. The rest is being taken from your payment method, as you wished.", m.Title, c.Title, need, wallet))
}
