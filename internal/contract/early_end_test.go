package contract_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/kit/money"
)

func (d *deal) notice(by account.Actor) {
	d.Helper()
	d.OK(contract.GiveNotice(d.Context(), d.DB, by, d.id, contract.Notice{Reason: contract.ForPlans, Words: "The plan has changed."}))
}

func (d *deal) settlement(by account.Actor) contract.Settlements {
	d.Helper()
	s, err := contract.ShowSettlement(d.Context(), d.DB, by, d.id)
	d.OK(err)
	return s
}

func TestWhatTheSettlementSaysIsWhatIsPaid(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	if s := d.settlement(d.ada); !s.CanNotice || s.CanAgree || len(s.Ways) != 3 {
		t.Errorf("before notice Ada reads %+v", s)
	}
	said := d.settlement(d.carl).Ways[0]
	d.notice(d.carl)
	d.is(contract.UnderNotice, contract.Funded, contract.Planned)
	d.told(d.ada, "notice_given", "Carl gave notice", "8 Jan 2030")
	d.lastAct("contract/1", "Carl gave notice", "The plan has changed.")
	if now := d.settlement(d.ada).Ways[0]; now.Freelancer != said.Freelancer || now.Client != said.Client {
		t.Errorf("Carl read %+v, and Ada reads %+v", said, now)
	}
	d.later(7*day - 1000)
	d.is(contract.UnderNotice)
	d.later(1000)
	if v := d.is(contract.Ended, contract.Settled, contract.Dropped); v.Ending != contract.EndedEarly || v.Sums.Released.Minor != 127_26 {
		t.Errorf("it is %s, and %v released", v.Ending, v.Sums.Released)
	}
	// 7 of 11 days, and the ending fee.
	if got := d.Wallet(d.ada, "EUR"); got != said.Freelancer || got.Minor != 127_26+30_00 {
		t.Errorf("Ada has %v; the settlement said %v", got, said.Freelancer)
	}
	if got := d.Wallet(d.carl, "EUR"); got != euros(760).Add(said.Client) {
		t.Errorf("Carl has %v, and %v were to come back", got, said.Client)
	}
	d.told(d.ada, "contract_ended", "€157.26 are in your wallet")
	if s := d.settlement(d.ada); len(s.Ways) != 0 || s.CanNotice || s.CanAgree {
		t.Errorf("after the end Ada reads %+v", s)
	}
}

func TestASettlementThatComesLatePaysWhatBothHaveRead(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	d.notice(d.carl)
	said := d.settlement(d.ada).Ways[0].Freelancer
	d.Clock.Advance(9*day + time.Hour) // the market was closed
	d.sweep()
	d.is(contract.Ended, contract.Settled, contract.Dropped)
	if got := d.Wallet(d.ada, "EUR"); got != said {
		t.Errorf("Ada has %v, and read %v", got, said)
	}
}

func TestAShareThatBothNameIsPaid(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	share := func(by account.Actor, part, percent int) error {
		return contract.NameShare(t.Context(), d.DB, by, d.parts[part], percent)
	}
	refused(t, share(d.ada, 0, 50), contract.ErrNoShareToName) // no notice yet
	d.notice(d.carl)
	d.OK(share(d.ada, 0, 90))
	d.told(d.carl, "share_named", "Ada says that 90 percent")
	d.OK(share(d.carl, 0, 50))
	d.OK(share(d.ada, 0, 50))
	d.told(d.carl, "share_named", "You both say that 50 percent")
	refused(t, share(d.ada, 1, 50), contract.ErrNoShareToName) // it has not begun
	if err := share(d.ada, 0, 101); err == nil || !strings.Contains(err.Error(), "between 0 and 100") {
		t.Errorf("101 percent: %v", err)
	}
	refused(t, share(d.Person("Eve", money.Amount{}), 0, 50), contract.ErrMilestoneNotFound)
	refused(t, contract.Fund(t.Context(), d.DB, d.carl, d.id), contract.ErrUnderNotice)
	d.later(7 * day)
	d.is(contract.Ended, contract.Settled, contract.Dropped)
	d.have(865, 130, 0, 0, 0)
	refused(t, share(d.ada, 0, 50), contract.ErrEnded)
}

func TestSubmittedWorkIsPaidInFullWhenTheContractEnds(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	d.notice(d.ada)
	d.later(3 * day)
	d.submits(0)
	d.later(4 * day)
	d.is(contract.UnderNotice, contract.Submitted, contract.Planned) // Carl has his week to judge it
	refused(t, contract.SettleContract(t.Context(), d.DB, account.System, d.id), contract.ErrTooEarly)
	d.later(3*day - 1000)
	d.is(contract.UnderNotice, contract.Submitted)
	d.later(1000)
	d.is(contract.Ended, contract.Approved, contract.Dropped)
	d.have(790, 200, 0, 0, 0) // Ada gave notice: the ending fee is Carl's
}

func TestNobodyIsPaidUnseenForWorkOfTheLastMinute(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	d.notice(d.ada)
	d.OK(contract.NameShare(t.Context(), d.DB, d.ada, d.parts[0], 10))
	d.later(7*day - time.Minute)
	d.submits(0)
	d.later(time.Hour)
	d.is(contract.UnderNotice, contract.Submitted, contract.Planned)
	refused(t, contract.AskChanges(t.Context(), d.DB, d.carl, d.parts[0], []int{0}, "There is one of them."), contract.ErrNoTimeToMend)
	_, err := dispute.Open(t.Context(), d.DB, d.carl, d.parts[0], dispute.Opening{Reason: dispute.Incomplete, Words: "There is one of them."})
	d.OK(err)
	d.later(time.Minute) // the notice has passed, and all of the price waits for the end of the dispute
	d.is(contract.UnderNotice, contract.Disputed, contract.Planned)
	d.have(760, 0, 0, 0, 30)
}

