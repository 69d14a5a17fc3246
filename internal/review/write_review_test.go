package review_test

import (
	"fmt"
	"sync"
	"testing"

	"freehold/internal/contract"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/review"
)

func TestBothReviewsAreRevealedTogether(t *testing.T) {
	t.Parallel()
	d := ended(t)
	d.told(d.carl, "review_open", "The lighthouse")
	d.told(d.ada, "review_open", "The lighthouse")
	id, err := d.writes(d.carl)
	d.OK(err)

	d.told(d.ada, "review_written", "Carl has written a review")
	if v := d.show(d.ada); v.Theirs != nil || v.Yours != nil || !v.They || !v.CanWrite || v.CanRespond {
		t.Errorf("Ada sees %+v", v)
	}
	if v := d.show(d.carl); v.Yours == nil || v.Yours.ID != id || v.Theirs != nil || v.CanWrite {
		t.Errorf("Carl sees %+v", v)
	}
	if all, s := d.about(d.ada); len(all) != 0 || s.Freelancer.Reviews != 0 || s.Freelancer.Marks[0].Sum() != 0 {
		t.Errorf("everybody reads %+v, and counts %+v", all, s.Freelancer)
	}
	refused(t, review.Respond(t.Context(), d.DB, d.ada, id, "But."), review.ErrNotFound)

	_, err = d.writes(d.ada)
	d.OK(err)
	d.told(d.carl, "review_revealed", "everybody can read them")
	d.told(d.ada, "review_revealed")
	v := d.show(d.ada)
	if v.State != review.Revealed || v.Theirs == nil || v.Theirs.Words != "It was good to work with them." || v.Theirs.Marks["quality"] != 5 || !v.CanRespond {
		t.Errorf("Ada sees %+v", v)
	}
	all, s := d.about(d.ada)
	if len(all) != 1 || all[0].Name != "Carl" || all[0].Title != "The lighthouse" || all[0].Paid != euros(200) || s.Freelancer.Reviews != 1 || s.Freelancer.Marks[0].Given != [5]int{4: 1} {
		t.Errorf("everybody reads %+v, and counts %+v", all, s.Freelancer)
	}
	if _, s := d.about(d.carl); s.Client.Reviews != 1 || s.Client.Marks[4].Given[4] != 1 {
		t.Errorf("of Carl everybody counts %+v", s.Client)
	}
}

func TestOneReviewIsRevealedAloneAfterFourteenDays(t *testing.T) {
	t.Parallel()
	d := ended(t)
	id, err := d.writes(d.ada)
	d.OK(err)
	d.Clock.Advance(11*day - 1000)
	if n := d.sweep(); n != 0 {
		t.Errorf("%d things were due", n)
	}
	d.Clock.Advance(1000)
	if n := d.sweep(); n != 1 {
		t.Errorf("%d things were due", n)
	}
	d.told(d.carl, "review_reminder", "You can still review")
	for _, n := range d.notices(d.ada) {
		if n.Kind == "review_reminder" {
			t.Error("Ada, who has written, is reminded")
		}
	}
	if n := d.sweep(); n != 0 {
		t.Errorf("it reminds again: %d", n)
	}
	d.Clock.Advance(3 * day)
	_, err = d.writes(d.carl) // nobody has noticed yet, but it is over
	refused(t, err, review.ErrOver)
	if n := d.sweep(); n != 1 {
		t.Errorf("%d things were due", n)
	}
	d.told(d.carl, "review_revealed", "what Ada wrote about you")
	d.told(d.ada, "review_revealed", "The other side wrote nothing")
	if v := d.show(d.carl); v.Theirs == nil || v.CanWrite || !v.CanRespond || v.State != review.Revealed {
		t.Errorf("Carl sees %+v", v)
	}
	d.OK(review.Respond(t.Context(), d.DB, d.carl, id, "  Thank you.  "))
	d.told(d.ada, "review_response", "Carl responded")
	if all, _ := d.about(d.carl); len(all) != 1 || all[0].Response != "Thank you." {
		t.Errorf("everybody reads %+v", all)
	}
	refused(t, review.Respond(t.Context(), d.DB, d.carl, id, "And."), review.ErrResponded)
	d.Clock.Advance(28 * day)
	if n := d.sweep(); n != 1 || d.show(d.ada).State != review.Closed {
		t.Errorf("%d things were due, and it is %s", n, d.show(d.ada).State)
	}
	if all, _ := d.about(d.carl); len(all) != 1 {
		t.Error("what was written is gone")
	}
}

