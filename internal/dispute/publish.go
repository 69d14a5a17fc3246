package dispute

import (
	"context"
	"regexp"
	"strings"
	"time"

	"freehold/internal/contract"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
)

// Published is a closed dispute as everybody can read it: without the names of
// the two, and without their own words.
type Published struct {
	ID       ID
	Category string // its name, in English
	OpenedBy contract.Side
	Reason   Reason
	How      How
	Sum      money.Amount
	Award    money.Amount // to the freelancer
	Days     int          // from its opening to its end
	Words    string       // of the arbiter; "" if there was no decision
	Votes    int          // of those who reviewed it
	ClosedAt time.Time
}

type publishedRow struct {
	ID         ID
	Category   string
	OpenedBy   contract.Side
	Reason     Reason
	How        How
	Minor      int64
	Award      int64
	Currency   string
	Days       int
	Words      string
	Votes      int
	ClosedAt   time.Time
	Client     string
	Freelancer string
}

// Publish returns up to n closed disputes from before the given one, newest first.
// A before of 0 starts with the newest. Anybody may read them.
func Publish(ctx context.Context, d *db.DB, before ID, n int) (all []Published, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		rows, err := db.All[publishedRow](ctx, tx, `
			SELECT d.id, cat.name AS category, d.opened_by, d.reason, d.how, d.minor, d.award, d.currency,
				ceil(extract(epoch FROM d.closed_at - d.opened_at) / 86400)::int AS days, coalesce(e.words, '') AS words,
				(SELECT count(*)::int FROM dispute.votes v WHERE v.dispute = d.id) AS votes, d.closed_at,
				a.name AS client, b.name AS freelancer
			FROM dispute.disputes d
			JOIN contract.contracts c ON c.id = d.contract JOIN proposal.proposals p ON p.id = c.proposal JOIN jobpost.posts o ON o.id = p.post JOIN skill.categories cat ON cat.key = o.category
			JOIN account.people a ON a.id = d.client JOIN account.people b ON b.id = d.freelancer
			LEFT JOIN dispute.decisions e ON e.dispute = d.id
			WHERE d.state = 'closed' AND ($1::bigint = 0 OR d.id < $1)
			ORDER BY d.id DESC LIMIT $2`, int64(before), n)
		all = make([]Published, len(rows))
		for i, r := range rows {
			all[i] = Published{
				ID: r.ID, Category: r.Category, OpenedBy: r.OpenedBy, Reason: r.Reason, How: r.How, Days: r.Days, Votes: r.Votes, ClosedAt: r.ClosedAt,
				Sum: money.Amount{Minor: r.Minor, Currency: r.Currency}, Award: money.Amount{Minor: r.Award, Currency: r.Currency},
				Words: Anonymous(r.Words, r.Client, r.Freelancer),
			}
		}
		return err
	})
	return all, err
}

// Anonymous is a text in which the names of the two, whole or in part, are replaced
// by who they are to each other.
func Anonymous(text, client, freelancer string) string {
	for _, who := range []struct{ name, is string }{{client, "the client"}, {freelancer, "the freelancer"}} {
		names := append([]string{who.name}, strings.Fields(who.name)...)
		for _, name := range names {
			if len([]rune(name)) < 2 {
				continue
			}
			whole := regexp.MustCompile(`(?i)(^|[^\pL])` + regexp.QuoteMeta(name) + `($|[^\pL])`)
			for range 2 { // what stands between two of them belongs to both
				text = whole.ReplaceAllString(text, "${1}"+who.is+"${2}")
			}
		}
	}
	return text
}
