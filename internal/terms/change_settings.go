package terms

import (
	"context"
	"fmt"
	"time"

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

// ChangeSettings sets a new version of the settings, which holds when everybody
// has had Notice of it. It replaces one that has not begun yet. What is signed or
// published by then keeps the version of its day.
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
		last, err := Latest(ctx, tx)
		if err != nil {
			return err
		}
		if last.Version != c.From {
			return ErrSettingsMoved
		}
		bound, err := account.AnybodyBesides(ctx, tx, by)
		if err != nil {
			return err
		}
		if s, err = insertSettings(ctx, tx, by, reason, begins(tx.Now, bound), c.Values); err != nil {
			return err
		}
		if bound {
			if err := announce(ctx, tx, s.Version); err != nil {
				return err
			}
		}
		return record(ctx, tx, by, s.public(), say.That("%s set version %d of the terms, which holds from %s.", by.Name, s.Version, say.Day(s.Since)), reason)
	})
	return s, err
}

// public is all that a version says, as it stands in the transparency log: whoever
// changed a figure later would have to change the log.
func (s Settings) public() map[string]string {
	all := map[string]string{"what": fmt.Sprintf("version %d", s.Version), "version": fmt.Sprint(s.Version), "from": s.Since.UTC().Format(time.RFC3339)}
	for _, b := range bounds {
		all[b.Field] = fmt.Sprint(b.value(s.Values))
	}
	return all
}

// record writes down what an operator has changed: in the journal, under their name,
// and in the transparency log, without it.
func record(ctx context.Context, tx *db.Tx, by account.Actor, public map[string]string, act say.Sentence, reason string) error {
	if _, err := translog.Append(ctx, tx, translog.Entry{Kind: translog.Terms, Subject: subject, Public: public, Private: reason}); err != nil {
		return err
	}
	return journal.Append(ctx, tx, subject, by, act, reason)
}
