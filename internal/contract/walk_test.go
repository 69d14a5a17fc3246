package contract_test

import (
	"context"
	"flag"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/escrow"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/worklog"
)

// walk is five contracts out of one wallet, on which both sides, arbiters and
// the clock do what comes into their heads.
type walk struct {
	*market
	r        *rapid.T
	deals    []*deal
	ada      []account.Actor // the freelancer of each deal
	arbiters []account.Actor
}

// stepsOfWalk are those until all of them fall silent.
const stepsOfWalk = 350

// TestMain lets one walk be enough, which keeps make test below ten minutes, unless it
// is told otherwise: -rapid.checks=100.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{"rapid.checks": "1", "rapid.nofailfile": "true"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// Whatever people do, and whenever, every promise holds after every step, the
// books balance, and escrow is what the states say. When all of them fall silent,
// everything ends by itself, and no money waits.
func TestWhateverPeopleDo(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		w := begin(t, r)
		for range stepsOfWalk {
			w.step()
			if w.check(); r.Failed() {
				return
			}
		}
		w.fallSilent()
	})
}

// drawn is a test of which rapid plays many: what fails in one of them fails that,
// and is played again until it is as short as can be.
type drawn struct {
	testing.TB
	r *rapid.T
}

func (d drawn) Errorf(format string, args ...any) { d.r.Errorf(format, args...) }
func (d drawn) Fatalf(format string, args ...any) { d.r.Fatalf(format, args...) }
func (d drawn) Error(args ...any)                 { d.r.Error(args...) }
func (d drawn) Fatal(args ...any)                 { d.r.Fatal(args...) }
func (d drawn) Logf(format string, args ...any)   { d.r.Logf(format, args...) }
func (d drawn) Log(args ...any)                   { d.r.Log(args...) }
func (d drawn) Cleanup(f func())                  { d.r.Cleanup(f) }
func (d drawn) Context() context.Context          { return d.r.Context() }

// Failed is false, so that none of so many databases is kept.
func (d drawn) Failed() bool { return false }

func begin(t *testing.T, r *rapid.T) *walk {
	w := &walk{market: open(drawn{t, r}, euros(1100), 5), r: r}
	w.Do(`
		INSERT INTO terms.settings (set_at, since, reason, client_fee_bp, freelancer_fee_bp, answer_days, open_proposals, proposals_per_post,
			offer_days, fund_days, acceptance_days, change_rounds, grace_days, starved_days, notice_days, ending_fee_bp)
		SELECT set_at, since, 'odd fees', 333, 177, answer_days, open_proposals, proposals_per_post,
			offer_days, fund_days, acceptance_days, change_rounds, grace_days, starved_days, notice_days, 1111
		FROM terms.settings ORDER BY version DESC LIMIT 1`)
	for i, name := range []string{"Ada", "Bea", "Dora", "Eve", "Fay"} {
		m := *w.market
		if name != "Ada" {
			m.ada = w.Person(name, money.Amount{})
			m.proposal = m.proposes(m.ada)
		}
		w.deals, w.ada = append(w.deals, m.signs(w.termsOf(i))), append(w.ada, m.ada)
	}
	for _, name := range []string{"Mo", "Nia", "Ole", "Pia", "Quy", "Rui", "Sam", "Tea"} {
		a := w.Person(name, money.Amount{})
		w.Do(`INSERT INTO account.grants (person, role, held, at) VALUES ($1, 'arbiter', true, $2)`, a.ID, w.Clock.Now())
		a.Roles = []account.Role{account.Arbiter}
		w.arbiters = append(w.arbiters, a)
	}
	return w
}

// any draws one of so many, each as likely as the others.
func (w *walk) any(of int, what string) int {
	const golden = 0x9E3779B97F4A7C15 // spreads what rapid draws, which prefers small numbers
	return int(rapid.Uint64().Draw(w.r, what) * golden >> 32 % uint64(of))
}

// n draws a number below most. Small ones are the likeliest.
func (w *walk) n(most int64, of string) int64 { return rapid.Int64Range(0, most-1).Draw(w.r, of) }

// again signs another contract with the freelancer of one that has ended.
func (w *walk) again(i int) error {
	d := w.deals[i]
	if d.show(w.carl).State != contract.Ended {
		return contract.ErrOfferOnTable
	}
	w.Deposit(w.carl, euros(200))
	offer, err := contract.OfferAgain(context.Background(), w.DB, w.carl, d.id, "Another one", w.termsOf(i))
	if err != nil {
		return err
	}
	next := &deal{market: d.market}
	for _, by := range []account.Actor{w.carl, w.ada[i]} {
		if next.id, err = d.sign(by, offer); err != nil {
			return err
		}
	}
	for _, m := range next.show(w.carl).Work {
		next.parts = append(next.parts, m.ID)
	}
	w.deals[i] = next
	return nil
}

