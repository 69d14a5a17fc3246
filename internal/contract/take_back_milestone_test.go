package contract_test

import (
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

func (d *deal) takeBack(part int) error {
	return contract.TakeBack(d.Context(), d.DB, d.carl, d.parts[part])
}

// grace is from noon until the money of the first part can be taken back: its
// due day has ended, and a week after it.
const grace = (10+7)*day + 12*time.Hour

func TestMoneyForWhichNothingCameIsTakenBack(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	d.Clock.Advance(grace - time.Microsecond)
	refused(t, d.takeBack(0), contract.ErrTooEarly)
	d.Clock.Advance(time.Microsecond)
	if w := d.show(d.carl).Work[0]; !w.CanTakeBack {
		t.Error("Carl is not offered to take it back")
	}
	d.OK(d.takeBack(0))

	if v := d.is(contract.Ended, contract.TakenBack, contract.Dropped); v.Ending != contract.EndedEarly {
		t.Errorf("it is %s", v.Ending)
	}
	d.have(1000, 0, 0, 0, 0)
	d.told(d.ada, "contract_ended", "ended early")
	d.told(d.carl, "contract_ended", "€30.00 is back")
}

func TestTheOtherPartsGoOn(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.All, euros(525))
	d.Clock.Advance(grace)
	d.OK(d.takeBack(0))
	d.is(contract.Active, contract.TakenBack, contract.Funded)
	d.have(210, 0, 0, 315, 0)
	d.submits(1)
	d.OK(d.approve(d.carl, 1))
	if v := d.is(contract.Ended, contract.TakenBack, contract.Approved); v.Ending != contract.EndedEarly {
		t.Errorf("it is %s", v.Ending)
	}
	d.have(210, 300, 0, 0, 0)
}

func TestWorkThatCameIsNeverTakenBack(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	d.Clock.Advance(grace)
	refused(t, contract.TakeBack(t.Context(), d.DB, d.ada, d.parts[0]), contract.ErrNotClient)
	refused(t, contract.TakeBack(t.Context(), d.DB, d.Person("Eve", money.Amount{}), d.parts[0]), contract.ErrMilestoneNotFound)
	d.submits(0)
	refused(t, d.takeBack(0), contract.ErrSubmitted)
}

func TestMoneyForWhichNoChangesCameIsTakenBack(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	d.Clock.Advance(6 * day)
	d.OK(contract.AskChanges(t.Context(), d.DB, d.carl, d.parts[0], []int{0}, "There are two."))
	d.Clock.Advance(grace - 6*day - time.Microsecond)
	refused(t, d.takeBack(0), contract.ErrTooEarly)
	d.Clock.Advance(time.Microsecond)
	d.OK(d.takeBack(0))
	d.is(contract.Ended, contract.TakenBack, contract.Dropped)
	d.have(1000, 0, 0, 0, 0)
	d.lastAct("contract/1", "ended early")
}

func TestMoneyThatNobodyAsksForGoesBackByItself(t *testing.T) {
	t.Parallel()
	for _, mending := range []bool{false, true} {
		d := funded(t, contract.Next, euros(1000))
		if mending {
			d.submits(0)
			d.OK(contract.AskChanges(t.Context(), d.DB, d.carl, d.parts[0], []int{0}, "There are two."))
		}
		d.Clock.Advance(grace + 30*day - time.Microsecond)
		if n := d.sweep(); n != 0 {
			t.Errorf("%d things fell due too early", n)
		}
		refused(t, contract.TakeBack(t.Context(), d.DB, account.System, d.parts[0]), contract.ErrTooEarly)
		d.Clock.Advance(time.Microsecond)
		if n := d.sweep(); n != 1 {
			t.Errorf("%d things fell due", n)
		}
		d.is(contract.Ended, contract.TakenBack, contract.Dropped)
		d.have(1000, 0, 0, 0, 0)
		d.told(d.ada, "contract_ended", "ended early")
	}
}

func TestSubmittingAndTakingBackAtOnceLetsOneWin(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	d.Clock.Advance(grace)
	winner := oneWins(t, together(
		func() error { _, err := d.submit(0); return err },
		func() error { return d.takeBack(0) },
	), contract.ErrTakenBack, contract.ErrSubmitted)
	if winner == 0 {
		d.have(760, 0, 210, 0, 30)
	} else {
		d.have(1000, 0, 0, 0, 0)
	}
}

func TestNothingIsTakenBackIfAdaCannotBeTold(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	d.Clock.Advance(grace)
	d.plant()
	if err := d.takeBack(0); err == nil {
		t.Fatal("taken back without telling anybody")
	}
	d.unplant()
	d.is(contract.Active, contract.Funded, contract.Planned)
	d.have(760, 0, 210, 0, 30)
}
