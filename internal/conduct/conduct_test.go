package conduct_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/conduct"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/mail"
	"freehold/internal/proposal"
	"freehold/internal/restriction"
	"freehold/internal/search"
)

func TestLifecyclesHaveNoFlaws(t *testing.T) {
	t.Parallel()
	for _, flaw := range slices.Concat(conduct.Reports.Flaws(), conduct.Decisions.Flaws(), conduct.Appeals.Flaws()) {
		t.Error(flaw)
	}
}

// What a version of a rule says never changes: people were judged by it.
func TestRulesAreWholeAndNotAboutFigures(t *testing.T) {
	t.Parallel()
	seen := map[conduct.RuleKey]bool{}
	for _, r := range conduct.Rules {
		if seen[r.Key] || r.Version < 1 || r.Title == "" || len(r.Text) < 40 || len(r.Examples) == 0 || r.Needs == "" || len(r.Measures()) < 2 {
			t.Errorf("%s is not whole", r.Key)
		}
		seen[r.Key] = true
		for _, figure := range []string{"rating", "stars", "answer rate", "acceptance rate", "score"} {
			if strings.Contains(strings.ToLower(r.Text+r.Needs), figure) {
				t.Errorf("%s rests on %s", r.Key, figure)
			}
		}
	}
}

func TestAReportIsAnsweredAndAPostIsGoneOnceItsClientWasHeard(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	r := h.reports(h.ada, h.post.Subject())
	if told := h.told(h.carl); len(told) != 0 {
		t.Errorf("Carl was told of a mere report: %v", told)
	}
	if told := h.told(h.rae); !slices.Equal(told, []string{"report_received"}) {
		t.Errorf("Rae hears %v", told)
	}
	h.claims(h.rae, r)
	id, err := conduct.Propose(ctx, h.DB, h.rae, intent(r, restriction.RemoveContent))
	h.OK(err)

	v, err := conduct.Show(ctx, h.DB, h.carl, id)
	h.OK(err)
	if v.State != conduct.Hearing || len(v.Evidence) != 2 || !strings.Contains(v.Evidence[0].Text, "About the lighthouse") || !v.CanAnswer || v.CanDeliver || v.CanLift || v.CanJudge {
		t.Errorf("Carl reads %+v", v)
	}
	if strings.Contains(fmt.Sprintf("%+v", v), "Ada") {
		t.Error("Carl can read who has reported him")
	}
	if _, err := conduct.Deliver(ctx, h.DB, h.rae, id, ruling(restriction.RemoveContent)); !errors.Is(err, conduct.ErrHearing) {
		t.Errorf("before he was heard: %v", err)
	}
	h.OK(conduct.Answer(ctx, h.DB, h.carl, id, "It is my brother's shop, and I did not think of it."))
	if _, err := conduct.Deliver(ctx, h.DB, h.rae, id, ruling(restriction.RemoveContent)); !errors.Is(err, conduct.ErrUnopened) {
		t.Errorf("with evidence that nobody has read: %v", err)
	}
	h.opens(h.rae, id)
	if !h.found() {
		t.Error("the post is gone before anything was decided")
	}
	m, err := conduct.Deliver(ctx, h.DB, h.rae, id, ruling(restriction.RemoveContent))
	h.OK(err)
	if !m.Heard || m.FoundBy != "report" || m.Decider != h.rae.ID || m.RuleText == "" || !m.StartsAt.Equal(h.Clock.Now()) {
		t.Errorf("the record: %+v", m)
	}
	if h.found() {
		t.Error("the post can still be found")
	}
	if _, err := jobpost.Show(ctx, h.DB, h.eve, h.post); !errors.Is(err, jobpost.ErrNotFound) {
		t.Errorf("Eve can still read it: %v", err)
	}
	if v, err := jobpost.Show(ctx, h.DB, h.carl, h.post); err != nil || !v.Removed {
		t.Errorf("Carl reads %v, %v", v.Removed, err)
	}
	if told := h.told(h.carl); !slices.Contains(told, "decided") {
		t.Errorf("Carl was told %v", told)
	}
	mine, err := conduct.ListReported(ctx, h.DB, h.ada)
	h.OK(err)
	if len(mine) != 1 || mine[0].State != conduct.Decision || *mine[0].Outcome != outcome || !slices.Contains(h.told(h.ada), "report_answered") {
		t.Errorf("Ada reads %+v", mine)
	}

	h.Clock.Advance(60 * day)
	if state := h.state(h.carl, id); state != conduct.Ended {
		t.Errorf("after its time it is %s", state)
	}
}

