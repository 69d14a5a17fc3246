package worklog_test

import (
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/proposal"
	"freehold/internal/worklog"
)

func euros(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }

// deal is a contract by the hour between Carl and Ada, that is funded.
type deal struct {
	*markettest.Market
	carl, ada account.Actor
	id        contract.ID
}

// hired is 3 weeks of at most 10 hours at 40 euros, from Monday, 7 January 2030 on,
// in Berlin, with so much in Carl's wallet at first. It is Tuesday, 1 January.
func hired(t *testing.T, wallet money.Amount) *deal {
	t.Helper()
	d := &deal{Market: markettest.New(t)}
	d.carl, d.ada = d.Person("Carl", wallet), d.Person("Ada", money.Amount{})
	ctx := d.Context()
	draft, err := jobpost.SaveDraft(ctx, d.DB, d.carl, 0, jobpost.Input{
		Title: "Look after our pages", Description: "Small things, every week.", Category: "design", Skills: []string{"Logo design"},
		Level: "intermediate", Kind: jobpost.Hourly, Currency: "EUR", BudgetMin: 40_00, BudgetMax: 40_00, Hours: 10, Hire: 1, AnswerDays: 14,
	})
	d.OK(err)
	post, err := jobpost.Publish(ctx, d.DB, d.carl, draft.ID)
	d.OK(err)
	p, err := proposal.Propose(ctx, d.DB, d.ada, post.ID, proposal.Input{Letter: strings.Repeat("I look after pages. ", 6), Price: euros(40), Hours: 10})
	d.OK(err)
	offer, err := contract.MakeOffer(ctx, d.DB, d.carl, p.ID, contract.Terms{
		Scope:    "The pages of the shop.",
		Calendar: &contract.Calendar{Every: contract.Weekly, Rate: euros(40), Hours: 10, Count: 3, Starts: "2030-01-07", Zone: "Europe/Berlin"},
	})
	d.OK(err)
	for _, by := range []account.Actor{d.carl, d.ada} {
		v, err := contract.ShowOffer(ctx, d.DB, by, offer)
		d.OK(err)
		d.id, err = contract.SignOffer(ctx, d.DB, by, offer, contract.Signing{SHA256: v.SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
		d.OK(err)
	}
	d.OK(contract.Fund(ctx, d.DB, d.carl, d.id))
	return d
}

// at moves the clock to an instant in Berlin, and lets what is due happen hour by
// hour on the way.
func (d *deal) at(when string) {
	d.Helper()
	berlin, err := time.LoadLocation("Europe/Berlin")
	d.OK(err)
	until, err := time.ParseInLocation("2006-01-02 15:04", when, berlin)
	d.OK(err)
	for d.Clock.Now().Before(until) {
		d.Clock.Advance(min(until.Sub(d.Clock.Now()), time.Hour))
		_, err := worklog.SweepDue(d.Context(), d.DB)
		d.OK(err)
		_, err = contract.SweepDue(d.Context(), d.DB)
		d.OK(err)
	}
}

func (d *deal) sheet(by account.Actor) worklog.Sheet {
	d.Helper()
	s, err := worklog.ShowHours(d.Context(), d.DB, by, d.id)
	d.OK(err)
	return s
}

// logs adds hours of Ada's on a day, from an hour to another.
func (d *deal) logs(day string, from, to int) (worklog.EntryID, error) {
	d.Helper()
	berlin, err := time.LoadLocation("Europe/Berlin")
	d.OK(err)
	at, err := time.ParseInLocation(time.DateOnly, day, berlin)
	d.OK(err)
	return worklog.LogHours(d.Context(), d.DB, d.ada, d.id, worklog.Worked{
		Note: worklog.Note{Memo: "Mended the menu"}, From: at.Add(time.Duration(from) * time.Hour), To: at.Add(time.Duration(to) * time.Hour),
	})
}

// states are those of the three weeks, and of the contract.
func (d *deal) states() string {
	d.Helper()
	v, err := contract.Show(d.Context(), d.DB, d.carl, d.id)
	d.OK(err)
	all := []string{string(v.State)}
	for _, m := range v.Work {
		all = append(all, string(m.State))
	}
	if v.Ending != "" {
		all = append(all, string(v.Ending))
	}
	return strings.Join(all, ", ")
}

// is checks where the contract stands, and what the two have in their wallets.
func (d *deal) is(states string, carl, ada int64) {
	d.Helper()
	if got := d.states(); got != states {
		d.Errorf("it is %q, want %q", got, states)
	}
	if c, a := d.Wallet(d.carl, "EUR").Minor, d.Wallet(d.ada, "EUR").Minor; c != carl || a != ada {
		d.Errorf("Carl has %d and Ada %d, want %d and %d", c, a, carl, ada)
	}
}
