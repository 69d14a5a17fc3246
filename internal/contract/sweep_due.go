package contract

import (
	"context"
	"errors"
	"fmt"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

// SweepDue does what falls due by itself: submitted work is approved in silence,
// offers expire, contracts that were never funded end. It returns how many times
// it acted. Each has a transaction of its own: one that fails keeps no other
// waiting, and is in the error.
func SweepDue(ctx context.Context, d *db.DB) (int, error) {
	approved, err1 := sweep(ctx, d, ApproveMilestone, `
		SELECT id FROM contract.milestones WHERE state = 'submitted' AND approve_by <= $1 ORDER BY approve_by, id`)
	expired, err2 := sweep(ctx, d, ExpireOffer, `
		SELECT id FROM contract.offers WHERE ended_at IS NULL AND expires_at <= $1 ORDER BY expires_at, id`)
	ended, err3 := sweep(ctx, d, EndUnfunded, `
		SELECT id FROM contract.contracts WHERE state = 'signed' AND fund_by <= $1 ORDER BY fund_by, id`)
	return approved + expired + ended, errors.Join(err1, err2, err3)
}

// sweep lets the market do act to everything that query finds due. What somebody
// else has done meanwhile is refused, and is no failure.
func sweep[ID ~int64](ctx context.Context, d *db.DB, act func(context.Context, *db.DB, account.Actor, ID) error, query string) (n int, err error) {
	var due []ID
	if err := d.View(ctx, func(tx *db.Tx) error { due, err = db.Values[ID](ctx, tx, query, tx.Now); return err }); err != nil {
		return 0, err
	}
	var failed []error
	for _, id := range due {
		err := act(ctx, d, account.System, id)
		if _, refused := fault.Of(err); refused {
			continue
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("%T %d: %w", id, id, err))
			continue
		}
		n++
	}
	return n, errors.Join(failed...)
}
