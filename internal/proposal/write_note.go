package proposal

import (
	"context"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/prose"
)

const maxNote = 2000

// ErrLongNote refuses a note that has no room.
var ErrLongNote = fault.New(fault.Invalid, "note_too_long", "A note has up to %d characters. Yours has %d.").At("note")

// WriteNote keeps what the client notes about a proposal, in the place of what
// they noted before; nothing takes the note away. Only they ever read it, so no
// journal has it and nobody is told. It can be written when all is over, too.
func WriteNote(ctx context.Context, d *db.DB, by account.Actor, id ID, text string) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		if _, _, err := lockAsClient(ctx, tx, by, id); err != nil {
			return err
		}
		if err := tidyText("note", &text, prose.Clean); err != nil {
			return err
		}
		if n := utf8.RuneCountInString(text); n > maxNote {
			return ErrLongNote.With(maxNote, n)
		}
		return saveNote(ctx, tx, id, text)
	})
}