func TestNobodyWritesAnything(t *testing.T) {
	t.Parallel()
	d := ended(t)
	d.Clock.Advance(14 * day)
	d.sweep()
	if v := d.show(d.ada); v.State != review.Unwritten || v.CanWrite || v.Window == nil {
		t.Errorf("Ada sees %+v", v)
	}
	_, err := d.writes(d.ada)
	refused(t, err, review.ErrOver)
	if n := d.sweep(); n != 0 {
		t.Errorf("%d things are due still", n)
	}
}

func TestThereIsNoReviewOfNothing(t *testing.T) {
	t.Parallel()
	d := signed(t)
	_, err := d.writes(d.ada)
	refused(t, err, review.ErrNotEnded)
	if v := d.show(d.ada); v.Window != nil || v.Why == nil || v.CanWrite {
		t.Errorf("Ada sees %+v", v)
	}
	d.Clock.Advance(8 * day)
	_, err = contract.SweepDue(t.Context(), d.DB)
	d.OK(err)
	_, err = d.writes(d.ada) // the contract was never funded
	refused(t, err, review.ErrNothing)
	refused(t, d.show(d.carl).Why, review.ErrNothing)
	if n := d.sweep(); n != 0 {
		t.Errorf("%d windows open", n)
	}
}

func TestOneNeedNotWaitForTheSweep(t *testing.T) {
	t.Parallel()
	d := signed(t)
	d.OK(contract.Fund(t.Context(), d.DB, d.carl, d.id))
	_, err := contract.SubmitMilestone(t.Context(), d.DB, d.ada, d.work, contract.Work{Note: "Here it is.", Met: []bool{true}})
	d.OK(err)
	d.OK(contract.ApproveMilestone(t.Context(), d.DB, d.carl, d.work))
	if v := d.show(d.ada); !v.CanWrite || !v.EndsAt.Equal(d.DB.Now().Add(14*day)) {
		t.Errorf("Ada sees %+v", v)
	}
	_, err = d.writes(d.ada)
	d.OK(err)
	if n := d.sweep(); n != 0 {
		t.Errorf("the window is opened again: %d", n)
	}
}

func TestReviewsAreTheTwosOwn(t *testing.T) {
	t.Parallel()
	d := ended(t)
	eve := d.Person("Eve", money.Amount{})
	_, err := review.Show(t.Context(), d.DB, eve, d.id)
	refused(t, err, review.ErrNotFound)
	_, err = d.writes(eve)
	refused(t, err, review.ErrNotFound)
	_, err = review.Write(t.Context(), d.DB, eve, 4711, good(contract.Client))
	refused(t, err, review.ErrNotFound)
	refused(t, review.OpenDue(t.Context(), d.DB, d.carl, d.id), review.ErrNotFound)
	if err := review.FallDue(t.Context(), d.DB, d.carl, d.id); err == nil {
		t.Error("Carl is the clock")
	}
	if err := review.Remind(t.Context(), d.DB, d.carl, d.id); err == nil {
		t.Error("Carl reminds")
	}
	id, err := d.writes(d.carl)
	d.OK(err)
	_, err = d.writes(d.ada)
	d.OK(err)
	refused(t, review.Respond(t.Context(), d.DB, eve, id, "I saw it."), review.ErrNotFound)
	refused(t, review.Respond(t.Context(), d.DB, d.carl, id, "I meant it."), review.ErrNotFound)
	if err := review.Respond(t.Context(), d.DB, d.ada, id, " "); err == nil {
		t.Error("an empty response is kept")
	}
}

