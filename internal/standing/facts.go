package standing

import (
	"context"
	"strings"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
)

// Facts are all that somebody's standing is counted from. Things are numbered for
// each person by themselves, and dated by their month, so that nobody can tell
// from two people's facts that they worked together.
type Facts struct {
	Client     ClientFacts     `json:"client"`
	Freelancer FreelancerFacts `json:"freelancer"`
}

// ClientFacts are those of somebody who has work to give.
type ClientFacts struct {
	Posts     []PostFact     `json:"posts"`
	Contracts []ContractFact `json:"contracts"`
	Paid      []PaidFact     `json:"paid"`
	Reviews   []ReviewFact   `json:"reviews"`
}

// FreelancerFacts are those of somebody who works. What they earn is theirs to tell.
type FreelancerFacts struct {
	Contracts []ContractFact `json:"contracts"`
	Reviews   []ReviewFact   `json:"reviews"`
}

// PostFact is one job post that was published.
type PostFact struct {
	N          int     `json:"n" doc:"counted from the person's first"`
	Month      string  `json:"month" doc:"in which it was published"`
	Ended      bool    `json:"ended"`
	Hired      int     `json:"hired"`
	Answered   int     `json:"answered" doc:"proposals declined with a reason, or made an offer"`
	Unanswered int     `json:"unanswered" doc:"proposals left without an answer at the answer-by date"`
	Seconds    []int64 `json:"answered_after_seconds" doc:"from when each came before the client to its answer, the shortest first"`
}

// ContractFact is one contract, as seen from one of its sides.
type ContractFact struct {
	N     int        `json:"n" doc:"counted from the person's first on this side"`
	With  int        `json:"with" doc:"which of the people they have worked with on this side, counted likewise"`
	Begun bool       `json:"begun" doc:"its money was in escrow"`
	Paid  bool       `json:"paid" doc:"money was released on it"`
	End   End        `json:"end"`
	Month string     `json:"month" doc:"in which it ended; empty while it lives"`
	Work  []WorkFact `json:"work"`
}

// WorkFact is one milestone that was handed over or taken back.
type WorkFact struct {
	OnTime  *bool  `json:"on_time" doc:"first handed over by its date, or by as much later as its money came; null: never handed over"`
	Back    bool   `json:"taken_back" doc:"no work came in time, and the client has the money again"`
	Rounds  int    `json:"changes_asked"`
	Seconds *int64 `json:"approved_after_seconds" doc:"from when it was last handed over; null: not approved"`
}

// PaidFact is what a client paid to freelancers in a year, in one currency.
type PaidFact struct {
	Year int          `json:"year"`
	Sum  money.Amount `json:"sum"`
}

// ReviewFact is one review that everybody can read: the marks from 1 to 5 by
// criterion. What the reviewer could not say is left out.
type ReviewFact struct {
	Month string         `json:"month"`
	Marks map[string]int `json:"marks"`
}

// Read returns the facts about a person.
func Read(ctx context.Context, tx *db.Tx, of account.ID) (Facts, error) {
	var c ClientRow
	var f freelancerRow
	err := tx.Ask(ctx, func(a *db.Ask) {
		db.AskOne(a, &c, clientQuery(`$1::bigint`), of)
		db.AskOne(a, &f, contractsAndReviews(`$1::bigint`, ofFreelancer), of)
	})
	return Facts{c.Facts(), f.facts()}, err
}

// ClientRow is a client's facts as PostgreSQL finds them.
type ClientRow struct {
	Posts     []PostFact
	Contracts []contractRow
	Paid      []PaidFact
	Reviews   []ReviewFact
}

// Facts puts what was found in its place.
func (r ClientRow) Facts() ClientFacts {
	for i := range r.Posts {
		r.Posts[i].N = i + 1
	}
	return ClientFacts{r.Posts, contractFacts(r.Contracts), r.Paid, r.Reviews}
}

// AskClient asks for the facts about the client of a job post.
func AskClient[ID ~int64](a *db.Ask, answer *ClientRow, post ID) {
	db.AskOne(a, answer, clientQuery(`(SELECT client FROM jobpost.posts WHERE id = $1)`), post)
}

type freelancerRow struct {
	Contracts []contractRow
	Reviews   []ReviewFact
}

func (r freelancerRow) facts() FreelancerFacts {
	return FreelancerFacts{contractFacts(r.Contracts), r.Reviews}
}

// contractRow is a contract with the reasons for its end, which are nobody
// else's business.
type contractRow struct {
	Other  int64
	Begun  bool
	Paid   bool
	Ending string
	Notice Side
	Reason string
	Month  string
	Work   []WorkFact
}

func contractFacts(rows []contractRow) []ContractFact {
	facts, met := make([]ContractFact, len(rows)), map[int64]int{}
	for i, r := range rows {
		if met[r.Other] == 0 {
			met[r.Other] = len(met) + 1
		}
		takenBack := false
		for _, w := range r.Work {
			takenBack = takenBack || w.Back
		}
		facts[i] = ContractFact{i + 1, met[r.Other], r.Begun, r.Paid, EndOf(r.Ending, r.Notice, r.Reason, takenBack), r.Month, r.Work}
	}
	return facts
}

