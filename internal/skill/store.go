package skill

import (
	"context"

	"freehold/internal/kit/db"
)

// lock lets one transaction at a time change the skills; readers go on.
func lock(ctx context.Context, tx *db.Tx) error { return db.LockName(ctx, tx, "skill/taxonomy") }

func saveCategories(ctx context.Context, tx *db.Tx, all []Category) error {
	var keys, names []string
	for _, c := range all {
		keys, names = append(keys, string(c.Key)), append(names, c.Name)
	}
	return db.Exec(ctx, tx, `
		INSERT INTO skill.categories AS c (key, name, n)
		SELECT key, name, n FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS new (key, name, n)
		ON CONFLICT (key) DO UPDATE SET name = excluded.name, n = excluded.n
		WHERE (c.name, c.n) <> (excluded.name, excluded.n)`, keys, names)
}

// saveShipped adds skills, and gives those that are there already the name and
// the category that we ship. No skill may stand in all twice.
func saveShipped(ctx context.Context, tx *db.Tx, all []entry) error {
	keys, names, categories := columns(all)
	return db.Exec(ctx, tx, `
		INSERT INTO skill.skills AS s (key, name, category)
		SELECT key, name, category FROM unnest($1::text[], $2::text[], $3::text[]) AS e (key, name, category)
		ON CONFLICT (key) DO UPDATE SET name = excluded.name, category = excluded.category
		WHERE (s.name, s.category) <> (excluded.name, excluded.category)`, keys, names, categories)
}

// learnSkills adds the skills that are not there yet and says how many.
func learnSkills(ctx context.Context, tx *db.Tx, all []entry) (int64, error) {
	keys, names, categories := columns(all)
	tag, err := tx.Exec(ctx, `
		INSERT INTO skill.skills (key, name, category)
		SELECT key, name, category FROM unnest($1::text[], $2::text[], $3::text[]) AS e (key, name, category)
		ON CONFLICT (key) DO NOTHING`, keys, names, categories)
	return tag.RowsAffected(), err
}

// learnAliases adds the ways to write skills that are in the database, and says
// how many were new. A skill's own name takes a word away from another skill's
// alias; an alias takes no word from anybody.
func learnAliases(ctx context.Context, tx *db.Tx, all []entry) (int64, error) {
	skills, _, _ := columns(all)
	if err := db.Exec(ctx, tx, `
		INSERT INTO skill.aliases AS a (key, alias, skill)
		SELECT key, name, id FROM skill.skills WHERE key = ANY($1)
		ON CONFLICT (key) DO UPDATE SET alias = excluded.alias, skill = excluded.skill
		WHERE (a.alias, a.skill) <> (excluded.alias, excluded.skill)`, skills); err != nil {
		return 0, err
	}
	var owners, keys, aliases []string
	for _, e := range all {
		owner := fold(e.name)
		for _, alias := range e.aliases {
			owners, keys, aliases = append(owners, owner), append(keys, fold(alias)), append(aliases, alias)
		}
	}
	tag, err := tx.Exec(ctx, `
		INSERT INTO skill.aliases (key, alias, skill)
		SELECT new.key, new.alias, s.id
		FROM unnest($1::text[], $2::text[], $3::text[]) AS new (owner, key, alias)
		JOIN skill.skills s ON s.key = new.owner
		ON CONFLICT (key) DO NOTHING`, owners, keys, aliases)
	return tag.RowsAffected(), err
}

func columns(all []entry) (keys, names, categories []string) {
	for _, e := range all {
		keys = append(keys, fold(e.name))
		names = append(names, e.name)
		categories = append(categories, string(e.category))
	}
	return keys, names, categories
}

// place is a skill and which of those asked for it is, counted from 1.
type place struct {
	N int
	Skill
}

func skillsByKey(ctx context.Context, tx *db.Tx, keys []string) ([]place, error) {
	return db.All[place](ctx, tx, `
		SELECT asked.n, s.id, s.name, s.category
		FROM unnest($1::text[]) WITH ORDINALITY AS asked (key, n)
		JOIN skill.aliases a ON a.key = asked.key
		JOIN skill.skills s ON s.id = a.skill
		ORDER BY asked.n`, keys)
}

// containing returns up to n skills of which a name contains key, the likeliest
// first: the very word, then what begins with it, then the shortest.
func namesOf(ctx context.Context, tx *db.Tx, id ID) ([]string, error) {
	return db.Values[string](ctx, tx, `SELECT alias FROM skill.aliases WHERE skill = $1 ORDER BY key`, id)
}

func containing(ctx context.Context, tx *db.Tx, key string, n int) ([]Skill, error) {
	return db.All[Skill](ctx, tx, `
		SELECT s.id, s.name, s.category
		FROM skill.aliases a JOIN skill.skills s ON s.id = a.skill
		WHERE a.key LIKE '%' || $1 || '%'
		GROUP BY s.id
		ORDER BY min(CASE WHEN a.key = $1 THEN 1 WHEN s.key LIKE $1 || '%' THEN 2 WHEN a.key LIKE $1 || '%' THEN 3 ELSE 4 END),
			char_length(s.name), s.name
		LIMIT $2`, key, n)
}

// word is a way to write a skill, and how much of it is in what was asked for:
// the share of trigrams, 0 to 1.
type word struct {
	Key   string
	Alike float64
	Skill
}

// similar returns the words that look like key, most alike first. In a short
// word one slip spoils most trigrams, so what is as long as key needs few.
func similar(ctx context.Context, tx *db.Tx, key string) ([]word, error) {
	return db.All[word](ctx, tx, `
		SELECT a.key, public.similarity(a.key, $1)::float8 AS alike, s.id, s.name, s.category
		FROM skill.aliases a JOIN skill.skills s ON s.id = a.skill
		WHERE public.similarity(a.key, $1) >=
			CASE WHEN abs(char_length(a.key) - char_length($1)) <= 2 THEN 0.1 ELSE 0.3 END
		ORDER BY alike DESC, a.key
		LIMIT 200`, key)
}
