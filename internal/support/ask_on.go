package support

import (
	"context"
	"slices"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// AskOn is another letter of the asker, after which an answer is owed again.
func AskOn(ctx context.Context, d *db.DB, by Reader, id ID, typed string, files []file.ID) error {
	words, wrong := text(typed, 1, ErrWords)
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockAs(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if !by.is(c) {
			return ErrNotAsker
		}
		if err := c.Ask(tx.Now); err != nil {
			return err
		}
		if wrong != nil {
			return wrong // after what has become of it, which matters more
		}
		return writeOn(ctx, tx, by.Actor, c, words, files)
	})
}

// writeOn keeps what the asker has written in a case that it moved, and tells its owner.
func writeOn(ctx context.Context, tx *db.Tx, by account.Actor, c *Case, words string, files []file.ID) error {
	if err := save(ctx, tx, c); err != nil {
		return err
	}
	letter, err := insertLetter(ctx, tx, Letter{Case: c.ID, Kind: Question, Author: c.Asker, Words: words})
	if err != nil {
		return err
	}
	if err := file.Attach(ctx, tx, by, letterSubject(letter), files); err != nil {
		return err
	}
	if err := journal.Append(ctx, tx, c.ID.subject(), by, say.That("%s wrote again.", c.Name), "by the asker's choice"); err != nil {
		return err
	}
	return tellOwner(ctx, tx, c, say.That("%s has written again: “%s”. An answer is owed by %s.", c.Name, c.Title, *c.Due))
}

func tellOwner(ctx context.Context, tx *db.Tx, c *Case, text say.Sentence) error {
	return notify.Send(ctx, tx, notify.Notice{Reader: c.Owner, Kind: "case_written", Link: c.ID.URL(), Text: text, Turn: notify.Yours(*c.Due)})
}

// Close ends a case, which its asker alone can do.
func Close(ctx context.Context, d *db.DB, by Reader, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockAs(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if !by.is(c) {
			return ErrNotAsker
		}
		if err := c.Close(Asker, tx.Now); err != nil {
			return err
		}
		if err := save(ctx, tx, c); err != nil {
			return err
		}
		return journal.Append(ctx, tx, id.subject(), by.Actor, say.That("%s closed the case.", c.Name), "by the asker's choice")
	})
}

// Reopen lets a case go on that was closed, which its asker can do within 60 days.
func Reopen(ctx context.Context, d *db.DB, by Reader, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockAs(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if !by.is(c) {
			return ErrNotAsker
		}
		if err := c.Reopen(tx.Now); err != nil {
			return err
		}
		if err := save(ctx, tx, c); err != nil {
			return err
		}
		if err := journal.Append(ctx, tx, id.subject(), by.Actor, say.That("%s reopened the case.", c.Name), "by the asker's choice"); err != nil {
			return err
		}
		return tellOwner(ctx, tx, c, say.That("%s has reopened “%s”. An answer is owed by %s.", c.Name, c.Title, *c.Due))
	})
}

// SayHelped is the one question after the end: whether it helped.
func SayHelped(ctx context.Context, d *db.DB, by Reader, id ID, helped string) error {
	if !slices.Contains([]string{"yes", "partly", "no"}, helped) {
		return ErrHelped
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockAs(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if !by.is(c) {
			return ErrNotAsker
		}
		if c.State != Closed {
			return ErrOpen
		}
		c.Helped = &helped
		return save(ctx, tx, c)
	})
}

// Reader is who looks at a case: somebody signed in, or whoever has its secret.
type Reader struct {
	account.Actor
	Secret string
}

// is reports whether the reader has asked c.
func (r Reader) is(c *Case) bool { return r.Secret != "" && c.Asker == nil || c.asks(r.Actor) }

// asks reports whether somebody signed in has asked c.
func (c *Case) asks(by account.Actor) bool { return c.Asker != nil && *c.Asker == by.ID }