func clientQuery(client string) string {
	return strings.ReplaceAll(`
		WITH who AS MATERIALIZED (SELECT :client AS client)
		SELECT posts.*, paid.*, record.*
		FROM (
			SELECT coalesce(jsonb_agg(jsonb_build_object('month', to_char(o.published_at, 'YYYY-MM'), 'ended', o.state <> 'open',
				'hired', o.hired, 'answered', coalesce(p.answered, 0), 'unanswered', coalesce(p.unanswered, 0),
				'answered_after_seconds', coalesce(p.seconds, '{}')) ORDER BY o.id), '[]') AS posts
			FROM who JOIN jobpost.posts o ON o.client = who.client AND o.state <> 'draft'
			LEFT JOIN LATERAL (
				SELECT count(p.answered_at) AS answered,
					count(*) FILTER (WHERE p.state = 'lapsed' AND p.answered_at IS NULL AND p.submitted_at IS NOT NULL) AS unanswered,
					array_agg(extract(epoch FROM p.answered_at - p.submitted_at)::bigint ORDER BY p.answered_at - p.submitted_at)
						FILTER (WHERE p.answered_at - p.submitted_at IS NOT NULL) AS seconds
				FROM proposal.proposals p WHERE p.post = o.id) AS p ON true) AS posts
		CROSS JOIN (
			SELECT coalesce(jsonb_agg(jsonb_build_object('year', year, 'sum', jsonb_build_object('minor', minor, 'currency', currency)) ORDER BY year, currency), '[]') AS paid
			FROM (
				SELECT extract(year FROM p.at)::int AS year, p.currency, sum(p.minor) AS minor
				FROM who JOIN standing.payments p ON p.client = who.client
				GROUP BY 1, 2) AS years) AS paid
		CROSS JOIN (`+contractsAndReviews(`(SELECT client FROM who)`, ofClient)+`) AS record`, `:client`, client)
}

// contractsAndReviews finds what a person did on one side, and what was said of
// it once it was revealed. A freelancer who was funded later than the plan foresaw
// has as much longer: that is no delay of theirs. Weeks and months come with the
// calendar, so they are neither in time nor late, and nobody has to approve a month. What was paid is found once, and
// not for each contract: that took seconds for three hundred of them.
func contractsAndReviews(person string, side Side) string {
	other := ofClient
	if side == ofClient {
		other = ofFreelancer
	}
	return strings.NewReplacer(`:person`, person, `:side`, string(side), `:other`, string(other)).Replace(`
		SELECT contracts.*, reviews.*
		FROM (
			SELECT coalesce(jsonb_agg(jsonb_build_object('other', c.:other, 'begun', c.funded_at IS NOT NULL,
				'paid', c.id = ANY (ARRAY(SELECT DISTINCT p.contract FROM standing.payments p WHERE p.:side = :person)),
				'ending', coalesce(c.ending, ''), 'notice', coalesce(c.notice_by, ''), 'reason', coalesce(c.notice_reason, ''),
				'month', coalesce(to_char(c.ended_at, 'YYYY-MM'), ''), 'work', coalesce(work.work, '[]')) ORDER BY c.id), '[]') AS contracts
			FROM contract.contracts c
			LEFT JOIN LATERAL (
				SELECT jsonb_agg(jsonb_build_object('on_time', s.first < greatest(m.due + 1, m.funded_at + (m.due - m.begins) * interval '24 hours'),
					'taken_back', m.state = 'taken back', 'changes_asked', m.rounds,
					'approved_after_seconds', CASE WHEN m.state = 'approved' AND c.every IS DISTINCT FROM 'month' THEN extract(epoch FROM m.ended_at - m.submitted_at)::bigint END) ORDER BY m.n) AS work
				FROM (
					SELECT *, coalesce(lag(m.due) OVER (ORDER BY m.n), c.signed_at::date) AS begins
					FROM contract.milestones m WHERE m.contract = c.id) AS m
				CROSS JOIN LATERAL (SELECT min(s.at) AS first FROM contract.submissions s WHERE s.milestone = m.id) AS s
				WHERE m.submitted_at IS NOT NULL OR m.state = 'taken back') AS work ON true
			WHERE c.:side = :person) AS contracts
		CROSS JOIN (
			SELECT coalesce(jsonb_agg(jsonb_build_object('month', to_char(w.revealed_at, 'YYYY-MM'),
				'marks', (SELECT coalesce(jsonb_object_agg(k.criterion, k.mark), '{}') FROM review.marks k WHERE k.review = r.id)) ORDER BY w.revealed_at, r.id), '[]') AS reviews
			FROM review.windows w JOIN review.reviews r ON r.contract = w.contract AND r.side = ':other'
			WHERE w.:side = :person AND w.revealed_at IS NOT NULL) AS reviews`)
}
