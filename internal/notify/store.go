package notify

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

const noticeCols = `id, reader, kind, text, link, at, read_at`

func insert(ctx context.Context, tx *db.Tx, n Notice) (ID, error) {
	return db.Value[ID](ctx, tx, `
		INSERT INTO notify.notices (reader, kind, text, link, at)
		VALUES ($1, $2, $3, $4, $5) RETURNING id`, n.Reader, n.Kind, n.Text, n.Link, tx.Now)
}

func noticesOf(ctx context.Context, tx *db.Tx, reader account.ID, before ID, n int) ([]Notice, error) {
	return db.All[Notice](ctx, tx, `
		SELECT `+noticeCols+` FROM notify.notices
		WHERE reader = $1 AND ($2::bigint = 0 OR id < $2) ORDER BY id DESC LIMIT $3`, reader, before, n)
}

func markRead(ctx context.Context, tx *db.Tx, reader account.ID, id ID) (Notice, error) {
	return db.One[Notice](ctx, tx, `
		UPDATE notify.notices SET read_at = coalesce(read_at, $3)
		WHERE reader = $1 AND id = $2 RETURNING `+noticeCols, reader, id, tx.Now)
}

func markAllRead(ctx context.Context, tx *db.Tx, reader account.ID) error {
	return db.Exec(ctx, tx, `UPDATE notify.notices SET read_at = $2 WHERE reader = $1 AND read_at IS NULL`, reader, tx.Now)
}

func markSeen(ctx context.Context, tx *db.Tx, reader account.ID, link string) error {
	return db.Exec(ctx, tx, `
		UPDATE notify.notices SET read_at = $3
		WHERE reader = $1 AND link = $2 AND read_at IS NULL`, reader, link, tx.Now)
}

// addressed is a notice and whom to mail about it.
type addressed struct {
	Text                            say.Sentence
	Link                            string
	Name, Email, TimeZone, Language string
}

// takeForMail returns a notice whose mail is wanted, the first time it is asked.
// It is NoRow otherwise.
func takeForMail(ctx context.Context, tx *db.Tx, id ID, onlyUnread bool) (addressed, error) {
	return db.One[addressed](ctx, tx, `
		UPDATE notify.notices n SET mailed = true
		FROM account.people p
		WHERE n.id = $1 AND NOT n.mailed AND (n.read_at IS NULL OR NOT $2)
			AND p.id = n.reader AND p.email IS NOT NULL AND p.confirmed_at IS NOT NULL
			AND NOT EXISTS (SELECT FROM notify.muted m WHERE m.person = n.reader AND m.kind = n.kind)
		RETURNING n.text, n.link, p.name, p.email, p.time_zone, p.language`, id, onlyUnread)
}
