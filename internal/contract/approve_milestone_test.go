package contract_test

import (
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/money"
	"freehold/internal/ledger"
)

func (d *deal) approve(by account.Actor, part int) error {
	return contract.ApproveMilestone(d.Context(), d.DB, by, d.parts[part])
}

func TestApprovingPaysAndFundsTheNext(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	d.OK(d.approve(d.carl, 0))

	v := d.is(contract.Active, contract.Approved, contract.Funded)
	d.have(1000-210-315, 200, 0, 315, 0)
	if fee := d.Balance(ledger.Account("fees/contract/1"), "EUR"); fee != euros(10) {
		t.Errorf("our fee is %v", fee)
	}
	if v.Sums != (contract.Sums{Committed: euros(500), Funded: euros(500), Released: euros(200)}) {
		t.Errorf("the sums are %+v", v.Sums)
	}
	d.told(d.ada, "milestone_funded", "The logo", "You can begin")
	d.told(d.carl, "milestone_funded", "€315.00")
	d.lastAct("contract/1", "“The logo” was funded with €315.00")
}

func TestApprovingTheLastCompletesTheContract(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	d.OK(d.approve(d.carl, 0))
	d.submits(1)
	d.OK(d.approve(d.carl, 1))

	v := d.is(contract.Ended, contract.Approved, contract.Approved)
	if v.Ending != contract.Completed || v.Turn.Of != "" {
		t.Errorf("it is %s, and the turn of %q", v.Ending, v.Turn.Of)
	}
	d.have(1000-525, 500, 0, 0, 0)
	d.told(d.ada, "contract_ended", "completed")
	d.told(d.carl, "contract_ended", "completed")
	refused(t, d.approve(d.carl, 1), contract.ErrApproved)
}

func TestPartsFundedTogetherEndTogether(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.All, euros(525))
	d.submits(1)
	d.OK(d.approve(d.carl, 1)) // in any order
	d.is(contract.Active, contract.Submitted, contract.Approved)
	d.OK(d.approve(d.carl, 0))
	d.is(contract.Ended, contract.Approved, contract.Approved)
	d.have(0, 500, 0, 0, 0)
}

func TestTheEndingFeeHelpsToFundTheNext(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(240+285)) // 285 and the 30 of ending fee are 315
	d.OK(d.approve(d.carl, 0))
	d.is(contract.Active, contract.Approved, contract.Funded)
	d.have(0, 200, 0, 315, 0)
}

func TestAContractWithoutMoneyForTheNextIsStarved(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(240+284))
	d.OK(d.approve(d.carl, 0))

	v := d.is(contract.Starved, contract.Approved, contract.Planned)
	d.have(284, 200, 0, 0, 30)
	if v.Need != euros(285) || !v.CanFund || v.Turn.Of != contract.Client || !v.Turn.By.Equal(d.Clock.Now().Add(7*day)) {
		t.Errorf("needs %v, turn of %s until %v", v.Need, v.Turn.Of, v.Turn.By)
	}
	d.told(d.carl, "contract_starved", "€285.00", "€284.00", "€30.00")
	d.told(d.ada, "contract_starved", "stop working", "€30.00")
	_, err := d.submit(1)
	refused(t, err, contract.ErrNotFunded)

	refused(t, contract.Fund(t.Context(), d.DB, d.carl, d.id), contract.ErrNotEnough)
	d.Deposit(d.carl, euros(1))
	d.later(20 * day)
	d.OK(contract.Fund(t.Context(), d.DB, d.carl, d.id))
	v = d.is(contract.Active, contract.Approved, contract.Funded)
	d.have(0, 200, 0, 315, 0)
	if from := d.Clock.Now().Add((10 + 7) * day); !v.Work[1].TakeBackFrom.Equal(from) {
		t.Errorf("the money can be taken back from %v, want %v: Ada has the ten days that the plan gave her", v.Work[1].TakeBackFrom, from)
	}
}

func TestSilencePaysForSubmittedWork(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	d.Clock.Advance(7*day - time.Microsecond)
	if n := d.sweep(); n != 0 {
		t.Errorf("%d things fell due too early", n)
	}
	d.Clock.Advance(time.Microsecond)
	if n := d.sweep(); n != 1 {
		t.Errorf("%d things fell due", n)
	}
	v := d.is(contract.Active, contract.Approved, contract.Funded)
	d.have(475, 200, 0, 315, 0)
	silent := v.Journal[len(v.Journal)-2]
	if silent.Actor != 0 || silent.Name != "Freehold" || silent.Reason != "silence pays: the acceptance window passed" {
		t.Errorf("the record says %+v", silent)
	}
	if n := d.sweep(); n != 0 {
		t.Errorf("%d things fell due again", n)
	}
}

func TestOnlyTheClientApproves(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	refused(t, d.approve(d.ada, 0), contract.ErrNotClient)
	refused(t, d.approve(d.Person("Eve", money.Amount{}), 0), contract.ErrMilestoneNotFound)
	refused(t, d.approve(account.System, 0), contract.ErrTooEarly)
	refused(t, d.approve(d.carl, 1), contract.ErrNotFunded)
	d.have(760, 0, 210, 0, 30)
}

func TestApprovingTwiceAtOncePaysOnce(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	approve := func() error { return d.approve(d.carl, 0) }
	oneWins(t, together(approve, approve), contract.ErrApproved)
	d.have(475, 200, 0, 315, 0)
}

func TestApprovingAndSilenceAtOncePayOnce(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	d.Clock.Advance(7 * day)
	errs := together(
		func() error { return d.approve(d.carl, 0) },
		func() error { _, err := contract.SweepDue(t.Context(), d.DB); return err },
	)
	if errs[1] != nil {
		t.Errorf("the sweep failed: %v", errs[1])
	}
	if errs[0] != nil {
		refused(t, errs[0], contract.ErrApproved)
	}
	d.have(475, 200, 0, 315, 0)
}

func TestTwoContractsDoNotFundTheirNextFromTheSameMoney(t *testing.T) {
	t.Parallel()
	m := open(t, euros(2*240+285+10), 2)
	first := m.signs(twoParts(contract.Next))
	bea := *m
	bea.ada = m.Person("Bea", money.Amount{})
	bea.proposal = m.proposes(bea.ada)
	second := bea.signs(twoParts(contract.Next))
	for _, d := range []*deal{first, second} {
		m.OK(contract.Fund(t.Context(), m.DB, m.carl, d.id))
		d.submits(0)
	}
	for _, err := range together(
		func() error { return first.approve(m.carl, 0) },
		func() error { return second.approve(m.carl, 0) },
	) {
		m.OK(err)
	}
	if one, two := first.show(m.carl).State, second.show(m.carl).State; one == two {
		t.Errorf("both are %s: there was money for one", one)
	}
	if got := m.Wallet(m.carl, "EUR"); got != euros(10) {
		t.Errorf("Carl has %v", got)
	}
}

func TestNoMoneyMovesIfNobodyCanBeTold(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	d.plant()
	if err := d.approve(d.carl, 0); err == nil {
		t.Fatal("approved without telling anybody")
	}
	d.Clock.Advance(7 * day)
	if n, err := contract.SweepDue(t.Context(), d.DB); err == nil || n != 0 {
		t.Errorf("%d things were done in silence: %v", n, err)
	}
	d.unplant()
	d.is(contract.Active, contract.Submitted, contract.Planned)
	d.have(760, 0, 210, 0, 30)
	d.sweep()
}