// found reports whether Ada finds the post.
func (h *house) found() bool {
	h.Helper()
	page, err := search.Posts(h.Context(), h.DB, h.eve, search.Query{Text: "lighthouse", N: 10})
	h.OK(err)
	return len(page.Items) > 0
}

func TestWhatEachMeasureStopsAndNothingElse(t *testing.T) {
	t.Parallel()
	for _, m := range restriction.Measures {
		t.Run(string(m), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			id := h.decides(m)
			if m == restriction.EndAccount {
				if state := h.state(h.carl, id); state != conduct.Announced || !h.may(h.carl, restriction.Publish) {
					t.Errorf("at once it is %s", state)
				}
				h.Clock.Advance(30 * day)
			}
			if state := h.state(h.carl, id); state != conduct.InForce {
				t.Errorf("it is %s", state)
			}
			for _, act := range restriction.Acts {
				if may, want := h.may(h.carl, act), !slices.Contains(m.Stops(), act); may != want {
					t.Errorf("Carl may %s: %v", act, may)
				}
				if !h.may(h.ada, act) {
					t.Errorf("Ada may not %s", act)
				}
			}
			h.carlGetsHisMoney()
			h.Clock.Advance(60 * day)
			if !h.may(h.carl, restriction.Publish) {
				t.Error("it has not ended")
			}
		})
	}
}

// carlGetsHisMoney withdraws all of it.
func (h *house) carlGetsHisMoney() {
	h.Helper()
	held := h.Wallet(h.carl, "EUR")
	_, err := banking.Withdraw(h.Context(), h.DB, h.Rail, h.carl, held, banking.Usual)
	h.OK(err)
	if left := h.Wallet(h.carl, "EUR"); !held.Positive() || left.Minor != 0 {
		h.Errorf("of %v there is %v left", held, left)
	}
}

func TestTheUseCasesAsk(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	letter := proposal.Input{Letter: "I have written about three lighthouses and would begin on Monday with the oldest.", Price: euros(400), Hours: 16}
	p, err := proposal.Propose(ctx, h.DB, h.ada, h.post, letter)
	h.OK(err)
	id := h.decides(restriction.Suspend)
	draft, err := jobpost.SaveDraft(ctx, h.DB, h.carl, 0, draftOf("harbour"))
	h.OK(err)
	_, err = jobpost.Publish(ctx, h.DB, h.carl, draft.ID)
	refusedWith(t, "publishing", err, restriction.ErrRestricted)
	refusedWith(t, "inviting", jobpost.Invite(ctx, h.DB, h.carl, h.post, h.eve.ID, ""), restriction.ErrRestricted)
	// He still answers those who have proposed.
	h.OK(proposal.Decline(ctx, h.DB, h.carl, p.ID, proposal.Reason{Code: "scope_changed", Words: "I cannot hire anybody now."}))

	h.OK(conduct.Lift(ctx, h.DB, h.sam, id, "He has shown that it was his brother who wrote it."))
	if !h.may(h.carl, restriction.Publish) || h.state(h.carl, id) != conduct.Lifted {
		t.Error("it was lifted")
	}
	_, err = jobpost.Publish(ctx, h.DB, h.carl, draft.ID)
	h.OK(err)
}

func TestNobodyProposesForAPostThatIsRemovedAndWhoeverHasIsAnswered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	letter := proposal.Input{Letter: "I have written about three lighthouses and would begin on Monday with the oldest.", Price: euros(400), Hours: 16}
	_, err := proposal.Propose(ctx, h.DB, h.ada, h.post, letter)
	h.OK(err)
	h.decides(restriction.RemoveContent)
	_, err = proposal.Propose(ctx, h.DB, h.eve, h.post, letter)
	refusedWith(t, "proposing", err, jobpost.ErrNotFound)
	refusedWith(t, "inviting", jobpost.Invite(ctx, h.DB, h.carl, h.post, h.eve.ID, ""), restriction.ErrRemoved)
	if _, err := jobpost.Show(ctx, h.DB, h.ada, h.post); err != nil {
		t.Errorf("Ada, who has proposed: %v", err)
	}
	h.Clock.Advance(3 * day)
	_, err = proposal.LapseDue(ctx, h.DB)
	h.OK(err)
	if bond := h.Wallet(h.ada, "EUR"); !bond.Positive() {
		t.Errorf("Ada waited for an answer for nothing: %v", bond)
	}
}

