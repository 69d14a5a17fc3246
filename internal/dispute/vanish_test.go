package dispute_test

import (
	"testing"
	"time"

	"freehold/internal/dispute"
)

// From every state of a dispute everybody stops acting: the two, and the arbiters.
// Each date that the page gives is kept, and at the end no money waits.
func TestWhoeverVanishesFromADisputeLeavesNobodyWaiting(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		scene func(*testing.T) *quarrel
		most  time.Duration // until it is over
		how   dispute.How
	}{
		"talking, with arbiters":    {func(t *testing.T) *quarrel { return open(t, 4, 80) }, 25 * day, dispute.ByDefault},
		"talking, without any":      {func(t *testing.T) *quarrel { return open(t, 0, 80) }, 25 * day, dispute.ByDefault},
		"one has named a split":     {named, 25 * day, dispute.ByDefault},
		"an arbiter has it":         {func(t *testing.T) *quarrel { q := open(t, 4, 80); q.later(5 * day); return q }, 20 * day, dispute.ByDefault},
		"it is decided":             {func(t *testing.T) *quarrel { return decided(t, 4, 80, 30) }, 7 * day, dispute.ByArbiter},
		"a review was asked for":    {reviewing, 10 * day, dispute.ByReview},
		"one of three has voted":    {oneVoted, 10 * day, dispute.ByReview},
		"a share is disputed":       {func(t *testing.T) *quarrel { q := parting(t, 2); q.aboutShare(q.ada); return q }, 25 * day, dispute.ByDefault},
		"the contract is under way": {func(t *testing.T) *quarrel { return open(t, 1, 200) }, 25 * day, dispute.ByDefault},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := c.scene(t)
			began, at := q.Clock.Now(), q.show(q.ada)
			for at.State != dispute.Closed {
				state, missed := at.State, at.Missed
				q.later(at.Due.Sub(q.Clock.Now()))
				if at = q.show(q.ada); at.State == state && at.Missed == missed {
					t.Fatalf("%s: its date has come, and nothing happened", state)
				}
			}
			if took := q.Clock.Now().Sub(began); took > c.most || at.How != c.how {
				t.Errorf("it was %s after %v, want %s after %v at most", at.How, took, c.how, c.most)
			}
			t.Logf("over after %.0f days", q.Clock.Now().Sub(began).Hours()/24)
			if got := q.Balance("escrow/dispute/1", "EUR"); !got.IsZero() {
				t.Errorf("%v still wait", got)
			}
		})
	}
}

func named(t *testing.T) *quarrel {
	q := open(t, 4, 80)
	_, err := q.splits(q.ada, 70)
	q.OK(err)
	return q
}

func reviewing(t *testing.T) *quarrel {
	q := decided(t, 4, 80, 30)
	q.OK(dispute.AskReview(t.Context(), q.DB, q.ada, q.id, "It was light."))
	return q
}

func oneVoted(t *testing.T) *quarrel {
	q := reviewing(t)
	q.OK(q.votes(q.arbiters[2], 50))
	return q
}
