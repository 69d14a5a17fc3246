package contract_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/escrow"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/worklog"
)

// walk is five contracts out of one wallet, on which both sides and the clock
// do what comes into their heads.
type walk struct {
	*market
	r     *rand.Rand
	deals []*deal
	ada   []account.Actor // the freelancer of each deal
	done  []string
}

func TestWhateverPeopleDoEscrowIsWhatTheStatesSay(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			w := begin(t, rand.New(rand.NewPCG(seed, 0)))
			for range 200 {
				w.step()
				w.check()
				if t.Failed() {
					t.Fatalf("after:\n%s", strings.Join(w.done, "\n"))
				}
			}
		})
	}
}

func begin(t *testing.T, r *rand.Rand) *walk {
	t.Helper()
	w := &walk{market: open(t, euros(2500), 5), r: r}
	w.Do(`
		INSERT INTO terms.settings (since, reason, client_fee_bp, freelancer_fee_bp, answer_days, open_proposals, proposals_per_post,
			offer_days, fund_days, acceptance_days, change_rounds, grace_days, starved_days, notice_days, ending_fee_bp)
		SELECT since, 'odd fees', 333, 177, answer_days, open_proposals, proposals_per_post,
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
	return w
}

// termsOf are those of one of the five: the fourth works by the week, and the last
// by the month.
func (w *walk) termsOf(i int) contract.Terms {
	k := contract.Calendar{Every: contract.Weekly, Rate: euros(21), Hours: 7, Count: 4, Starts: "2030-01-07", Zone: "America/New_York"}
	switch i {
	case 3:
	case 4:
		k = contract.Calendar{Every: contract.Monthly, Rate: euros(333), Hours: 9, Count: 2, Starts: "2030-01-03", Zone: "Asia/Kolkata"}
	default:
		return w.terms()
	}
	return contract.Terms{Scope: "Whatever comes.", Calendar: &k}
}

// terms are up to four parts at odd prices.
func (w *walk) terms() contract.Terms {
	t := contract.Terms{Scope: "Whatever comes.", Funding: []contract.Funding{contract.Next, contract.Next, contract.All}[w.r.IntN(3)]}
	due := w.Clock.Now()
	for range 1 + w.r.IntN(4) {
		due = due.AddDate(0, 0, w.r.IntN(6))
		t.Milestones = append(t.Milestones, contract.MilestoneTerms{
			Title: "A part", Price: money.Amount{Minor: 100_00 + w.r.Int64N(400_00), Currency: "EUR"},
			Due: due.Format(time.DateOnly), Criteria: []string{"It is there"}, Hours: 1,
		})
	}
	return t
}

// step lets somebody do something, whether or not they can.
func (w *walk) step() {
	w.Helper()
	ctx := context.Background()
	i := w.pick()
	d, by, other := w.deals[i], w.carl, w.ada[i]
	part := d.parts[w.r.IntN(len(d.parts))]
	if w.r.IntN(10) == 0 { // sometimes it is the wrong one
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
		{"approve", 4, func() error { return contract.ApproveMilestone(ctx, w.DB, by, part) }},
		{"ask for changes", 3, func() error { return contract.AskChanges(ctx, w.DB, by, part, []int{0}, "It is not.") }},
		{"take back", 3, func() error { return contract.TakeBack(ctx, w.DB, by, part) }},
		{"leave", 1, func() error { return contract.LeaveStarved(ctx, w.DB, other, d.id) }},
		{"give notice", 1, func() error {
			return contract.GiveNotice(ctx, w.DB, by, d.id, contract.Notice{Reason: contract.ForOther, Words: "Enough."})
		}},
		{"name a share", 2, func() error { return contract.NameShare(ctx, w.DB, by, part, w.r.IntN(101)) }},
		{"agree to end", 1, func() error { return w.agree(d, by) }},
		{"give a bonus", 1, func() error {
			return contract.GiveBonus(ctx, w.DB, by, d.id, contract.Extra{Amount: w.some(), Words: "For you.", N: 1 + d.show(w.carl).Extras.Bonuses})
		}},
		{"return some", 2, func() error {
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
			from := w.Clock.Now().Add(-time.Duration(w.r.IntN(40)) * time.Hour)
			_, err := worklog.LogHours(ctx, w.DB, other, d.id, worklog.Worked{
				Note: worklog.Note{Memo: "This and that"}, From: from, To: from.Add(time.Duration(w.r.IntN(150)) * time.Minute)})
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
		{"propose an amendment", 2, func() error {
			_, err := contract.ProposeAmendment(ctx, w.DB, by, d.id, w.change(d), "I thought of something.")
			return err
		}},
		{"sign an amendment", 4, func() error { return w.amend(d, by) }},
		{"decline an amendment", 1, func() error { return w.onAmendment(d, by, contract.DeclineAmendment) }},
		{"add money", 1, func() error { w.Deposit(w.carl, euros(1+w.r.Int64N(100))); return nil }},
		{"let time pass", 6, func() error { w.later(time.Duration(w.r.IntN(60)) * time.Hour); return nil }},
	}
	odds := 0
	for _, act := range acts {
		odds += act.odds
	}
	n := w.r.IntN(odds)
	for _, act := range acts {
		if n -= act.odds; n >= 0 {
			continue
		}
		err := act.do()
		w.done = append(w.done, fmt.Sprintf("%s: %s: contract %d, part %d: %v", w.Clock.Now().Format(time.DateTime), act.name, d.id, part, err))
		if _, refused := fault.Of(err); err != nil && !refused {
			w.Errorf("%s: %v", act.name, err)
		}
		return
	}
}

// split names all of a disputed sum, or nothing of it.
func (w *walk) split(by account.Actor, part contract.MilestoneID) error {
	id, err := dispute.About(context.Background(), w.DB, by, part)
	if err != nil {
		return err
	}
	v, err := dispute.Show(context.Background(), w.DB, by, id)
	if err != nil {
		return err
	}
	_, err = dispute.ProposeSplit(context.Background(), w.DB, by, id, []money.Amount{money.Zero("EUR"), v.Sum}[w.r.IntN(2)], "So I see it.")
	return err
}

// onLines does something to a line of a week of a contract.
func (w *walk) onLines(d *deal, by account.Actor, do func(context.Context, *db.DB, account.Actor, worklog.EntryID) error) error {
	s, err := worklog.ShowHours(context.Background(), w.DB, w.carl, d.id)
	if err != nil {
		return err
	}
	for _, week := range s.Weeks {
		if len(week.Lines) > 0 && w.r.IntN(2) == 0 {
			return do(context.Background(), w.DB, by, week.Lines[w.r.IntN(len(week.Lines))].ID)
		}
	}
	return worklog.ErrEntryNotFound
}

// change is what is open on a contract, with some of it changed at random.
func (w *walk) change(d *deal) contract.Plan {
	v := d.show(w.carl)
	if v.Every != "" {
		return v.Recalendar(v.Terms.Scope, contract.CalendarChange{From: 1 + w.r.IntN(4), Rate: euros(20 + w.r.Int64N(4)), Hours: 1 + w.r.IntN(8), Count: 2 + w.r.IntN(4)})
	}
	p := v.Plan()
	for i := range p.Milestones {
		part := &p.Milestones[i]
		switch w.r.IntN(5) {
		case 0:
			part.Price.Minor += w.r.Int64N(200_00) - 50_00
		case 1:
			due, _ := time.Parse(time.DateOnly, part.Due)
			part.Due = due.AddDate(0, 0, w.r.IntN(10)-2).Format(time.DateOnly)
		}
	}
	if len(p.Milestones) > 0 && w.r.IntN(4) == 0 {
		left := w.r.IntN(len(p.Milestones))
		p.Milestones = append(p.Milestones[:left], p.Milestones[left+1:]...)
	}
	if w.r.IntN(3) == 0 {
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
	return money.Amount{Minor: 1 + w.r.Int64N(50_00), Currency: "EUR"}
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

// pick prefers contracts on which something can still happen.
func (w *walk) pick() int {
	i := w.r.IntN(len(w.deals))
	for range 5 {
		if w.deals[i].show(w.carl).State != contract.Ended {
			break
		}
		i = w.r.IntN(len(w.deals))
	}
	return i
}

// check holds escrow to the states, and each state to what it means.
func (w *walk) check() {
	w.Helper()
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
