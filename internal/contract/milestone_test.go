package contract

import (
	"errors"
	"testing"
	"time"
)

var noon = time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)

func at(days float64) time.Time { return noon.Add(time.Duration(days * 24 * float64(time.Hour))) }

func at2(days float64) *time.Time { t := at(days); return &t }

// milestones in every state, as they are at noon.
func milestoneIn(s MilestoneState) *Milestone {
	m := &Milestone{N: 1, State: s, Lifecycle: Version, Criteria: []string{"It works", "It is documented"}}
	switch s {
	case Funded:
		m.FundedAt, m.TakeBackFrom = at2(-1), at2(10)
	case Submitted:
		m.FundedAt, m.SubmittedAt, m.ApproveBy = at2(-2), at2(-1), at2(6)
	case ChangesAsked:
		m.FundedAt, m.SubmittedAt, m.TakeBackFrom, m.Rounds = at2(-3), at2(-2), at2(10), 1
	}
	return m
}

func TestMilestoneMovesByItsLifecycleOnly(t *testing.T) {
	t.Parallel()
	submit := func(by Side, when time.Time) func(*Milestone) error {
		return func(m *Milestone) error { return m.Submit(by, when, 7) }
	}
	approve := func(by Side, when time.Time) func(*Milestone) error {
		return func(m *Milestone) error { return m.Approve(by, when) }
	}
	ask := func(by Side, when time.Time, rounds int) func(*Milestone) error {
		return func(m *Milestone) error { return m.AskChanges(by, when, rounds, at(20)) }
	}
	takeBack := func(by Side, when time.Time) func(*Milestone) error {
		return func(m *Milestone) error { return m.TakeBack(by, when) }
	}
	for _, test := range []struct {
		name string
		from MilestoneState
		act  func(*Milestone) error
		want MilestoneState
		err  error
	}{
		{"work is handed over once funded", Funded, submit(Freelancer, noon), Submitted, nil},
		{"and after changes were asked for", ChangesAsked, submit(Freelancer, noon), Submitted, nil},
		{"even late, while the money is there", Funded, submit(Freelancer, at(99)), Submitted, nil},
		{"no work without money", Planned, submit(Freelancer, noon), Planned, ErrNotFunded},
		{"not twice", Submitted, submit(Freelancer, noon), Submitted, ErrSubmitted},
		{"the client hands nothing over", Funded, submit(Client, noon), Funded, ErrNotFreelancer},
		{"nothing after it was taken back", TakenBack, submit(Freelancer, noon), TakenBack, ErrTakenBack},

		{"the client accepts", Submitted, approve(Client, noon), Approved, nil},
		{"the freelancer does not", Submitted, approve(Freelancer, noon), Submitted, ErrNotClient},
		{"silence accepts when the window has passed", Submitted, approve(Market, at(6)), Approved, nil},
		{"and not a moment before", Submitted, approve(Market, at(6).Add(-1)), Submitted, ErrTooEarly},
		{"there is nothing to accept yet", Funded, approve(Client, noon), Funded, ErrNotSubmitted},
		{"the client may think better of it", ChangesAsked, approve(Client, noon), Approved, nil},
		{"silence accepts nothing while changes are made", ChangesAsked, approve(Market, at(99)), ChangesAsked, ErrChangesAsked},
		{"accepted once only", Approved, approve(Client, noon), Approved, ErrApproved},

		{"changes are asked for in the window", Submitted, ask(Client, noon, 1), ChangesAsked, nil},
		{"not after it", Submitted, ask(Client, at(6), 1), Submitted, ErrWindowPassed},
		{"not beyond the agreed rounds", Submitted, ask(Client, noon, 0), Submitted, ErrNoRoundsLeft},
		{"not by the freelancer", Submitted, ask(Freelancer, noon, 1), Submitted, ErrNotClient},
		{"not before there is work", Funded, ask(Client, noon, 1), Funded, ErrNotSubmitted},

		{"money is taken back when nothing came", Funded, takeBack(Client, at(10)), TakenBack, nil},
		{"and not a moment before", Funded, takeBack(Client, at(10).Add(-1)), Funded, ErrTooEarly},
		{"never once work came", Submitted, takeBack(Client, at(99)), Submitted, ErrSubmitted},
		{"or when no changes came", ChangesAsked, takeBack(Client, at(10)), TakenBack, nil},
		{"and not a moment before that", ChangesAsked, takeBack(Client, at(10).Add(-1)), ChangesAsked, ErrTooEarly},
		{"it goes back by itself a month later", Funded, takeBack(Market, at(40)), TakenBack, nil},
		{"from both", ChangesAsked, takeBack(Market, at(40)), TakenBack, nil},
		{"and not a moment before that either", Funded, takeBack(Market, at(40).Add(-1)), Funded, ErrTooEarly},
		{"nor by the freelancer", Funded, takeBack(Freelancer, at(99)), Funded, ErrNotClient},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := milestoneIn(test.from)
			if err := test.act(m); !errors.Is(err, test.err) {
				t.Errorf("got error %v, want %v", err, test.err)
			}
			if m.State != test.want {
				t.Errorf("got %s, want %s", m.State, test.want)
			}
		})
	}
}

func TestEachSubmissionOpensTheWindowAnew(t *testing.T) {
	t.Parallel()
	m := milestoneIn(ChangesAsked)
	if err := m.Submit(Freelancer, at(3), 7); err != nil {
		t.Fatal(err)
	}
	if !m.ApproveBy.Equal(at(10)) || !m.SubmittedAt.Equal(at(3)) || m.Rounds != 1 {
		t.Errorf("submitted %v, approve by %v, after %d rounds", m.SubmittedAt, m.ApproveBy, m.Rounds)
	}
}
