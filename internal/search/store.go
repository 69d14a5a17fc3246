package search

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/restriction"
	"freehold/internal/skill"
)

const (
	// window is how many of the newest posts that match are looked at: one more
	// than is counted.
	window = MaxTotal + 1

	// weighed is how many of them are ranked by their words. The older ones follow,
	// the newest first: to weigh a post takes ten times as long as to find it.
	weighed = 300
)

// hits are places in an ordered list: the posts after a cursor with their keys,
// one more than fits a page, and how many there are in all, up to window, of what
// mixes.
type hits struct {
	Total int
	IDs   []jobpost.ID
	Keys  []int64
	Mixes []mix
}

// statement is SQL that grows together with its arguments.
type statement struct{ args []any }

// arg adds an argument and returns how the SQL speaks of it.
func (s *statement) arg(v any) string {
	s.args = append(s.args, v)
	return fmt.Sprintf("$%d", len(s.args))
}

// planAnew makes PostgreSQL plan each query of the transaction for its very
// arguments: the plan that is right for a word in every third post is wrong for
// one in three. No plan may read all posts, however few it hopes to need: what a
// comparison of trigrams costs, it does not know.
func planAnew(ctx context.Context, tx *db.Tx) error {
	return db.Exec(ctx, tx, `SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true)`)
}

// planAsEver ends that: what was found is read like anything else.
func planAsEver(ctx context.Context, tx *db.Tx) error {
	return db.Exec(ctx, tx, `SELECT set_config('plan_cache_mode', 'auto', true), set_config('enable_seqscan', 'on', true)`)
}

// conditions are what a post must be to be found, as SQL over jobpost.posts p.
// Only what was asked for stands there.
func (l lookup) conditions(s *statement, tx *db.Tx, at cursor) string {
	and := []string{
		"p.state = 'open' AND p.visibility = 'public' AND p.answer_by > " + s.arg(tx.Now),
		"p.published_at <= " + s.arg(at.asOf),
		"p.id <> ALL (" + restriction.RemovedPosts(s.arg(tx.Now)) + ")",
	}
	when := func(asked bool, condition func() string) {
		if asked {
			and = append(and, condition())
		}
	}
	when(l.Category != "", func() string { return "p.category = " + s.arg(l.Category) })
	when(l.Kind != "", func() string { return "p.kind = " + s.arg(l.Kind) })
	when(l.Level != "", func() string { return "p.level = " + s.arg(l.Level) })
	when(l.Within > 0, func() string { return "p.published_at >= " + s.arg(tx.Now.Add(-l.Within)) })
	when(l.skill != 0, func() string {
		return "EXISTS (SELECT FROM jobpost.skills k WHERE k.post = p.id AND k.skill = " + s.arg(l.skill) + ")"
	})
	when(l.Country != "", func() string {
		return "EXISTS (SELECT FROM account.people c WHERE c.id = p.client AND c.country = " + s.arg(l.Country) + ")"
	})
	when(l.MinAnswerRate > 0, func() string {
		return "EXISTS (SELECT FROM proposal.answer_records a WHERE a.client = p.client AND a.rate >= " + s.arg(l.MinAnswerRate) + ")"
	})
	when(l.Min != nil, func() string {
		return l.worth(s, "p.budget_max", "p.currency") + " >= " + l.worth(s, s.arg(l.Min.Minor), s.arg(l.Min.Currency))
	})
	when(l.Max != nil, func() string {
		return l.worth(s, "p.budget_min", "p.currency") + " <= " + l.worth(s, s.arg(l.Max.Minor), s.arg(l.Max.Currency))
	})
	return strings.Join(and, " AND ")
}

// worth is what an amount is worth, in billionths of a US cent, as SQL; null
// when its currency has no rate. Both sides of a comparison go through it, so
// that amounts in one currency compare exactly.
func (l lookup) worth(s *statement, minor, currency string) string {
	return fmt.Sprintf("(%s::bigint::numeric * (%s::jsonb ->> %s::text)::bigint)", minor, s.arg(l.worths), currency)
}

