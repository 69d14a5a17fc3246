package notify

import (
	"context"
	"regexp"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

// ErrKind refuses to mute what no notice can be.
var ErrKind = fault.New(fault.Invalid, "unknown_kind", "There are no notices of that kind, so there is nothing to change.").At("kind")

var kindLike = regexp.MustCompile(`^[a-z][a-z_]{0,49}$`)

// Mute stops the mail about notices of a kind. They still reach by's inbox.
func Mute(ctx context.Context, d *db.DB, by account.Actor, kind string) error {
	if !kindLike.MatchString(kind) {
		return ErrKind
	}
	return d.Update(ctx, func(tx *db.Tx) error { return mute(ctx, tx, by.ID, kind) })
}

// Unmute lets the mail about notices of a kind through again.
func Unmute(ctx context.Context, d *db.DB, by account.Actor, kind string) error {
	return d.Update(ctx, func(tx *db.Tx) error { return unmute(ctx, tx, by.ID, kind) })
}

// Muted returns the kinds of notice about which a person gets no mail.
func Muted(ctx context.Context, tx *db.Tx, person account.ID) ([]string, error) {
	return db.Values[string](ctx, tx, `SELECT kind FROM notify.muted WHERE person = $1 ORDER BY kind`, person)
}

// MuteOnly mutes the given kinds of notice for by, and lets all others through.
func MuteOnly(ctx context.Context, d *db.DB, by account.Actor, kinds []string) error {
	for _, kind := range kinds {
		if !kindLike.MatchString(kind) {
			return ErrKind
		}
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		if err := db.Exec(ctx, tx, `DELETE FROM notify.muted WHERE person = $1 AND kind <> ALL(coalesce($2::text[], '{}'))`, by.ID, kinds); err != nil {
			return err
		}
		return db.Exec(ctx, tx, `INSERT INTO notify.muted (person, kind) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING`, by.ID, kinds)
	})
}
