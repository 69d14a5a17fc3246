package support

import (
	"context"
	"time"

	"freehold/internal/kit/db"
)

// Clock is how quickly and how truly people were answered in the last 90 days, as
// everybody can read it.
type Clock struct {
	Days      int `db:"-"`
	Cases     int
	Waiting   int           // now
	Overdue   int           // now
	Late      int           // given to somebody else because they were
	Answered  int           // cases with a first answer
	Median    time.Duration `db:"-"`
	P95       time.Duration `db:"-"`
	Answers   int
	Copies    int // of them, of those looked at, that are half alike another one to somebody else
	LookedAt  int // the latest answers, which were compared with each other
	Refused   int // copies that were not let through
	Helped    int // who said yes
	NotHelped int // who said no
	Asked     int // who said anything
}

const (
	clockDays = 90
	compared  = 400
)

// Read returns the clock. It is counted from the cases, and stored nowhere.
func Read(ctx context.Context, d *db.DB) (c Clock, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		since := tx.Now.AddDate(0, 0, -clockDays)
		type row struct {
			Clock
			MedianSeconds, P95Seconds float64
		}
		r, err := db.One[row](ctx, tx, `
			WITH latest AS (
				SELECT l.id, l.print, lower(c.email) AS email FROM support.letters l JOIN support.cases c ON c.id = l."case"
				WHERE l.kind = 'answer' AND l.at > $1 ORDER BY l.at DESC LIMIT $3)
			SELECT count(*)::int AS cases, count(*) FILTER (WHERE c.answered_at IS NOT NULL)::int AS answered,
				coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM c.answered_at - c.opened_at)), 0)::float8 AS median_seconds,
				coalesce(percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM c.answered_at - c.opened_at)), 0)::float8 AS p95_seconds,
				count(*) FILTER (WHERE c.helped = 'yes')::int AS helped, count(*) FILTER (WHERE c.helped = 'no')::int AS not_helped, count(c.helped)::int AS asked,
				(SELECT count(*)::int FROM support.cases WHERE state = 'open') AS waiting,
				(SELECT count(*)::int FROM support.cases WHERE state = 'open' AND due <= $2) AS overdue,
				(SELECT count(*)::int FROM support.owners WHERE why = 'overdue' AND at > $1) AS late,
				(SELECT count(*)::int FROM support.refusals WHERE at > $1) AS refused,
				(SELECT count(*)::int FROM support.letters WHERE kind = 'answer' AND at > $1) AS answers,
				(SELECT count(*)::int FROM latest) AS looked_at,
				(SELECT count(*)::int FROM latest a WHERE cardinality(a.print) >= $4
					AND EXISTS (SELECT FROM latest b WHERE b.id <> a.id AND b.email <> a.email AND b.print && a.print AND support.jaccard(a.print, b.print) >= 0.5)) AS copies
			FROM support.cases c WHERE c.opened_at > $1`, since, tx.Now, compared, leastRuns)
		c = r.Clock
		c.Days, c.Median, c.P95 = clockDays, time.Duration(r.MedianSeconds)*time.Second, time.Duration(r.P95Seconds)*time.Second
		return err
	})
	return c, err
}
