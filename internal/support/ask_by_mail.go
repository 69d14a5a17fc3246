package support

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/limits"
	"freehold/internal/kit/postbox"
	"freehold/internal/kit/say"
)

const (
	mailsADay = 30 // from one case: more is a machine's
	boxPrefix = "case-"
)

var (
	// ErrNoBox gives back mail to an address that we never gave out.
	ErrNoBox = fault.New(fault.NotFound, "mailbox_unknown", "This address leads to nobody. Please answer the last mail that you had from us, or write on the page that it leads to.")
	// ErrOldCase gives back mail to a case that ended long ago.
	ErrOldCase = fault.New(fault.Conflict, "case_too_old_for_mail", "This case was closed more than %d days ago. Please open a new one at the page “Talk to a person”, and mention it: nothing of it is lost.")
)

// Box makes an address, without its domain, at which the asker of a case can write
// on by mail.
func Box(ctx context.Context, tx *db.Tx, id ID) (string, error) {
	box := boxPrefix + strings.ToLower(rand.Text())
	return box, db.Exec1(ctx, tx, `INSERT INTO support.boxes (hash, "case", at) VALUES ($1, $2, $3)`, sum(box), id, tx.Now)
}

// BoxAt is Box for a link to a case.
func BoxAt(ctx context.Context, tx *db.Tx, link string) (string, error) {
	var id ID
	if _, err := fmt.Sscanf(link, "/cases/%d", &id); err != nil {
		return "", err
	}
	return Box(ctx, tx, id)
}

// IsBox returns ErrNoBox for an address that we never gave out.
func IsBox(ctx context.Context, d *db.DB, box string) error {
	return d.View(ctx, func(tx *db.Tx) error { _, err := idByBox(ctx, tx, box); return err })
}

// AskByMail is AskOn by a mail to a box. A closed case is reopened by it. What a
// machine wrote is taken and forgotten; what comes twice is heard once.
func AskByMail(ctx context.Context, d *db.DB, box string, m postbox.Mail) error {
	var id ID
	if err := d.View(ctx, func(tx *db.Tx) (err error) { id, err = idByBox(ctx, tx, box); return err }); err != nil {
		return err
	}
	if m.Auto {
		return nil
	}
	if err := limits.Allow(ctx, d, fmt.Sprintf("mails in case %d", id), mailsADay, 24*time.Hour); err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := byID(ctx, tx, id, `FOR UPDATE`)
		if err != nil {
			return err
		}
		isNew, err := insertMail(ctx, tx, c.ID, m)
		if err != nil || !isNew {
			return err
		}
		m.Words = withoutSecrets(m.Words)
		words, err := text(withAttached(m, c.Language), 1, ErrWords)
		if err != nil {
			return err
		}
		if c.State == Closed {
			if err := c.Reopen(tx.Now); err != nil {
				return ErrOldCase.With(reopenDays)
			}
		}
		if err := c.Ask(tx.Now); err != nil {
			return err
		}
		by := account.Actor{}
		if c.Asker != nil {
			if by, err = account.ActorOf(ctx, tx, *c.Asker); err != nil {
				return err
			}
		}
		return writeOn(ctx, tx, by, c, words, nil)
	})
}

// secrets are what opens a case, or lets somebody write in it: people quote them
// without a thought, and the staff is not to have them.
var secrets = regexp.MustCompile(`(/talk/|\bcase-)[A-Za-z2-7]{26}`)

func withoutSecrets(words string) string { return secrets.ReplaceAllString(words, "${1}…") }

// withAttached is what somebody wrote, with a line about what they have attached:
// files come in by the page, where they are looked at.
func withAttached(m postbox.Mail, language string) string {
	if len(m.Attached) == 0 {
		return m.Words
	}
	r := say.Reader{Lang: language}
	return m.Words + "\n\n" + r.T("[Attached to the mail, and not taken along: %s. Files can be added on the page of the case.]", strings.Join(m.Attached, ", "))
}

func idByBox(ctx context.Context, tx *db.Tx, box string) (ID, error) {
	id, err := db.Value[ID](ctx, tx, `SELECT "case" FROM support.boxes WHERE hash = $1`, sum(box))
	if errors.Is(err, db.NoRow) {
		err = ErrNoBox
	}
	return id, err
}

// insertMail writes down that a mail came in, unless it has before. One without a
// name of its own is known by its words.
func insertMail(ctx context.Context, tx *db.Tx, id ID, m postbox.Mail) (isNew bool, err error) {
	name := m.ID
	if name == "" {
		name = m.Words
	}
	tag, err := tx.Exec(ctx, `INSERT INTO support.mails ("case", hash, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, id, sum(name), tx.Now)
	return tag.RowsAffected() == 1, err
}
