package support

import (
	"context"
	"slices"

	"freehold/internal/account"
	"freehold/internal/conduct"
	"freehold/internal/file"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/likeness"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// Reply is what somebody of the staff writes in a case. Rules are quoted beside it,
// by name, and don't count as their words.
type Reply struct {
	Words string
	Rules []conduct.RuleKey
	Files []file.ID
}

// AnswerCase answers the asker. Who answers owns the case from then on: whoever
// asks next knows whom. A copy of what somebody else was answered is refused, and
// that it was is counted in public.
func AnswerCase(ctx context.Context, d *db.DB, by account.Actor, id ID, in Reply) error {
	words, wrong := text(in.Words, 20, ErrShort)
	if gap := prose.Unfilled(words); gap != "" && wrong == nil {
		wrong = ErrUnfilled.With(gap)
	}
	for _, key := range in.Rules {
		if _, err := conduct.RuleNamed(key); err != nil {
			return err
		}
	}
	print := likeness.Of(words)
	var pasted *fault.Error
	err := d.Update(ctx, func(tx *db.Tx) error {
		pasted = nil
		c, err := lock(ctx, tx, by, id)
		switch {
		case err != nil:
			return err
		case !answers(by) || c.asks(by):
			return ErrNotStaff
		case c.State == Closed:
			return ErrClosed
		case wrong != nil:
			return wrong
		case c.Asker == nil && len(in.Files) > 0:
			return ErrFiles
		}
		if pasted, err = refusePasted(ctx, tx, by, c, print); err != nil || pasted != nil {
			return err
		}
		if err := c.Reply(tx.Now); err != nil {
			return err
		}
		if c.Owner != by.ID {
			c.Owner = by.ID
			if err := insertOwner(ctx, tx, *c, "taken"); err != nil {
				return err
			}
		}
		if err := save(ctx, tx, c); err != nil {
			return err
		}
		letter, err := insertAnswer(ctx, tx, Letter{Case: id, Kind: Answer, Author: &by.ID, Words: words, Rules: names(in.Rules)}, print)
		if err != nil {
			return err
		}
		if err := file.Attach(ctx, tx, by, letterSubject(letter), in.Files); err != nil {
			return err
		}
		if err := journal.Append(ctx, tx, id.subject(), by, say.That("%s answered.", by.Name), "an answer was owed"); err != nil {
			return err
		}
		return tellAnswered(ctx, tx, by, c, words)
	})
	if err == nil && pasted != nil {
		err = pasted
	}
	return err
}

// refusePasted returns the refusal of an answer that is a copy, and writes down that
// there was one: it is the one thing that a refusal changes.
func refusePasted(ctx context.Context, tx *db.Tx, by account.Actor, c *Case, p likeness.Print) (refused *fault.Error, err error) {
	if err := db.LockName(ctx, tx, "answering"); err != nil { // two copies must not pass each other
		return nil, err
	}
	of, err := findCopy(ctx, tx, p, c.Email)
	if err != nil || of == nil {
		return nil, err
	}
	if err := db.Exec1(ctx, tx, `INSERT INTO support.refusals ("case", person, alike, at) VALUES ($1, $2, $3, $4)`, c.ID, by.ID, of.Alike, tx.Now); err != nil {
		return nil, err
	}
	return ErrPasted.With(int(100*of.Alike), int64(of.Case)), nil
}

// tellAnswered tells the asker: in their inbox and by mail, or by mail alone where
// they have no account.
func tellAnswered(ctx context.Context, tx *db.Tx, by account.Actor, c *Case, words string) error {
	if c.Asker != nil {
		return notify.Send(ctx, tx, notify.Notice{Reader: *c.Asker, Kind: "case_answered", Link: c.ID.URL(),
			Text: say.That("%s has answered: “%s”.", by.Name, c.Title), Turn: notify.Yours(*c.ClosesAt)})
	}
	box, err := Box(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	return mail.Queue(ctx, tx, mail.Message{To: c.Email, Name: c.Name, Language: c.Language, Body: mail.Body{
		Box:     box,
		Subject: say.That("Case %d: %s", int64(c.ID), c.Title),
		Says:    []say.Sentence{say.That("%s, of the staff, has answered you. The link in the receipt leads to all of the case.", by.Name)},
		Quote:   words,
		Why:     say.That("You get this mail because somebody wrote to us and gave this address for the answer."),
	}})
}

// WriteNote leaves a note for the rest of the staff.
func WriteNote(ctx context.Context, d *db.DB, by account.Actor, id ID, typed string) error {
	words, err := text(typed, 1, ErrWords)
	if err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lock(ctx, tx, by, id)
		switch {
		case err != nil:
			return err
		case !answers(by) || c.asks(by):
			return ErrNotStaff
		}
		_, err = insertLetter(ctx, tx, Letter{Case: id, Kind: Note, Author: &by.ID, Words: words})
		return err
	})
}

// Take makes a case by's own, and returns how far it has come.
func Take(ctx context.Context, d *db.DB, by account.Actor, id ID) (s State, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		c, err := lock(ctx, tx, by, id)
		switch {
		case err != nil:
			return err
		case !answers(by) || c.asks(by):
			return ErrNotStaff
		case c.Owner == by.ID:
			return ErrOwner
		case c.State == Closed:
			return ErrClosed
		}
		c.Owner, s = by.ID, c.State
		if err := save(ctx, tx, c); err != nil {
			return err
		}
		if err := insertOwner(ctx, tx, *c, "taken"); err != nil {
			return err
		}
		return journal.Append(ctx, tx, id.subject(), by, say.That("%s took it on.", by.Name), "by their choice")
	})
	return s, err
}

func names(keys []conduct.RuleKey) []string {
	out := make([]string, 0, len(keys))
	for _, k := range keys {
		if !slices.Contains(out, string(k)) {
			out = append(out, string(k))
		}
	}
	return out
}
