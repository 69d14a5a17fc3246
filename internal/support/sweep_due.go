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
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/translog"
)

// SweepDue gives overdue cases to somebody else, and closes those to which nobody
// has said anything for two weeks after an answer. It returns how many times it acted.
func SweepDue(ctx context.Context, d *db.DB) (int, error) {
	passed, err1 := due.Sweep(ctx, d, func(ctx context.Context, id ID) error { return passOverdue(ctx, d, id) }, `
		SELECT id FROM support.cases WHERE state = 'open' AND due <= $1 ORDER BY due, id`)
	closed, err2 := due.Sweep(ctx, d, func(ctx context.Context, id ID) error { return closeSilent(ctx, d, id) }, `
		SELECT id FROM support.cases WHERE state = 'answered' AND closes_at <= $1 ORDER BY closes_at, id`)
	return passed + closed, errors.Join(err1, err2)
}

// passOverdue gives a case to another owner; where there is none it stays overdue,
// for everybody to see.
func passOverdue(ctx context.Context, d *db.DB, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := byID(ctx, tx, id, `FOR UPDATE`)
		if err != nil {
			return err
		}
		but := []account.ID{c.Owner}
		if c.Asker != nil {
			but = append(but, *c.Asker)
		}
		to, err := choose(ctx, tx, c.Kind, c.Language, but...)
		if err != nil {
			return err
		}
		if to == nil {
			return ErrNobody
		}
		missed := *c.Due
		if err := c.PassOn(*to, tx.Now); err != nil {
			return err
		}
		if err := save(ctx, tx, c); err != nil {
			return err
		}
		if err := insertOwner(ctx, tx, *c, "overdue"); err != nil {
			return err
		}
		if err := journal.Append(ctx, tx, id.subject(), account.System, say.That("The case went to somebody else."), "its owner had not answered in time"); err != nil {
			return err
		}
		if c.Asker != nil {
			if err := notify.Send(ctx, tx, notify.Notice{Reader: *c.Asker, Kind: "case_passed_on", Link: id.URL(),
				Text: say.That("Nobody has answered “%s” in time. We are sorry; it is counted in public. Somebody else has it now, and answers by %s.", c.Title, *c.Due),
				Turn: notify.Theirs(*c.Due)}); err != nil {
				return err
			}
		}
		if _, err := translog.Append(ctx, tx, translog.Entry{Kind: translog.Late, Subject: id.subject(), Public: map[string]string{"due": missed.UTC().Format(time.RFC3339)}}); err != nil {
			return err
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: c.Owner, Kind: "case_for_you", Link: id.URL(),
			Text: say.That("“%s”, asked by %s, was not answered in time. It is yours now: answer by %s.", c.Title, c.Name, *c.Due), Turn: notify.Yours(*c.Due)})
	})
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
