package proposal

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
)

// Outcomes are how a freelancer's proposals ended. Nobody else sees them, and
// nothing goes by them.
type Outcomes struct {
	Totals
	Reasons []ReasonCount // for which they were declined, the most frequent first
	Bands   []Band        // by fit, the best first; those without a proposal too
	Price   Among
	Fit     Among
}

// Totals are of all proposals that somebody ever sent.
type Totals struct {
	Sent          int
	Submitted     int // came before the client
	Read          int
	Answered      int // declined or made an offer
	Hired         int
	Lapsed        int // the client let the date pass
	Withdrawn     int
	Open          int // have not ended
	AnswerSeconds *int64
}

// MedianAnswer is the typical time from when a proposal comes before a client to
// the answer; nil: there was none yet.
func (t Totals) MedianAnswer() *time.Duration {
	if t.AnswerSeconds == nil {
		return nil
	}
	took := time.Duration(*t.AnswerSeconds) * time.Second
	return &took
}

// ReasonCount is how many proposals were declined for a reason.
type ReasonCount struct {
	Code      string
	Proposals int
}

// Band is what became of the proposals that came before a client with a fit from
// From on.
type Band struct {
	From                   int
	Submitted, Read, Hired int
}

// Among is where somebody's answered proposals lie among the other answered ones
// to the same posts: below, within or above the middle half of them. Only posts
// with at least AtLeast others count, so that nobody's figures can be told.
type Among struct{ Below, Within, Above int }

// Posts is to how many posts those were.
func (a Among) Posts() int { return a.Below + a.Within + a.Above }

// AtLeast is how many others a post must have for a comparison.
const AtLeast = 5

// OutcomesOf returns how by's proposals ended.
func OutcomesOf(ctx context.Context, d *db.DB, by account.Actor) (o Outcomes, err error) {
	err = d.Ask(ctx, func(a *db.Ask) {
		db.AskOne(a, &o.Totals, `
			SELECT count(*) AS sent, count(submitted_at) AS submitted, count(read_at) AS read, count(answered_at) AS answered,
				count(*) FILTER (WHERE state = 'hired') AS hired, count(*) FILTER (WHERE state = 'lapsed') AS lapsed,
				count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn, count(*) FILTER (WHERE ended_at IS NULL) AS open,
				extract(epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY answered_at - submitted_at))::bigint AS answer_seconds
			FROM proposal.proposals WHERE freelancer = $1`, by.ID)
		db.AskAll(a, &o.Reasons, `
			SELECT decline_reason AS code, count(*) AS proposals FROM proposal.proposals
			WHERE freelancer = $1 AND decline_reason IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1`, by.ID)
		db.AskAll(a, &o.Bands, `
			SELECT bands.from, count(p.submitted_at) AS submitted, count(p.read_at) AS read, count(*) FILTER (WHERE p.state = 'hired') AS hired
			FROM (VALUES (70, 101), (40, 70), (0, 40)) AS bands ("from", "to")
			LEFT JOIN proposal.proposals p ON p.freelancer = $1 AND p.submitted_at IS NOT NULL AND p.fit >= bands.from AND p.fit < bands.to
			GROUP BY 1 ORDER BY 1 DESC`, by.ID)
		askAmong(a, &o.Price, "price_minor", by.ID)
		askAmong(a, &o.Fit, "fit", by.ID)
	})
	return o, err
}

func askAmong(a *db.Ask, answer *Among, figure string, freelancer account.ID) {
	db.AskOne(a, answer, `
		WITH mine AS (
			SELECT m.`+figure+`::bigint AS figure, rest.low, rest.high
			FROM proposal.proposals m CROSS JOIN LATERAL (
				SELECT count(*) AS n, percentile_disc(0.25) WITHIN GROUP (ORDER BY o.`+figure+`) AS low,
					percentile_disc(0.75) WITHIN GROUP (ORDER BY o.`+figure+`) AS high
				FROM proposal.proposals o
				WHERE o.post = m.post AND o.freelancer <> m.freelancer AND o.answered_at IS NOT NULL AND o.state <> 'withdrawn') AS rest
			WHERE m.freelancer = $1 AND m.answered_at IS NOT NULL AND rest.n >= $2)
		SELECT count(*) FILTER (WHERE figure < low) AS below, count(*) FILTER (WHERE figure BETWEEN low AND high) AS within,
			count(*) FILTER (WHERE figure > high) AS above
		FROM mine`, freelancer, AtLeast)
}
