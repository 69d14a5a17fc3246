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
		free := l
		free.Category = ""
		if c.Categories, err = countBy[skill.Key](ctx, tx, free, "category"); err != nil {
			return err
		}
		free = l
		free.Kind = ""
		if c.Kinds, err = countBy[jobpost.Kind](ctx, tx, free, "kind"); err != nil {
			return err
		}
		free = l
		free.Level = ""
		c.Levels, err = countBy[skill.Level](ctx, tx, free, "level")
		return err
	})
	return c, err
}
