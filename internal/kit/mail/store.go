package mail

import (
	"context"
	"strings"
	"time"

	"freehold/internal/kit/db"
)

const mailCols = `id, to_address AS "to", to_name AS name, language, time_zone, subject, body, queued_at, sent_at, failure, given_up_at`

func insert(ctx context.Context, tx *db.Tx, m Message, subject string) (ID, error) {
	return db.Value[ID](ctx, tx, `
		INSERT INTO mail.outbox (to_address, to_name, language, time_zone, subject, body, queued_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`, m.To, m.Name, m.Language, m.TimeZone, subject, m.Body, tx.Now)
}

func byID(ctx context.Context, tx *db.Tx, id ID) (Mail, error) {
	return db.One[Mail](ctx, tx, `SELECT `+mailCols+` FROM mail.outbox WHERE id = $1`, id)
}

func outbox(ctx context.Context, tx *db.Tx, before ID, n int) ([]Mail, error) {
	return db.All[Mail](ctx, tx, `
		SELECT `+mailCols+` FROM mail.outbox WHERE $1::bigint = 0 OR id < $1 ORDER BY id DESC LIMIT $2`, before, n)
}

// lastSettled is the latest mail to an address of which we know whether it
// arrived.
func lastSettled(ctx context.Context, tx *db.Tx, address string) (Mail, error) {
	return db.One[Mail](ctx, tx, `
		SELECT `+mailCols+` FROM mail.outbox
		WHERE lower(to_address) = $1 AND (sent_at IS NOT NULL OR given_up_at IS NOT NULL)
		ORDER BY id DESC LIMIT 1`, strings.ToLower(address))
}

func markSent(ctx context.Context, tx *db.Tx, id ID) error {
	return db.Exec1(ctx, tx, `
		UPDATE mail.outbox SET sent_at = $2, failure = NULL, given_up_at = NULL, body = '{}' WHERE id = $1`, id, tx.Now)
}

func markFailed(ctx context.Context, tx *db.Tx, id ID, why string, forGood bool) error {
	return db.Exec1(ctx, tx, `
		UPDATE mail.outbox SET failure = $2, given_up_at = CASE WHEN $3 THEN $4::timestamptz END WHERE id = $1`,
		id, strings.ToValidUTF8(why, "?"), forGood, tx.Now)
}

func deleteBefore(ctx context.Context, tx *db.Tx, t time.Time) error {
	return db.Exec(ctx, tx, `DELETE FROM mail.outbox WHERE queued_at < $1`, t)
}
