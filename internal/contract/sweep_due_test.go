package contract_test

import (
	"testing"

	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

func TestWhatFailsKeepsNobodyElseWaiting(t *testing.T) {
	t.Parallel()
	m := open(t, euros(2000), 2)
	first := m.signs(twoParts(contract.All))
	bea := *m
	bea.ada = m.Person("Bea", money.Amount{})
	bea.proposal = m.proposes(bea.ada)
	second := bea.signs(twoParts(contract.All))
	for _, d := range []*deal{first, second} {
		m.OK(contract.Fund(t.Context(), m.DB, m.carl, d.id))
		d.submits(0)
	}
	m.Do(`ALTER TABLE notify.notices ADD CONSTRAINT planted CHECK (reader <> ` + itoa(m.ada.ID) + `) NOT VALID`)
	m.Clock.Advance(7 * day)
	if n, err := contract.SweepDue(t.Context(), m.DB); n != 1 || err == nil {
		t.Errorf("%d were approved, and the failure is %v", n, err)
	}
	first.is(contract.Active, contract.Submitted)
	second.is(contract.Active, contract.Approved)

	m.Do(`ALTER TABLE notify.notices DROP CONSTRAINT planted`)
	if n := m.sweep(); n != 1 {
		t.Errorf("%d were approved once it could be done", n)
	}
	first.is(contract.Active, contract.Approved)
}
