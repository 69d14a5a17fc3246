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
const most = 200

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
	among, err := db.All[copied](ctx, tx, `
		SELECT l."case", l.print FROM support.letters l JOIN support.cases c ON c.id = l."case"
		WHERE l.kind = 'answer' AND l.bands && $1 AND lower(c.email) <> lower($2) ORDER BY l.id DESC LIMIT $3`, p.Bands(), email, most)
	var worst *copied
	for i := range among {
		among[i].Alike = p.Jaccard(likeness.Read(among[i].Print))
		if among[i].Alike >= likeness.Alike && (worst == nil || among[i].Alike > worst.Alike) {
			worst = &among[i]
		}
	}
	return worst, err
}
