package contract_test

import (
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/promise"
)

// amends proposes that what is open on a deal be changed like this.
func (d *deal) amends(by account.Actor, change func(*contract.Plan)) (contract.AmendmentID, error) {
	d.Helper()
	p := d.show(d.carl).Plan()
	change(&p)
	return contract.ProposeAmendment(d.Context(), d.DB, by, d.id, p, "The orchard has grown.")
}

func (d *deal) amended(by account.Actor, change func(*contract.Plan)) contract.AmendmentID {
	d.Helper()
	id, err := d.amends(by, change)
	d.OK(err)
	return id
}

func (d *deal) amendment(by account.Actor, id contract.AmendmentID) contract.AmendmentView {
	d.Helper()
	v, err := contract.ShowAmendment(d.Context(), d.DB, by, id)
	d.OK(err)
	return v
}

func (d *deal) signsAmendment(by account.Actor, id contract.AmendmentID) error {
	d.Helper()
	return contract.SignAmendment(d.Context(), d.DB, by, id,
		contract.Signing{SHA256: d.amendment(d.carl, id).SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
}

func raise(part int, by int64) func(*contract.Plan) {
	return func(p *contract.Plan) { p.Milestones[part].Price = p.Milestones[part].Price.Add(euros(by)) }
}

var another = contract.Part{MilestoneTerms: contract.MilestoneTerms{
	Title: "A sign", Price: euros(100), Due: "2030-02-10", Criteria: []string{"Of oak"}, Hours: 2}}

func addOne(p *contract.Plan) { p.Milestones = append(p.Milestones, another) }

func TestAnAmendmentBindsWhenBothHaveSigned(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	d.have(760, 0, 210, 0, 30)
	id := d.amended(d.ada, func(p *contract.Plan) {
		p.Scope = "A logo and a sign."
		p.Milestones[0].Due = "2030-01-14"
		p.Milestones[1].Price = euros(350)
		addOne(p)
	})
	d.told(d.carl, "amendment_proposed", "Ada", "The orchard has grown.")
	d.OK(d.signsAmendment(d.ada, id))
	d.told(d.carl, "amendment_signed", "Ada signed the amendment")
	if v := d.show(d.ada); v.Work[0].Due.Day() != 11 || len(v.Work) != 2 || v.CanAmend {
		t.Errorf("it is changed by one signature: %+v", v.Work)
	}
	if v := d.amendment(d.carl, id); v.Takes != euros(15) || v.Turn.Of != contract.Client || !v.CanSign || !v.CanDecline || v.CanWithdraw {
		t.Errorf("Carl sees %v, %+v", v.Takes, v.Turn)
	}
	d.OK(d.signsAmendment(d.carl, id))
	v := d.is(contract.Active, contract.Funded, contract.Planned, contract.Planned)
	d.have(745, 0, 210, 0, 45)
	if v.Terms.Scope != "A logo and a sign." || v.Work[0].Due.Day() != 14 || v.Work[0].TakeBackFrom.Day() != 22 ||
		v.Work[1].Price != euros(350) || v.Work[2].Title != "A sign" || v.Sums.Committed != euros(650) || !v.CanAmend {
		t.Errorf("the contract is %+v, %+v", v.Sums, v.Work)
	}
	d.told(d.ada, "amended", "signed by both")
	d.lastAct("contract/1", "Amendment 1", "in force", "SHA-256")
	for _, want := range []string{"Milestone 1, “Sketches”: it is due on 2030-01-14", "its price is 350.00 EUR", "“A sign”, for 100.00 EUR, is new", "| A logo and a sign."} {
		if text := d.amendment(d.ada, id).Text; !strings.Contains(text, want) {
			t.Errorf("the text does not say %q:\n%s", want, text)
		}
	}
	d.kept()
}

// kept fails the test unless all promises hold.
func (d *deal) kept() {
	d.Helper()
	results, err := promise.Check(d.Context(), d.DB)
	d.OK(err)
	for _, r := range results {
		if len(r.Broken) > 0 {
			d.Errorf("the promise %s is broken: %v", r.Name, r.Broken)
		}
	}
}

func TestAPriceIsRaisedAtOnceAndNeverCut(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	_, err := d.amends(d.carl, raise(0, -1))
	refused(t, err, contract.ErrPriceCut)
	id := d.amended(d.carl, raise(0, 100))
	d.OK(d.signsAmendment(d.carl, id))
	d.OK(d.signsAmendment(d.ada, id))
	d.have(655, 0, 315, 0, 30)
	d.submits(0)
	_, err = d.amends(d.ada, raise(0, 1))
	refused(t, err, contract.ErrPartSubmitted)
	d.OK(contract.ApproveMilestone(d.Context(), d.DB, d.carl, d.parts[0]))
	d.have(370, 300, 0, 315, 0)
	d.kept()
}

func TestWhatHasNotBegunCanBeLeftOut(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	_, err := d.amends(d.carl, func(p *contract.Plan) { p.Milestones = p.Milestones[1:] })
	refused(t, err, contract.ErrPartBegun)
	_, err = d.amends(d.carl, func(p *contract.Plan) { p.Milestones = nil })
	refused(t, err, contract.ErrNothingLeft)
	id := d.amended(d.carl, func(p *contract.Plan) { p.Milestones = p.Milestones[:1] })
	d.OK(d.signsAmendment(d.ada, id))
	d.OK(d.signsAmendment(d.carl, id))
	v := d.is(contract.Active, contract.Funded, contract.Dropped)
	d.have(790, 0, 210, 0, 0)
	if v.Sums.Committed != euros(200) {
		t.Errorf("committed are %v", v.Sums.Committed)
	}
	d.submits(0)
	d.OK(contract.ApproveMilestone(d.Context(), d.DB, d.carl, d.parts[0]))
	if v := d.is(contract.Ended); v.Ending != contract.Completed {
		t.Errorf("it is %s", v.Ending)
	}
	d.kept()
}

func TestWhereAllIsFundedAnAmendmentIsToo(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.All, euros(625))
	d.have(100, 0, 210, 315, 0)
	id := d.amended(d.ada, addOne)
	d.OK(d.signsAmendment(d.carl, id))
	refused(t, d.signsAmendment(d.ada, id), contract.ErrAmendmentUncovered)
	d.Deposit(d.carl, euros(5))
	d.OK(d.signsAmendment(d.ada, id))
	d.is(contract.Active, contract.Funded, contract.Funded, contract.Funded)
	d.have(0, 0, 210, 315, 0)
	d.kept()
}

func TestTheClientIsToldWhatAnAmendmentTakes(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(270))
	id := d.amended(d.ada, raise(0, 100))
	d.OK(d.signsAmendment(d.ada, id))
	refused(t, d.signsAmendment(d.carl, id), contract.ErrAmendmentTakes)
	if v := d.amendment(d.carl, id); len(v.Signatures) != 1 || v.State != contract.AmendSigned {
		t.Errorf("a refused signature is kept: %+v", v.Signatures)
	}
}

