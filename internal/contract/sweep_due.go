package contract

import (
	"context"
	"errors"
	"fmt"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/due"
)

// SweepDue does what falls due by itself: submitted work is approved in silence,
// money for which no work comes goes back, offers and amendments expire, contracts that were
// never funded, or never again, end, and so do those whose notice has passed; months
// of a retainer are paid, and weeks and months are funded before they begin. It returns how many times it acted; besides,
// clients hear in time what the next milestone will take. Each has a transaction of its own: one that fails keeps no other
// waiting, and is in the error.
func SweepDue(ctx context.Context, d *db.DB) (int, error) {
	approved, err1 := sweep(ctx, d, ApproveMilestone, `
		SELECT id FROM contract.milestones WHERE state = 'submitted' AND approve_by <= $1 ORDER BY approve_by, id`)
	expired, err2 := sweep(ctx, d, ExpireOffer, `
		SELECT id FROM contract.offers WHERE ended_at IS NULL AND expires_at <= $1 ORDER BY expires_at, id`)
	ended, err3 := sweep(ctx, d, EndUnfunded, `
		SELECT id FROM contract.contracts WHERE state = 'signed' AND fund_by <= $1 ORDER BY fund_by, id`)
	returned, err4 := sweep(ctx, d, TakeBack, `
		SELECT m.id FROM contract.milestones m JOIN contract.contracts c ON c.id = m.contract
		WHERE m.take_back_from <= $1 AND m.take_back_from + `+patience+` <= $1 ORDER BY m.take_back_from, m.id`)
	forsaken, err5 := sweep(ctx, d, LeaveStarved, `
		SELECT c.id FROM contract.contracts c
		WHERE c.state = 'starved' AND c.starved_at + c.starved_days * interval '24 hours' + `+patience+` <= $1 ORDER BY c.starved_at, c.id`)
	settled, err6 := sweep(ctx, d, SettleContract, `
		SELECT c.id FROM contract.contracts c WHERE c.state = 'under notice' AND c.ends_at <= $1 AND c.every IS NULL
			AND NOT EXISTS (SELECT FROM contract.milestones m WHERE m.contract = c.id AND (m.approve_by > $1 OR m.state = 'disputed'))
		ORDER BY c.ends_at, c.id`)
	dropped, err7 := sweep(ctx, d, ExpireAmendment, `
		SELECT id FROM contract.amendments WHERE ended_at IS NULL AND expires_at <= $1 ORDER BY expires_at, id`)
	_, err8 := sweep(ctx, d, RemindFunding, toRemind)
	months, err9 := sweep(ctx, d, CloseMonth, `
		SELECT m.id FROM contract.milestones m JOIN contract.contracts c ON c.id = m.contract
		WHERE m.state = 'funded' AND m.closes_at <= $1 AND c.every = 'month' ORDER BY m.closes_at, m.id`)
	ahead, err10 := sweep(ctx, d, FundAhead, toFundAhead)
	again, err11 := sweep(ctx, d, FundStarved, toFundStarved)
	return approved + expired + ended + returned + forsaken + settled + dropped + months + ahead + again,
		errors.Join(err1, err2, err3, err4, err5, err6, err7, err8, err9, err10, err11)
}

// patience is that of the lifecycles a contract c was signed under.
var patience = func() string {
	days := "CASE c.lifecycle"
	for version, l := range versions {
		days += fmt.Sprintf(" WHEN %d THEN %d", version, l.Patience)
	}
	return "(" + days + " END) * interval '24 hours'"
}()

// toRemind finds each milestone that is funded next, once the one under way is
// due within the week.
var toRemind = fmt.Sprintf(`
	SELECT n.id FROM contract.contracts c
	JOIN contract.milestones m ON m.contract = c.id AND m.take_back_from IS NOT NULL
	JOIN LATERAL (SELECT id, reminded_at FROM contract.milestones p WHERE p.contract = c.id AND p.state = 'planned' ORDER BY p.n LIMIT 1) n ON n.reminded_at IS NULL
	WHERE c.state = 'active' AND m.due - %d <= $1
	ORDER BY n.id`, remindDays)

// sweep lets the market do act to everything that query finds due.
func sweep[ID ~int64](ctx context.Context, d *db.DB, act func(context.Context, *db.DB, account.Actor, ID) error, query string) (int, error) {
	return due.Sweep(ctx, d, func(ctx context.Context, id ID) error { return act(ctx, d, account.System, id) }, query)
}
