// Package journal keeps the record that nobody can rewrite: who did what to
// which thing, when, and for what reason.
//
// The table refuses updates and deletions. Who may read the record of a thing
// is for the thing's own package to say.
package journal

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// Entry is one act on record.
type Entry struct {
	ID     int64
	Actor  account.ID // 0: the market itself, by the rule that Reason names
	Name   string     // of the actor
	Act    say.Sentence
	Reason string
	At     time.Time
}

// Append adds to the record of subject, such as "contract/7". When the market
// itself acts, reason must name the rule.
func Append(ctx context.Context, tx *db.Tx, subject string, by account.Actor, act say.Sentence, reason string) error {
	return db.Exec1(ctx, tx, `
		INSERT INTO journal.entries (subject, actor, act, reason, at)
		VALUES ($1, nullif($2::bigint, 0), $3, $4, $5)`,
		subject, int64(by.ID), act, reason, tx.Now)
}

// Of returns the record of subject, oldest first.
func Of(ctx context.Context, tx *db.Tx, subject string) ([]Entry, error) {
	return db.All[Entry](ctx, tx, entriesOf, subject, account.System.Name)
}

// Ask asks for the record of subject, together with other questions.
func Ask(a *db.Ask, answer *[]Entry, subject string) {
	db.AskAll(a, answer, entriesOf, subject, account.System.Name)
}

const entriesOf = `
	SELECT e.id, coalesce(e.actor, 0) AS actor, coalesce(p.name, $2) AS name, e.act, e.reason, e.at
	FROM journal.entries e LEFT JOIN account.people p ON p.id = e.actor
	WHERE e.subject = $1 ORDER BY e.id`
