package mail

import (
	"context"
	"strings"
	"time"

	"freehold/internal/kit/db"
)

const mailCols = `id, to_address AS "to", to_name AS name, subject, body, link, queued_at, sent_at, failure`

func insert(ctx context.Context, tx *db.Tx, m Message) (ID, error) {
	return db.Value[ID](ctx, tx, `
		INSERT INTO mail.outbox (to_address, to_name, subject, body, link, queued_at)
		VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`, m.To, m.Name, m.Subject, m.Body, m.Link, tx.Now)
}

func byID(ctx context.Context, tx *db.Tx, id ID) (Mail, error) {
	return db.One[Mail](ctx, tx, `SELECT `+mailCols+` FROM mail.outbox WHERE id = $1`, id)
}

func outbox(ctx context.Context, tx *db.Tx, before ID, n int) ([]Mail, error) {
	return db.All[Mail](ctx, tx, `
		SELECT `+mailCols+` FROM mail.outbox WHERE $1::bigint = 0 OR id < $1 ORDER BY id DESC LIMIT $2`, before, n)
}

func markSent(ctx context.Context, tx *db.Tx, id ID) error {
	return db.Exec1(ctx, tx, `
		UPDATE mail.outbox SET sent_at = $2, failure = NULL, body = '', link = '' WHERE id = $1`, id, tx.Now)
}

func markFailed(ctx context.Context, tx *db.Tx, id ID, why error) error {
	return db.Exec1(ctx, tx, `UPDATE mail.outbox SET failure = $2 WHERE id = $1`, id, strings.ToValidUTF8(why.Error(), "?"))
}

func deleteBefore(ctx context.Context, tx *db.Tx, t time.Time) error {
	return db.Exec(ctx, tx, `DELETE FROM mail.outbox WHERE queued_at < $1`, t)
}
