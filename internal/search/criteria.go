package search

import (
	"context"
	"fmt"

	"freehold/internal/kit/db"
	"freehold/internal/skill"
)

// Criteria are a query that is kept, and what it comes to. Words that nobody
// uses stay as they are: somebody may come to use them.
type Criteria struct {
	Query
	Every   string   // a tsquery: all of the words; empty: there are none
	SkillID skill.ID // 0: any
	Anchors []string // a post has one of these, or it is no answer; never empty
}

// The anchors of queries that ask for no word.
const (
	anyPost       = "#any"
	skillAnchor   = "#skill:"
	categoryPosts = "#category:"
)

// CriteriaOf reads a query as one that is kept: it has no order, no place and no
// time.
func CriteriaOf(ctx context.Context, tx *db.Tx, q Query) (Criteria, error) {
	q.Sort, q.Cursor, q.Within, q.N = Newest, "", 0, 0
	if err := q.clean(); err != nil {
		return Criteria{}, err
	}
	l, err := resolve(ctx, tx, q)
	if err != nil {
		return Criteria{}, err
	}
	c := Criteria{Query: q, Every: l.every, SkillID: l.skill}
	if c.Anchors, err = l.anchors(ctx, tx); err != nil {
		return Criteria{}, err
	}
	return c, nil
}

// anchors are the rarest of what a post must have to be found.
func (l lookup) anchors(ctx context.Context, tx *db.Tx) ([]string, error) {
	var all queryParser
	all.rest = l.every
	all.either()
	posts := map[string]int{}
	for _, word := range all.words {
		n, err := db.Value[int](ctx, tx, `
			SELECT count(*) FROM (
				SELECT FROM jobpost.posts
				WHERE state = 'open' AND visibility = 'public' AND search @@ quote_literal($1::text)::tsquery LIMIT $2) AS users`, word, common)
		if err != nil {
			return nil, err
		}
		posts[word] = n
	}
	words, err := anchorsOf(l.every, posts)
	switch {
	case err != nil || len(words) > 0:
		return words, err
	case l.skill != 0:
		return []string{fmt.Sprint(skillAnchor, l.skill)}, nil
	case l.Category != "":
		return []string{categoryPosts + string(l.Category)}, nil
	default:
		return []string{anyPost}, nil
	}
}

// PostAnchors is SQL for the anchors of a post p: those of the queries that may
// ask for it.
const PostAnchors = `(tsvector_to_array(p.search) || '` + anyPost + `'::text || ('` + categoryPosts + `' || coalesce(p.category, '')) ||
	ARRAY(SELECT '` + skillAnchor + `' || k.skill FROM jobpost.skills k WHERE k.post = p.id))`

// Answers is SQL that holds when a post p answers the criteria in s, whose
// columns are those of savedsearch.searches. It is what lookup.conditions says of
// one query at a time; worths are Worths.
func Answers(worths string) string {
	worth := func(minor, currency string) string {
		return fmt.Sprintf("(%s::numeric * (%s::jsonb ->> %s)::bigint)", minor, worths, currency)
	}
	return `s.anchors && ` + PostAnchors + `
		AND (s.every IS NULL OR p.search @@ s.every)
		AND (s.category = '' OR s.category = p.category) AND (s.kind = '' OR s.kind = p.kind) AND (s.level = '' OR s.level = p.level)
		AND (s.skill IS NULL OR EXISTS (SELECT FROM jobpost.skills k WHERE k.post = p.id AND k.skill = s.skill))
		AND (s.country = '' OR EXISTS (SELECT FROM account.people c WHERE c.id = p.client AND c.country = s.country))
		AND (s.min_answer_rate = 0 OR EXISTS (SELECT FROM proposal.answer_records a WHERE a.client = p.client AND a.rate >= s.min_answer_rate))
		AND (s.min_minor IS NULL OR ` + worth("p.budget_max", "p.currency") + ` >= ` + worth("s.min_minor", "s.currency") + `)
		AND (s.max_minor IS NULL OR ` + worth("p.budget_min", "p.currency") + ` <= ` + worth("s.max_minor", "s.currency") + `)`
}

// Worths are what amounts are compared by, for Answers.
func Worths(ctx context.Context, tx *db.Tx) (map[string]int64, error) { return worths(ctx, tx) }
