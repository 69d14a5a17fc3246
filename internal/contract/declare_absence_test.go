package contract_test

import (
	"testing"
	"time"

	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

func TestWhileTheClientIsAwayTheWindowStandsStillOnce(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	away := func(days int) error {
		return contract.DeclareAbsence(t.Context(), d.DB, d.carl, d.id, d.Clock.Now().AddDate(0, 0, days).Truncate(day))
	}
	for _, days := range []int{-1, 14, 400} { // the end of the fourteenth day is later than 14 days from noon
		refused(t, away(days), contract.ErrAbsence)
	}
	refused(t, contract.DeclareAbsence(t.Context(), d.DB, d.ada, d.id, d.Clock.Now()), contract.ErrNotClient)
	refused(t, contract.DeclareAbsence(t.Context(), d.DB, d.Person("Eve", money.Amount{}), d.id, d.Clock.Now()), contract.ErrNotFound)
	if !d.show(d.carl).CanBeAway || d.show(d.ada).CanBeAway {
		t.Error("the wrong one is offered to be away")
	}
	before := *d.show(d.carl).Work[0].ApproveBy
	d.Clock.Advance(2 * day)
	d.OK(away(5))
	d.told(d.ada, "client_absent", "Carl is away until 8 Jan 2030")
	d.lastAct("contract/1", "Carl is away")
	v := d.show(d.carl)
	if got := v.Work[0].ApproveBy.Sub(before); got != v.AbsentUntil.Sub(*v.AbsentFrom) || got < 5*day || got > 6*day {
		t.Errorf("the window stands still for %v", got)
	}
	refused(t, away(5), contract.ErrAbsentBefore)
	d.Clock.Advance(v.Work[0].ApproveBy.Add(-time.Microsecond).Sub(d.Clock.Now()))
	d.sweep()
	d.is(contract.Active, contract.Submitted)
	d.later(time.Microsecond)
	d.is(contract.Active, contract.Approved, contract.Funded)
	d.submits(1) // long after the absence: the window is as it was agreed
	if w := d.show(d.carl).Work[1]; w.ApproveBy.Sub(*w.SubmittedAt) != 7*day {
		t.Errorf("the second window is %v", w.ApproveBy.Sub(*w.SubmittedAt))
	}
}

func TestWorkThatComesWhileTheClientIsAwayWaitsForThem(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	d.OK(contract.DeclareAbsence(t.Context(), d.DB, d.carl, d.id, d.Clock.Now().AddDate(0, 0, 10).Truncate(day)))
	d.later(day)
	d.submits(0)
	v := d.show(d.carl)
	if got := v.Work[0].ApproveBy.Sub(*v.AbsentUntil); got != 7*day {
		t.Errorf("the window is open for %v after the absence", got)
	}
}
