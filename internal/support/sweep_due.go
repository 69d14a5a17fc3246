package support

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/due"
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/translog"
)

// SweepDue gives cases to somebody else that are overdue or whose owner has left the
// staff, and closes those to which nobody has said anything for two weeks after an
// answer. It returns how many times it acted.
func SweepDue(ctx context.Context, d *db.DB) (int, error) {
	passed, err1 := due.Sweep(ctx, d, func(ctx context.Context, id ID) error { return passOverdue(ctx, d, id) }, `
		SELECT id FROM support.cases WHERE state = 'open' AND due <= $1 ORDER BY due, id`)
	left, err3 := due.Sweep(ctx, d, func(ctx context.Context, id ID) error { return passLeft(ctx, d, id) }, `
		SELECT id FROM support.cases c WHERE state = 'open' AND opened_at <= $1
			AND NOT EXISTS (SELECT FROM account.staff s WHERE s.person = c.owner AND s.role IN ('support', 'admin')) ORDER BY due, id`)
	closed, err2 := due.Sweep(ctx, d, func(ctx context.Context, id ID) error { return closeSilent(ctx, d, id) }, `
		SELECT id FROM support.cases WHERE state = 'answered' AND closes_at <= $1 ORDER BY closes_at, id`)
	return passed + left + closed, errors.Join(err1, err2, err3)
}

// passOverdue gives a case to another owner; where there is none it stays overdue,
// for everybody to see.
func passOverdue(ctx context.Context, d *db.DB, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, to, err := next(ctx, tx, id)
		if err != nil {
			return err
		}
		missed := *c.Due
		if err := c.PassOn(to, tx.Now); err != nil {
			return err
		}
		if err := saveHandedOver(ctx, tx, c, "overdue", "its owner had not answered in time"); err != nil {
			return err
		}
		if err := tellPassedOn(ctx, tx, c); err != nil {
			return err
		}
		if _, err := translog.Append(ctx, tx, translog.Entry{Kind: translog.Late, Subject: id.subject(), Public: map[string]string{"due": missed.UTC().Format(time.RFC3339)}}); err != nil {
			return err
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: c.Owner, Kind: "case_for_you", Link: id.URL(),
			Text: say.That("“%s”, asked by %s, was not answered in time. It is yours now: answer by %s.", c.Title, c.Name, *c.Due), Turn: notify.Yours(*c.Due)})
	})
}

// passLeft gives a case to another owner because its own is no longer of the staff. It
// is due when it was.
func passLeft(ctx context.Context, d *db.DB, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, to, err := next(ctx, tx, id)
		if err != nil {
			return err
		}
		if answers, err := stillAnswers(ctx, tx, c.Owner); err != nil || answers {
			return err
		}
		if err := c.HandOver(to); err != nil {
			return err
		}
		if err := saveHandedOver(ctx, tx, c, "left", "its owner is no longer of the staff"); err != nil {
			return err
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: c.Owner, Kind: "case_for_you", Link: id.URL(),
			Text: say.That("“%s”, asked by %s, is yours now, for whoever had it is no longer of the staff: answer by %s.", c.Title, c.Name, *c.Due), Turn: notify.Yours(*c.Due)})
	})
}

// next locks a case and says whose it could be besides its owner.
func next(ctx context.Context, tx *db.Tx, id ID) (*Case, account.ID, error) {
	c, err := byID(ctx, tx, id, `FOR UPDATE`)
	if err != nil {
		return nil, 0, err
	}
	but := []account.ID{c.Owner}
	if c.Asker != nil {
		but = append(but, *c.Asker)
	}
	to, err := choose(ctx, tx, c.Kind, c.Language, but...)
	if err != nil {
		return nil, 0, err
	}
	if to == nil {
		return nil, 0, ErrNobody
	}
	return c, *to, nil
}

func saveHandedOver(ctx context.Context, tx *db.Tx, c *Case, why, reason string) error {
	if err := save(ctx, tx, c); err != nil {
		return err
	}
	if err := insertOwner(ctx, tx, *c, why); err != nil {
		return err
	}
	return journal.Append(ctx, tx, c.ID.subject(), account.System, say.That("The case went to somebody else."), reason)
}

// tellPassedOn tells the asker that nobody has answered in time.
func tellPassedOn(ctx context.Context, tx *db.Tx, c *Case) error {
	if c.Asker != nil {
		return notify.Send(ctx, tx, notify.Notice{Reader: *c.Asker, Kind: "case_passed_on", Link: c.ID.URL(),
			Text: say.That("Nobody has answered “%s” in time. We are sorry; it is counted in public. Somebody else has it now, and answers by %s.", c.Title, *c.Due),
			Turn: notify.Theirs(*c.Due)})
	}
	return mail.Queue(ctx, tx, mail.Message{To: c.Email, Language: c.Language, Body: mail.Body{
		Subject: say.That("Case %d is late", int64(c.ID)),
		Says:    []say.Sentence{say.That("Nobody has answered you in time. We are sorry; it is counted in public. Somebody else has your case now, and answers by %s.", *c.Due)},
		Why:     say.That("You get this mail because somebody wrote to us and gave this address for the answer."),
	}})
}

func closeSilent(ctx context.Context, d *db.DB, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := byID(ctx, tx, id, `FOR UPDATE`)
		if err != nil {
			return err
		}
		if err := c.Close(lifecycle.Market, tx.Now); err != nil {
			return err
		}
		if err := save(ctx, tx, c); err != nil {
			return err
		}
		return journal.Append(ctx, tx, id.subject(), account.System, say.That("The case was closed."), "nobody has asked anything more for two weeks after an answer")
	})
}
