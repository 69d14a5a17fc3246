package support_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/notify"
	"freehold/internal/support"
)

const (
	hour = time.Hour
	day  = 24 * time.Hour
)

// desk is a market with Sue of support, Grace who administers it, and Finn of
// finance, who does not answer letters; Eve asks.
type desk struct {
	*markettest.Market
	sue, grace, finn, eve account.Actor
}

func staffed(t *testing.T) *desk {
	t.Helper()
	d := &desk{Market: markettest.New(t)}
	d.sue, d.grace, d.finn = d.staff("Sue", account.Support), d.staff("Grace", account.Admin), d.staff("Finn", account.Finance)
	d.eve = d.Person("Eve", money.Amount{})
	return d
}

func (d *desk) staff(name string, role account.Role) account.Actor {
	d.Helper()
	by := d.Person(name, money.Amount{})
	d.OK(account.Grant(d.Context(), d.DB, account.System, by.ID, role))
	by.Roles = []account.Role{role}
	return by
}

func question() support.Opening {
	return support.Opening{Kind: support.Other, Title: "My invoice", Words: "Where is it?", From: account.Visitor{Address: "192.0.2.1"}}
}

func (d *desk) asks(by account.Actor) support.ID {
	d.Helper()
	o, err := support.OpenCase(d.Context(), d.DB, by, question())
	d.OK(err)
	return o.ID
}

func (d *desk) answers(by account.Actor, id support.ID, words string) {
	d.Helper()
	d.OK(support.AnswerCase(d.Context(), d.DB, by, id, support.Reply{Words: words}))
}

func (d *desk) shows(by account.Actor, id support.ID) support.View {
	d.Helper()
	v, err := support.Show(d.Context(), d.DB, support.Reader{Actor: by}, id)
	d.OK(err)
	return v
}

func (d *desk) sweeps() {
	d.Helper()
	_, err := support.SweepDue(d.Context(), d.DB)
	d.OK(err)
}

func (d *desk) told(by account.Actor) (kinds []string) {
	d.Helper()
	all, err := notify.List(d.Context(), d.DB, by, 0, 50)
	d.OK(err)
	for _, n := range all {
		kinds = append(kinds, n.Kind)
	}
	return kinds
}

func (d *desk) mailed(to string) (all []mail.Mail) {
	d.Helper()
	d.View(func(ctx context.Context, tx *db.Tx) error {
		out, err := mail.Outbox(ctx, tx, 0, 100)
		for _, m := range out {
			if m.To == to {
				all = append(all, m)
			}
		}
		return err
	})
	return all
}

func refusedWith(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got %v, want %v", what, err, want)
	}
}
