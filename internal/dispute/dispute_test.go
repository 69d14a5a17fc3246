package dispute_test

import (
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/kit/money"
)

// Of 1,000 euros Carl has put 210 in escrow for the tower and 20 as ending fee.

func TestOnlyTheDisputedSumWaits(t *testing.T) {
	t.Parallel()
	q := open(t, 1, 80)
	v := q.is(dispute.Talking, contract.Disputed, 770, 120)
	q.told(q.ada, "dispute_opened", "Carl disputes €80.00", "The rest is paid.")
	if v.OpenedBy != contract.Client || v.Words != "It does not shine." || v.Price != euros(200) || !v.CanSplit || !v.CanProve || v.CanAsk || v.CanDecide {
		t.Errorf("Carl sees %+v", v)
	}
	_, err := q.disputes(q.carl, euros(80), dispute.NotAgreed, "Again.")
	refused(t, err, contract.ErrDisputed)
	refused(t, contract.ApproveMilestone(t.Context(), q.DB, q.carl, q.work), contract.ErrDisputed)
}

func TestWhoNamesWhatTheOtherNamedEndsIt(t *testing.T) {
	t.Parallel()
	q := open(t, 1, 80)
	closed, err := q.splits(q.carl, 20)
	if err != nil || closed {
		t.Fatalf("one side alone closed it: %v", err)
	}
	q.told(q.ada, "dispute_split", "€20.00 of the €80.00")
	_, err = dispute.ProposeSplit(t.Context(), q.DB, q.ada, q.id, euros(60), "") // words are not needed
	q.OK(err)
	if v := q.show(q.ada); v.Yours.Split != euros(60) || v.Theirs.Split != euros(20) {
		t.Errorf("Ada sees %+v and %+v", v.Yours, v.Theirs)
	}
	closed, err = q.splits(q.carl, 60)
	if err != nil || !closed {
		t.Fatalf("it is not closed: %v", err)
	}
	v := q.is(dispute.Closed, contract.Split, 770+21-210+20, 180) // the lamp is funded
	if v.How != dispute.Agreed || *v.Award != euros(60) {
		t.Errorf("it was %s with %v", v.How, v.Award)
	}
	q.told(q.carl, "dispute_closed", "€60.00 of the €80.00 went to the freelancer, and €20.00 back to the client")
	_, err = q.splits(q.ada, 80)
	refused(t, err, dispute.ErrClosed)
}

func TestAnArbiterDecidesIfTheyDoNotAgree(t *testing.T) {
	t.Parallel()
	q := open(t, 1, 200)
	mo := q.arbiters[0]
	refused(t, q.decides(mo, 100), dispute.ErrNotFound) // nobody has named them
	q.later(5 * day)
	q.told(mo, "dispute_for_you", "You are the arbiter")
	q.told(q.ada, "dispute_deciding", "Mo is the arbiter")
	n := q.brings(q.ada, "Here is a photograph of it at night.")
	refused(t, q.decides(mo, 201, n), dispute.ErrSplit)
	refused(t, q.decides(mo, 50), dispute.ErrNoEvidence)
	refused(t, q.decides(mo, 50, 9), dispute.ErrEvidence)
	refused(t, dispute.Decide(t.Context(), q.DB, mo, q.id, dispute.Ruling{Award: euros(50), Words: because, Criteria: []int{7}, Evidence: []int{n}}), dispute.ErrCriteria)
	refused(t, dispute.Decide(t.Context(), q.DB, mo, q.id, dispute.Ruling{Award: euros(50), Words: "No.", Criteria: []int{0}, Evidence: []int{n}}), dispute.ErrGrounds)
	refused(t, q.decides(q.carl, 50, n), dispute.ErrNotArbiter)
	q.OK(q.decides(mo, 60, n))
	refused(t, q.decides(mo, 60, n), dispute.ErrDecided)
	q.told(q.carl, "dispute_decided", "€60.00 of the €200.00")
	q.is(dispute.Decided, contract.Disputed, 770, 0)
	if _, err := dispute.AddEvidence(t.Context(), q.DB, q.carl, q.id, dispute.Evidence{Words: "One more."}); err == nil {
		t.Error("evidence comes after the decision")
	}
	q.later(7 * day)
	v := q.is(dispute.Closed, contract.Split, 770-190+147, 60) // 140 and the fee on it, less the lamp
	if v.How != dispute.ByArbiter || v.Decision.Words != because {
		t.Errorf("it was %s: %+v", v.How, v.Decision)
	}
}

