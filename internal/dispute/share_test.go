package dispute_test

import (
	"testing"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/kit/money"
)

// parting is work of 200 euros that is to be mended, in a contract that Carl ends
// early. He says that a fifth of it is done, and Ada says seven tenths.
func parting(t *testing.T, arbiters int) *quarrel {
	t.Helper()
	q := begun(t, arbiters)
	ctx := q.Context()
	q.OK(contract.AskChanges(ctx, q.DB, q.carl, q.work, []int{0}, "It does not shine."))
	q.OK(contract.GiveNotice(ctx, q.DB, q.carl, q.contract, contract.Notice{Reason: contract.ForPlans, Words: "The plan has changed."}))
	q.OK(contract.NameShare(ctx, q.DB, q.carl, q.work, 20))
	q.OK(contract.NameShare(ctx, q.DB, q.ada, q.work, 70))
	return q
}

// aboutShare is the dispute that one of the two opens about what lies between.
func (q *quarrel) aboutShare(by account.Actor) {
	q.Helper()
	var err error
	q.id, err = q.disputes(by, money.Amount{}, dispute.Share, "The tower stands, and its lens is cut.")
	q.OK(err)
}

func TestOnlyWhatLiesBetweenTwoSharesWaits(t *testing.T) {
	t.Parallel()
	q := parting(t, 1)
	q.told(q.carl, "share_named", "have an arbiter decide between the two")
	_, err := q.disputes(q.ada, euros(99), dispute.Share, "The tower stands.")
	refused(t, err, dispute.ErrShareSum)
	q.aboutShare(q.ada)
	// a fifth is Ada's, and three tenths with the fee on them are Carl's again
	v := q.is(dispute.Talking, contract.Disputed, 770+63, 40)
	if v.Sum != euros(100) || v.Fallback.Minor != 87_26 || v.Reason.Means(v.OpenedBy).String() != "How much of the work is done" {
		t.Errorf("the dispute is about %v, and falls to %v: %s", v.Sum, v.Fallback, v.Reason.Means(v.OpenedBy))
	}
	refused(t, contract.NameShare(t.Context(), q.DB, q.carl, q.work, 70), contract.ErrNoShareToName)
	_, err = q.disputes(q.carl, money.Amount{}, dispute.Share, "Again.")
	refused(t, err, contract.ErrDisputed)

	q.later(5 * day)
	q.later(3 * day) // the notice has passed, and the contract waits for the decision
	q.is(dispute.Deciding, contract.Disputed, 770+63, 40)
	q.OK(q.decides(q.arbiters[0], 50))
	q.later(7 * day)
	c, err := contract.Show(t.Context(), q.DB, q.carl, q.contract)
	if err != nil || c.State != contract.Ended || c.Ending != contract.EndedEarly || c.Work[0].State != contract.Split {
		t.Errorf("the contract is %s, %s, and the work %s: %v", c.State, c.Ending, c.Work[0].State, err)
	}
	// Ada has the ending fee too, since Carl gave notice
	if carl, ada := q.Wallet(q.carl, "EUR"), q.Wallet(q.ada, "EUR"); carl.Minor != 833_00+52_50 || ada != euros(40+50+20) {
		t.Errorf("Carl has %v, and Ada %v", carl, ada)
	}
}

func TestWhereNoArbiterDecidesAboutAShareTheDaysDo(t *testing.T) {
	t.Parallel()
	q := parting(t, 0)
	q.aboutShare(q.carl)
	q.later(5 * day)
	q.told(q.ada, "dispute_deciding", "€87.26 of the €100.00 are the freelancer's")
	q.later(10 * day)
	q.later(10 * day)
	if v := q.show(q.ada); v.State != dispute.Closed || v.How != dispute.ByDefault || v.Award.Minor != 87_26 {
		t.Errorf("it is %s, %s, with %v", v.State, v.How, v.Award)
	}
	if got := q.Wallet(q.ada, "EUR"); got.Minor != 40_00+87_26+20_00 {
		t.Errorf("Ada has %v", got)
	}
}

func TestAShareIsDisputedWhereTwoDiffer(t *testing.T) {
	t.Parallel()
	q := begun(t, 0)
	open := func(by account.Actor) error {
		_, err := q.disputes(by, money.Amount{}, dispute.Share, "Much is done.")
		return err
	}
	refused(t, open(q.ada), contract.ErrNoShareToDispute)
	q = parting(t, 0)
	q.OK(contract.NameShare(t.Context(), q.DB, q.ada, q.work, 20)) // the same
	refused(t, open(q.ada), contract.ErrNoShareToDispute)
	q.OK(contract.NameShare(t.Context(), q.DB, q.ada, q.work, 10)) // Carl is generous
	refused(t, open(q.carl), contract.ErrNoShareToDispute)
	q.OK(contract.NameShare(t.Context(), q.DB, q.ada, q.work, 100))
	refused(t, open(q.Person("Eve", money.Amount{})), contract.ErrMilestoneNotFound)
	q.Clock.Advance(8 * day) // and nobody has swept
	refused(t, open(q.ada), contract.ErrNoShareToDispute)
	q.later(0)
	refused(t, open(q.ada), contract.ErrEnded)
}
