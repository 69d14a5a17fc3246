package support

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/likeness"
)

// answers reports whether somebody of the staff answers cases.
func answers(by account.Actor) bool { return by.Is(account.Support) || by.Is(account.Admin) }

const cols = `c.id, c.asker, c.name, c.email, c.language, c.kind, c.about, c.title, c.owner, c.state, c.first_hours, c.next_hours, c.close_days,
	c.opened_at, c.due, c.answered_at, c.closes_at, c.closed_at, c.closed_by, c.helped`

func insertCase(ctx context.Context, tx *db.Tx, c Case, secretHash []byte) (ID, error) {
	return db.Value[ID](ctx, tx, `
		INSERT INTO support.cases (asker, name, email, language, secret_hash, kind, about, title, owner, state, first_hours, next_hours, close_days, opened_at, due)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id`,
		c.Asker, c.Name, c.Email, c.Language, secretHash, c.Kind, c.About, c.Title, c.Owner, c.State, c.FirstHours, c.NextHours, c.CloseDays, c.OpenedAt, c.Due)
}

func save(ctx context.Context, tx *db.Tx, c *Case) error {
	return db.Exec1(ctx, tx, `
		UPDATE support.cases SET owner = $2, state = $3, due = $4, answered_at = $5, closes_at = $6, closed_at = $7, closed_by = $8, helped = $9 WHERE id = $1`,
		c.ID, c.Owner, c.State, c.Due, c.AnsweredAt, c.ClosesAt, c.ClosedAt, c.ClosedBy, c.Helped)
}

func byID(ctx context.Context, tx *db.Tx, id ID, locking string) (*Case, error) {
	c, err := db.One[Case](ctx, tx, `SELECT `+cols+` FROM support.cases c WHERE c.id = $1 `+locking, id)
	if errors.Is(err, db.NoRow) {
		err = ErrNotFound
	}
	return &c, err
}

// lock reads a case that by has asked or can answer, and keeps it from changing
// until the transaction ends.
func lock(ctx context.Context, tx *db.Tx, by account.Actor, id ID) (*Case, error) {
	return lockAs(ctx, tx, Reader{Actor: by}, id)
}

func lockAs(ctx context.Context, tx *db.Tx, by Reader, id ID) (*Case, error) {
	return read(ctx, tx, by, id, `FOR UPDATE`)
}

// read is byID for whoever may see the case: its asker, by account or by secret,
// and the staff who answer.
func read(ctx context.Context, tx *db.Tx, by Reader, id ID, locking string) (*Case, error) {
	c, err := byID(ctx, tx, id, locking)
	if err != nil {
		return nil, err
	}
	if by.Secret != "" {
		theirs, err := idBySecret(ctx, tx, by.Secret)
		if err == nil && theirs != id {
			err = ErrNotFound
		}
		return c, err
	}
	if !c.asks(by.Actor) && !answers(by.Actor) {
		return nil, ErrNotFound
	}
	return c, nil
}

func idBySecret(ctx context.Context, tx *db.Tx, secret string) (ID, error) {
	id, err := db.Value[ID](ctx, tx, `SELECT id FROM support.cases WHERE secret_hash = $1`, sum(secret))
	if errors.Is(err, db.NoRow) {
		err = ErrNotFound
	}
	return id, err
}

// sum is what is kept of a secret.
func sum(secret string) []byte {
	h := sha256.Sum256([]byte(secret))
	return h[:]
}

func insertOwner(ctx context.Context, tx *db.Tx, c Case, why string) error {
	return db.Exec1(ctx, tx, `INSERT INTO support.owners ("case", person, why, at) VALUES ($1, $2, $3, $4)`, c.ID, c.Owner, why, tx.Now)
}

func insertLetter(ctx context.Context, tx *db.Tx, l Letter) (int64, error) {
	return db.Value[int64](ctx, tx, `
		INSERT INTO support.letters ("case", kind, author, words, at) VALUES ($1, $2, $3, $4, $5) RETURNING id`, l.Case, l.Kind, l.Author, l.Words, tx.Now)
}

func insertAnswer(ctx context.Context, tx *db.Tx, l Letter, p likeness.Print) (int64, error) {
	return db.Value[int64](ctx, tx, `
		INSERT INTO support.letters ("case", kind, author, words, rules, bands, print, at) VALUES ($1, $2, $3, $4, $5, coalesce($6, '{}'::bigint[]), $7, $8) RETURNING id`,
		l.Case, l.Kind, l.Author, l.Words, l.Rules, p.Bands(), p.Stored(), tx.Now)
}

// letterSubject is what the files of a letter are attached to.
func letterSubject(id int64) string { return fmt.Sprintf("letter/%d", id) }

// MayReadLetter reports whether by may read a letter and its files.
func MayReadLetter(ctx context.Context, tx *db.Tx, by account.Actor, letter int64) (bool, error) {
	return db.Value[bool](ctx, tx, `
		SELECT EXISTS (SELECT FROM support.letters l JOIN support.cases c ON c.id = l."case"
			WHERE l.id = $1 AND ($3 OR c.asker = $2 AND l.kind <> 'note'))`, letter, by.ID, answers(by))
}
