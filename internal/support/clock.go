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
	Copies    int `db:"-"` // of them, of those looked at, that are half alike another one to somebody else
	LookedAt  int `db:"-"` // the latest answers, which were compared with each other
	Refused   int // copies that were not let through
	Helped    int // who said yes
	NotHelped int // who said no
	Asked     int // who said anything
}

const (
	clockDays = 90
	compared  = 400
)

// ReadClock returns the clock. It is counted from the cases, and stored nowhere.
func ReadClock(ctx context.Context, d *db.DB) (c Clock, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		since := tx.Now.AddDate(0, 0, -clockDays)
		type row struct {
			Clock
			MedianSeconds, P95Seconds float64
		}
		r, err := db.One[row](ctx, tx, `
			SELECT count(*)::int AS cases, count(*) FILTER (WHERE c.answered_at IS NOT NULL)::int AS answered,
				coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM c.answered_at - c.opened_at)), 0)::float8 AS median_seconds,
				coalesce(percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM c.answered_at - c.opened_at)), 0)::float8 AS p95_seconds,
				count(*) FILTER (WHERE c.helped = 'yes')::int AS helped, count(*) FILTER (WHERE c.helped = 'no')::int AS not_helped, count(c.helped)::int AS asked,
				(SELECT count(*)::int FROM support.cases WHERE state = 'open') AS waiting,
				(SELECT count(*)::int FROM support.cases WHERE state = 'open' AND due <= $2) AS overdue,
				(SELECT count(*)::int FROM support.owners WHERE why = 'overdue' AND at > $1) AS late,
				(SELECT count(*)::int FROM support.refusals WHERE at > $1) AS refused,
				(SELECT count(*)::int FROM support.letters WHERE kind = 'answer' AND at > $1) AS answers
			FROM support.cases c WHERE c.opened_at > $1`, since, tx.Now)
		if err != nil {
			return err
		}
		c = r.Clock
		c.Days, c.Median, c.P95 = clockDays, time.Duration(r.MedianSeconds)*time.Second, time.Duration(r.P95Seconds)*time.Second
		latest, err := db.All[printed](ctx, tx, `
			SELECT lower(c.email) AS reader, l.print FROM support.letters l JOIN support.cases c ON c.id = l."case"
			WHERE l.kind = 'answer' AND l.at > $1 ORDER BY l.at DESC LIMIT $2`, since, compared)
		c.LookedAt, c.Copies = len(latest), nearCopies(latest)
		return err
	})
	return c, err
}

// printed is an answer, as it is compared with others.
type printed struct {
	Reader string // their address
	Print  []int64
}

// half is how alike a near copy is to another answer.
const half = 0.5

// nearCopies counts the answers that are half alike one to somebody else. Each is
// compared with those alone with which it shares a run of words, and those are few:
// anybody can ask for this, at any time.
func nearCopies(all []printed) (n int) {
	having := map[int64][]int{} // which answers have a run
	for i, a := range all {
		for _, run := range a.Print {
			having[run] = append(having[run], i)
		}
	}
	shared := make([]int, len(all)) // runs with each
	for i, a := range all {
		clear(shared)
		for _, run := range a.Print {
			for _, j := range having[run] {
				shared[j]++
			}
		}
		for j, both := range shared {
			b := all[j]
			if j != i && a.Reader != b.Reader && len(a.Print) >= leastRuns && float64(both) >= half*float64(len(a.Print)+len(b.Print)-both) {
				n++
				break
			}
		}
	}
	return n
}
