package notify

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
)

const noticeCols = `id, reader, kind, text, link, whose, until, at, read_at`

func insert(ctx context.Context, tx *db.Tx, n Notice) (ID, error) {
	return db.Value[ID](ctx, tx, `
		INSERT INTO notify.notices (reader, kind, text, link, whose, until, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`, n.Reader, n.Kind, n.Text, n.Link, n.Whose, n.Until, tx.Now)
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
	Notice
	Name, Email, TimeZone, Language string
}

// takeForMail returns a notice whose mail is wanted, the first time it is asked,
// and lets the mail be stopped with a secret. It is NoRow otherwise.
func takeForMail(ctx context.Context, tx *db.Tx, id ID, onlyUnread bool, muteHash []byte) (addressed, error) {
	return db.One[addressed](ctx, tx, `
		UPDATE notify.notices n SET mailed = true, mute_hash = $3
		FROM account.people p
		WHERE n.id = $1 AND NOT n.mailed AND (n.read_at IS NULL OR NOT $2)
			AND p.id = n.reader AND p.email IS NOT NULL AND p.confirmed_at IS NOT NULL
			AND NOT EXISTS (SELECT FROM notify.muted m WHERE m.person = n.reader AND m.kind = n.kind)
		RETURNING n.id, n.reader, n.kind, n.text, n.link, n.whose, n.until, n.at, n.read_at, p.name, p.email, p.time_zone, p.language`,
		id, onlyUnread, muteHash)
}

// bySecret is the notice about which a mail with this secret was.
func bySecret(ctx context.Context, tx *db.Tx, muteHash []byte) (Notice, error) {
	return db.One[Notice](ctx, tx, `SELECT `+noticeCols+` FROM notify.notices WHERE mute_hash = $1`, muteHash)
}

func isSubscribed(ctx context.Context, tx *db.Tx, n Notice) (bool, error) {
	return db.Value[bool](ctx, tx, `SELECT NOT EXISTS (SELECT FROM notify.muted WHERE person = $1 AND kind = $2)`, n.Reader, n.Kind)
}

func mute(ctx context.Context, tx *db.Tx, person account.ID, kind string) error {
	return db.Exec(ctx, tx, `INSERT INTO notify.muted (person, kind) VALUES ($1, $2) ON CONFLICT DO NOTHING`, person, kind)
}

func unmute(ctx context.Context, tx *db.Tx, person account.ID, kind string) error {
	return db.Exec(ctx, tx, `DELETE FROM notify.muted WHERE person = $1 AND kind = $2`, person, kind)
}
