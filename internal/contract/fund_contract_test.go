package contract_test

import (
	"testing"
	"time"

	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

func TestFundingTheNextPutsItAndTheEndingFeeInEscrow(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.Next, euros(1000))
	if v := d.show(d.carl); v.Need != euros(240) || v.Wallet != euros(1000) || !v.CanFund {
		t.Errorf("needs %v of %v, can fund %v", v.Need, v.Wallet, v.CanFund)
	}
	d.OK(contract.Fund(t.Context(), d.DB, d.carl, d.id))

	v := d.is(contract.Active, contract.Funded, contract.Planned)
	d.have(760, 0, 210, 0, 30)
	if v.Sums != (contract.Sums{Committed: euros(500), Funded: euros(200), Released: euros(0)}) || v.EndingFeeHeld != euros(30) {
		t.Errorf("the sums are %+v, the ending fee %v", v.Sums, v.EndingFeeHeld)
	}
	if v.CanFund || v.Turn.Of != contract.Freelancer {
		t.Errorf("can fund %v, turn of %s", v.CanFund, v.Turn.Of)
	}
	d.told(d.ada, "contract_funded", "Carl", "Sketches", "You can begin")
	d.lastAct("contract/1", "Carl funded", "€240.00", "next")
}

func TestFundingAllPutsEverythingInEscrow(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.All, euros(525))
	d.is(contract.Active, contract.Funded, contract.Funded)
	d.have(0, 0, 210, 315, 0)
}

func TestAWalletThatIsShortFundsNothing(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.Next, money.Amount{Minor: 239_99, Currency: "EUR"})
	err := contract.Fund(t.Context(), d.DB, d.carl, d.id)
	refused(t, err, contract.ErrNotEnough)
	d.is(contract.Signed, contract.Planned, contract.Planned)
	d.Deposit(d.carl, money.Amount{Minor: 1, Currency: "EUR"})
	d.OK(contract.Fund(t.Context(), d.DB, d.carl, d.id))
	d.have(0, 0, 210, 0, 30)
}

func TestOnlyTheClientFunds(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.Next, euros(1000))
	refused(t, contract.Fund(t.Context(), d.DB, d.ada, d.id), contract.ErrNotClient)
	refused(t, contract.Fund(t.Context(), d.DB, d.Person("Eve", money.Amount{}), d.id), contract.ErrNotFound)
}

func TestFundingTwiceAtOnceFundsOnce(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.Next, euros(1000))
	fund := func() error { return contract.Fund(t.Context(), d.DB, d.carl, d.id) }
	oneWins(t, together(fund, fund), contract.ErrFunded)
	d.have(760, 0, 210, 0, 30)
}

func TestOneWalletDoesNotFundTwoContracts(t *testing.T) {
	t.Parallel()
	m := open(t, euros(300), 2)
	first := m.signs(twoParts(contract.Next))
	m.ada = m.Person("Bea", money.Amount{})
	m.proposal = m.proposes(m.ada)
	second := m.signs(twoParts(contract.Next))
	oneWins(t, together(
		func() error { return contract.Fund(t.Context(), m.DB, m.carl, first.id) },
		func() error { return contract.Fund(t.Context(), m.DB, m.carl, second.id) },
	), contract.ErrNotEnough)
	if got := m.Wallet(m.carl, "EUR"); got != euros(60) {
		t.Errorf("Carl has %v", got)
	}
}

func TestAContractThatIsNotFundedEnds(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.Next, euros(1000))
	d.Clock.Advance(7*day - time.Microsecond)
	if n := d.sweep(); n != 0 {
		t.Errorf("%d things fell due too early", n)
	}
	d.Clock.Advance(time.Microsecond)
	refused(t, contract.Fund(t.Context(), d.DB, d.carl, d.id), contract.ErrFundedTooLate)
	d.sweep()
	if v := d.is(contract.Ended, contract.Dropped, contract.Dropped); v.Ending != contract.NeverFunded {
		t.Errorf("it is %s", v.Ending)
	}
	d.told(d.carl, "contract_ended", "did not fund")
	d.told(d.ada, "contract_ended", "You are free")
	d.lastAct("contract/1", "ended without having begun", "not funded in time")
	refused(t, contract.Fund(t.Context(), d.DB, d.carl, d.id), contract.ErrEnded)
}

func TestNoMoneyIsSecuredIfAdaCannotBeTold(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.Next, euros(1000))
	d.plant()
	if err := contract.Fund(t.Context(), d.DB, d.carl, d.id); err == nil {
		t.Fatal("funded without telling anybody")
	}
	d.unplant()
	d.is(contract.Signed, contract.Planned, contract.Planned)
	d.have(1000, 0, 0, 0, 0)
}