func TestAllOrNothingCanBeAwarded(t *testing.T) {
	t.Parallel()
	q := decided(t, 1, 200, 200)
	q.later(7 * day)
	q.is(dispute.Closed, contract.Approved, 770-190, 200)
	q = decided(t, 1, 200, 0)
	q.later(7 * day)
	q.is(dispute.Closed, contract.Refunded, 770-190+210, 0)
}

func TestTheMarketsSilenceCostsNobodyWhoDelivered(t *testing.T) {
	t.Parallel()
	q := open(t, 2, 80)
	q.later(5 * day)
	q.later(10 * day) // Mo misses it
	if v := q.show(q.carl); v.Misses != 1 || *v.Arbiter != q.arbiters[1].ID || v.State != dispute.Deciding {
		t.Errorf("after the first: %+v", v.Dispute)
	}
	refused(t, q.decides(q.arbiters[0], 1), dispute.ErrNotFound)
	q.later(10 * day)
	v := q.is(dispute.Closed, contract.Approved, 770-190, 200)
	if v.How != dispute.ByDefault || v.Misses != 2 {
		t.Errorf("it was %s after %d", v.How, v.Misses)
	}
}

func TestWhereThereIsNoArbiterWorkIsPaid(t *testing.T) {
	t.Parallel()
	q := open(t, 0, 80)
	q.later(5 * day)
	q.told(q.ada, "dispute_deciding", "waits for an arbiter")
	mo := q.arbiter("Mo")
	q.later(day)
	if v := q.show(q.ada); v.Arbiter == nil || *v.Arbiter != mo.ID {
		t.Errorf("the first who can is not named: %+v", v.Dispute)
	}
	q = open(t, 0, 80)
	q.later(5 * day)
	q.later(10 * day)
	q.later(10 * day)
	q.is(dispute.Closed, contract.Approved, 580, 200)
}

func TestADecisionIsReviewedByOthersWhoSeeNoVoteBeforeAllAreIn(t *testing.T) {
	t.Parallel()
	q := decided(t, 4, 80, 80)
	refused(t, dispute.AskReview(t.Context(), q.DB, q.carl, q.id, " "), dispute.ErrWords)
	q.OK(dispute.AskReview(t.Context(), q.DB, q.carl, q.id, "It is dark."))
	q.told(q.ada, "dispute_review", "Carl asked for a review")
	refused(t, q.votes(q.arbiters[0], 10), dispute.ErrNotReviewer)
	for i, award := range []int64{0, 40, 60} {
		by := q.arbiters[i+1]
		q.told(by, "dispute_for_you", "You were drawn")
		if v := q.show(by); len(v.Votes) != 0 || !v.CanVote {
			t.Errorf("%s sees %d votes before voting", by.Name, len(v.Votes))
		}
		q.OK(q.votes(by, award))
		if i < 2 {
			refused(t, q.votes(by, 1), dispute.ErrVoted)
			if v := q.show(by); len(v.Votes) != 1 {
				t.Errorf("%s sees %d votes", by.Name, len(v.Votes))
			}
			if v := q.show(q.carl); len(v.Votes) != 0 {
				t.Errorf("Carl sees %d votes", len(v.Votes))
			}
		}
	}
	v := q.is(dispute.Closed, contract.Split, 770-190+42, 160)
	if v.How != dispute.ByReview || len(v.Votes) != 3 {
		t.Errorf("it was %s by %d", v.How, len(v.Votes))
	}
}

func (q *quarrel) votes(by account.Actor, award int64) error {
	return dispute.CastVote(q.Context(), q.DB, by, q.id, euros(award), because)
}

func TestVotesThatComeInTimeCount(t *testing.T) {
	t.Parallel()
	q := decided(t, 4, 80, 80)
	q.OK(dispute.AskReview(t.Context(), q.DB, q.ada, q.id, "For the record."))
	q.OK(q.votes(q.arbiters[1], 0))
	q.later(10 * day)
	q.is(dispute.Closed, contract.Split, 770-190+84, 120)
}