// match is the condition that a post answers a tsquery, if there is one.
func match(s *statement, tsquery string) string {
	if tsquery == "" {
		return ""
	}
	return " AND p.search @@ " + s.arg(tsquery) + "::tsquery"
}

// newest reads on in the order of time. An index has that order, so there is no
// end to it.
func (l lookup) newest(ctx context.Context, tx *db.Tx, at cursor) (hits, error) {
	var s statement
	return db.One[hits](ctx, tx, fmt.Sprintf(`
		WITH found AS MATERIALIZED (%s),
		page AS (
			SELECT p.id, (extract(epoch FROM p.published_at) * 1000000)::bigint AS key
			FROM jobpost.posts p
			WHERE %s AND (p.published_at, p.id) < (%s, %s)
			ORDER BY p.published_at DESC, p.id DESC LIMIT %s)`+hitsOfPage,
		l.found(&s, tx, at), l.conditions(&s, tx, at)+match(&s, l.every), s.arg(at.published()), s.arg(at.id), s.arg(l.N+1)), s.args...)
}

// ranked reads on in any other order, among the newest that match.
func (l lookup) ranked(ctx context.Context, tx *db.Tx, at cursor) (hits, error) {
	var s statement
	return db.One[hits](ctx, tx, fmt.Sprintf(`
		WITH found AS MATERIALIZED (%s),
		ranked AS (%s),
		page AS (SELECT id, key FROM ranked WHERE (key, id) < (%s, %s) ORDER BY key DESC, id DESC LIMIT %s)`+hitsOfPage,
		l.found(&s, tx, at), l.keys(&s), s.arg(at.key), s.arg(at.id), s.arg(l.N+1)), s.args...)
}

var hitsOfPage = `
	SELECT (SELECT count(*) FROM found) AS total, ARRAY(SELECT id FROM page) AS ids, ARRAY(SELECT key FROM page) AS keys,
		(SELECT coalesce(jsonb_agg(mixes), '[]') FROM (` + mixesOfFound + `) AS mixes) AS mixes`

// found is the newest posts that match; if wide, with the newest that have some
// of the words behind them.
func (l lookup) found(s *statement, tx *db.Tx, at cursor) string {
	newest := func(matching string) string {
		return fmt.Sprintf(`
			SELECT id, client, currency, budget_max, category, kind, level, row_number() OVER (ORDER BY published_at DESC, id DESC) AS place FROM (
				SELECT p.id, p.published_at, p.client, p.currency, p.budget_max, coalesce(p.category, '') AS category, p.kind, coalesce(p.level, '') AS level
				FROM jobpost.posts p
				WHERE %s ORDER BY p.published_at DESC, p.id DESC LIMIT %d) AS newest`, l.conditions(s, tx, at)+matching, window)
	}
	if !l.wide {
		return newest(match(s, l.every))
	}
	others := match(s, l.some) + " AND NOT p.search @@ " + s.arg(l.every) + "::tsquery"
	return "(" + newest(match(s, l.every)) + ") UNION ALL (" + newest(others) + ")"
}

// keys gives each post found its key in the order asked for; the highest comes
// first.
func (l lookup) keys(s *statement) string {
	switch {
	case l.Sort == AnswerRate:
		return `SELECT f.id, coalesce(a.rate, -1)::bigint AS key FROM found f LEFT JOIN proposal.answer_records a ON a.client = f.client`
	case l.Sort == Price:
		return `SELECT f.id, coalesce(` + l.worth(s, "f.budget_max", "f.currency") + ` / 1000000000, -1)::bigint AS key FROM found f`
	case l.every == "":
		return `SELECT f.id, (SELECT count(*) FROM jobpost.skills k WHERE k.post = f.id AND k.skill = ANY(` + s.arg(l.mine) + `)) AS key FROM found f`
	default:
		return relevance(s.arg(l.words))
	}
}

