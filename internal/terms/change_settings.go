package terms

import (
	"context"
	"fmt"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/translog"
)

// Change is what an operator wants the settings to be.
type Change struct {
	From   int // the version they have looked at
	Reason string
	Values
}

// ErrSettingsMoved keeps one administrator from undoing what another has just set.
var ErrSettingsMoved = fault.New(fault.Conflict, "settings_moved",
	"Somebody has changed the terms since you opened them. Nothing of yours was saved; look at the new ones, then change what is still to change.")

// ChangeSettings puts a new version of the settings into force. What is signed or
// published already keeps the version of its day.
func ChangeSettings(ctx context.Context, d *db.DB, by account.Actor, c Change) (s Settings, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		reason, err := mayChange(by, c.Reason)
		if err != nil {
			return err
		}
		if err := c.Check(); err != nil {
			return err
		}
		if err := lock(ctx, tx); err != nil {
			return err
		}
		now, err := Current(ctx, tx)
		if err != nil {
			return err
		}
		if now.Version != c.From {
			return ErrSettingsMoved
		}
		if s, err = insertSettings(ctx, tx, by, reason, c.Values); err != nil {
			return err
		}
		what := fmt.Sprintf("version %d", s.Version)
		return record(ctx, tx, by, what, say.That("%s put version %d of the terms into force.", by.Name, s.Version), reason)
	})
	return s, err
}

// record writes down what an operator has changed: in the journal, under their name,
// and in the transparency log, without it.
func record(ctx context.Context, tx *db.Tx, by account.Actor, what string, act say.Sentence, reason string) error {
	if _, err := translog.Append(ctx, tx, translog.Entry{Kind: translog.Terms, Subject: subject, Public: map[string]string{"what": what}, Private: reason}); err != nil {
		return err
	}
	return journal.Append(ctx, tx, subject, by, act, reason)
}