func TestOnceNothingIsUnderWayTheNoticeNeedNotPass(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		by        func(*deal) account.Actor
		carl, ada int64
	}{
		"the client's notice":     {func(d *deal) account.Actor { return d.carl }, 760, 230},
		"the freelancer's notice": {func(d *deal) account.Actor { return d.ada }, 790, 200},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := submitted(t, contract.Next, euros(1000))
			d.notice(c.by(d))
			d.OK(d.approve(d.carl, 0))
			if v := d.is(contract.Ended, contract.Approved, contract.Dropped); v.Ending != contract.EndedEarly {
				t.Errorf("it is %s", v.Ending)
			}
			d.have(c.carl, c.ada, 0, 0, 0)
		})
	}
}

func TestWhoDeliversNothingHasNoEndingFee(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	d.later(14 * day)
	d.notice(d.carl)
	d.later(5 * day) // the due date and the days of grace have passed
	d.OK(contract.TakeBack(t.Context(), d.DB, d.carl, d.parts[0]))
	d.is(contract.Ended, contract.TakenBack, contract.Dropped)
	d.have(1000, 0, 0, 0, 0)
}

func TestBothCanEndAtOnce(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	d.notice(d.carl)
	d.OK(contract.NameShare(t.Context(), d.DB, d.carl, d.parts[0], 50))
	together := d.settlement(d.ada).Ways[1]
	if together.Freelancer != euros(100) || !d.settlement(d.ada).CanAgree || d.settlement(d.carl).CanAgree {
		t.Fatalf("Ada reads %+v", together)
	}
	agree := func(by account.Actor, seen money.Amount) error {
		return contract.AgreeToEnd(t.Context(), d.DB, by, d.id, seen)
	}
	refused(t, agree(d.carl, together.Freelancer), contract.ErrOwnNotice)
	refused(t, agree(d.Person("Eve", money.Amount{}), together.Freelancer), contract.ErrNotFound)
	refused(t, agree(d.ada, euros(99)), contract.ErrSettlementMoved)
	d.have(760, 0, 210, 0, 30)
	d.OK(agree(d.ada, together.Freelancer))
	if v := d.is(contract.Ended, contract.Settled, contract.Dropped); v.Ending != contract.EndedTogether {
		t.Errorf("it is %s", v.Ending)
	}
	d.have(895, 100, 0, 0, 0)
	refused(t, agree(d.ada, together.Freelancer), contract.ErrEnded)
}

func TestNoticeIsGivenOnceAndWithAReason(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.All, euros(1000))
	give := func(by account.Actor, words string) error {
		return contract.GiveNotice(t.Context(), d.DB, by, d.id, contract.Notice{Reason: contract.ForPlans, Words: words})
	}
	refused(t, give(d.carl, "No."), contract.ErrNotFundedYet)
	d.OK(contract.Fund(t.Context(), d.DB, d.carl, d.id))
	for _, words := range []string{" \n", strings.Repeat("a", 2001)} {
		if give(d.carl, words) == nil {
			t.Errorf("notice was given with the reason %q", words)
		}
	}
	refused(t, give(d.Person("Eve", money.Amount{}), "No."), contract.ErrNotFound)
	refused(t, give(account.System, "No."), contract.ErrFunded)
	errs := together(func() error { return give(d.carl, "No.") }, func() error { return give(d.ada, "No.") })
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), contract.ErrUnderNotice) {
		t.Errorf("at the same time: %v", errs)
	}
	refused(t, contract.SettleContract(t.Context(), d.DB, account.System, d.id), contract.ErrTooEarly)
	d.later(7 * day)
	d.is(contract.Ended, contract.Settled, contract.Settled)
}

// Work that is handed over in the last minute is not paid unseen.
func TestTheFreelancerAgreesToWhatTheClientHasSeen(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	d.notice(d.carl)
	d.Clock.Advance(time.Hour)
	d.submits(0)
	if err := contract.AgreeToEnd(d.Context(), d.DB, d.ada, d.id, euros(200)); !errors.Is(err, contract.ErrJudgeFirst) {
		t.Errorf("Ada agrees to be paid for what Carl has not seen: %v", err)
	}
	d.OK(contract.AskChanges(d.Context(), d.DB, d.carl, d.parts[0], []int{0}, "There are two."))
	s, err := contract.ShowSettlement(d.Context(), d.DB, d.ada, d.id)
	d.OK(err)
	if !s.CanAgree {
		t.Error("Carl has seen it, and Ada cannot agree")
	}
}

func TestChangesAreAskedForWhileThereIsTimeToMakeThem(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	d.notice(d.ada) // the contract ends in seven days, as the acceptance window does
	d.Clock.Advance(5*day + time.Hour)
	if d.show(d.carl).Work[0].CanAskChanges {
		t.Error("the page offers to ask for changes")
	}
	refused(t, contract.AskChanges(t.Context(), d.DB, d.carl, d.parts[0], []int{0}, "There are two."), contract.ErrNoTimeToMend)
	d.Clock.Advance(-2 * time.Hour)
	d.OK(contract.AskChanges(t.Context(), d.DB, d.carl, d.parts[0], []int{0}, "There are two."))
	d.submits(0)
}
