package search

import (
	"context"

	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/skill"
)

// Counts say how many posts there would be for each choice of a filter, with
// all other filters as they are. They are taken from the newest MaxTotal.
type Counts struct {
	Categories map[skill.Key]int
	Kinds      map[jobpost.Kind]int
	Levels     map[skill.Level]int
}

// counts are those beside what was found. Where a filter is set, its own choices
// are counted as if it were not.
func (l lookup) counts(ctx context.Context, tx *db.Tx, at cursor, found []mix) (c Counts, err error) {
	categories, kinds, levels := found, found, found
	if free := l; l.Category != "" {
		free.Category = ""
		if categories, err = free.mixes(ctx, tx, at); err != nil {
			return c, err
		}
	}
	if free := l; l.Kind != "" {
		free.Kind = ""
		if kinds, err = free.mixes(ctx, tx, at); err != nil {
			return c, err
		}
	}
	if free := l; l.Level != "" {
		free.Level = ""
		if levels, err = free.mixes(ctx, tx, at); err != nil {
			return c, err
		}
	}
	return Counts{
		tally(categories, func(m mix) skill.Key { return m.Category }),
		tally(kinds, func(m mix) jobpost.Kind { return m.Kind }),
		tally(levels, func(m mix) skill.Level { return m.Level }),
	}, nil
}

// tally adds up the posts by one of what they are mixed of.
func tally[K ~string](mixes []mix, by func(mix) K) map[K]int {
	counts := map[K]int{}
	for _, m := range mixes {
		if k := by(m); k != "" {
			counts[k] += m.Posts
		}
	}
	return counts
}
