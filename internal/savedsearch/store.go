package savedsearch

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/restriction"
	"freehold/internal/search"
	"freehold/internal/skill"
)

func countOf(ctx context.Context, tx *db.Tx, person account.ID) (int, error) {
	return db.Value[int](ctx, tx, `SELECT count(*) FROM savedsearch.searches WHERE person = $1`, person)
}

func insert(ctx context.Context, tx *db.Tx, person account.ID, in Input, c search.Criteria, next time.Time) (ID, error) {
	minor := func(a *money.Amount) (minor *int64, currency string) {
		if a == nil {
			return nil, ""
		}
		return &a.Minor, a.Currency
	}
	least, currency := minor(c.Min)
	most, other := minor(c.Max)
	if currency == "" {
		currency = other
	}
	return db.Value[ID](ctx, tx, `
		INSERT INTO savedsearch.searches (person, name, pace, text, skill_name, category, kind, level, country, min_answer_rate,
			min_minor, max_minor, currency, every, skill, anchors, saved_at, next_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, nullif($14, '')::tsquery, nullif($15::bigint, 0), $16, $17, $18) RETURNING id`,
		person, in.Name, in.Pace, c.Text, c.Skill, c.Category, c.Kind, c.Level, c.Country, c.MinAnswerRate,
		least, most, currency, c.Every, c.SkillID, c.Anchors, tx.Now, next)
}

func update(ctx context.Context, tx *db.Tx, person account.ID, id ID, in Input, next time.Time) error {
	return found(db.Value[ID](ctx, tx, `
		UPDATE savedsearch.searches SET name = $3, pace = $4, next_at = $5 WHERE id = $1 AND person = $2 RETURNING id`,
		id, person, in.Name, in.Pace, next))
}

func remove(ctx context.Context, tx *db.Tx, person account.ID, id ID) error {
	return found(db.Value[ID](ctx, tx, `DELETE FROM savedsearch.searches WHERE id = $1 AND person = $2 RETURNING id`, id, person))
}

func found(_ ID, err error) error {
	if errors.Is(err, db.NoRow) {
		return ErrNotFound
	}
	return err
}

func searchesOf(ctx context.Context, tx *db.Tx, person account.ID) ([]Search, error) {
	type row struct {
		ID                 ID
		Name               string
		Pace               Pace
		Text, Skill        string
		Category           skill.Key
		Kind               jobpost.Kind
		Level              skill.Level
		Country            string
		MinAnswerRate      int
		MinMinor, MaxMinor *int64
		Currency           string
		Week, Total        int
	}
	rows, err := db.All[row](ctx, tx, `
		SELECT s.id, s.name, s.pace, s.text, s.skill_name AS skill, s.category, s.kind, s.level, s.country, s.min_answer_rate,
			s.min_minor, s.max_minor, s.currency,
			count(f.post) FILTER (WHERE f.found_at > $2::timestamptz - interval '7 days') AS week, count(f.post) AS total
		FROM savedsearch.searches s LEFT JOIN savedsearch.finds f ON f.search = s.id
		WHERE s.person = $1 GROUP BY s.id ORDER BY s.id DESC`, person, tx.Now)
	all := make([]Search, len(rows))
	for i, r := range rows {
		q := search.Query{Text: r.Text, Category: r.Category, Skill: r.Skill, Kind: r.Kind, Level: r.Level, Country: r.Country, MinAnswerRate: r.MinAnswerRate}
		if r.MinMinor != nil {
			q.Min = &money.Amount{Minor: *r.MinMinor, Currency: r.Currency}
		}
		if r.MaxMinor != nil {
			q.Max = &money.Amount{Minor: *r.MaxMinor, Currency: r.Currency}
		}
		all[i] = Search{r.ID, r.Name, r.Pace, q, r.Week, r.Total}
	}
	return all, err
}

