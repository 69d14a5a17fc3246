package search

import (
	"context"
	"strings"

	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/skill"
	"freehold/internal/terms"
)

// lookup is a query in terms of the database.
type lookup struct {
	Query
	every string   // a tsquery: all of the words; empty: there are none
	some  string   // at least one of them
	words []string // each by itself
	plain bool     // the words are but words: no phrases, no exclusions
	wide  bool     // those that have only some of the words follow

	skill  skill.ID         // 0: any
	mine   []skill.ID       // of the one who looks
	worths map[string]int64 // what a billion minor units of each currency are worth in US cents
	note   say.Sentence
}

// resolve looks up what q speaks of.
func resolve(ctx context.Context, tx *db.Tx, q Query) (l lookup, err error) {
	l.Query = q
	if q.Category != "" {
		if _, err := skill.FindCategory(ctx, tx, q.Category); err != nil {
			return l, err
		}
	}
	if q.Skill != "" {
		found, err := skill.Find(ctx, tx, []string{q.Skill})
		if err != nil {
			return l, err
		}
		l.skill = found[0].ID
	}
	if q.Min != nil || q.Max != nil || q.Sort == Price {
		if l.worths, err = worths(ctx, tx); err != nil {
			return l, err
		}
	}
	if q.Text == "" {
		return l, nil
	}
	return l.read(ctx, tx)
}

// worths makes the reference rates integers: a billion minor units of any
// currency are many cents.
func worths(ctx context.Context, tx *db.Tx) (map[string]int64, error) {
	rates, err := terms.ReferenceRates(ctx, tx)
	all := make(map[string]int64, len(rates))
	for currency := range rates {
		all[currency] = rates.Cents(money.Amount{Minor: 1_000_000_000, Currency: currency})
	}
	return all, err
}

// read makes of the text what PostgreSQL searches by. A text that names a skill
// is looked for under all the skill's names: who wants WordPress may write WP. A
// skill that is no word to PostgreSQL, such as C++, is looked for as a skill.
func (l lookup) read(ctx context.Context, tx *db.Tx) (lookup, error) {
	named, _, err := skill.Known(ctx, tx, []string{l.Text})
	switch {
	case err != nil:
		return l, err
	case len(named) == 0:
		return l.parse(ctx, tx, nil)
	case strings.ContainsAny(l.Text, "+#") && l.skill == 0:
		l.skill = named[0].ID
		return l, nil
	}
	names, err := skill.NamesOf(ctx, tx, named[0].ID)
	if err != nil {
		return l, err
	}
	return l.parse(ctx, tx, names[:min(len(names), maxNames)])
}

const (
	maxWords = 12 // are looked at one by one
	maxNames = 24 // of a skill
)

// parse makes tsqueries of the text, or of any of the names in its place. When
// posts are ranked, the names are together one word more. Words that say nothing,
// such as "the", are left out.
func (l lookup) parse(ctx context.Context, tx *db.Tx, names []string) (lookup, error) {
	type row struct {
		Every, Some string
		Words       []string
	}
	words := wordsOf(l.Text)
	r, err := db.One[row](ctx, tx, `
		WITH named AS (
			SELECT coalesce(string_agg('(' || q::text || ')', ' | '), '') AS any
			FROM (SELECT phraseto_tsquery('public.freehold', name) AS q FROM unnest($2::text[]) AS u (name)) AS phrases WHERE numnode(q) > 0),
		telling AS (
			SELECT DISTINCT q::text AS word
			FROM unnest($3::text[]) AS u (word), plainto_tsquery('public.freehold', word) AS q
			WHERE numnode(q) > 0
			UNION SELECT named.any FROM named WHERE named.any <> '')
		SELECT (websearch_to_tsquery('public.freehold', $1) || (SELECT named.any::tsquery FROM named))::text AS every,
			coalesce(string_agg('(' || word || ')', ' | '), '') AS some,
			coalesce(array_agg(word), '{}') AS words
		FROM telling`,
		l.Text, names, words[:min(len(words), maxWords)])
	l.every, l.some, l.words = r.Every, r.Some, r.Words
	l.plain = !strings.ContainsAny(l.Text, `"-`)
	if l.every == "" {
		l.note = say.That("There is no word in “%s” that posts can be found by, so these are all of them.", l.Text)
	}
	return l, err
}

// wordsOf parts a text into its words, without the signs that steer a search.
func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \"-()|&!:*<>'\\/,;", r) })
}

// page reads on after at.
func (l lookup) page(ctx context.Context, tx *db.Tx, at cursor) (hits, error) {
	if l.Sort == Newest {
		return l.newest(ctx, tx, at)
	}
	return l.ranked(ctx, tx, at)
}

// widen reads on as if some of the words were enough, after the few posts that
// have all of them.
func (l lookup) widen(ctx context.Context, tx *db.Tx, at cursor, narrow hits) (lookup, hits, error) {
	wide := l
	wide.wide = true
	all, err := wide.ranked(ctx, tx, at)
	if err != nil || all.Total == narrow.Total {
		return l, narrow, err
	}
	switch {
	case !wide.note.Empty():
	case narrow.Total == 0:
		wide.note = say.That("No post has all of your words. These have some of them.")
	default:
		wide.note = say.That("Posts that have all of your words: %d. The others have some of them.", narrow.Total)
	}
	return wide, all, nil
}
