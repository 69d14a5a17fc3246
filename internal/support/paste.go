package support

import (
	"context"

	"freehold/internal/kit/db"
	"freehold/internal/kit/likeness"
)

// leastRuns is how many runs of words an answer has that can be a copy: what is
// shorter is said in the same words by everybody.
const leastRuns = 5

// most is how many earlier answers that share a band are compared, the latest first.
const most = 500

// copied is an earlier answer to somebody else that a text is a copy of.
type copied struct {
	Case  ID
	Print []int64
	Alike float64 `db:"-"`
}

// findCopy returns the earlier answer to somebody else that a print is most alike,
// if it is alike enough to be refused.
func findCopy(ctx context.Context, tx *db.Tx, p likeness.Print, email string) (*copied, error) {
	if len(p) < leastRuns {
		return nil, nil //nolint:nilnil // it is nobody's
	}
	// What shares a band is found by the index first, whatever the planner thinks of
	// how many there are: it would rather read all answers, the latest first.
	among, err := db.All[copied](ctx, tx, `
		WITH near AS MATERIALIZED (SELECT id, "case", print FROM support.letters WHERE kind = 'answer' AND bands && $1)
		SELECT n."case", n.print FROM near n JOIN support.cases c ON c.id = n."case"
		WHERE lower(c.email) <> lower($2) ORDER BY n.id DESC LIMIT $3`, p.Bands(), email, most)
	var worst *copied
	for i := range among {
		among[i].Alike = p.Jaccard(likeness.Read(among[i].Print))
		if among[i].Alike >= likeness.Alike && (worst == nil || among[i].Alike > worst.Alike) {
			worst = &among[i]
		}
	}
	return worst, err
}

// FindCopy returns the case in which somebody else was answered nearly in these words,
// and how nearly; 0 if nobody was.
func FindCopy(ctx context.Context, d *db.DB, words, email string) (in ID, alike float64, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		of, err := findCopy(ctx, tx, likeness.Of(words), email)
		if of != nil {
			in, alike = of.Case, of.Alike
		}
		return err
	})
	return in, alike, err
}