func TestAnAmendmentIsDeclinedWithdrawnAndExpires(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	id := d.amended(d.ada, raise(1, 10))
	_, err := d.amends(d.carl, raise(1, 20))
	refused(t, err, contract.ErrAmendmentOpen)
	refused(t, contract.DeclineAmendment(d.Context(), d.DB, d.ada, id, "No."), contract.ErrOwnAmendment)
	refused(t, contract.WithdrawAmendment(d.Context(), d.DB, d.carl, id, "No."), contract.ErrNotYourAmendment)
	refused(t, contract.DeclineAmendment(d.Context(), d.DB, d.carl, id, " "), contract.ErrReason)
	d.OK(contract.DeclineAmendment(d.Context(), d.DB, d.carl, id, "Too dear."))
	d.told(d.ada, "amendment_ended", "Carl declined", "Too dear.")
	refused(t, d.signsAmendment(d.ada, id), contract.ErrAmendmentOver)

	id = d.amended(d.carl, raise(1, 5))
	d.OK(contract.WithdrawAmendment(d.Context(), d.DB, d.carl, id, "Not yet."))
	d.told(d.ada, "amendment_ended", "Carl withdrew", "Not yet.")

	id = d.amended(d.carl, raise(1, 6))
	d.OK(d.signsAmendment(d.carl, id))
	refused(t, contract.ExpireAmendment(d.Context(), d.DB, account.System, id), contract.ErrTooEarly)
	d.later(8 * day)
	if v := d.amendment(d.ada, id); v.State != contract.AmendExpired || v.CanSign {
		t.Errorf("it is %s", v.State)
	}
	refused(t, d.signsAmendment(d.ada, id), contract.ErrAmendmentOver)
	d.told(d.ada, "amendment_ended", "expired")
	d.have(760, 0, 210, 0, 30)
}

