package jobpost

import (
	"context"
	"strings"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
)

// Standing is what everybody can know about a client before they propose: counted
// from the record and the ledger each time it is asked for, with nothing left out.
type Standing struct {
	Client       account.ID
	Posts        int            // published so far
	Ended        int            // of those, no longer open
	EndedHired   int            // of those, on which somebody was hired
	Hires        int            // people hired
	Answered     int            // proposals the client declined or made an offer on
	Lapsed       int            // proposals left without an answer at the answer-by date
	MedianAnswer *time.Duration // from a proposal's coming before the client to their answer
	Paid         []money.Amount // to freelancers, for approved work, by currency
	MedianPay    *time.Duration // from submission to approval
	Funded       int            // contracts paid into escrow in time
	NeverFunded  int            // contracts signed and never paid into escrow
	EndedEarly   int            // contracts that ended before the work was done
}

// AnswerRate is how many of a hundred proposals that were owed an answer got one;
// false while none was.
func (s Standing) AnswerRate() (percent int, ok bool) { return rateOf(s.Answered, s.Answered+s.Lapsed) }

// HireRate is on how many of a hundred posts that have ended somebody was hired;
// false while none has ended.
func (s Standing) HireRate() (percent int, ok bool) { return rateOf(s.EndedHired, s.Ended) }

func rateOf(part, whole int) (percent int, ok bool) {
	if whole == 0 {
		return 0, false
	}
	return part * 100 / whole, true
}

// standingRow is a standing as PostgreSQL counts it.
type standingRow struct {
	Standing
	AnswerSeconds, PaySeconds *int64
}

func (r standingRow) standing() Standing {
	r.MedianAnswer, r.MedianPay = seconds(r.AnswerSeconds), seconds(r.PaySeconds)
	return r.Standing
}

// StandingOf counts the standing of a client.
func StandingOf(ctx context.Context, tx *db.Tx, client account.ID) (Standing, error) {
	r, err := db.One[standingRow](ctx, tx, standingQuery(`$1::bigint`), client)
	return r.standing(), err
}

// askStanding asks for the standing of the client of a post.
func askStanding(a *db.Ask, answer *standingRow, id ID) {
	db.AskOne(a, answer, standingQuery(`(SELECT client FROM jobpost.posts WHERE id = $1)`), id)
}

// standingQuery counts the standing of a client, in one query.
func standingQuery(client string) string {
	return strings.ReplaceAll(`
		SELECT :client AS client, posts.*, answers.*, contracts.*, work.*, money.*, NULL AS median_answer, NULL AS median_pay
		FROM (
			SELECT count(*) AS posts,
				count(*) FILTER (WHERE p.state <> 'open') AS ended,
				count(*) FILTER (WHERE p.state <> 'open' AND p.hired > 0) AS ended_hired,
				coalesce(sum(p.hired), 0) AS hires
			FROM jobpost.posts p WHERE p.client = :client AND p.state <> 'draft') AS posts
		CROSS JOIN (
			SELECT count(p.answered_at) AS answered,
				count(*) FILTER (WHERE p.state = 'lapsed' AND p.answered_at IS NULL AND p.submitted_at IS NOT NULL) AS lapsed,
				extract(epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY p.answered_at - p.submitted_at))::bigint AS answer_seconds
			FROM jobpost.posts o JOIN proposal.proposals p ON p.post = o.id WHERE o.client = :client) AS answers
		CROSS JOIN (
			SELECT count(c.funded_at) AS funded,
				count(*) FILTER (WHERE c.ending = 'never funded') AS never_funded,
				count(*) FILTER (WHERE c.ending = 'ended early' AND coalesce(c.notice_by, 'client') = 'client') AS ended_early
			FROM contract.contracts c WHERE c.client = :client) AS contracts
		CROSS JOIN (
			SELECT extract(epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY m.ended_at - m.submitted_at))::bigint AS pay_seconds
			FROM contract.contracts c JOIN contract.milestones m ON m.contract = c.id
			WHERE c.client = :client AND m.state = 'approved') AS work
		CROSS JOIN (
			SELECT coalesce(jsonb_agg(jsonb_build_object('minor', minor, 'currency', currency) ORDER BY currency), '[]') AS paid
			FROM (
				SELECT t.currency, sum(t.minor) AS minor
				FROM contract.contracts c
				JOIN contract.milestones m ON m.contract = c.id AND m.state = 'approved'
				JOIN ledger.postings p ON p.name = 'release/milestone/' || m.id
				JOIN ledger.transfers t ON t.posting = p.id
				JOIN ledger.accounts a ON a.id = t.target AND a.code = 'wallet/' || c.freelancer
				WHERE c.client = :client
				GROUP BY t.currency) AS sums) AS money`, `:client`, client)
}

func seconds(n *int64) *time.Duration {
	if n == nil {
		return nil
	}
	d := time.Duration(*n) * time.Second
	return &d
}