func TestAnAppealIsJudgedBySomebodyElseAndUndoesEverything(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	id := h.decides(restriction.Suspend)
	a, err := conduct.Contest(ctx, h.DB, h.carl, id, "The shop is not mine. Here is the register.")
	h.OK(err)
	if a.Reviewer == nil || *a.Reviewer != h.sam.ID {
		t.Errorf("it is judged by %v", a.Reviewer)
	}
	_, err = conduct.Contest(ctx, h.DB, h.carl, id, "And another thing.")
	refusedWith(t, "appealing twice", err, conduct.ErrAppealed)
	h.OK(conduct.Speak(ctx, h.DB, h.sam, id, "Which register do you mean?"))
	h.OK(conduct.Speak(ctx, h.DB, h.carl, id, "The register of trade, number 4711."))
	refusedWith(t, "Rae writes in it", conduct.Speak(ctx, h.DB, h.rae, id, "It is yours."), conduct.ErrSamePerson)
	right := conduct.Judgement{Outcome: conduct.Upheld, Reasons: "The register names somebody else, so nobody was sent to a shop of the client's own."}
	refusedWith(t, "Rae judges herself", conduct.Judge(ctx, h.DB, h.rae, id, right), conduct.ErrSamePerson)
	refusedWith(t, "Carl judges himself", conduct.Judge(ctx, h.DB, h.carl, id, right), conduct.ErrPartial)
	refusedWith(t, "Eve judges", conduct.Judge(ctx, h.DB, h.eve, id, right), conduct.ErrNotFound)
	refusedWith(t, "without reasons", conduct.Judge(ctx, h.DB, h.sam, id, conduct.Judgement{Outcome: conduct.Upheld, Reasons: "Yes."}), conduct.ErrReasons)
	refusedWith(t, "with no outcome", conduct.Judge(ctx, h.DB, h.sam, id, conduct.Judgement{Outcome: "perhaps", Reasons: right.Reasons}), conduct.ErrOutcomeOf)
	h.OK(conduct.Judge(ctx, h.DB, h.sam, id, right))
	if !h.may(h.carl, restriction.Publish) || h.state(h.carl, id) != conduct.Overturned || !slices.Contains(h.told(h.carl), "appeal_answered") {
		t.Error("it is not undone")
	}
	refusedWith(t, "judging twice", conduct.Judge(ctx, h.DB, h.sam, id, right), conduct.ErrSettled)
	refusedWith(t, "lifting it", conduct.Lift(ctx, h.DB, h.sam, id, "There is nothing left to lift."), conduct.ErrOver)
}

func TestAnAppealThatNobodyAnswersEndsTheDecisionEvenIfNothingRuns(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	id := h.decides(restriction.Suspend)
	_, err := conduct.Contest(ctx, h.DB, h.carl, id, "It is not so.")
	h.OK(err)
	h.Clock.Advance(14*day - 1)
	if h.may(h.carl, restriction.Publish) {
		t.Error("a moment too early")
	}
	h.Clock.Advance(1)
	if !h.may(h.carl, restriction.Publish) || h.state(h.carl, id) != conduct.Lapsed {
		t.Error("it goes on, because no sweep has run")
	}
	refusedWith(t, "an answer that is late", conduct.Judge(ctx, h.DB, h.sam, id,
		conduct.Judgement{Outcome: conduct.Rejected, Reasons: "The decision stands, for the reasons that were given in it."}), conduct.ErrSettled)
	h.Clock.Advance(day)
	h.sweeps()
	h.sweeps()
	if told := h.told(h.carl); told[0] != "decision_ended" || told[1] == "decision_ended" {
		t.Errorf("Carl was told %v", told)
	}
	v, err := conduct.Show(ctx, h.DB, h.carl, id)
	h.OK(err)
	if v.End == nil || v.End.How != conduct.Lapsed || *v.Appeal.Outcome != conduct.Late {
		t.Errorf("it reads %+v", v.End)
	}
}