func TestAnAmendmentThatTheWorkOvertookIsNotSigned(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	id := d.amended(d.carl, raise(0, 10))
	d.OK(d.signsAmendment(d.carl, id))
	d.submits(0)
	if v := d.amendment(d.ada, id); v.CanSign || v.Obstacle.Empty() {
		t.Errorf("Ada is offered to sign: %+v", v)
	}
	refused(t, d.signsAmendment(d.ada, id), contract.ErrPartSubmitted)
	if v := d.amendment(d.ada, id); len(v.Signatures) != 1 {
		t.Errorf("there are %d signatures", len(v.Signatures))
	}
}

func TestTheEndOfAContractTakesItsAmendmentAway(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	id := d.amended(d.carl, raise(0, 50))
	d.notice(d.carl)
	refused(t, d.signsAmendment(d.ada, id), contract.ErrNothingToAmend)
	d.later(7 * day)
	d.is(contract.Ended)
	if v := d.amendment(d.carl, id); v.State != contract.AmendWithdrawn || v.Live() {
		t.Errorf("it is %s", v.State)
	}
	_, err := d.amends(d.carl, addOne)
	refused(t, err, contract.ErrNothingToAmend)
}

func TestBeforeItIsFundedAContractIsChangedFreely(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.Next, euros(1000))
	id := d.amended(d.carl, raise(0, -50))
	d.OK(d.signsAmendment(d.carl, id))
	d.OK(d.signsAmendment(d.ada, id))
	d.OK(contract.Fund(d.Context(), d.DB, d.carl, d.id))
	if got := d.Wallet(d.carl, "EUR"); got.Minor != 1000_00-157_50-30_00 {
		t.Errorf("Carl has %v", got)
	}
	d.kept()
}

func TestOnlyTheTwoChangeAContract(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	eve := d.Person("Eve", money.Amount{})
	_, err := d.amends(eve, raise(0, 1))
	refused(t, err, contract.ErrNotFound)
	id := d.amended(d.carl, raise(0, 1))
	_, err = contract.ShowAmendment(d.Context(), d.DB, eve, id)
	refused(t, err, contract.ErrAmendmentNotFound)
	refused(t, d.signsAmendment(eve, id), contract.ErrAmendmentNotFound)
	refused(t, contract.DeclineAmendment(d.Context(), d.DB, eve, id, "No."), contract.ErrAmendmentNotFound)
}

func TestSigningAnAmendmentAtOnceChangesItOnce(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	id := d.amended(d.carl, raise(0, 100))
	for _, err := range together(
		func() error { return d.signsAmendment(d.carl, id) }, func() error { return d.signsAmendment(d.ada, id) }) {
		d.OK(err)
	}
	d.have(655, 0, 315, 0, 30)
	refused(t, d.signsAmendment(d.ada, id), contract.ErrAmendmentInForce)
	d.kept()
}

func TestAPlanThatCannotBeIsRefusedAtItsFields(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	for name, c := range map[string]struct {
		change func(*contract.Plan)
		want   error
	}{
		"nothing":           {func(*contract.Plan) {}, contract.ErrNoChange},
		"an unknown number": {func(p *contract.Plan) { p.Milestones[1].N = 9 }, contract.ErrPartUnknown},
		"another order": {func(p *contract.Plan) {
			p.Milestones[0], p.Milestones[1] = p.Milestones[1], p.Milestones[0]
		}, contract.ErrPartOrder},
		"a day that has passed": {func(p *contract.Plan) { p.Milestones[0].Due = "2029-12-01" }, contract.ErrDuePast},
		"due before the first":  {func(p *contract.Plan) { p.Milestones[1].Due = "2030-01-05" }, contract.ErrDueBack},
		"no criteria":           {func(p *contract.Plan) { p.Milestones[1].Criteria = nil }, contract.ErrCriteria},
		"another currency": {func(p *contract.Plan) {
			p.Milestones[0].Price = money.Amount{Minor: 900_00, Currency: "USD"}
		}, contract.ErrCurrency},
		"no words": {func(p *contract.Plan) { p.Scope = "" }, contract.ErrScope},
		"too many": {func(p *contract.Plan) {
			for range 50 {
				addOne(p)
			}
		}, contract.ErrTooManyParts},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.amends(d.carl, c.change)
			refused(t, err, c.want)
		})
	}
}
