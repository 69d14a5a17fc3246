package dispute_test

import (
	"math/rand/v2"
	"testing"

	"freehold/internal/account"
	"freehold/internal/dispute"
)

func TestTheOneWithTheLeastToDoIsChosen(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		among []dispute.Candidate
		want  account.ID
	}{
		"the least":         {[]dispute.Candidate{{1, 3}, {2, 1}, {3, 2}}, 2},
		"of two the longer": {[]dispute.Candidate{{5, 1}, {4, 1}, {6, 2}}, 4},
		"the only one":      {[]dispute.Candidate{{9, 40}}, 9},
	} {
		if got := dispute.Choose(c.among); got == nil || *got != c.want {
			t.Errorf("%s: got %v, want %d", name, got, c.want)
		}
	}
	if got := dispute.Choose(nil); got != nil {
		t.Errorf("of nobody %d is chosen", *got)
	}
}

func TestAnOddNumberIsDrawnAndEverybodyCanBe(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for there, want := range []int{0, 1, 1, 3, 3, 3} {
		among := make([]dispute.Candidate, there)
		for i := range among {
			among[i].ID = account.ID(i + 1)
		}
		seen := map[account.ID]bool{}
		for range 200 {
			all := dispute.Draw(among, r)
			if len(all) != want {
				t.Fatalf("of %d, %d are drawn", there, len(all))
			}
			for i, id := range all {
				if seen[id] = true; i > 0 && all[i-1] == id {
					t.Fatalf("%d is drawn twice", id)
				}
			}
		}
		if len(seen) != there {
			t.Errorf("of %d, only %d are ever drawn", there, len(seen))
		}
	}
}

func TestTheMiddleVoteHolds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		votes    []int64
		decision int64
		want     int64
	}{
		"three":              {[]int64{100, 0, 40}, 70, 40},
		"one":                {[]int64{10}, 70, 10},
		"two and the first":  {[]int64{0, 100}, 70, 70},
		"two on one side":    {[]int64{20, 30}, 70, 30},
		"none":               {nil, 70, 70},
		"three that are one": {[]int64{5, 5, 5}, 70, 5},
	} {
		if got := dispute.Middle(c.votes, c.decision); got != c.want {
			t.Errorf("%s: got %d, want %d", name, got, c.want)
		}
	}
}

func TestTheLifecycleHasNoFlaws(t *testing.T) {
	t.Parallel()
	for _, flaw := range dispute.Lifecycle.Flaws() {
		t.Error(flaw)
	}
}