func TestAnAppealThatIsWrongLeavesTheDecision(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	id := h.decides(restriction.Suspend)
	_, err := conduct.Contest(ctx, h.DB, h.carl, id, "It is not so.")
	h.OK(err)
	h.OK(conduct.Judge(ctx, h.DB, h.sam, id, conduct.Judgement{Outcome: conduct.Rejected, Reasons: "The words are there, in the post itself, and nothing was said that explains them."}))
	if h.may(h.carl, restriction.Publish) {
		t.Error("it is gone")
	}
	h.Clock.Advance(184 * day)
	h.considersAgain()
	_, err = conduct.Contest(ctx, h.DB, h.carl, id, "Once more.")
	refusedWith(t, "after it was answered", err, conduct.ErrAppealed)
}

// considersAgain considers something without a report.
func (h *house) considersAgain() {
	h.Helper()
	in := intent(0, restriction.Warning)
	in.Person = h.carl.ID
	id, err := conduct.Propose(h.Context(), h.DB, h.rae, in)
	h.OK(err)
	n, err := conduct.AddEvidence(h.Context(), h.DB, h.rae, id, "The register", "Number 4711 is the client.")
	h.OK(err)
	if n != 1 {
		h.Errorf("the first piece of evidence is number %d", n)
	}
}

func TestTheTimeToAppealEnds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id := h.decides(restriction.Warning)
	h.Clock.Advance(184 * day)
	_, err := conduct.Contest(t.Context(), h.DB, h.carl, id, "It is not so.")
	refusedWith(t, "after half a year", err, conduct.ErrAppealOver)
}

func TestWhereNobodyElseCanJudgeTheDecisionLapses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.OK(account.Revoke(t.Context(), h.DB, account.System, h.sam.ID, account.Reviewer))
	id := h.decides(restriction.Suspend)
	a, err := conduct.Contest(t.Context(), h.DB, h.carl, id, "It is not so.")
	h.OK(err)
	if a.Reviewer != nil {
		t.Errorf("it is judged by %v", *a.Reviewer)
	}
	h.Clock.Advance(14 * day)
	if !h.may(h.carl, restriction.Publish) {
		t.Error("the house's silence costs Carl")
	}
}

func TestAnEmergencyIsShortAndOnlyForWhatDoesHarm(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	r := h.reports(h.ada, h.post.Subject())
	h.claims(h.rae, r)
	in := intent(r, restriction.Suspend)
	in.Urgent = true
	in.Rule = "spam"
	_, err := conduct.Propose(ctx, h.DB, h.rae, in)
	refusedWith(t, "for spam", err, conduct.ErrNotUrgent)
	in.Rule, in.Measure = "fraud", restriction.EndAccount
	_, err = conduct.Propose(ctx, h.DB, h.rae, in)
	refusedWith(t, "ending an account", err, conduct.ErrUrgentEnd)
	in.Measure = restriction.Suspend
	id, err := conduct.Propose(ctx, h.DB, h.rae, in)
	h.OK(err)
	if _, err := conduct.Show(ctx, h.DB, h.carl, id); !errors.Is(err, conduct.ErrNotFound) {
		t.Errorf("Carl reads it before it is delivered: %v", err)
	}
	if mine, err := conduct.ListMine(ctx, h.DB, h.carl); err != nil || len(mine) != 0 {
		t.Errorf("or in his list: %v, %v", mine, err)
	}
	h.opens(h.rae, id)
	m, err := conduct.Deliver(ctx, h.DB, h.rae, id, ruling(restriction.Suspend))
	h.OK(err)
	if days := m.Until.Sub(m.StartsAt).Hours() / 24; days < 9 || days > 11 {
		t.Errorf("it lasts for %.1f days", days)
	}
	if h.may(h.carl, restriction.Publish) {
		t.Error("it does nothing")
	}
	again := intent(0, restriction.Suspend)
	again.Person, again.Urgent = h.carl.ID, true
	_, err = conduct.Propose(ctx, h.DB, h.sam, again)
	refusedWith(t, "a second emergency", err, conduct.ErrUrgentAgain)
	h.Clock.Advance(11 * day)
	if !h.may(h.carl, restriction.Publish) {
		t.Error("it goes on")
	}
	_, err = conduct.Propose(ctx, h.DB, h.rae, again)
	refusedWith(t, "one right after the other", err, conduct.ErrUrgentAgain)
	again.Urgent = false
	if _, err = conduct.Propose(ctx, h.DB, h.rae, again); err != nil {
		t.Errorf("nor is a hearing possible: %v", err)
	}
}

