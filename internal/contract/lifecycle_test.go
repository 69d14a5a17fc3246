package contract

import (
	"slices"
	"testing"
)

func TestEveryLifecycleLeadsSomewhere(t *testing.T) {
	t.Parallel()
	t.Run("offer", func(t *testing.T) {
		t.Parallel()
		sound(t, OfferLifecycle, Open, SignedByBoth, Declined, Withdrawn, Expired)
	})
	t.Run("contract", func(t *testing.T) {
		t.Parallel()
		sound(t, ContractLifecycle, Signed, Ended)
	})
	t.Run("milestone", func(t *testing.T) {
		t.Parallel()
		sound(t, MilestoneLifecycle, Planned, Approved, TakenBack, Dropped)
	})
}

// sound checks that every state can be reached from the first one, that each but
// the ends has a way on, that nothing leads out of an end, and that the market
// and a person never share a step.
func sound[S ~string](t *testing.T, l Lifecycle[S], first S, ends ...S) {
	t.Helper()
	reached := []S{first}
	for i := 0; i < len(reached); i++ {
		on := 0
		for _, s := range l {
			if s.From != reached[i] {
				continue
			}
			on++
			if !slices.Contains(reached, s.To) {
				reached = append(reached, s.To)
			}
		}
		if end := slices.Contains(ends, reached[i]); end != (on == 0) {
			t.Errorf("%q is an end: %v; it has %d ways on", reached[i], end, on)
		}
	}
	for _, s := range l {
		if !slices.Contains(reached, s.From) {
			t.Errorf("nothing leads to %q", s.From)
		}
		if s.By == "" || s.For != "" && s.After == "" {
			t.Errorf("%q from %q: somebody takes each step, and only a date favours anybody", s.Act, s.From)
		}
	}
	for _, e := range ends {
		if !slices.Contains(reached, e) {
			t.Errorf("nothing leads to %q", e)
		}
	}
}
