package search

import (
	"context"
	"strings"

	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// correct puts words that are written almost alike, and that posts have, in the
// place of those that none has, or next to none: among many posts every slip is
// made by somebody. What it cannot mend stays.
func (l lookup) correct(ctx context.Context, tx *db.Tx) (lookup, error) {
	asked := l.Text
	for _, word := range wordsOf(asked) {
		better, err := mend(ctx, tx, strings.ToLower(word))
		if err != nil {
			return l, err
		}
		if better != "" {
			l.Text = strings.Replace(l.Text, word, better, 1)
		}
	}
	if l.Text == asked {
		return l, nil
	}
	l.note = say.That("Showing results for “%s”. Nothing was found for “%s”.", l.Text, asked)
	l.every = ""
	return l.read(ctx, tx)
}

// farMore is how many times more posts must have a word for it to take the place
// of another.
const farMore = 20

// mend returns the word that was meant by one that is misspelled; empty when it
// is not, or nobody can tell.
func mend(ctx context.Context, tx *db.Tx, word string) (string, error) {
	users, err := usersOf(ctx, tx, word)
	if err != nil || users*farMore >= common {
		return "", err
	}
	near, err := wordsNear(ctx, tx, word)
	if err != nil {
		return "", err
	}
	better := closest(word, near)
	if better == "" {
		return "", nil
	}
	more, err := usersOf(ctx, tx, better)
	if err != nil || users*farMore >= more {
		return "", err
	}
	return better, nil
}

// common is as far as the posts that have a word are counted.
const common = 1000

// usersOf is how many posts have a word, up to common.
func usersOf(ctx context.Context, tx *db.Tx, word string) (int, error) {
	return db.Value[int](ctx, tx, `
		SELECT count(*) FROM (
			SELECT FROM jobpost.posts
			WHERE state = 'open' AND visibility = 'public' AND search @@ plainto_tsquery('public.freehold', $1) LIMIT $2) AS users`,
		word, common)
}

// wordsNear returns words that look like word, out of the names of skills and
// the titles of posts. Of the titles an index finds those that have at least
// four in ten of the word's trigrams; the skills are few enough for a lower bar,
// such as two swapped letters need.
func wordsNear(ctx context.Context, tx *db.Tx, word string) ([]string, error) {
	if err := db.Exec(ctx, tx, `SET LOCAL pg_trgm.word_similarity_threshold = 0.4`); err != nil {
		return nil, err
	}
	return db.Values[string](ctx, tx, `
		SELECT DISTINCT lower(near) FROM (
			SELECT alias AS text FROM skill.aliases WHERE word_similarity($1, alias) >= 0.2
			UNION ALL
			(SELECT title FROM jobpost.posts WHERE state = 'open' AND visibility = 'public' AND title %> $1 LIMIT 100)) AS texts,
			regexp_split_to_table(unaccent(text), '[^[:alnum:]+#]+') AS near
		WHERE near <> ''`, word)
}

// closest returns the word of near that takes the fewest slips of the hand to
// become word; empty when all take too many to be a slip, or are word itself.
func closest(word string, near []string) (best string) {
	fewest := slips(word) + 1
	for _, n := range near {
		if d := distance(word, n); n != word && (d < fewest || d == fewest && best != "" && n < best) {
			best, fewest = n, d
		}
	}
	return best
}

// slips is how many slips of the hand a word of this length is forgiven.
func slips(word string) int {
	switch n := len([]rune(word)); {
	case n < 4:
		return 0
	case n < 8:
		return 1
	default:
		return 2
	}
}

// distance is how many letters must be added, left out, exchanged or swapped
// with their neighbour to make one word of the other, each letter once.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			exchange := 1
			if x[i-1] == y[j-1] {
				exchange = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+exchange)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}