func TestNothingIsDecidedOnEvidenceThatNobodyCouldAnswer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	id := h.considers(restriction.Suspend)
	h.OK(conduct.Answer(ctx, h.DB, h.carl, id, "That shop is not mine."))
	refusedWith(t, "answering twice", conduct.Answer(ctx, h.DB, h.carl, id, "Really."), conduct.ErrAnswered)
	h.Clock.Advance(4 * day)
	_, err := conduct.AddEvidence(ctx, h.DB, h.rae, id, "The register", "Number 4711 is the client.")
	h.OK(err)
	h.opens(h.rae, id)
	h.Clock.Advance(4 * day) // the first hearing is over
	_, err = conduct.Deliver(ctx, h.DB, h.rae, id, ruling(restriction.Suspend))
	refusedWith(t, "before Carl has answered to the register", err, conduct.ErrHearing)
	if told := h.told(h.carl); told[0] != "hearing" {
		t.Errorf("Carl was told %v", told)
	}
	h.OK(conduct.Answer(ctx, h.DB, h.carl, id, "That is my cousin."))
	v, err := conduct.Show(ctx, h.DB, h.carl, id)
	h.OK(err)
	if v.CanAnswer || *v.Answer != "That shop is not mine.\n\nThat is my cousin." {
		t.Errorf("he can answer: %v, and has answered %q", v.CanAnswer, *v.Answer)
	}
	h.Clock.Advance(18 * day)
	_, err = conduct.AddEvidence(ctx, h.DB, h.rae, id, "The cousin", "There is none.")
	refusedWith(t, "too late to be answered", err, conduct.ErrEvidenceLate)
	_, err = conduct.Deliver(ctx, h.DB, h.rae, id, ruling(restriction.Suspend))
	h.OK(err)
}

func TestWhoHasReportedSomebodyDoesNotJudgeThem(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	tess := h.reviewer("Tess")
	id := h.considers(restriction.Suspend)
	h.reports(h.sam, h.post.Subject())
	h.Clock.Advance(5 * day)
	h.opens(h.sam, id)
	in := intent(0, restriction.Warning)
	in.Person = h.carl.ID
	_, err := conduct.Propose(ctx, h.DB, h.sam, in)
	refusedWith(t, "considering", err, conduct.ErrPartial)
	_, err = conduct.Deliver(ctx, h.DB, h.sam, id, ruling(restriction.Suspend))
	refusedWith(t, "delivering", err, conduct.ErrPartial)
	refusedWith(t, "dropping", conduct.Drop(ctx, h.DB, h.sam, id, "It was not as bad as all that."), conduct.ErrPartial)
	h.opens(h.rae, id)
	_, err = conduct.Deliver(ctx, h.DB, h.rae, id, ruling(restriction.Suspend))
	h.OK(err)
	a, err := conduct.Contest(ctx, h.DB, h.carl, id, "It is not so.")
	h.OK(err)
	if a.Reviewer == nil || *a.Reviewer != tess.ID {
		t.Errorf("the appeal is judged by %v", a.Reviewer)
	}
	err = conduct.Judge(ctx, h.DB, h.sam, id, conduct.Judgement{Outcome: conduct.Rejected, Reasons: "The words are there, in the post itself, and nothing explains them."})
	refusedWith(t, "judging the appeal", err, conduct.ErrPartial)
	v, err := conduct.Show(ctx, h.DB, h.sam, id)
	h.OK(err)
	if v.CanJudge || v.CanDeliver || v.CanDrop {
		t.Errorf("Sam is offered what is refused: %+v", v)
	}
}

func TestAnEmergencyThatNobodyDeliversIsDropped(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	r := h.reports(h.ada, h.post.Subject())
	h.claims(h.rae, r)
	in := intent(r, restriction.Suspend)
	in.Urgent = true
	id, err := conduct.Propose(t.Context(), h.DB, h.rae, in)
	h.OK(err)
	h.Clock.Advance(day)
	h.sweeps()
	if state := h.state(h.rae, id); state != conduct.Dropped {
		t.Errorf("it is %s", state)
	}
	if told := h.told(h.carl); len(told) != 0 {
		t.Errorf("Carl, who never knew of it, was told %v", told)
	}
	if told := h.told(h.ada); !slices.Contains(told, "report_answered") {
		t.Errorf("Ada was told %v", told)
	}
}