func TestWithNobodyToReviewItADecisionStands(t *testing.T) {
	t.Parallel()
	q := decided(t, 1, 80, 40)
	refused(t, dispute.AskReview(t.Context(), q.DB, q.carl, q.id, "It is dark."), dispute.ErrNobody)
	if v := q.show(q.carl); v.State != dispute.Decided {
		t.Errorf("it is %s", v.State)
	}
}

func TestWhoHadAPartInAnotherDisputeIsNotNamed(t *testing.T) {
	t.Parallel()
	q := decided(t, 2, 80, 40)
	q.later(7 * day)
	q.hires(q.carl, q.ada, "harbour")
	var err error
	q.id, err = q.disputes(q.carl, euros(50), dispute.Incomplete, "There is no quay.")
	q.OK(err)
	q.later(5 * day)
	if v := q.show(q.carl); *v.Arbiter != q.arbiters[1].ID {
		t.Errorf("%d is named, who had a part in the other one", *v.Arbiter)
	}
}

// Disputes that are due at the same moment are swept at the same time.
func TestDisputesThatAreDueTogetherGetDifferentArbiters(t *testing.T) {
	t.Parallel()
	q := begun(t, 5)
	q.Deposit(q.carl, euros(2000))
	for n, name := range []string{"Eve", "Fay", "Gus", "Hal"} {
		_, err := q.disputes(q.carl, euros(20), dispute.NotAgreed, "It does not shine.")
		q.OK(err)
		q.hires(q.carl, q.Person(name, money.Amount{}), []string{"pier", "buoy", "quay", "mole"}[n])
	}
	q.later(5 * day)
	n, err := q.DB.Pool.Exec(t.Context(), `SELECT DISTINCT arbiter FROM dispute.disputes WHERE state = 'deciding' AND arbiter IS NOT NULL`)
	if err != nil || n.RowsAffected() != 4 {
		t.Errorf("%d arbiters have four disputes: %v", n.RowsAffected(), err)
	}
}

func TestTheFreelancerDisputesChangesThatWereNeverAgreedOn(t *testing.T) {
	t.Parallel()
	q := begun(t, 1)
	_, err := q.disputes(q.ada, euros(10), dispute.Met, "It shines.")
	refused(t, err, contract.ErrSubmitted)
	q.OK(contract.AskChanges(t.Context(), q.DB, q.carl, q.work, []int{0}, "Paint it red."))
	_, err = q.disputes(q.carl, euros(10), dispute.NotAgreed, "It is not red.")
	refused(t, err, contract.ErrChangesAsked)
	_, err = q.disputes(q.ada, euros(10), dispute.NotAgreed, "It shines.")
	refused(t, err, dispute.ErrReason)
	_, err = q.disputes(q.ada, euros(201), dispute.NotOwed, "It shines.")
	refused(t, err, contract.ErrSum)
	_, err = q.disputes(q.ada, euros(200), dispute.NotOwed, " ")
	refused(t, err, dispute.ErrWords)
	q.id, err = q.disputes(q.ada, euros(200), dispute.NotOwed, "Nobody said red.")
	q.OK(err)
	q.is(dispute.Talking, contract.Disputed, 770, 0)
	q.told(q.carl, "dispute_opened", "Ada disputes €200.00")
}

func TestAContractEndsOnlyAfterItsDispute(t *testing.T) {
	t.Parallel()
	q := open(t, 1, 80)
	q.OK(contract.GiveNotice(t.Context(), q.DB, q.carl, q.contract, contract.Notice{Reason: contract.ForPlans, Words: "Enough."}))
	refused(t, contract.AgreeToEnd(t.Context(), q.DB, q.ada, q.contract, euros(0)), contract.ErrEndsAfterDispute)
	q.later(4 * day)
	q.later(4 * day)
	c, err := contract.Show(t.Context(), q.DB, q.carl, q.contract)
	q.OK(err)
	if c.State != contract.UnderNotice {
		t.Fatalf("the contract is %s", c.State)
	}
	for _, by := range []account.Actor{q.carl, q.ada} {
		_, err := q.splits(by, 80)
		q.OK(err)
	}
	if c, err = contract.Show(t.Context(), q.DB, q.carl, q.contract); err != nil || c.State != contract.Ended {
		t.Errorf("the contract is %s: %v", c.State, err)
	}
	q.is(dispute.Closed, contract.Approved, 770, 220) // with the ending fee
}

