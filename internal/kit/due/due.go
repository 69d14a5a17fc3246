// Package due does what falls due by itself, one thing at a time for each thing,
// several things at once.
package due

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

// atOnce is how many things are done at the same time. Each waits for the disk at
// its end, and for that wait others need not wait too.
const atOnce = 4

// Sweep does act to everything that query finds due at $1, in about that order, and
// returns how many times it acted. What somebody else has done meanwhile is
// refused, and is no failure. One that fails keeps no other waiting, and is in the
// error.
func Sweep[ID ~int64](ctx context.Context, d *db.DB, act func(context.Context, ID) error, query string) (n int, err error) {
	var due []ID
	if err := d.View(ctx, func(tx *db.Tx) error { due, err = db.Values[ID](ctx, tx, query, tx.Now); return err }); err != nil {
		return 0, err
	}
	var (
		wg     sync.WaitGroup
		mu     sync.Mutex
		failed []error
		next   = make(chan ID)
	)
	for range min(atOnce, len(due)) {
		wg.Go(func() {
			for id := range next {
				err := act(ctx, id)
				mu.Lock()
				if _, refused := fault.Of(err); err != nil && !refused {
					failed = append(failed, fmt.Errorf("%T %d: %w", id, id, err))
				} else if err == nil {
					n++
				}
				mu.Unlock()
			}
		})
	}
	for _, id := range due {
		next <- id
	}
	close(next)
	wg.Wait()
	return n, errors.Join(failed...)
}
