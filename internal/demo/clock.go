// Package demo is a market to look around in: people with names, posts,
// proposals and contracts at different stages, all made through the use cases,
// and a clock that a visitor can move.
package demo

import (
	"context"
	"sync/atomic"
	"time"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

// Clock is the world's clock, moved on. How far is kept in the database, so
// that a market that is opened again goes on where it was.
type Clock struct{ ahead atomic.Int64 }

// longest is how far one push may move the clock: beyond it nothing new would
// be seen.
const longest = 366 * 24 * time.Hour

// ErrAdvance refuses to move the clock back, or absurdly far.
var ErrAdvance = fault.New(fault.Invalid, "advance_out_of_range",
	"The clock can be moved forward by up to a year at a time, such as 168h for a week.")

// Now is the market's time.
func (c *Clock) Now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// Load takes up where an earlier program left the clock.
func (c *Clock) Load(ctx context.Context, d *db.DB) error {
	return d.View(ctx, func(tx *db.Tx) error {
		ahead, err := db.Value[int64](ctx, tx, `SELECT coalesce(max(ahead), 0) FROM demo.clock`)
		c.ahead.Store(ahead)
		return err
	})
}

// Advance moves the clock forward and then does what falls due on the way. It
// goes day by day, so that one deadline can lead to the next.
func (c *Clock) Advance(ctx context.Context, d *db.DB, by time.Duration, sweep func(context.Context) error) error {
	if by <= 0 || by > longest {
		return ErrAdvance.At("advance")
	}
	for by > 0 {
		step := min(by, 24*time.Hour)
		by -= step
		ahead := c.ahead.Add(int64(step))
		err := d.Update(ctx, func(tx *db.Tx) error {
			return db.Exec(ctx, tx, `
				INSERT INTO demo.clock (one, ahead) VALUES (true, $1)
				ON CONFLICT (one) DO UPDATE SET ahead = greatest(demo.clock.ahead, excluded.ahead)`, ahead)
		})
		if err != nil {
			return err
		}
		if err := sweep(ctx); err != nil {
			return err
		}
	}
	return nil
}
