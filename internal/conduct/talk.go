package conduct

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// Said is something said inside an appeal.
type Said struct {
	Person account.ID
	Words  string
	At     time.Time
}

// ErrSaid asks for words.
var ErrSaid = fault.New(fault.Invalid, "said_nothing", "Write something, in at most 5,000 characters.").At("said")

// Speak says something inside an appeal: the person to who judges it, and they to
// the person.
func Speak(ctx context.Context, d *db.DB, by account.Actor, id ID, typed string) error {
	said, wrong := words(typed, 1, 5000, ErrSaid)
	return d.Update(ctx, func(tx *db.Tx) error {
		m, _, a, err := lockMade(ctx, tx, by, id)
		switch {
		case err != nil:
			return err
		case a == nil:
			return ErrNoAppeal
		case a.AnsweredAt != nil || !tx.Now.Before(a.Due):
			return ErrSettled
		}
		if by.ID != m.Person {
			if err := a.mayJudge(by, m, tx.Now); err != nil {
				return err
			}
		}
		if wrong != nil {
			return wrong
		}
		if err := db.Exec1(ctx, tx, `INSERT INTO conduct.talk (decision, person, words, at) VALUES ($1, $2, $3, $4)`, id, by.ID, said, tx.Now); err != nil {
			return err
		}
		reader := m.Person
		if by.ID == m.Person {
			if a.Reviewer == nil {
				return nil
			}
			reader = *a.Reviewer
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: reader, Kind: "appeal_said", Link: id.URL(),
			Text: say.That("%s has written in the appeal.", by.Name), Turn: notify.Yours(a.Due)})
	})
}
