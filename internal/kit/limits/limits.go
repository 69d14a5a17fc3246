// Package limits counts how often a thing is tried, so that nobody can try it
// without end: guess passwords, fill mailboxes.
//
// Time is cut into windows of fixed length. Around the edge of two windows
// somebody may try twice as often as in one; that is enough to stop a machine,
// and costs one row.
package limits

import (
	"context"
	"time"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

// ErrTooMany refuses to do a thing again for now.
var ErrTooMany = fault.New(fault.TooMany, "too_many_tries",
	"That was tried too often in a short time, so we have paused it. You can try again from %s.")

// longest is the longest window: counters are kept for twice as long.
const longest = 24 * time.Hour

// Allow counts one more try of what name says, and refuses with ErrTooMany if
// there have been more than limit in this window. A window is at most a day. The
// try counts whatever becomes of it, in a transaction of its own, so that many
// tries at once cannot slip through together.
func Allow(ctx context.Context, d *db.DB, name string, limit int, window time.Duration) error {
	var tries int
	var next time.Time
	err := d.Update(ctx, func(tx *db.Tx) (err error) {
		since := tx.Now.Truncate(window)
		next = since.Add(window)
		tries, err = db.Value[int](ctx, tx, `
			INSERT INTO limits.counters AS c (name, since, tries) VALUES ($1, $2, 1)
			ON CONFLICT (name, since) DO UPDATE SET tries = c.tries + 1
			RETURNING tries`, name, since)
		return err
	})
	if err == nil && tries > limit {
		err = ErrTooMany.With(next)
	}
	return err
}

// Forgive takes back the latest try of each name: what turned out to be in
// order is not held against anybody.
func Forgive(ctx context.Context, d *db.DB, names ...string) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		return db.Exec(ctx, tx, `
			UPDATE limits.counters c SET tries = tries - 1
			WHERE name = ANY($1) AND tries > 0
				AND since = (SELECT max(since) FROM limits.counters WHERE name = c.name)`, names)
	})
}

// Forget lets name start anew.
func Forget(ctx context.Context, tx *db.Tx, name string) error {
	return db.Exec(ctx, tx, `DELETE FROM limits.counters WHERE name = $1`, name)
}

// Sweep deletes the counters of windows that are over.
func Sweep(ctx context.Context, d *db.DB) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		return db.Exec(ctx, tx, `DELETE FROM limits.counters WHERE since < $1`, tx.Now.Add(-2*longest))
	})
}