func TestWhatNobodyDecidesIsDropped(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id := h.considers(restriction.Suspend)
	h.Clock.Advance(30 * day)
	h.sweeps()
	if state := h.state(h.carl, id); state != conduct.Dropped || !slices.Contains(h.told(h.carl), "hearing_dropped") {
		t.Errorf("it is %s", state)
	}
	_, err := conduct.Deliver(t.Context(), h.DB, h.rae, id, ruling(restriction.Suspend))
	refusedWith(t, "deciding then", err, conduct.ErrOver)
}

func TestAConvincingAnswerEndsIt(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	id := h.considers(restriction.Suspend)
	refusedWith(t, "Eve answers", conduct.Answer(ctx, h.DB, h.eve, id, "It was me."), conduct.ErrNotFound)
	refusedWith(t, "Rae answers", conduct.Answer(ctx, h.DB, h.rae, id, "It was me."), conduct.ErrNotYours)
	h.OK(conduct.Answer(ctx, h.DB, h.carl, id, "The shop is in another country."))
	refusedWith(t, "answering twice", conduct.Answer(ctx, h.DB, h.carl, id, "And closed."), conduct.ErrAnswered)
	refusedWith(t, "Carl drops it", conduct.Drop(ctx, h.DB, h.carl, id, "I would rather not have it decided."), conduct.ErrPartial)
	refusedWith(t, "without a reason", conduct.Drop(ctx, h.DB, h.rae, id, "No."), conduct.ErrDropWhy)
	h.OK(conduct.Drop(ctx, h.DB, h.rae, id, "The shop is somebody else's, as the register shows."))
	mine, err := conduct.ListReported(ctx, h.DB, h.ada)
	h.OK(err)
	if h.state(h.carl, id) != conduct.Dropped || mine[0].State != conduct.NoAction {
		t.Errorf("it is %s, and the report %s", h.state(h.carl, id), mine[0].State)
	}
	refusedWith(t, "dropping it twice", conduct.Drop(ctx, h.DB, h.rae, id, "The shop is somebody else's, as the register shows."), conduct.ErrOver)
}

func TestADecisionIsNoHeavierThanWhatWasHeard(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	id := h.considers(restriction.LimitPosting)
	h.Clock.Advance(5 * day)
	h.opens(h.rae, id)
	for what, test := range map[string]struct {
		spoil func(*conduct.Ruling)
		want  error
	}{
		"heavier":         {func(r *conduct.Ruling) { r.Measure = restriction.Suspend }, conduct.ErrHeavier},
		"longer":          {func(r *conduct.Ruling) { r.Days = 61 }, conduct.ErrLonger},
		"without an end":  {func(r *conduct.Ruling) { r.Days = 0 }, conduct.ErrDays},
		"unknown":         {func(r *conduct.Ruling) { r.Measure = "exile" }, conduct.ErrMeasureUnknown},
		"without facts":   {func(r *conduct.Ruling) { r.Facts = "He did it." }, conduct.ErrFacts},
		"without why":     {func(r *conduct.Ruling) { r.Why = "" }, conduct.ErrWhy},
		"citing nothing":  {func(r *conduct.Ruling) { r.Evidence = nil }, conduct.ErrCited},
		"citing too much": {func(r *conduct.Ruling) { r.Evidence = []int{1, 9} }, conduct.ErrCited},
		"with a gap":      {func(r *conduct.Ruling) { r.Facts = facts + " Dear [NAME]," }, conduct.ErrUnfilled},
		"without outcome": {func(r *conduct.Ruling) { r.Outcome = "" }, conduct.ErrOutcome},
	} {
		in := ruling(restriction.LimitPosting)
		test.spoil(&in)
		_, err := conduct.Deliver(ctx, h.DB, h.rae, id, in)
		refusedWith(t, what, err, test.want)
	}
	_, err := conduct.Deliver(ctx, h.DB, h.eve, id, ruling(restriction.Warning))
	refusedWith(t, "Eve decides", err, conduct.ErrNotFound)
	_, err = conduct.Deliver(ctx, h.DB, h.carl, id, ruling(restriction.Warning))
	refusedWith(t, "Carl decides", err, conduct.ErrPartial)
	_, err = conduct.Deliver(ctx, h.DB, h.rae, id, ruling(restriction.Warning))
	h.OK(err)
	if !h.may(h.carl, restriction.Publish) || h.state(h.carl, id) != conduct.InForce {
		t.Error("a warning does nothing but say so")
	}
}