// termsOf are those of one of the five: the fourth works by the week, and the last
// by the month.
func (w *walk) termsOf(i int) contract.Terms {
	now := w.Clock.Now()
	monday := now.AddDate(0, 0, 7-(int(now.Weekday())+6)%7).Format(time.DateOnly)
	k := contract.Calendar{Every: contract.Weekly, Rate: euros(21), Hours: 7, Count: 4, Starts: monday, Zone: "America/New_York"}
	switch i {
	case 3:
	case 4:
		k = contract.Calendar{Every: contract.Monthly, Rate: euros(333), Hours: 9, Count: 2, Starts: now.AddDate(0, 0, 2).Format(time.DateOnly), Zone: "Asia/Kolkata"}
	default:
		return w.terms()
	}
	return contract.Terms{Scope: "Whatever comes.", Calendar: &k}
}

// terms are up to four parts at odd prices.
func (w *walk) terms() contract.Terms {
	t := contract.Terms{Scope: "Whatever comes.", Funding: []contract.Funding{contract.Next, contract.Next, contract.All}[w.any(3, "funding")]}
	due := w.Clock.Now()
	for range 1 + w.n(4, "parts") {
		due = due.AddDate(0, 0, int(w.n(15, "days")))
		t.Milestones = append(t.Milestones, contract.MilestoneTerms{
			Title: "A part", Price: money.Amount{Minor: 100_00 + w.n(400_00, "price"), Currency: "EUR"},
			Due: due.Format(time.DateOnly), Criteria: []string{"It is there"}, Hours: 1,
		})
	}
	return t
}

// step lets people try things until one is done. What is refused must change nothing.
func (w *walk) step() {
	for range 8 {
		if w.attempt() == nil {
			return
		}
	}
}

