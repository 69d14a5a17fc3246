package due_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"freehold/internal/kit/db/dbtest"
	"freehold/internal/kit/due"
	"freehold/internal/kit/fault"
)

type thing int64

func TestEverythingThatIsDueIsDoneOnceWhateverFails(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	var mu sync.Mutex
	var seen []thing
	gone := fault.New(fault.Conflict, "gone", "It is gone.")
	n, err := due.Sweep(t.Context(), d, func(_ context.Context, id thing) error {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, id)
		switch {
		case id == 13:
			return errors.New("a bad day")
		case id%10 == 0:
			return gone // somebody was quicker
		}
		return nil
	}, `SELECT n FROM generate_series(1, 50) AS n WHERE $1::timestamptz IS NOT NULL ORDER BY n`)
	if n != 44 || err == nil || !strings.Contains(err.Error(), "thing 13: a bad day") || strings.Contains(err.Error(), "gone") {
		t.Errorf("%d were done: %v", n, err)
	}
	slices.Sort(seen)
	if len(seen) != 50 || len(slices.Compact(seen)) != 50 {
		t.Errorf("seen were %v", seen)
	}
}

func TestNothingDueIsNothingDone(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	n, err := due.Sweep(t.Context(), d, func(context.Context, thing) error { return errors.New("called") }, `SELECT 1::bigint WHERE $1::timestamptz IS NULL`)
	if n != 0 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}
