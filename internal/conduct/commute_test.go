package conduct_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/conduct"
	"freehold/internal/contract"
	"freehold/internal/markettest"
	"freehold/internal/proposal"
	"freehold/internal/restriction"
	"freehold/internal/review"
)

// deal is a contract of two milestones on its way, from its funding to the money
// leaving the market. Each step goes on where the one before ended; what comes of
// it is the same whatever was decided about anybody in between.
type deal struct {
	*house
	contract contract.ID
}

func newDeal(t *testing.T) *deal {
	t.Helper()
	d := &deal{house: newHouse(t)}
	ctx := t.Context()
	p, err := proposal.Propose(ctx, d.DB, d.ada, d.post, proposal.Input{Letter: "I have written about three lighthouses and would begin on Monday with the oldest.", Price: euros(400), Hours: 16})
	d.OK(err)
	o, err := contract.MakeOffer(ctx, d.DB, d.carl, p.ID, contract.Terms{Scope: "All of it.", Funding: contract.Next, Milestones: []contract.MilestoneTerms{
		{Title: "A half", Price: euros(200), Due: "2030-01-20", Criteria: []string{"It is there"}, Hours: 8},
		{Title: "The rest", Price: euros(200), Due: "2030-02-20", Criteria: []string{"It is there"}, Hours: 8}}})
	d.OK(err)
	for _, by := range []account.Actor{d.carl, d.ada} {
		shown, err := contract.ShowOffer(ctx, d.DB, by, o)
		d.OK(err)
		d.contract, err = contract.SignOffer(ctx, d.DB, by, o, contract.Signing{SHA256: shown.SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
		d.OK(err)
	}
	return d
}

func (d *deal) milestone(n int) contract.MilestoneID {
	d.Helper()
	v, err := contract.Show(d.Context(), d.DB, d.ada, d.contract)
	d.OK(err)
	return v.Work[n].ID
}

func (d *deal) submits(n int) {
	d.Helper()
	_, err := contract.SubmitMilestone(d.Context(), d.DB, d.ada, d.milestone(n), contract.Work{Note: "Here.", Met: []bool{true}})
	d.OK(err)
}

// steps are all that happens to a deal, in its order.
func (d *deal) steps() []func() {
	ctx := d.Context()
	return []func(){
		func() { d.OK(contract.Fund(ctx, d.DB, d.carl, d.contract)) },
		func() { d.submits(0) },
		func() {
			d.OK(contract.AskChanges(ctx, d.DB, d.carl, d.milestone(0), []int{0}, "The light is missing."))
		},
		func() { d.submits(0) },
		func() { d.OK(contract.ApproveMilestone(ctx, d.DB, d.carl, d.milestone(0))) },
		func() {
			d.OK(contract.GiveBonus(ctx, d.DB, d.carl, d.contract, contract.Extra{Amount: euros(10), Words: "For the light.", N: 1}))
		},
		func() { d.submits(1) },
		func() { // silence pays
			d.Clock.Advance(7 * day)
			_, err := contract.SweepDue(ctx, d.DB)
			d.OK(err)
		},
		func() { _, err := review.SweepDue(ctx, d.DB); d.OK(err) },
		func() {
			_, err := banking.Withdraw(ctx, d.DB, d.Rail, d.ada, d.Wallet(d.ada, "EUR"), banking.Usual)
			d.OK(err)
		},
		func() {
			_, err := banking.Withdraw(ctx, d.DB, d.Rail, d.carl, d.Wallet(d.carl, "EUR"), banking.Usual)
			d.OK(err)
		},
	}
}

// paidOut is what has left the market to somebody.
func (d *deal) paidOut(who account.Actor) (sum int64) {
	d.Helper()
	sums, err := banking.PayoutsOf(d.Context(), d.DB, who, 50)
	d.OK(err)
	for _, p := range sums {
		sum += p.Amount().Minor
	}
	return sum
}

// suspends is Rae, once whoever it is about has answered, for something that never
// happened twice.
func (d *deal) suspends(who account.Actor, n int) conduct.ID {
	d.Helper()
	facts := fmt.Sprintf("In step %d %s wrote that the harbour would burn on the %d of the month, by %d in the morning.", n, who.Name, n+1, n+2)
	why := fmt.Sprintf("Number %d: to name a place and an hour is to threaten it, which is what the rule is about in its first line.", n)
	id, err := conduct.Propose(d.Context(), d.DB, d.rae, conduct.Intent{Person: who.ID, Rule: "threats", Measure: restriction.Suspend, Days: 9, Facts: facts, Why: why})
	d.OK(err)
	_, err = conduct.AddEvidence(d.Context(), d.DB, d.rae, id, "The message", facts)
	d.OK(err)
	d.OK(conduct.Answer(d.Context(), d.DB, who, id, "It was a line of a play."))
	_, err = conduct.Deliver(d.Context(), d.DB, d.rae, id, conduct.Ruling{Measure: restriction.Suspend, Days: 9, Facts: facts, Why: why, Evidence: []int{1}})
	d.OK(err)
	return id
}

// A restriction of either side at any moment, appealed or not, changes no sum that
// anybody receives.
func TestARestrictionCommutesWithPayment(t *testing.T) {
	t.Parallel()
	plain := newDeal(t)
	for _, step := range plain.steps() {
		step()
	}
	wantAda, wantCarl := plain.paidOut(plain.ada), plain.paidOut(plain.carl)
	if wantAda != 410_00 || wantCarl <= 0 {
		t.Fatalf("without any restriction Ada has %d and Carl %d", wantAda, wantCarl)
	}
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 1))
			d := newDeal(t)
			var last conduct.ID
			for i, step := range d.steps() {
				switch r.IntN(4) {
				case 1:
					last = d.suspends(d.carl, i)
				case 2:
					last = d.suspends(d.ada, i)
				case 3:
					if last != 0 {
						d.contests(last)
						last = 0
					}
				}
				step()
			}
			if ada, carl := d.paidOut(d.ada), d.paidOut(d.carl); ada != wantAda || carl != wantCarl {
				t.Errorf("Ada has %d instead of %d, and Carl %d instead of %d", ada, wantAda, carl, wantCarl)
			}
		})
	}
}

// contests is whoever it is about, whom Sam finds right.
func (d *deal) contests(id conduct.ID) {
	d.Helper()
	v, err := conduct.Show(d.Context(), d.DB, d.sam, id)
	d.OK(err)
	by := d.carl
	if v.Person == d.ada.ID {
		by = d.ada
	}
	_, err = conduct.Contest(d.Context(), d.DB, by, id, "It was a line of a play.")
	d.OK(err)
	d.OK(conduct.Judge(d.Context(), d.DB, d.sam, id, conduct.Judgement{Outcome: conduct.Upheld, Reasons: "The line is from a play that both have seen, and nobody took it for anything else."}))
}