// attempt lets somebody do something, whether or not they can.
func (w *walk) attempt() error {
	ctx := context.Background()
	i := w.any(len(w.deals), "contract")
	d, by, other := w.deals[i], w.carl, w.ada[i]
	part := d.parts[w.any(len(d.parts), "part")]
	if w.any(10, "who") == 9 { // sometimes it is the wrong one
		by, other = other, by
	}
	acts := []struct {
		name string
		odds int
		do   func() error
	}{
		{"fund", 4, func() error { return contract.Fund(ctx, w.DB, by, d.id) }},
		{"submit", 6, func() error {
			_, err := contract.SubmitMilestone(ctx, w.DB, other, part, contract.Work{Note: "Here.", Met: []bool{true}})
			return err
		}},
		{"approve", 8, func() error { return contract.ApproveMilestone(ctx, w.DB, by, part) }},
		{"ask for changes", 3, func() error { return contract.AskChanges(ctx, w.DB, by, part, []int{0}, "It is not.") }},
		{"take back", 3, func() error { return contract.TakeBack(ctx, w.DB, by, part) }},
		{"leave", 1, func() error { return contract.LeaveStarved(ctx, w.DB, other, d.id) }},
		{"give notice", 1, func() error {
			return contract.GiveNotice(ctx, w.DB, by, d.id, contract.Notice{Reason: contract.ForOther, Words: "Enough."})
		}},
		{"name a share", 12, func() error { return contract.NameShare(ctx, w.DB, by, part, int(w.n(101, "percent"))) }},
		{"dispute a share", 12, func() error {
			_, err := dispute.Open(ctx, w.DB, by, part, dispute.Opening{Reason: dispute.Share, Words: "It is not."})
			return err
		}},
		{"agree to end", 1, func() error { return w.agree(d, by) }},
		{"hire again", 6, func() error { return w.again(i) }},
		{"give a bonus", 1, func() error {
			return contract.GiveBonus(ctx, w.DB, by, d.id, contract.Extra{Amount: w.some(), Words: "For you.", N: 1 + d.show(w.carl).Extras.Bonuses})
		}},
		{"return some", 1, func() error {
			return contract.Refund(ctx, w.DB, other, d.id, contract.Extra{Amount: w.some(), Words: "Back to you.", N: 1 + d.show(w.carl).Extras.Refunds})
		}},
		{"dispute a sum", 8, func() error {
			_, err := dispute.Open(ctx, w.DB, by, part, dispute.Opening{Sum: w.some(), Reason: dispute.Other, Words: "It is not."})
			return err
		}},
		{"name a split", 5, func() error { return w.split(by, part) }},
		{"start a timer", 4, func() error {
			_, err := worklog.StartTimer(ctx, w.DB, other, d.id, worklog.Note{Memo: "This and that"})
			return err
		}},
		{"stop a timer", 3, func() error { _, err := worklog.StopTimer(ctx, w.DB, other, d.id); return err }},
		{"log hours", 6, func() error {
			from := w.Clock.Now().Add(-time.Duration(w.any(40, "hours ago")) * time.Hour)
			_, err := worklog.LogHours(ctx, w.DB, other, d.id, worklog.Worked{
				Note: worklog.Note{Memo: "This and that"}, From: from, To: from.Add(time.Duration(w.any(150, "minutes")) * time.Minute)})
			return err
		}},
		{"take hours away", 1, func() error { return w.onLines(d, other, worklog.RemoveEntry) }},
		{"hand a week in", 1, func() error { return worklog.HandIn(ctx, w.DB, other, part) }},
		{"dispute a line", 3, func() error {
			return w.onLines(d, by, func(ctx context.Context, _ *db.DB, by account.Actor, id worklog.EntryID) error {
				_, err := worklog.DisputeLines(ctx, w.DB, by, part, []worklog.EntryID{id}, dispute.Opening{Reason: dispute.Other, Words: "It is not."})
				return err
			})
		}},
		{"decide", 5, func() error {
			return w.onDispute(part, func(id dispute.ID, v dispute.View) error {
				return dispute.Decide(ctx, w.DB, w.arbiterOf(v), id, dispute.Ruling{Award: money.Amount{Minor: w.n(v.Sum.Minor+1, "award"), Currency: "EUR"}, Words: "So it is, by what both of them have brought.", Criteria: []int{0}})
			})
		}},
		{"ask for a review", 8, func() error {
			return w.onDispute(part, func(id dispute.ID, _ dispute.View) error {
				return dispute.AskReview(ctx, w.DB, by, id, "It is not so.")
			})
		}},
		{"vote", 2, func() error {
			return w.onDispute(part, func(id dispute.ID, v dispute.View) error {
				return dispute.CastVote(ctx, w.DB, w.arbiters[w.any(len(w.arbiters), "arbiter")], id, money.Amount{Minor: w.n(v.Sum.Minor+1, "award"), Currency: "EUR"}, "So it is, by what both of them have brought.")
			})
		}},
		{"propose an amendment", 2, func() error {
			_, err := contract.ProposeAmendment(ctx, w.DB, by, d.id, w.change(d), "I thought of something.")
			return err
		}},
		{"sign an amendment", 4, func() error { return w.amend(d, by) }},
		{"decline an amendment", 1, func() error { return w.onAmendment(d, by, contract.DeclineAmendment) }},
		{"add money", 1, func() error { w.Deposit(w.carl, euros(1+w.n(20, "euros"))); return nil }},
		{"withdraw everything", 1, func() error {
			_, err := banking.Withdraw(ctx, w.DB, w.Rail, w.carl, w.Wallet(w.carl, "EUR"), banking.Usual)
			return err
		}},
		{"let time pass", 2, func() error { w.pass(time.Duration(w.any(40, "hours")) * time.Hour); return nil }},
	}
	var likely []int
	for i, act := range acts {
		likely = append(likely, slices.Repeat([]int{i}, act.odds)...)
	}
	act := acts[likely[w.any(len(likely), "act")]]
	err := act.do()
	w.r.Logf("%s: %s: contract %d, part %d: %v", w.Clock.Now().Format(time.DateTime), act.name, d.id, part, err)
	if _, refused := fault.Of(err); err != nil && !refused {
		w.Errorf("%s: %v", act.name, err)
	}
	return err
}

// split names all of a disputed sum, or nothing of it.
func (w *walk) split(by account.Actor, part contract.MilestoneID) error {
	return w.onDispute(part, func(id dispute.ID, v dispute.View) error {
		_, err := dispute.ProposeSplit(context.Background(), w.DB, by, id, []money.Amount{money.Zero("EUR"), v.Sum}[w.any(2, "split")], "So I see it.")
		return err
	})
}

