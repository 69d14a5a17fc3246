package support

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/kit/db"
)

// View is a case as its asker or the staff sees it.
type View struct {
	Case
	Letters []Letter // those that are theirs to read
	Files   map[int64][]file.File
	Names   map[account.ID]string
	Staff   bool // the reader is of the staff
	Here    []Look
	Others  []Listed // what the same person has asked besides, for the staff

	CanAnswer bool
	CanAsk    bool
	CanClose  bool
	CanReopen bool
	CanTake   bool
}

// Look is somebody of the staff who has it open.
type Look struct {
	Name string
	At   time.Time
}

// presence is for how long somebody who looked is said to be there.
const presence = 10 * time.Minute

// Show returns a case to its asker and to the staff. That somebody of the staff has
// it open is shown to the others.
func Show(ctx context.Context, d *db.DB, by Reader, id ID) (v View, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		c, err := read(ctx, tx, by, id, "")
		if err != nil {
			return err
		}
		v = View{Case: *c, Staff: !by.is(c)}
		if err := v.readLetters(ctx, tx); err != nil {
			return err
		}
		if v.Staff {
			if err := v.look(ctx, tx, by.Actor); err != nil {
				return err
			}
		}
		now := tx.Now
		try := func(act func(*Case) error) bool { one := *c; return act(&one) == nil }
		v.CanAnswer = v.Staff && try(func(c *Case) error { return c.Reply(now) })
		v.CanTake = v.CanAnswer && c.Owner != by.ID
		v.CanAsk = !v.Staff && try(func(c *Case) error { return c.Ask(now) })
		v.CanClose = !v.Staff && try(func(c *Case) error { return c.Close(Asker, now) })
		v.CanReopen = !v.Staff && try(func(c *Case) error { return c.Reopen(now) })
		return nil
	})
	return v, err
}

func (v *View) readLetters(ctx context.Context, tx *db.Tx) (err error) {
	if v.Letters, err = db.All[Letter](ctx, tx, `
		SELECT id, "case", kind, author, words, rules, at FROM support.letters WHERE "case" = $1 AND ($2 OR kind <> 'note') ORDER BY id`, v.ID, v.Staff); err != nil {
		return err
	}
	who := []account.ID{v.Owner}
	subjects := make([]string, len(v.Letters))
	for i, l := range v.Letters {
		subjects[i] = letterSubject(l.ID)
		if l.Author != nil {
			who = append(who, *l.Author)
		}
	}
	attached, err := file.OfMany(ctx, tx, subjects)
	if err != nil {
		return err
	}
	v.Files = make(map[int64][]file.File, len(attached))
	for _, l := range v.Letters {
		v.Files[l.ID] = attached[letterSubject(l.ID)]
	}
	v.Names, err = account.Names(ctx, tx, who)
	return err
}

// look says who else of the staff is here, and that by is.
func (v *View) look(ctx context.Context, tx *db.Tx, by account.Actor) (err error) {
	if v.Here, err = db.All[Look](ctx, tx, `
		SELECT p.name, l.at FROM support.looks l JOIN account.people p ON p.id = l.person
		WHERE l."case" = $1 AND l.person <> $2 AND l.at > $3 ORDER BY l.at DESC`, v.ID, by.ID, tx.Now.Add(-presence)); err != nil {
		return err
	}
	if v.Asker != nil { // an address that anybody can type says nothing about who asks
		if v.Others, err = db.All[Listed](ctx, tx, listed+` WHERE c.asker = $1 AND c.id <> $2 ORDER BY c.id DESC LIMIT 20`, *v.Asker, v.ID); err != nil {
			return err
		}
	}
	return db.Exec(ctx, tx, `
		INSERT INTO support.looks ("case", person, at) VALUES ($1, $2, $3) ON CONFLICT ("case", person) DO UPDATE SET at = excluded.at`, v.ID, by.ID, tx.Now)
}

// BySecret is the case that a secret opens.
func BySecret(ctx context.Context, d *db.DB, secret string) (id ID, err error) {
	err = d.View(ctx, func(tx *db.Tx) error { id, err = idBySecret(ctx, tx, secret); return err })
	return id, err
}

// Listed is a case in a list.
type Listed struct {
	ID       ID
	Title    string
	Kind     Kind
	Name     string // of the asker
	Known    bool   // they have an account
	Owner    account.ID
	Owned    string // the owner's name
	State    State
	OpenedAt time.Time
	Due      *time.Time
}

const listed = `SELECT c.id, c.title, c.kind, c.name, c.asker IS NOT NULL AS known, c.owner, p.name AS owned, c.state, c.opened_at, c.due FROM support.cases c JOIN account.people p ON p.id = c.owner`

// ListMine returns what by has asked, the latest first.
func ListMine(ctx context.Context, d *db.DB, by account.Actor) (all []Listed, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		all, err = db.All[Listed](ctx, tx, listed+` WHERE c.asker = $1 ORDER BY c.id DESC LIMIT 200`, by.ID)
		return err
	})
	return all, err
}

// Queue is what waits for the staff who answer.
type Queue struct {
	Mine    []Listed // by date
	Others  []Listed // by date
	Overdue int
}

// Desk returns what waits, for the staff who answer.
func Desk(ctx context.Context, d *db.DB, by account.Actor) (q Queue, err error) {
	if !answers(by) {
		return q, ErrNotStaff
	}
	err = d.View(ctx, func(tx *db.Tx) error {
		q = Queue{}
		const open = listed + ` WHERE c.state = 'open' AND c.asker IS DISTINCT FROM $1 AND `
		if q.Mine, err = db.All[Listed](ctx, tx, open+`c.owner = $1 ORDER BY c.due, c.id LIMIT 300`, by.ID); err != nil {
			return err
		}
		if q.Others, err = db.All[Listed](ctx, tx, open+`c.owner <> $1 ORDER BY c.due, c.id LIMIT 300`, by.ID); err != nil {
			return err
		}
		q.Overdue, err = db.Value[int](ctx, tx, `SELECT count(*) FROM support.cases WHERE state = 'open' AND due <= $1`, tx.Now)
		return err
	})
	return q, err
}