func TestTwoWhoWriteAtOnceAreBothHeard(t *testing.T) {
	t.Parallel()
	d := ended(t)
	var errs [4]error
	var all sync.WaitGroup
	for i, by := range []func() error{
		func() error { _, err := d.writes(d.carl); return err }, func() error { _, err := d.writes(d.carl); return err },
		func() error { _, err := d.writes(d.ada); return err }, func() error { _, err := d.writes(d.ada); return err },
	} {
		all.Go(func() { errs[i] = by() })
	}
	all.Wait()
	kept := 0
	for _, err := range errs {
		if err == nil {
			kept++
		} else if _, ok := fault.Of(err); !ok {
			t.Error(err)
		}
	}
	if v := d.show(d.ada); kept != 2 || v.State != review.Revealed || v.Yours == nil || v.Theirs == nil {
		t.Errorf("%d are kept (%v), and Ada sees %+v", kept, errs, v)
	}
}

func TestNothingIsWrittenIfItCannotBeTold(t *testing.T) {
	t.Parallel()
	d := ended(t)
	d.Do(`ALTER TABLE notify.notices ADD CONSTRAINT nobody CHECK (kind <> 'review_written')`)
	if _, err := d.writes(d.carl); err == nil {
		t.Error("written without telling anybody")
	}
	d.Do(`ALTER TABLE notify.notices DROP CONSTRAINT nobody`)
	if v := d.show(d.carl); v.Yours != nil || !v.CanWrite || v.State != review.Open {
		t.Errorf("Carl sees %+v", v)
	}
}

func TestWhatIsWrittenStays(t *testing.T) {
	t.Parallel()
	d := ended(t)
	_, err := d.writes(d.carl)
	d.OK(err)
	for _, table := range []string{"reviews", "marks", "responses"} {
		if _, err := d.DB.Pool.Exec(t.Context(), fmt.Sprintf(`DELETE FROM review.%s`, table)); err == nil {
			t.Errorf("%s can be deleted", table)
		}
	}
}

func TestWhoComesBackIsCounted(t *testing.T) {
	t.Parallel()
	d := ended(t)
	d.signs("harbour")
	d.ends()
	_, s := d.about(d.ada)
	if f := s.Freelancer; f.Clients != 1 || f.Repeat != 1 || f.Completed != 2 || f.OnTime != 2 || f.HandedOver != 2 || f.EndedEarly != 0 {
		t.Errorf("Ada stands at %+v", f)
	}
	if _, s := d.about(d.carl); s.Client.Paid[0] != euros(400) || s.Client.Funded != 2 || s.Client.EndedEarly != 0 {
		t.Errorf("Carl stands at %+v", s.Client)
	}
}

func TestIllnessCountsAgainstNobody(t *testing.T) {
	t.Parallel()
	for reason, want := range map[contract.NoticeReason]int{contract.ForIllness: 0, contract.ForPlans: 1} {
		d := signed(t)
		d.OK(contract.Fund(t.Context(), d.DB, d.carl, d.id))
		d.OK(contract.GiveNotice(t.Context(), d.DB, d.ada, d.id, contract.Notice{Reason: reason, Words: "I cannot."}))
		d.Clock.Advance(7 * day)
		_, err := contract.SweepDue(t.Context(), d.DB)
		d.OK(err)
		if _, s := d.about(d.ada); s.Freelancer.EndedEarly != want || s.Freelancer.Otherwise != 1-want || s.Freelancer.ByClient != 0 {
			t.Errorf("for %s Ada stands at %+v", reason, s.Freelancer)
		}
		if _, s := d.about(d.carl); s.Client.EndedEarly != 0 {
			t.Errorf("for %s Carl stands at %+v", reason, s.Client)
		}
	}
}
