package notify

import (
	"context"
	"errors"

	"freehold/internal/account"
	"freehold/internal/kit/db"
)

// MarkRead marks one of by's notices as read and returns it, for by to follow
// its link. Reading it again changes nothing.
func MarkRead(ctx context.Context, d *db.DB, by account.Actor, id ID) (n Notice, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		n, err = markRead(ctx, tx, by.ID, id)
		if errors.Is(err, db.NoRow) {
			return ErrNotFound
		}
		return err
	})
	return n, err
}

// MarkAllRead marks every notice of by as read.
func MarkAllRead(ctx context.Context, d *db.DB, by account.Actor) error {
	return d.Update(ctx, func(tx *db.Tx) error { return markAllRead(ctx, tx, by.ID) })
}

// Seen marks as read all notices that were to lead their reader to link, now
// that they are there.
func Seen(ctx context.Context, tx *db.Tx, reader account.ID, link string) error {
	return markSeen(ctx, tx, reader, link)
}
