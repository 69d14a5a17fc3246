package contract_test

import (
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

func (d *deal) bonus(by account.Actor, n int, a money.Amount, words string) error {
	return contract.GiveBonus(d.Context(), d.DB, by, d.id, contract.Extra{Amount: a, Words: words, N: n})
}

func (d *deal) refund(by account.Actor, n int, a money.Amount, words string) error {
	return contract.Refund(d.Context(), d.DB, by, d.id, contract.Extra{Amount: a, Words: words, N: n})
}

func TestABonusIsPaidAtOnceAndOnce(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	errs := together(
		func() error { return d.bonus(d.carl, 1, euros(100), "The owl.") },
		func() error { return d.bonus(d.carl, 1, euros(100), "The owl.") })
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("two clicks: %v", errs)
	}
	d.have(655, 100, 210, 0, 30)
	d.told(d.ada, "bonus_given", "Carl gave you a bonus", "€100.00")
	d.lastAct("contract/1", "Carl gave a bonus of €100.00", "The owl.")
	refused(t, d.bonus(d.carl, 1, euros(1), "Again."), contract.ErrGivenMeanwhile)
	refused(t, d.bonus(d.carl, 2, euros(700), "Too much."), contract.ErrNotCovered)
	refused(t, d.bonus(d.ada, 2, euros(1), "For me."), contract.ErrNotClient)
	refused(t, d.bonus(d.Person("Eve", money.Amount{}), 2, euros(1), "For Ada."), contract.ErrNotFound)
	refused(t, d.bonus(d.carl, 2, euros(0), "Nothing."), contract.ErrAmount)
	refused(t, d.bonus(d.carl, 2, money.Amount{Minor: 1, Currency: "USD"}, "A cent."), contract.ErrAmount)
	refused(t, d.bonus(d.carl, 2, euros(1), " "), contract.ErrNoWords)
	refused(t, d.bonus(d.carl, 2, euros(1), strings.Repeat("a", 2001)), contract.ErrNoWords)
	d.later(60 * day) // the money of what never came goes back, and the contract ends
	d.is(contract.Ended)
	d.OK(d.bonus(d.carl, 2, euros(10), "We talked about it."))
	if v := d.show(d.carl); v.Extras.Bonuses != 2 || v.Extras.Given != euros(110) || !v.CanGiveBonus || v.CanRefund {
		t.Errorf("%+v", v.Extras)
	}
}

func TestNobodyGivesABonusBeforeThereIsWork(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.Next, euros(1000))
	refused(t, d.bonus(d.carl, 1, euros(1), "Welcome."), contract.ErrNotFundedYet)
	if v := d.show(d.carl); v.CanGiveBonus {
		t.Error("Carl is offered to")
	}
}

func TestTheFreelancerCanReturnWhatTheyEarned(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	refused(t, d.refund(d.ada, 1, euros(1), "Sorry."), contract.ErrMoreThanEarned)
	d.OK(d.approve(d.carl, 0))
	d.have(475, 200, 0, 315, 0)
	refused(t, d.refund(d.ada, 1, euros(201), "Sorry."), contract.ErrMoreThanEarned)
	refused(t, d.refund(d.carl, 1, euros(1), "Mine."), contract.ErrNotFreelancer)
	d.OK(d.refund(d.ada, 1, euros(40), "One sketch was not new."))
	d.have(517, 160, 0, 315, 0) // our fee on it went back too
	d.told(d.carl, "refunded", "Ada returned €40.00", "€42.00 are in your wallet")
	d.lastAct("contract/1", "Ada returned €40.00", "One sketch")
	refused(t, d.refund(d.ada, 1, euros(40), "One sketch was not new."), contract.ErrGivenMeanwhile)
	refused(t, d.refund(d.ada, 2, euros(161), "All of it."), contract.ErrMoreThanEarned)
	d.OK(d.refund(d.ada, 2, euros(160), "All of it."))
	d.have(685, 0, 0, 315, 0)
	if kept := d.Balance("fees/contract/1", "EUR"); !kept.IsZero() {
		t.Errorf("we keep %v", kept)
	}
}
