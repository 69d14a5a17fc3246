package account

import (
	"context"

	"freehold/internal/kit/db"
)

// SignOut ends the session in which by acts.
func SignOut(ctx context.Context, d *db.DB, by Actor) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		_, err := endSession(ctx, tx, by.ID, by.Session)
		return err
	})
}

// EndSession ends one of by's sessions, here or elsewhere.
func EndSession(ctx context.Context, d *db.DB, by Actor, id SessionID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		ended, err := endSession(ctx, tx, by.ID, id)
		if err == nil && !ended {
			err = ErrNoSession
		}
		return err
	})
}

// Sessions returns by's open sessions, the last used first.
func Sessions(ctx context.Context, d *db.DB, by Actor) (open []Session, err error) {
	err = d.View(ctx, func(tx *db.Tx) error { open, err = openSessions(ctx, tx, by.ID); return err })
	return open, err
}
