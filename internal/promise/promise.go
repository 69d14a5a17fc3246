// Package promise checks, in the database itself, that what we promise is true.
//
// Each .sql file is one promise. Its first comment says it in words; its query
// finds every row that breaks it, and must find none. The same files run at the
// end of every use-case test, every night, on `freehold check`, and stand on
// the page /promises.
package promise

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"freehold/internal/kit/db"
)

//go:embed *.sql
var files embed.FS

// Promise is one sentence that must be true, and the query that finds where it
// is not.
type Promise struct {
	Name  string // no_work_without_money
	Words string // the sentence
	SQL   string
}

// All are the promises, in the order of their names.
var All = read()

func read() (all []Promise) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		words, sql := cutComment(string(b))
		all = append(all, Promise{strings.TrimSuffix(name, ".sql"), words, sql})
	}
	return all
}

// cutComment parts the sentence in the leading comment from the query.
func cutComment(text string) (words, sql string) {
	var sentence []string
	for {
		line, rest, _ := strings.Cut(text, "\n")
		comment, ok := strings.CutPrefix(line, "--")
		if !ok {
			return strings.Join(sentence, " "), text
		}
		sentence, text = append(sentence, strings.TrimSpace(comment)), rest
	}
}

// Result is what one look at a promise found.
type Result struct {
	Promise
	Broken  []string // the rows that break it, as text; none when it is kept
	Checked time.Time
}

// Check looks at every promise at one instant.
func Check(ctx context.Context, d *db.DB) (results []Result, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		results = results[:0]
		for _, p := range All {
			rows, err := db.Values[string](ctx, tx, `SELECT to_jsonb(violation)::text FROM (`+at(p.SQL, tx.Now)+`) AS violation`)
			if err != nil {
				return fmt.Errorf("promise %s: %w", p.Name, err)
			}
			results = append(results, Result{p, rows, tx.Now})
		}
		return nil
	})
	return results, err
}

// at puts the market's clock in the place of $now: PostgreSQL's own clock is not
// the one our deadlines go by.
func at(sql string, now time.Time) string {
	return strings.ReplaceAll(sql, "$now", "timestamptz '"+now.Format(time.RFC3339Nano)+"'")
}

// Record checks every promise and writes down how it went, for the public page.
func Record(ctx context.Context, d *db.DB) ([]Result, error) {
	results, err := Check(ctx, d)
	if err != nil {
		return nil, err
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		for _, r := range results {
			if err := db.Exec(ctx, tx, `
				INSERT INTO promise.checks (name, at, broken) VALUES ($1, $2, $3)
				ON CONFLICT (name, at) DO UPDATE SET broken = excluded.broken`, r.Name, r.Checked, len(r.Broken)); err != nil {
				return err
			}
		}
		return nil
	})
	return results, err
}

// Standing is how a promise stood when it was last looked at.
type Standing struct {
	Promise
	Broken  int
	Checked *time.Time // nil: never yet
}

// Latest is how each promise stood when it was last recorded.
func Latest(ctx context.Context, d *db.DB) (out []Standing, err error) {
	type row struct {
		Name   string
		Broken int
		At     time.Time
	}
	var rows []row
	err = d.View(ctx, func(tx *db.Tx) error {
		rows, err = db.All[row](ctx, tx, `SELECT DISTINCT ON (name) name, broken, at FROM promise.checks ORDER BY name, at DESC`)
		return err
	})
	seen := map[string]row{}
	for _, r := range rows {
		seen[r.Name] = r
	}
	for _, p := range All {
		s := Standing{Promise: p}
		if r, ok := seen[p.Name]; ok {
			s.Broken, s.Checked = r.Broken, &r.At
		}
		out = append(out, s)
	}
	return out, err
}
