package contract_test

import (
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

// starved is a deal whose second part found no money.
func starved(t *testing.T) *deal {
	t.Helper()
	d := submitted(t, contract.Next, euros(300))
	d.OK(d.approve(d.carl, 0))
	d.is(contract.Starved)
	return d
}

func TestLeavingAStarvedContractPaysTheEndingFee(t *testing.T) {
	t.Parallel()
	d := starved(t)
	d.Clock.Advance(7*day - time.Microsecond)
	refused(t, contract.LeaveStarved(t.Context(), d.DB, d.ada, d.id), contract.ErrTooEarly)
	d.Clock.Advance(time.Microsecond)
	if v := d.show(d.ada); !v.CanLeave {
		t.Error("Ada is not offered to leave")
	}
	d.OK(contract.LeaveStarved(t.Context(), d.DB, d.ada, d.id))

	if v := d.is(contract.Ended, contract.Approved, contract.Dropped); v.Ending != contract.EndedEarly {
		t.Errorf("it is %s", v.Ending)
	}
	d.have(60, 230, 0, 0, 0)
	d.told(d.carl, "contract_ended", "Ada left", "€30.00")
	d.told(d.ada, "contract_ended", "€30.00")
	d.lastAct("contract/1", "Ada left the contract with the ending fee of €30.00")
}

func TestAStarvedContractThatNobodyLeavesEndsByItself(t *testing.T) {
	t.Parallel()
	d := starved(t)
	d.Clock.Advance(37*day - time.Microsecond)
	if n := d.sweep(); n != 0 {
		t.Errorf("%d things fell due too early", n)
	}
	refused(t, contract.LeaveStarved(t.Context(), d.DB, account.System, d.id), contract.ErrTooEarly)
	d.Clock.Advance(time.Microsecond)
	if n := d.sweep(); n != 1 {
		t.Errorf("%d things fell due", n)
	}
	d.is(contract.Ended, contract.Approved, contract.Dropped)
	d.have(60, 230, 0, 0, 0)
	d.told(d.ada, "contract_ended", "€30.00 is in your wallet")
	d.told(d.carl, "contract_ended", "€30.00 was paid to the freelancer")
}

func TestOnlyTheFreelancerLeaves(t *testing.T) {
	t.Parallel()
	d := starved(t)
	d.Clock.Advance(7 * day)
	refused(t, contract.LeaveStarved(t.Context(), d.DB, d.carl, d.id), contract.ErrNotFreelancer)
	refused(t, contract.LeaveStarved(t.Context(), d.DB, d.Person("Eve", money.Amount{}), d.id), contract.ErrNotFound)
}

func TestAContractThatHasMoneyIsNotLeft(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	refused(t, contract.LeaveStarved(t.Context(), d.DB, d.ada, d.id), contract.ErrFunded)
}

func TestLeavingAndFundingAtOnceLetsOneWin(t *testing.T) {
	t.Parallel()
	d := starved(t)
	d.Deposit(d.carl, euros(1000))
	d.Clock.Advance(7 * day)
	oneWins(t, together(
		func() error { return contract.LeaveStarved(t.Context(), d.DB, d.ada, d.id) },
		func() error { return contract.Fund(t.Context(), d.DB, d.carl, d.id) },
	), contract.ErrEnded, contract.ErrFunded)
}

func TestNobodyLeavesIfCarlCannotBeTold(t *testing.T) {
	t.Parallel()
	d := starved(t)
	d.Clock.Advance(7 * day)
	d.plant()
	if err := contract.LeaveStarved(t.Context(), d.DB, d.ada, d.id); err == nil {
		t.Fatal("left without telling anybody")
	}
	d.unplant()
	d.is(contract.Starved)
	d.have(60, 200, 0, 0, 30)
}