func TestNobodyIsJudgedInTheWordsOfAnotherCase(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	h.decides(restriction.Warning)
	other := h.Person("Olga", euros(100))
	in := intent(0, restriction.Warning)
	in.Person = other.ID
	_, err := conduct.Propose(ctx, h.DB, h.rae, in)
	refusedWith(t, "pasted", err, conduct.ErrPasted)
	in.Facts = strings.Replace(facts, "a lamp for", "a lens for", 1)
	_, err = conduct.Propose(ctx, h.DB, h.rae, in)
	refusedWith(t, "with a word changed", err, conduct.ErrPasted)
	in.Facts = "In a message of 3 March she asked Ada for the code that her bank had sent, to “check the account”."
	in.Why = "Nobody here needs a code of somebody's bank. Asking for one is how money is stolen, which the rule names."
	_, err = conduct.Propose(ctx, h.DB, h.rae, in)
	h.OK(err)
}

func TestReportsThatAreRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	good := conduct.Submission{Subject: h.post.Subject(), Rule: "fraud", Words: "He wants money first."}
	draft, err := jobpost.SaveDraft(ctx, h.DB, h.carl, 0, draftOf("harbour"))
	h.OK(err)
	for what, test := range map[string]struct {
		by    account.Actor
		spoil func(*conduct.Submission)
		want  error
	}{
		"without words":           {h.ada, func(s *conduct.Submission) { s.Words = " " }, conduct.ErrWords},
		"under no rule":           {h.ada, func(s *conduct.Submission) { s.Rule = "taste" }, conduct.ErrRule},
		"of one's own":            {h.carl, func(*conduct.Submission) {}, conduct.ErrOwnThing},
		"of nothing":              {h.ada, func(s *conduct.Submission) { s.Subject = "post/99999" }, conduct.ErrNoThing},
		"of a draft":              {h.ada, func(s *conduct.Submission) { s.Subject = draft.ID.Subject() }, conduct.ErrNoThing},
		"of what is no thing":     {h.ada, func(s *conduct.Submission) { s.Subject = "wallet/1" }, conduct.ErrNoThing},
		"of a number spelt oddly": {h.ada, func(s *conduct.Submission) { s.Subject = "post/007" }, conduct.ErrNoThing},
		"with no address":         {account.Actor{}, func(s *conduct.Submission) { s.Email = "nowhere" }, account.ErrAddress},
	} {
		in := good
		test.spoil(&in)
		_, err := conduct.Submit(ctx, h.DB, test.by, in)
		refusedWith(t, what, err, test.want)
	}
	h.reports(h.ada, h.post.Subject())
	_, err = conduct.Submit(ctx, h.DB, h.ada, good)
	refusedWith(t, "twice", err, conduct.ErrReported)
}

func TestSomebodyWithoutAnAccountCanReportAndHearsWhatCameOfIt(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	r, err := conduct.Submit(ctx, h.DB, account.Actor{}, conduct.Submission{Subject: h.post.Subject(), Rule: "fraud", Words: "My sister nearly paid.", Email: "jo@example.org", From: account.Visitor{Address: "192.0.2.1"}})
	h.OK(err)
	h.claims(h.rae, r.ID)
	h.OK(conduct.Dismiss(ctx, h.DB, h.rae, r.ID, "The post says plainly that the lamp is optional."))
	var subjects []string
	h.View(func(ctx context.Context, tx *db.Tx) error {
		all, err := mail.Outbox(ctx, tx, 0, 100)
		for _, m := range all {
			if m.To == "jo@example.org" {
				subjects = append(subjects, m.Subject)
			}
		}
		return err
	})
	slices.Sort(subjects)
	if !slices.Equal(subjects, []string{"What came of your report", "Your report has arrived"}) {
		t.Errorf("Jo was written %q", subjects)
	}
}

