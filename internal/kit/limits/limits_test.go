package limits_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"freehold/internal/kit/db"
	"freehold/internal/kit/db/dbtest"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/limits"
)

func allow(t *testing.T, d *db.DB, name string) error {
	t.Helper()
	err := limits.Allow(t.Context(), d, name, 3, 15*time.Minute)
	if _, refused := fault.Of(err); err != nil && !refused {
		t.Fatal(err)
	}
	return err
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTriesBeyondTheLimitWaitForTheNextWindow(t *testing.T) {
	t.Parallel()
	d, clock := dbtest.New(t)
	clock.Advance(5 * time.Minute)
	for range 3 {
		ok(t, allow(t, d, "sign-in to ada"))
	}

	f, refused := fault.Of(allow(t, d, "sign-in to ada"))
	if !refused || f.Kind != fault.TooMany {
		t.Fatalf("got %v, want a refusal", f)
	}
	want := "That was tried too often in a short time, so we have paused it. You can try again from 1 Jan 2030, 12:15 UTC."
	if got := f.Say.String(); got != want {
		t.Errorf("said %q", got)
	}
	ok(t, allow(t, d, "sign-in to carl"))

	clock.Advance(10 * time.Minute)
	ok(t, allow(t, d, "sign-in to ada"))
}

func TestTriesAtOnceDoNotSlipThroughTogether(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	var wg sync.WaitGroup
	var passed atomic.Int32
	for range 20 {
		wg.Go(func() {
			if limits.Allow(t.Context(), d, "guess", 3, time.Hour) == nil {
				passed.Add(1)
			}
		})
	}
	wg.Wait()
	if passed.Load() != 3 {
		t.Errorf("%d passed, want 3", passed.Load())
	}
}

func TestWhatIsForgivenDoesNotCount(t *testing.T) {
	t.Parallel()
	d, clock := dbtest.New(t)
	for range 10 {
		ok(t, allow(t, d, "a"))
		ok(t, limits.Forgive(t.Context(), d, "a", "never tried"))
	}
	for range 3 {
		ok(t, allow(t, d, "a"))
	}

	clock.Advance(15 * time.Minute)
	ok(t, allow(t, d, "a"))
	ok(t, limits.Forgive(t.Context(), d, "a"))
	clock.Advance(-15 * time.Minute)
	if err := allow(t, d, "a"); !errors.Is(err, limits.ErrTooMany) {
		t.Errorf("forgiving the latest try forgave an earlier window: %v", err)
	}
}

func TestAForgottenNameStartsAnew(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	for range 3 {
		ok(t, allow(t, d, "a"))
	}
	ok(t, d.Update(t.Context(), func(tx *db.Tx) error { return limits.Forget(t.Context(), tx, "a") }))
	ok(t, allow(t, d, "a"))
}

func TestSweepingKeepsWindowsThatStillCount(t *testing.T) {
	t.Parallel()
	d, clock := dbtest.New(t)
	ok(t, allow(t, d, "old"))
	clock.Advance(47 * time.Hour)
	ok(t, allow(t, d, "new"))
	clock.Advance(2 * time.Hour)
	ok(t, limits.Sweep(t.Context(), d))

	var left []string
	ok(t, d.View(t.Context(), func(tx *db.Tx) (err error) {
		left, err = db.Values[string](t.Context(), tx, `SELECT name FROM limits.counters`)
		return err
	}))
	if len(left) != 1 || left[0] != "new" {
		t.Errorf("left: %v, want only the new one", left)
	}
}
