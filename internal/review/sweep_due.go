package review

import (
	"context"
	"errors"
	"fmt"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
	"freehold/internal/kit/due"
)

// SweepDue opens the windows of contracts that have ended, reminds those who have
// not written three days before the end, and reveals and closes what falls due.
// It returns how many times it acted. Each has a transaction of its own: one that
// fails keeps no other waiting, and is in the error.
func SweepDue(ctx context.Context, d *db.DB) (int, error) {
	opened, err1 := sweep(ctx, d, OpenDue, `
		SELECT c.id FROM contract.contracts c
		WHERE c.state = 'ended' AND c.ended_at > $1::timestamptz - interval '60 days' AND c.ended_at <= $1
			AND NOT EXISTS (SELECT FROM review.windows w WHERE w.contract = c.id)
			AND EXISTS (SELECT FROM standing.payments p WHERE p.contract = c.id)
		ORDER BY c.id`)
	fallen, err2 := sweep(ctx, d, FallDue, `
		SELECT contract FROM review.windows WHERE state IN ('open', 'client wrote', 'freelancer wrote') AND ends_at <= $1
		UNION ALL SELECT contract FROM review.windows WHERE state = 'revealed' AND respond_until <= $1
		ORDER BY contract`)
	reminded, err3 := sweep(ctx, d, Remind, fmt.Sprintf(`
		SELECT contract FROM review.windows
		WHERE state IN ('open', 'client wrote', 'freelancer wrote') AND ends_at <= $1::timestamptz + interval '%d hours' AND reminded_at IS NULL
		ORDER BY contract`, remindDays*24))
	return opened + fallen + reminded, errors.Join(err1, err2, err3)
}

// sweep lets the market do act to everything that query finds due.
func sweep(ctx context.Context, d *db.DB, act func(context.Context, *db.DB, account.Actor, contract.ID) error, query string) (int, error) {
	return due.Sweep(ctx, d, func(ctx context.Context, id contract.ID) error { return act(ctx, d, account.System, id) }, query)
}
