package promise

import (
	"context"
	"time"

	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
)

// Figures are what a market has come to so far, for everybody to see.
type Figures struct {
	Answered     int            // proposals that were declined or offered a contract
	Unanswered   int            // proposals that lapsed without either
	MedianAnswer *time.Duration // from a proposal's arrival to its answer, of the last thousand; nil: there was none yet
	Secured      []money.Amount `db:"-"` // in escrow now, a sum for each currency, the most used first
	Paid         []money.Amount `db:"-"` // to freelancers for work that was approved, likewise
	Disputes     Disputes       `db:"-"`
}

// Disputes are what became of those that were opened.
type Disputes struct {
	Open      int
	Closed    int
	Agreed    int            // of the closed: the two found a split themselves
	Missed    int            // dates that arbiters let pass
	MedianEnd *time.Duration // from a dispute's opening to its end; nil: there was none yet
}

// AnswerRate is the share of proposals that were answered, in percent and
// rounded down. It is not ok while no answer was ever due.
func (f Figures) AnswerRate() (percent int, ok bool) {
	due := f.Answered + f.Unanswered
	if due == 0 {
		return 0, false
	}
	return f.Answered * 100 / due, true
}

// Count reads the figures as they are at this instant.
func Count(ctx context.Context, d *db.DB) (f Figures, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		if f, err = db.One[Figures](ctx, tx, answers); err != nil {
			return err
		}
		if f.Secured, err = db.All[money.Amount](ctx, tx, secured); err != nil {
			return err
		}
		if f.Paid, err = db.All[money.Amount](ctx, tx, paid); err != nil {
			return err
		}
		f.Disputes, err = db.One[Disputes](ctx, tx, disputes)
		return err
	})
	return f, err
}

const answers = `
	SELECT coalesce(sum(answered), 0)::int AS answered, coalesce(sum(lapsed), 0)::int AS unanswered,
		(SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY took)
		 FROM (SELECT answered_at - submitted_at AS took FROM proposal.proposals
		       WHERE answered_at IS NOT NULL ORDER BY answered_at DESC LIMIT 1000) AS latest) AS median_answer
	FROM proposal.answer_records`

const disputes = `
	SELECT count(*) FILTER (WHERE state <> 'closed')::int AS open, count(*) FILTER (WHERE state = 'closed')::int AS closed,
		count(*) FILTER (WHERE how = 'agreed')::int AS agreed, (SELECT count(*)::int FROM dispute.misses) AS missed,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY closed_at - opened_at) AS median_end
	FROM dispute.disputes`

const secured = `
	SELECT a.currency, sum(b.minor)::bigint AS minor
	FROM ledger.accounts a JOIN ledger.balances b ON b.account = a.id
	WHERE a.code LIKE 'escrow/%' AND b.minor > 0
	GROUP BY a.currency ORDER BY count(*) DESC, a.currency`

const paid = `
	SELECT c.currency, sum(work.minor - work.minor * c.freelancer_fee_bp / 10000)::bigint AS minor
	FROM contract.milestones m JOIN contract.contracts c ON c.id = m.contract
	CROSS JOIN LATERAL (SELECT m.price_minor - coalesce(m.conceded_minor, 0) - coalesce(m.disputed_minor, 0) + coalesce(m.awarded_minor, 0) AS minor) AS work
	WHERE m.state IN ('approved', 'disputed', 'split')
	GROUP BY c.currency ORDER BY count(*) DESC, c.currency`