func TestAReportIsWorkedOnByOneAtATime(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	r := h.reports(h.ada, h.post.Subject())
	refusedWith(t, "unclaimed", conduct.Dismiss(ctx, h.DB, h.rae, r, "There is nothing wrong with it."), conduct.ErrNotHeld)
	refusedWith(t, "Eve", conduct.Claim(ctx, h.DB, h.eve, r, 1), conduct.ErrNoReport)
	h.claims(h.rae, r)
	refusedWith(t, "an old version", conduct.Claim(ctx, h.DB, h.sam, r, 1), conduct.ErrChanged)
	v, err := conduct.ShowReport(ctx, h.DB, h.sam, r)
	h.OK(err)
	refusedWith(t, "Sam meanwhile", conduct.Claim(ctx, h.DB, h.sam, r, v.Version), conduct.ErrClaimed)
	refusedWith(t, "Sam dismisses", conduct.Dismiss(ctx, h.DB, h.sam, r, "There is nothing wrong with it."), conduct.ErrNotHeld)
	h.Clock.Advance(2 * day)
	h.sweeps()
	h.claims(h.sam, r)
	h.OK(conduct.Dismiss(ctx, h.DB, h.sam, r, "There is nothing wrong with it."))
	refusedWith(t, "twice", conduct.Dismiss(ctx, h.DB, h.sam, r, "There is nothing wrong with it."), conduct.ErrClosed)
}

func TestWhoHasAPartInItDoesNotJudge(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	r := h.reports(h.rae, h.post.Subject())
	refusedWith(t, "Rae, who has reported it", conduct.Claim(ctx, h.DB, h.rae, r, 1), conduct.ErrPartial)
	about := h.reports(h.ada, fmt.Sprintf("person/%d", h.sam.ID))
	refusedWith(t, "Sam, whom it is about", conduct.Claim(ctx, h.DB, h.sam, about, 1), conduct.ErrPartial)
	in := intent(0, restriction.Warning)
	in.Person = h.rae.ID
	_, err := conduct.Propose(ctx, h.DB, h.rae, in)
	refusedWith(t, "Rae about herself", err, conduct.ErrPartial)
	in.Person = h.eve.ID
	_, err = conduct.Propose(ctx, h.DB, h.ada, in)
	refusedWith(t, "Ada, who is not of the staff", err, conduct.ErrNotStaff)
}

func TestTwoDecideAtOnceAndOneDecisionIsMade(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id := h.considers(restriction.Warning)
	h.Clock.Advance(5 * day)
	h.opens(h.rae, id)
	h.opens(h.sam, id)
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for i, by := range []account.Actor{h.rae, h.sam} {
		wg.Go(func() { _, errs[i] = conduct.Deliver(t.Context(), h.DB, by, id, ruling(restriction.Warning)) })
	}
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), conduct.ErrOver) {
		t.Errorf("got %v", errs)
	}
}

func TestThePublicRecordNamesNobody(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.decides(restriction.Suspend)
	all, err := conduct.Publish(t.Context(), h.DB, 0, 10)
	h.OK(err)
	said := fmt.Sprintf("%+v", all)
	if len(all) != 1 || all[0].Kind != "post" || all[0].Days != 60 || all[0].State != conduct.InForce {
		t.Errorf("it says %s", said)
	}
	for _, name := range []string{"Carl", "Ada", "Rae", "lamp", "lighthouse"} {
		if strings.Contains(said, name) {
			t.Errorf("it says %s", name)
		}
	}
	f, err := conduct.Count(t.Context(), h.DB)
	h.OK(err)
	if f.Reports != 1 || f.Decisions != 1 || f.InForce != 1 || f.ByMachine != 0 {
		t.Errorf("figures: %+v", f)
	}
}

func TestPeopleWhoAreLessVisibleAreNotFound(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id := h.decides(restriction.LimitVisibility)
	if state := h.state(h.carl, id); state != conduct.InForce {
		t.Errorf("it is %s", state)
	}
	h.View(func(ctx context.Context, tx *db.Tx) error {
		unseen, err := db.Value[[]account.ID](ctx, tx, `SELECT `+restriction.Unseen("$1"), tx.Now)
		if !slices.Equal(unseen, []account.ID{h.carl.ID}) {
			t.Errorf("unseen are %v", unseen)
		}
		return err
	})
}
