package dispute

import (
	"math/rand/v2"
	"slices"

	"freehold/internal/account"
)

// Candidate is an arbiter who could decide.
type Candidate struct {
	ID   account.ID
	Open int // disputes that wait for them
}

// drawn is how many review a decision.
const drawn = 3

// Choose is the one with the least to do, the one who is longer here of two; nil
// if there is none.
func Choose(among []Candidate) *account.ID {
	if len(among) == 0 {
		return nil
	}
	least := slices.MinFunc(among, func(a, b Candidate) int {
		if a.Open != b.Open {
			return a.Open - b.Open
		}
		return int(a.ID - b.ID)
	})
	return &least.ID
}

// Draw picks three at random, or one where there are fewer: an odd number has a
// middle.
func Draw(among []Candidate, r *rand.Rand) (all []account.ID) {
	n := drawn
	if len(among) < drawn {
		n = min(1, len(among))
	}
	for _, i := range r.Perm(len(among))[:n] {
		all = append(all, among[i].ID)
	}
	slices.Sort(all)
	return all
}

// Middle is the middle one of the votes. Where their number is even, the decision
// that is reviewed counts as one of them.
func Middle(votes []int64, decision int64) int64 {
	votes = slices.Clone(votes)
	if len(votes)%2 == 0 {
		votes = append(votes, decision)
	}
	slices.Sort(votes)
	return votes[len(votes)/2]
}