// relevance is how well posts match words: each word counts for as much as it
// tells posts apart, the more often it stands in a post the more, though ever
// less, and the less the longer the post is. That is what BM25 does, with what
// PostgreSQL knows; ts_rank weighs a title over skills over a description. Posts
// that are not weighed have keys below zero.
func relevance(words string) string {
	return `
		WITH ranks AS MATERIALIZED (
			SELECT f.id, w.n, ts_rank(p.search, w.word) AS rank, length(p.search) AS length
			FROM found f JOIN jobpost.posts p ON p.id = f.id, (
				SELECT n, word::tsquery AS word FROM unnest(` + words + `::text[]) WITH ORDINALITY AS u (word, n)) AS w
			WHERE f.place <= ` + strconv.Itoa(weighed) + `),
		words AS (
			SELECT n, ln(1 + count(*) / greatest(1, count(*) FILTER (WHERE rank > 0))::float8) AS telling FROM ranks GROUP BY n)
		SELECT id, (1000000 * sum(telling * rank / (rank + 0.05 + 0.004::float8 * length)))::bigint AS key
		FROM ranks JOIN words USING (n) GROUP BY id
		UNION ALL SELECT id, -place FROM found WHERE place > ` + strconv.Itoa(weighed)
}

// candidate is a post that a feed may show.
type candidate struct {
	jobpost.FitRow
	PublishedAt time.Time
}

// candidatesFor returns the posts that a feed is made of: the newest for each
// skill, and the newest of all. The closed ones among a skill's newest are
// skipped over, but not without end.
func candidatesFor(ctx context.Context, tx *db.Tx, id account.ID, skills []skill.ID, asOf time.Time) ([]candidate, error) {
	return db.All[candidate](ctx, tx, fmt.Sprintf(`
		WITH newest AS (
			(SELECT p.id FROM jobpost.posts p
			WHERE p.state = 'open' AND p.visibility = 'public' AND p.published_at <= $4
			ORDER BY p.published_at DESC, p.id DESC LIMIT %d)
			UNION
			SELECT k.post FROM unnest(%s) AS mine (skill), LATERAL (
				SELECT post FROM jobpost.skills WHERE skill = mine.skill ORDER BY post DESC LIMIT %d) AS k)
		SELECT %s, p.published_at FROM newest JOIN jobpost.posts p ON p.id = newest.id
		WHERE p.state = 'open' AND p.visibility = 'public' AND p.answer_by > $3 AND p.published_at <= $4 AND p.client <> $1
			AND NOT EXISTS (SELECT FROM proposal.proposals o WHERE o.post = p.id AND o.freelancer = $1 AND o.state <> 'withdrawn')
			AND p.id <> ALL (%s)
		ORDER BY p.published_at DESC, p.id DESC LIMIT %d`, anyNewest, db.OneOf("$2"), perSkill, jobpost.FitColumns, restriction.RemovedPosts("$3"), candidates), id, skills, tx.Now, asOf)
}

// mix is how many posts have a category, a kind and a level in common; what they
// do not say is empty.
type mix struct {
	Category skill.Key
	Kind     jobpost.Kind
	Level    skill.Level
	Posts    int
}

// mixesOfFound parts what was found, up to MaxTotal, into mixes.
var mixesOfFound = fmt.Sprintf(`
	SELECT category, kind, level, count(*) AS posts
	FROM (SELECT category, kind, level FROM found LIMIT %d) AS counted GROUP BY category, kind, level`, MaxTotal)

// mixes parts the posts that match into mixes.
func (l lookup) mixes(ctx context.Context, tx *db.Tx, at cursor) ([]mix, error) {
	var s statement
	return db.All[mix](ctx, tx, `WITH found AS MATERIALIZED (`+l.found(&s, tx, at)+`)`+mixesOfFound, s.args...)
}
