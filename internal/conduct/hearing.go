package conduct

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// Answer is what somebody has to say before it is decided about them. It is read
// first: until then nothing can be delivered.
func Answer(ctx context.Context, d *db.DB, by account.Actor, id ID, typed string) error {
	said, wrong := words(typed, 1, 10_000, ErrAnswer)
	return d.Update(ctx, func(tx *db.Tx) error {
		dr, err := lockDraft(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if by.ID != dr.Person {
			return ErrNotYours
		}
		if err := dr.Reply(said, tx.Now); err != nil {
			return err
		}
		if wrong != nil {
			return wrong // after what has become of it, which matters more
		}
		if err := saveDraft(ctx, tx, dr); err != nil {
			return err
		}
		if err := journal.Append(ctx, tx, id.subject(), by, say.That("%s answered.", by.Name), said); err != nil {
			return err
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: dr.By, Kind: "hearing_answered", Link: id.URL(),
			Text: say.That("%s has answered. Read it, then decide by %s.", by.Name, *dr.Due), Turn: notify.Yours(*dr.Due)})
	})
}
