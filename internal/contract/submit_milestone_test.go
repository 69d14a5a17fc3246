package contract_test

import (
	"context"
	"testing"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/file"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
)

func TestSubmittingHandsTheWorkOver(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	sketch := d.upload(d.ada, "sketch.txt")
	d.Clock.Advance(day)
	id, err := contract.SubmitMilestone(t.Context(), d.DB, d.ada, d.parts[0], contract.Work{
		Note: "Three of them.", Links: []string{"https://example.org/work"}, Met: []bool{true, true}, Files: []file.ID{sketch},
	})
	d.OK(err)

	v := d.is(contract.Active, contract.Submitted, contract.Planned)
	w := v.Work[0]
	if len(w.Submissions) != 1 || w.Submissions[0].ID != id || len(w.Submissions[0].Files) != 1 || w.Submissions[0].Note != "Three of them." {
		t.Errorf("the submissions are %+v", w.Submissions)
	}
	if by := d.Clock.Now().Add(7 * day); !w.ApproveBy.Equal(by) || v.Turn.Of != contract.Client || !v.Turn.By.Equal(by) {
		t.Errorf("to be answered by %v, turn of %s until %v", w.ApproveBy, v.Turn.Of, v.Turn.By)
	}
	if !w.CanApprove || !w.CanAskChanges || w.CanSubmit || w.CanTakeBack {
		t.Errorf("Carl can %+v", w)
	}
	d.told(d.carl, "milestone_submitted", "Ada", "Sketches", "counts as approved")
	d.lastAct("contract/1", "Ada submitted")
}

func TestFilesOfASubmissionAreForTheTwo(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	id := d.show(d.ada).Work[0].Submissions[0].ID
	may := func(by account.Actor) (err error) {
		d.View(func(ctx context.Context, tx *db.Tx) error {
			err = contract.MayReadSubmission(ctx, tx, by, id)
			return nil
		})
		return err
	}
	d.OK(may(d.carl))
	d.OK(may(d.ada))
	refused(t, may(d.Person("Eve", money.Amount{})), contract.ErrMilestoneNotFound)
	refused(t, may(account.Actor{}), contract.ErrMilestoneNotFound)
}

func TestWorkThatIsNotDoneIsNotSubmitted(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	eve := d.Person("Eve", money.Amount{})
	good := contract.Work{Note: "Here.", Met: []bool{true, true}}
	for _, test := range []struct {
		name string
		by   account.Actor
		part int
		work contract.Work
		err  error
	}{
		{"a criterion is not met", d.ada, 0, contract.Work{Note: "Almost.", Met: []bool{true, false}}, contract.ErrNotAllMet},
		{"there is nothing in it", d.ada, 0, contract.Work{Met: []bool{true, true}}, contract.ErrNothingSubmitted},
		{"it is not funded", d.ada, 1, contract.Work{Note: "Here.", Met: []bool{true}}, contract.ErrNotFunded},
		{"it is the client", d.carl, 0, good, contract.ErrNotFreelancer},
		{"it is a stranger", eve, 0, good, contract.ErrMilestoneNotFound},
		{"the file is somebody else's", d.ada, 0, contract.Work{Met: []bool{true, true}, Files: []file.ID{d.upload(eve, "hers.txt")}}, file.ErrNotLoose},
	} {
		_, err := contract.SubmitMilestone(t.Context(), d.DB, test.by, d.parts[test.part], test.work)
		if refused(t, err, test.err); t.Failed() {
			t.Fatalf("when %s", test.name)
		}
	}
	d.is(contract.Active, contract.Funded, contract.Planned)
}

func TestSubmittingTwiceAtOnceSubmitsOnce(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	submit := func() error { _, err := d.submit(0); return err }
	oneWins(t, together(submit, submit), contract.ErrSubmitted)
	if n := len(d.show(d.carl).Work[0].Submissions); n != 1 {
		t.Errorf("%d submissions", n)
	}
}

func TestNothingIsSubmittedIfCarlCannotBeTold(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	sketch := d.upload(d.ada, "sketch.txt")
	work := contract.Work{Met: []bool{true, true}, Files: []file.ID{sketch}}
	d.plant()
	if _, err := contract.SubmitMilestone(t.Context(), d.DB, d.ada, d.parts[0], work); err == nil {
		t.Fatal("submitted without telling anybody")
	}
	d.unplant()
	d.is(contract.Active, contract.Funded, contract.Planned)
	_, err := contract.SubmitMilestone(t.Context(), d.DB, d.ada, d.parts[0], work) // the file is as loose as it was
	d.OK(err)
}
