package contract_test

import (
	"testing"

	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

func TestAskingForChangesNamesWhatIsNotMet(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	d.Clock.Advance(6 * day)
	d.OK(contract.AskChanges(t.Context(), d.DB, d.carl, d.parts[0], []int{1}, "One is in pencil."))

	w := d.is(contract.Active, contract.ChangesAsked, contract.Planned).Work[0]
	asked := w.Submissions[0].Changes
	if asked == nil || len(asked.Criteria) != 1 || asked.Criteria[0] != 1 || asked.Words != "One is in pencil." {
		t.Errorf("asked for %+v", asked)
	}
	if w.RoundsLeft != 1 || w.ApproveBy != nil {
		t.Errorf("%d rounds left, approve by %v", w.RoundsLeft, w.ApproveBy)
	}
	d.told(d.ada, "changes_asked", "Carl", "One is in pencil.")
	d.lastAct("contract/1", "round 1 of 2", "One is in pencil.")

	d.later(10 * day) // silence pays for submitted work only
	d.is(contract.Active, contract.ChangesAsked)
	d.submits(0)
	if w := d.show(d.carl).Work[0]; len(w.Submissions) != 2 || !w.ApproveBy.Equal(d.Clock.Now().Add(7*day)) {
		t.Errorf("%d submissions, approve by %v", len(w.Submissions), w.ApproveBy)
	}
}

func TestChangesHaveRounds(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	for range 2 {
		d.OK(contract.AskChanges(t.Context(), d.DB, d.carl, d.parts[0], []int{0}, "There are two."))
		d.submits(0)
	}
	refused(t, contract.AskChanges(t.Context(), d.DB, d.carl, d.parts[0], []int{0}, "Still two."), contract.ErrNoRoundsLeft)
	if w := d.show(d.carl).Work[0]; w.CanAskChanges || !w.CanApprove {
		t.Error("Carl can still ask for changes, or not approve")
	}
}

func TestTheClientMayThinkBetterOfTheChanges(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	d.OK(contract.AskChanges(t.Context(), d.DB, d.carl, d.parts[0], []int{0}, "There are two."))
	d.OK(d.approve(d.carl, 0))
	d.is(contract.Active, contract.Approved, contract.Funded)
	d.have(475, 200, 0, 315, 0)
}

func TestWhoCannotAskForChanges(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	ask := contract.AskChanges
	refused(t, ask(t.Context(), d.DB, d.ada, d.parts[0], []int{0}, "No."), contract.ErrNotClient)
	refused(t, ask(t.Context(), d.DB, d.Person("Eve", money.Amount{}), d.parts[0], []int{0}, "No."), contract.ErrMilestoneNotFound)
	refused(t, ask(t.Context(), d.DB, d.carl, 99, []int{0}, "No."), contract.ErrMilestoneNotFound)
	refused(t, ask(t.Context(), d.DB, d.carl, d.parts[0], nil, "No."), contract.ErrNoCriterion)
	refused(t, ask(t.Context(), d.DB, d.carl, d.parts[0], []int{2}, "No."), contract.ErrNoCriterion)
	refused(t, ask(t.Context(), d.DB, d.carl, d.parts[0], []int{0}, ""), contract.ErrChangeWords)
	refused(t, ask(t.Context(), d.DB, d.carl, d.parts[1], []int{0}, "No."), contract.ErrNotFunded)
	d.Clock.Advance(7 * day) // nobody has noticed yet, but silence has paid
	refused(t, ask(t.Context(), d.DB, d.carl, d.parts[0], []int{0}, "No."), contract.ErrWindowPassed)
	d.sweep()
}

func TestApprovingAndAskingAtOnceEndApproved(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	errs := together(
		func() error { return contract.ApproveMilestone(t.Context(), d.DB, d.carl, d.parts[0]) },
		func() error {
			return contract.AskChanges(t.Context(), d.DB, d.carl, d.parts[0], []int{0}, "There are two.")
		},
	)
	d.OK(errs[0]) // before he asked, or because he thought better of it
	if errs[1] != nil {
		refused(t, errs[1], contract.ErrApproved)
	}
	d.is(contract.Active, contract.Approved)
	d.have(475, 200, 0, 315, 0)
}

func TestNoChangesAreAskedForIfAdaCannotBeTold(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	d.plant()
	if err := contract.AskChanges(t.Context(), d.DB, d.carl, d.parts[0], []int{0}, "There are two."); err == nil {
		t.Fatal("asked without telling anybody")
	}
	d.unplant()
	if w := d.is(contract.Active, contract.Submitted).Work[0]; w.RoundsLeft != 2 {
		t.Errorf("%d rounds left", w.RoundsLeft)
	}
}
