package export

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/file"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/limits"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/standing"
)

// Record is everything that a market keeps about somebody and shows them.
type Record struct {
	Of        account.Person
	At        time.Time // all of it is as it was then
	Tables    []Table
	Standing  standing.Facts // what their standing is counted from
	Files     []file.File    // those they may read, of their own and of their contracts and talks
	Contracts []contract.ID
}

// Table is what a record holds of one kind.
type Table struct {
	Name    string
	Title   say.Sentence
	Columns []string
	Rows    [][]any // nil, bool, int64, string, []string, time.Time or say.Sentence
}

// a day's worth: each takes a while, and nobody needs more.
const perDay = 20

// Take is how somebody takes a record of themselves along. They are told of it
// like of a change of their password: if it was not they who took it, somebody
// else knows all that they know.
func Take(ctx context.Context, d *db.DB, by account.Actor) (Record, error) {
	if err := limits.Allow(ctx, d, fmt.Sprintf("export/%d", by.ID), perDay, 24*time.Hour); err != nil {
		return Record{}, err
	}
	err := d.Update(ctx, func(tx *db.Tx) error {
		if err := journal.Append(ctx, tx, subject(by.ID), by, say.That("took a copy of everything along"), "asked for it"); err != nil {
			return err
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: by.ID, Kind: "exported", Link: "/settings/sessions",
			Text: say.That("Somebody who is signed in as you took a copy of everything that is here of you. If that was not you, end the session it was taken in and change your password.")})
	})
	if err != nil {
		return Record{}, err
	}
	return read(ctx, d, by.ID)
}

// TakeFor is how the operator makes somebody's record for them, outside the
// pages. It is on their record that it was done.
func TakeFor(ctx context.Context, d *db.DB, of account.ID) (Record, error) {
	err := d.Update(ctx, func(tx *db.Tx) error {
		if _, err := account.PersonByID(ctx, tx, of); err != nil {
			return err
		}
		return journal.Append(ctx, tx, subject(of), account.System, say.That("made a copy of everything of this person"), "the operator ran the export")
	})
	if err != nil {
		return Record{}, err
	}
	return read(ctx, d, of)
}

func subject(of account.ID) string { return fmt.Sprintf("person/%d", of) }

// read reads all of it as of one instant.
func read(ctx context.Context, d *db.DB, of account.ID) (r Record, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		r = Record{At: tx.Now}
		if r.Of, err = account.PersonByID(ctx, tx, of); err != nil {
			return err
		}
		for _, s := range sections {
			t, err := s.read(ctx, tx, of)
			if err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			r.Tables = append(r.Tables, t)
		}
		if r.Standing, err = standing.Read(ctx, tx, of); err != nil {
			return err
		}
		if r.Contracts, err = contractsOf(ctx, tx, of); err != nil {
			return err
		}
		r.Files, err = filesOf(ctx, tx, of)
		return err
	})
	return r, err
}

func (s section) read(ctx context.Context, tx *db.Tx, of account.ID) (Table, error) {
	t := Table{Name: s.name, Title: s.title}
	columns, rows, err := db.Table(ctx, tx, s.query, of)
	if err != nil {
		return t, err
	}
	for _, row := range rows {
		for i, v := range row {
			if row[i], err = plain(v, columns[i] == s.said); err != nil {
				return t, err
			}
		}
	}
	t.Columns, t.Rows = columns, rows
	return t, nil
}

// plain makes of what PostgreSQL gives one of the few things that a table holds.
func plain(v any, said bool) (any, error) {
	switch v := v.(type) {
	case nil, bool, int64, time.Time:
		return v, nil
	case int32:
		return int64(v), nil
	case int16:
		return int64(v), nil
	case string:
		if !said {
			return v, nil
		}
		var s say.Sentence
		return s, json.Unmarshal([]byte(v), &s)
	case []any:
		texts := make([]string, len(v))
		for i, each := range v {
			texts[i] = fmt.Sprint(each)
		}
		return texts, nil
	default:
		return nil, fmt.Errorf("a record holds no %T", v)
	}
}

func contractsOf(ctx context.Context, tx *db.Tx, of account.ID) ([]contract.ID, error) {
	return db.Values[contract.ID](ctx, tx, `SELECT id FROM contract.contracts WHERE $1 IN (client, freelancer) ORDER BY id`, of)
}

// filesOf are the person's own, and those attached to what both sides of
// something of theirs can read.
func filesOf(ctx context.Context, tx *db.Tx, of account.ID) ([]file.File, error) {
	return db.All[file.File](ctx, tx, `
		WITH attached AS (
			SELECT 'message/' || m.id AS subject
			FROM message.conversations c JOIN message.messages m ON m.conversation = c.id WHERE $1 IN (c.client, c.freelancer)
			UNION ALL
			SELECT 'submission/' || s.id
			FROM contract.contracts k JOIN contract.milestones m ON m.contract = k.id JOIN contract.submissions s ON s.milestone = m.id
			WHERE $1 IN (k.client, k.freelancer)
			UNION ALL
			SELECT 'evidence/' || e.id
			FROM dispute.disputes d JOIN dispute.evidence e ON e.dispute = d.id WHERE $1 IN (d.client, d.freelancer)
			UNION ALL
			SELECT 'letter/' || l.id
			FROM support.cases k JOIN support.letters l ON l."case" = k.id WHERE k.asker = $1 AND l.kind <> 'note'
			UNION ALL
			SELECT 'proposal/' || o.id
			FROM jobpost.posts p JOIN proposal.proposals o ON o.post = p.id
			WHERE p.client = $1 AND o.read_at IS NOT NULL AND o.state <> 'withdrawn')
		SELECT id, owner, name, type, size, key, coalesce(subject, '') AS subject, at FROM file.files
		WHERE owner = $1 OR subject IN (SELECT subject FROM attached) ORDER BY id`, of)
}