// takeNew takes up to n posts that were not held against the searches yet, the
// oldest first. Whoever publishes at the same time may commit later than
// somebody who came after them, so it looks a little further back than it got.
func takeNew(ctx context.Context, tx *db.Tx, n int) ([]jobpost.ID, error) {
	return db.Values[jobpost.ID](ctx, tx, `
		INSERT INTO savedsearch.compared (post, published_at)
		SELECT p.id, p.published_at FROM jobpost.posts p
		WHERE p.state = 'open' AND p.visibility = 'public'
			AND p.published_at > coalesce((SELECT max(published_at) FROM savedsearch.compared), '-infinity') - interval '10 minutes'
			AND NOT EXISTS (SELECT FROM savedsearch.compared c WHERE c.post = p.id)
		ORDER BY p.published_at, p.id LIMIT $1
		ON CONFLICT DO NOTHING RETURNING post`, n)
}

// answer writes down which searches the posts answer.
func answer(ctx context.Context, tx *db.Tx, posts []jobpost.ID, worths map[string]int64) error {
	return db.Exec(ctx, tx, `
		INSERT INTO savedsearch.finds (search, post, found_at)
		SELECT s.id, p.id, $2::timestamptz FROM jobpost.posts p JOIN savedsearch.searches s ON `+search.Answers("$3")+`
		WHERE p.id = ANY($1) AND p.id <> ALL (`+restriction.RemovedPosts("$2")+`) AND s.person <> p.client AND s.saved_at < p.published_at
		ON CONFLICT DO NOTHING`, posts, tx.Now, worths)
}

// due are the searches that found something their people can be told of now.
func due(ctx context.Context, tx *db.Tx) ([]ID, error) {
	return db.Values[ID](ctx, tx, `
		SELECT s.id FROM savedsearch.searches s
		WHERE s.id IN (SELECT search FROM savedsearch.finds WHERE NOT told) AND s.pace <> 'never' AND s.next_at <= $1
		ORDER BY s.id`, tx.Now)
}

// ready is a search that is due, and its person.
type ready struct {
	ID       ID
	Person   account.ID
	Name     string
	Pace     Pace
	TimeZone string
}

// lockDue is NoRow when somebody else was quicker.
func lockDue(ctx context.Context, tx *db.Tx, id ID) (ready, error) {
	return db.One[ready](ctx, tx, `
		SELECT s.id, s.person, s.name, s.pace, p.time_zone FROM savedsearch.searches s JOIN account.people p ON p.id = s.person
		WHERE s.id = $1 AND s.pace <> 'never' AND s.next_at <= $2 FOR UPDATE OF s`, id, tx.Now)
}

// find is a post that answers a search.
type find struct {
	Post  jobpost.ID
	Title string
}

// takeFinds marks as told what a search found, and returns those that still take
// proposals, the latest first.
func takeFinds(ctx context.Context, tx *db.Tx, id ID) ([]find, error) {
	return db.All[find](ctx, tx, `
		WITH taken AS (UPDATE savedsearch.finds SET told = true WHERE search = $1 AND NOT told RETURNING post)
		SELECT p.id AS post, p.title FROM taken JOIN jobpost.posts p ON p.id = taken.post
		WHERE p.state = 'open' AND p.answer_by > $2 AND p.id <> ALL (`+restriction.RemovedPosts("$2")+`) ORDER BY p.published_at DESC, p.id DESC`, id, tx.Now)
}

func setNext(ctx context.Context, tx *db.Tx, id ID, next time.Time) error {
	return db.Exec1(ctx, tx, `UPDATE savedsearch.searches SET next_at = $2 WHERE id = $1`, id, next)
}

// forget drops what is too old to be shown or to be met again.
func forget(ctx context.Context, tx *db.Tx) error {
	err := db.Exec(ctx, tx, `DELETE FROM savedsearch.finds WHERE found_at < $1::timestamptz - interval '30 days'`, tx.Now)
	return errors.Join(err, db.Exec(ctx, tx, `
		DELETE FROM savedsearch.compared
		WHERE published_at < (SELECT max(published_at) FROM savedsearch.compared) - interval '1 day'`))
}