// arbiterOf is the one who is named for a dispute, or any.
func (w *walk) arbiterOf(v dispute.View) account.Actor {
	for _, a := range w.arbiters {
		if v.Arbiter != nil && a.ID == *v.Arbiter {
			return a
		}
	}
	return w.arbiters[0]
}

// onDispute does something about the dispute about a part.
func (w *walk) onDispute(part contract.MilestoneID, do func(dispute.ID, dispute.View) error) error {
	id, err := dispute.About(context.Background(), w.DB, w.carl, part)
	if err != nil {
		return err
	}
	v, err := dispute.Show(context.Background(), w.DB, w.carl, id)
	if err != nil {
		return err
	}
	return do(id, v)
}

// onLines does something to a line of a week of a contract.
func (w *walk) onLines(d *deal, by account.Actor, do func(context.Context, *db.DB, account.Actor, worklog.EntryID) error) error {
	s, err := worklog.ShowHours(context.Background(), w.DB, w.carl, d.id)
	if err != nil {
		return err
	}
	for _, week := range s.Weeks {
		if len(week.Lines) > 0 && w.any(2, "in this week") == 0 {
			return do(context.Background(), w.DB, by, week.Lines[w.n(int64(len(week.Lines)), "line")].ID)
		}
	}
	return worklog.ErrEntryNotFound
}

// change is what is open on a contract, with some of it changed at random.
func (w *walk) change(d *deal) contract.Plan {
	v := d.show(w.carl)
	if v.Every != "" {
		return v.Recalendar(v.Terms.Scope, contract.CalendarChange{
			From: 1 + int(w.n(4, "from")), Rate: euros(20 + w.n(4, "rate")), Hours: 1 + int(w.n(8, "hours")), Count: 2 + int(w.n(4, "count"))})
	}
	p := v.Plan()
	for i := range p.Milestones {
		part := &p.Milestones[i]
		switch w.any(5, "change") {
		case 0:
			part.Price.Minor += w.n(200_00, "price") - 50_00
		case 1:
			due, _ := time.Parse(time.DateOnly, part.Due)
			part.Due = due.AddDate(0, 0, int(w.n(10, "days"))-2).Format(time.DateOnly)
		}
	}
	if len(p.Milestones) > 0 && w.any(4, "leave one out") == 3 {
		left := w.n(int64(len(p.Milestones)), "which")
		p.Milestones = append(p.Milestones[:left], p.Milestones[left+1:]...)
	}
	if w.any(3, "add one") == 2 {
		p.Milestones = append(p.Milestones, contract.Part{MilestoneTerms: contract.MilestoneTerms{
			Title: "One more", Price: w.some(), Due: w.Clock.Now().AddDate(0, 0, 90).Format(time.DateOnly), Criteria: []string{"It is there"}, Hours: 1}})
	}
	return p
}

// onAmendment does something to the amendment that is on the table of a contract.
func (w *walk) onAmendment(d *deal, by account.Actor, do func(context.Context, *db.DB, account.Actor, contract.AmendmentID, string) error) error {
	all := d.show(w.carl).Amendments
	if len(all) == 0 {
		return contract.ErrAmendmentNotFound
	}
	return do(context.Background(), w.DB, by, all[len(all)-1].ID, "I thought again.")
}