func TestADisputeIsForTheTwoAndTheirArbiter(t *testing.T) {
	t.Parallel()
	q := open(t, 2, 80)
	q.later(5 * day)
	for name, by := range map[string]account.Actor{"a stranger": q.Person("Eve", money.Amount{}), "another arbiter": q.arbiters[1]} {
		if _, err := dispute.Show(t.Context(), q.DB, by, q.id); err == nil {
			t.Errorf("%s reads it", name)
		}
		_, err := q.splits(by, 80)
		refused(t, err, dispute.ErrNotFound)
		_, err = dispute.AddEvidence(t.Context(), q.DB, by, q.id, dispute.Evidence{Words: "I saw it."})
		refused(t, err, dispute.ErrNotFound)
		refused(t, dispute.AskReview(t.Context(), q.DB, by, q.id, "It is dark."), dispute.ErrNotFound)
	}
	_, err := q.splits(q.arbiters[0], 80)
	refused(t, err, dispute.ErrNotParty)
	refused(t, dispute.Advance(t.Context(), q.DB, q.carl, q.id), dispute.ErrNotFound)
	desk, err := dispute.Desk(t.Context(), q.DB, q.arbiters[0])
	if err != nil || len(desk) != 1 || !desk[0].Mine || desk[0].Sum != euros(80) {
		t.Errorf("on Mo's desk lie %+v: %v", desk, err)
	}
	if _, err := dispute.Desk(t.Context(), q.DB, q.carl); err == nil {
		t.Error("Carl has a desk")
	}
}

func TestEvidenceCitesOnlyWhatIsBetweenTheTwo(t *testing.T) {
	t.Parallel()
	q := open(t, 1, 80)
	v := q.show(q.ada)
	n, err := dispute.AddEvidence(t.Context(), q.DB, q.ada, q.id, dispute.Evidence{Words: "As I wrote.", Submission: contract.SubmissionID(v.Works[0].ID)})
	if err != nil || n != 1 {
		t.Errorf("number %d: %v", n, err)
	}
	_, err = dispute.AddEvidence(t.Context(), q.DB, q.ada, q.id, dispute.Evidence{Words: "As I wrote.", Submission: 99})
	refused(t, err, dispute.ErrCited)
	_, err = dispute.AddEvidence(t.Context(), q.DB, q.ada, q.id, dispute.Evidence{Words: "As I wrote.", Message: 99})
	refused(t, err, dispute.ErrCited)
	if v := q.show(q.carl); len(v.Evidence) != 1 || *v.Evidence[0].Submission != v.Works[0].ID {
		t.Errorf("Carl reads %+v", v.Evidence)
	}
}

func TestDecisionsArePublishedWithoutNames(t *testing.T) {
	t.Parallel()
	q := open(t, 1, 80)
	q.later(5 * day)
	q.OK(dispute.Decide(t.Context(), q.DB, q.arbiters[0], q.id, dispute.Ruling{Award: euros(30), Criteria: []int{0},
		Words: "Ada built what Carl wanted; carl did not say red, Ada says."}))
	if all, err := dispute.Publish(t.Context(), q.DB, 0, 10); err != nil || len(all) != 0 {
		t.Errorf("an open one is published: %v", err)
	}
	q.later(7 * day)
	all, err := dispute.Publish(t.Context(), q.DB, 0, 10)
	q.OK(err)
	if len(all) != 1 || all[0].Award != euros(30) || all[0].Days != 12 || all[0].Category != "Writing and editing" {
		t.Fatalf("published is %+v", all)
	}
	if got := all[0].Words; got != "the freelancer built what the client wanted; the client did not say red, the freelancer says." || strings.Contains(got, "Ada") {
		t.Errorf("it says %q", got)
	}
}

func TestAgreeingAtOnceAwardsOnce(t *testing.T) {
	t.Parallel()
	q := open(t, 1, 80)
	_, err := q.splits(q.carl, 40)
	q.OK(err)
	done := make(chan error, 2)
	for range 2 {
		go func() { _, err := q.splits(q.ada, 40); done <- err }()
	}
	one, two := <-done, <-done
	if (one == nil) == (two == nil) {
		t.Errorf("two clicks: %v, %v", one, two)
	}
	q.is(dispute.Closed, contract.Split, 770-190+42, 160)
}
