package jobpost_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/proposal"
	"freehold/internal/standing"
)

func (m market) standing(of account.Actor) standing.Client {
	m.Helper()
	var facts standing.Facts
	m.View(func(ctx context.Context, tx *db.Tx) (err error) {
		facts, err = standing.Read(ctx, tx, of.ID)
		return err
	})
	return standing.Of(facts).Client
}

// about publishes a post of Carl's on a topic of its own, on which somebody proposes.
func (m market) about(topic string, by account.Actor) (jobpost.ID, proposal.ID) {
	m.Helper()
	own := func(n int) string { // texts that are like no other
		var words strings.Builder
		for i := range n {
			fmt.Fprintf(&words, "%s%d ", topic, i)
		}
		return words.String()
	}
	in := logo()
	in.Title, in.Description, in.Questions = topic, own(20), nil
	id := m.published(in).ID
	p, err := proposal.Propose(m.Context(), m.DB, by, id, proposal.Input{Letter: own(30), Price: euros(500), Hours: 10})
	m.OK(err)
	return id, p.ID
}

// signed hires whoever made a proposal, for 500 euros.
func (m market) signed(by account.Actor, id proposal.ID) contract.ID {
	m.Helper()
	ctx := m.Context()
	offer, err := contract.MakeOffer(ctx, m.DB, m.carl, id, contract.Terms{
		Scope: "As the post says.", Funding: contract.All,
		Milestones: []contract.MilestoneTerms{{Title: "All of it", Price: euros(500), Due: "2030-03-01", Criteria: []string{"It is done."}, Hours: 10}},
	})
	m.OK(err)
	v, err := contract.ShowOffer(ctx, m.DB, by, offer)
	m.OK(err)
	_, err = contract.SignOffer(ctx, m.DB, m.carl, offer, contract.Signing{SHA256: v.SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
	m.OK(err)
	made, err := contract.SignOffer(ctx, m.DB, by, offer, contract.Signing{SHA256: v.SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
	m.OK(err)
	return made
}

func TestANewClientHasNoStandingYet(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.draft(logo())
	s := m.standing(m.carl)
	_, answered := s.AnswerRate()
	_, hired := s.HireRate()
	if s.Posts != 0 || answered || hired || s.MedianAnswer != nil || s.MedianPay != nil || len(s.Paid) != 0 {
		t.Errorf("it is %+v", s)
	}
}

func TestAClientsStandingIsWhatHappened(t *testing.T) {
	t.Parallel()
	ctx, m := t.Context(), open(t)
	m.Deposit(m.carl, euros(1000))
	bert := m.Person("Bert", euros(0))

	_, first := m.about("orchard", m.ada) // hired after two hours, paid after three days
	m.Clock.Advance(2 * time.Hour)
	made := m.signed(m.ada, first)
	m.OK(contract.Fund(ctx, m.DB, m.carl, made))
	v, err := contract.Show(ctx, m.DB, m.ada, made)
	m.OK(err)
	work := v.Work[0].ID
	_, err = contract.SubmitMilestone(ctx, m.DB, m.ada, work, contract.Work{Note: "Here it is.", Met: []bool{true}})
	m.OK(err)
	m.Clock.Advance(3 * day)
	m.OK(contract.ApproveMilestone(ctx, m.DB, m.carl, work))

	closed, second := m.about("meadow", bert) // declined after six hours, and closed
	m.Clock.Advance(6 * time.Hour)
	m.OK(proposal.Decline(ctx, m.DB, m.carl, second, proposal.Reason{Code: "price"}))
	m.OK(proposal.ClosePost(ctx, m.DB, m.carl, closed, proposal.Closing{}))

	m.about("harbour", m.ada) // never answered

	_, fourth := m.about("lighthouse", bert) // hired after four hours, and never funded
	m.Clock.Advance(4 * time.Hour)
	m.signed(bert, fourth)
	m.Clock.Advance(11 * day)
	m.lapse()
	_, err = contract.SweepDue(ctx, m.DB)
	m.OK(err)

	s := m.standing(m.carl)
	answerRate, _ := s.AnswerRate()
	hireRate, _ := s.HireRate()
	got := fmt.Sprint(s.Posts, s.Ended, s.EndedHired, s.Hires, s.Answered, s.Lapsed, s.Funded, s.NeverFunded, s.EndedEarly,
		answerRate, hireRate, *s.MedianAnswer, *s.MedianPay, s.Paid)
	want := fmt.Sprint(4, 4, 2, 2, 3, 1, 1, 1, 0, 75, 50, 4*time.Hour, 72*time.Hour, []money.Amount{euros(500)})
	if got != want {
		t.Errorf("Carl's standing is\n%s, want\n%s", got, want)
	}
	if eve := m.standing(m.eve); eve.Posts != 0 || eve.Answered != 0 || len(eve.Paid) != 0 {
		t.Errorf("Eve's standing is %+v", eve)
	}
}
