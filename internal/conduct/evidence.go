package conduct

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// Exhibit is a piece of evidence.
type Exhibit struct {
	N      int // as it is cited
	Title  string
	Text   string
	At     time.Time
	Opened bool // by the reader, if they are of the staff
}

// AddEvidence adds what shows that something is so. The person reads it as well, and
// in a hearing they have five days to answer it.
func AddEvidence(ctx context.Context, d *db.DB, by account.Actor, id ID, title, text string) (n int, err error) {
	title, err1 := words(title, 1, 200, ErrEvidence)
	text, err2 := words(text, 1, 20_000, ErrEvidence)
	err = d.Update(ctx, func(tx *db.Tx) error {
		dr, err := lockDraft(ctx, tx, by, id)
		switch {
		case err != nil:
			return err
		case !mayReview(by) || by.ID == dr.Person:
			return ErrNotStaff
		case dr.Prove(tx.Now) != nil:
			return dr.Prove(tx.Now)
		case err1 != nil || err2 != nil:
			return ErrEvidence
		}
		all, err := evidenceOf(ctx, tx, id, by.ID)
		if err != nil {
			return err
		}
		n = len(all) + 1
		if err := insertEvidence(ctx, tx, id, n, Exhibit{Title: title, Text: text, At: tx.Now}); err != nil {
			return err
		}
		if err := insertOpening(ctx, tx, id, n, by.ID); err != nil { // they have just written it
			return err
		}
		if err := saveDraft(ctx, tx, dr); err != nil {
			return err
		}
		if err := journal.Append(ctx, tx, id.subject(), by, say.That("%s added evidence number %d.", by.Name, n), title); err != nil {
			return err
		}
		if dr.State != Hearing {
			return nil
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: dr.Person, Kind: "hearing", Link: id.URL(),
			Text: say.That("%s, of the staff, has added evidence to what is considered about you: “%s”. Read it, and answer by %s: what you write is read before anything is decided.", by.Name, title, dr.HearUntil),
			Turn: notify.Yours(dr.HearUntil)})
	})
	return n, err
}

// OpenEvidence returns a piece of evidence to the person and to the staff. That
// somebody of the staff has read it is on record: nobody can decide before.
func OpenEvidence(ctx context.Context, d *db.DB, by account.Actor, id ID, n int) (e Exhibit, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		dr, err := lockDraft(ctx, tx, by, id)
		if err != nil {
			return err
		}
		all, err := evidenceOf(ctx, tx, id, by.ID)
		if err != nil {
			return err
		}
		if n < 1 || n > len(all) {
			return ErrNotFound
		}
		e = all[n-1]
		if by.ID == dr.Person {
			return nil
		}
		return insertOpening(ctx, tx, id, n, by.ID)
	})
	return e, err
}
