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

// Count returns the counts beside a search; its Text is that of the page it
// stands beside.
func Count(ctx context.Context, d *db.DB, q Query) (c Counts, err error) {
	if err := q.clean(); err != nil {
		return Counts{}, err
	}
	err = d.View(ctx, func(tx *db.Tx) error {
		if err := planAnew(ctx, tx); err != nil {
			return err
		}
		l, err := resolve(ctx, tx, q)
		if err != nil {
			return err
		}
		all, err := mixesOf(ctx, tx, l)
		if err != nil {
			return err
		}
		categories, kinds, levels := all, all, all
		if free := l; l.Category != "" {
			free.Category = ""
			if categories, err = mixesOf(ctx, tx, free); err != nil {
				return err
			}
		}
		if free := l; l.Kind != "" {
			free.Kind = ""
			if kinds, err = mixesOf(ctx, tx, free); err != nil {
				return err
			}
		}
		if free := l; l.Level != "" {
			free.Level = ""
			if levels, err = mixesOf(ctx, tx, free); err != nil {
				return err
			}
		}
		c = Counts{
			tally(categories, func(m mix) skill.Key { return m.Category }),
			tally(kinds, func(m mix) jobpost.Kind { return m.Kind }),
			tally(levels, func(m mix) skill.Level { return m.Level }),
		}
		return nil
	})
	return c, err
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
