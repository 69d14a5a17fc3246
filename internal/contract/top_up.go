package contract

import (
	"context"
	"fmt"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

// ErrNoStandingOrder says that a starved contract waits for its client to act.
var ErrNoStandingOrder = fault.New(fault.Conflict, "no_standing_order",
	"The client has not asked for missing money to be taken from their payment method. It is their turn.")

// SetTopUp says whether money that is missing for what comes next on a contract is
// taken from the client's payment method by itself. Only the client can.
func SetTopUp(ctx context.Context, d *db.DB, by account.Actor, id ID, on bool) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockContract(ctx, tx, by, id)
		switch {
		case err != nil:
			return err
		case c.side(by) != Client:
			return ErrNotClient
		case c.State == Ended:
			return ErrEnded
		case c.TopUp == on:
			return nil
		}
		if err := db.Exec1(ctx, tx, `UPDATE contract.contracts SET top_up = $2 WHERE id = $1`, c.ID, on); err != nil {
			return err
		}
		act := say.That("%s has missing money taken from their payment method from now on.", by.Name)
		if !on {
			act = say.That("%s adds missing money themselves from now on.", by.Name)
		}
		return journal.Append(ctx, tx, c.subject(), by, act, "by the client's choice")
	})
}

// topUp asks for what the client's wallet lacks for a milestone, if they wished so
// and have a payment method. Each milestone is asked for once.
func topUp(ctx context.Context, tx *db.Tx, c *Contract, m *Milestone, need, wallet money.Amount) (asked bool, err error) {
	if !c.TopUp || !wallet.Less(need) {
		return false, nil
	}
	return banking.TopUp(ctx, tx, c.Client, need.Sub(wallet), fmt.Sprintf("topup/milestone/%d", m.ID))
}

// FundStarved sets a starved contract going again once the money is there that was
// taken from the client's payment method. Only the market itself does it.
func FundStarved(ctx context.Context, d *db.DB, by account.Actor, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockContract(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if !by.IsSystem() || c.State != Starved || !c.TopUp {
			return ErrNoStandingOrder
		}
		names, err := account.Names(ctx, tx, []account.ID{c.Client})
		if err != nil {
			return err
		}
		return fundNow(ctx, tx, c, by, Client, names[c.Client])
	})
}

// toFundStarved finds the starved contracts whose client has missing money taken
// by itself, and for which there may be enough now.
const toFundStarved = `
	SELECT c.id FROM contract.contracts c
	JOIN LATERAL (
		SELECT p.price_minor + p.price_minor * c.client_fee_bp / 10000 AS cost FROM contract.milestones p
		WHERE p.contract = c.id AND p.state = 'planned' AND (p.ends_at IS NULL OR p.ends_at > $1) ORDER BY p.n LIMIT 1) n ON true
	WHERE c.state = 'starved' AND c.top_up AND n.cost <= coalesce((
		SELECT sum(b.minor) FROM ledger.accounts a JOIN ledger.balances b ON b.account = a.id
		WHERE a.code IN ('wallet/' || c.client, 'escrow/reserve/' || c.id, 'escrow/ending/' || c.id) AND a.currency = c.currency), 0)
	ORDER BY c.starved_at, c.id`