// amend signs the amendment that is on the table of a contract. New parts are
// worked on like the others.
func (w *walk) amend(d *deal, by account.Actor) error {
	err := w.onAmendment(d, by, func(ctx context.Context, _ *db.DB, _ account.Actor, id contract.AmendmentID, _ string) error {
		v, err := contract.ShowAmendment(ctx, w.DB, w.carl, id)
		if err != nil {
			return err
		}
		return contract.SignAmendment(ctx, w.DB, by, id, contract.Signing{SHA256: v.SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
	})
	d.parts = nil
	for _, m := range d.show(w.carl).Work {
		d.parts = append(d.parts, m.ID)
	}
	return err
}

// some is an odd amount.
func (w *walk) some() money.Amount {
	return money.Amount{Minor: 1 + w.n(50_00, "cents"), Currency: "EUR"}
}

// agree ends a contract at once, as somebody has read it.
func (w *walk) agree(d *deal, by account.Actor) error {
	s, err := contract.ShowSettlement(context.Background(), w.DB, by, d.id)
	if err != nil {
		return err
	}
	seen := money.Zero("EUR")
	if len(s.Ways) > 0 {
		seen = s.Ways[len(s.Ways)-1].Freelancer
	}
	return contract.AgreeToEnd(context.Background(), w.DB, by, d.id, seen)
}

// check holds the market to its promises, escrow to the states, and each state to
// what it means.
func (w *walk) check() {
	w.KeepsItsPromises()
	for _, d := range w.deals {
		v := d.show(w.carl)
		live, planned := 0, 0
		for _, m := range v.Work {
			want := money.Zero("EUR")
			switch m.State {
			case contract.Funded, contract.Submitted, contract.ChangesAsked:
				live++
				want = m.Cost
			case contract.Disputed:
				live++
			case contract.Planned:
				planned++
			}
			if got := w.held(escrow.Disputed(m.ID)); got.IsZero() == (m.State == contract.Disputed) {
				w.Errorf("milestone %d is %s: %v wait for a dispute", m.ID, m.State, got)
			}
			if got := w.held(escrow.Milestone(m.ID)); got != want {
				w.Errorf("milestone %d is %s: escrow holds %v, want %v", m.ID, m.State, got, want)
			}
		}
		fee := money.Zero("EUR")
		if v.State != contract.Signed && v.State != contract.Ended {
			fee = v.EndingFee()
		}
		if got := w.held(escrow.EndingFee(d.id)); got != fee {
			w.Errorf("contract %d is %s: the ending fee is %v, want %v", d.id, v.State, got, fee)
		}
		if (v.State == contract.Active || v.State == contract.UnderNotice) != (live > 0) || v.State == contract.Ended && planned > 0 || v.State == contract.Starved && planned == 0 {
			w.Errorf("contract %d is %s with %d milestones under way and %d planned", d.id, v.State, live, planned)
		}
		if (v.Turn.Of == "") != (v.State == contract.Ended) {
			w.Errorf("contract %d is %s, and it is the turn of %q", d.id, v.State, v.Turn.Of)
		}
	}
}

// longest is how long it can take, at most, until everything has ended by itself:
// four weeks of work, then the clocks of each part of it, one after the other.
const longest = 400 * day

// fallSilent lets nobody act any more. By the clocks alone every contract must end,
// and at the end no money may wait for anything.
func (w *walk) fallSilent() {
	open := func() (n int) {
		for _, d := range w.deals {
			if d.show(w.carl).State != contract.Ended {
				n++
			}
		}
		return n
	}
	for since := w.Clock.Now(); open() > 0; w.pass(5 * day) {
		if w.Clock.Now().Sub(since) > longest {
			w.Fatalf("everybody fell silent on %s, and %d contracts are still open on %s", since.Format(time.DateOnly), open(), w.Clock.Now().Format(time.DateOnly))
		}
	}
	w.check()
	w.View(func(ctx context.Context, tx *db.Tx) error {
		left, err := db.Values[string](ctx, tx, `
			SELECT a.code || ': ' || b.minor FROM ledger.accounts a JOIN ledger.balances b ON b.account = a.id
			WHERE a.code LIKE 'escrow/%' AND b.minor <> 0`)
		if len(left) > 0 {
			w.Errorf("everything has ended, and money still waits: %q", left)
		}
		return err
	})
}

// pass lets time pass. Whatever happens by itself meanwhile must have been promised
// for a date that has come.
func (w *walk) pass(wait time.Duration) {
	before := make([]contract.View, len(w.deals))
	for i, d := range w.deals {
		before[i] = d.show(w.carl)
	}
	w.later(wait)
	now := w.Clock.Now()
	for i, d := range w.deals {
		was, is := before[i], d.show(w.carl)
		all := promised(was, 0, now) // the contract itself ends
		for j, m := range was.Work {
			due := promised(was, m.N, now)
			live := m.State == contract.Funded || m.State == contract.Submitted || m.State == contract.ChangesAsked
			if live && is.Work[j].State != m.State && !due && !all {
				w.Errorf("milestone %d was %s, and is %s before any date that was promised for it", m.ID, m.State, is.Work[j].State)
			}
			all = all || due || m.State == contract.Disputed
		}
		if was.State != contract.Ended && is.State == contract.Ended && !all {
			w.Errorf("contract %d was %s, and has ended before any date that was promised for it", d.id, was.State)
		}
	}
}

// promised reports whether something was to happen by now, by itself, to a contract
// or to its milestone n.
func promised(v contract.View, n int, now time.Time) bool {
	return slices.ContainsFunc(v.Next, func(p contract.Prospect) bool {
		return p.Milestone == n && slices.ContainsFunc(p.Silence, func(w contract.Way) bool { return w.At != nil && !w.At.After(now) })
	})
}
