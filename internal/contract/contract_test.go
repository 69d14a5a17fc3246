package contract

import (
	"errors"
	"testing"
	"time"

	"freehold/internal/kit/money"
)

func euros(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }

func date(s string) time.Time { t, _ := time.Parse(dateOnly, s); return t }

// threeParts is a contract signed at noon: 100, 200 and 300 euros, due after
// 10, 20 and 40 days.
func threeParts(f Funding) *Contract {
	c := &Contract{
		ID: 1, Client: 1, Freelancer: 2, State: Signed, Currency: "EUR", Funding: f,
		ClientFeeRate: 500, FreelancerFeeRate: 250, EndingFeeRate: 1000,
		AcceptanceDays: 7, ChangeRounds: 2, GraceDays: 7, StarvedDays: 7, NoticeDays: 7,
		SignedAt: noon, FundBy: at(7), Lifecycle: Version,
	}
	for i, due := range []string{"2030-01-11", "2030-01-21", "2030-02-10"} {
		c.Milestones = append(c.Milestones, Milestone{
			ID: MilestoneID(i + 1), N: i + 1, Price: euros(int64(i+1) * 100), Due: date(due), State: Planned, Lifecycle: Version,
		})
	}
	return c
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (c *Contract) mustFund(t *testing.T, when time.Time) {
	t.Helper()
	_, err := c.Fund(Client, when)
	must(t, err)
}

// paid takes the milestone that is funded to its end.
func (m *Milestone) mustBePaid(t *testing.T, when time.Time) {
	t.Helper()
	must(t, m.Submit(Freelancer, when, 7))
	must(t, m.Approve(Client, when))
}

func TestFundingAllTakesEveryPriceAndOurFee(t *testing.T) {
	t.Parallel()
	c := threeParts(All)
	if got := c.Need(euros(0)); got != euros(630) {
		t.Errorf("needs %v, want 630.00 EUR", got)
	}
	c.mustFund(t, noon)
	if got := c.EndingFee(); got != euros(0) {
		t.Errorf("the ending fee is %v, though nothing is unfunded", got)
	}
	for _, m := range c.Milestones {
		if m.State != Funded {
			t.Errorf("milestone %d is %s", m.N, m.State)
		}
	}
}

func TestFundingTheNextSecuresTheRest(t *testing.T) {
	t.Parallel()
	c := threeParts(Next)
	if got := c.Need(euros(0)); got != euros(105+50) {
		t.Errorf("needs %v, want the first with its fee and a tenth of 500", got)
	}
	c.mustFund(t, noon)
	if got := c.EndingFee(); got != euros(50) {
		t.Errorf("the ending fee is %v, want 50.00 EUR", got)
	}
	c.Milestones[0].mustBePaid(t, at(1))
	if got := c.Need(euros(50)); got != euros(210-20) {
		t.Errorf("the second needs %v: 210 less the 20 of ending fee it sets free", got)
	}
	_, err := c.FundNext(at(1))
	must(t, err)
	if got := c.EndingFee(); got != euros(30) {
		t.Errorf("the ending fee is %v, want 30.00 EUR", got)
	}
	sums := c.Sums()
	if sums.Committed != euros(600) || sums.Funded != euros(300) || sums.Released != euros(100) {
		t.Errorf("got %+v", sums)
	}
}

func TestAPriceIsDividedToTheCent(t *testing.T) {
	t.Parallel()
	c := threeParts(All)
	m := &c.Milestones[0]
	m.Price = money.Amount{Minor: 10_019, Currency: "EUR"} // 5 % is 500.95, 2.5 % is 250.475
	if got := c.Cost(m).Minor; got != 10_519 {
		t.Errorf("costs %d", got)
	}
	pay := c.Pay(m)
	if pay.Net.Minor != 9_769 || pay.Fee.Minor != 750 {
		t.Errorf("pays %v and %v", pay.Net, pay.Fee)
	}
	if pay.Net.Add(pay.Fee) != c.Cost(m) {
		t.Error("the parts are not the whole")
	}
}

func TestContractMovesByItsLifecycleOnly(t *testing.T) {
	t.Parallel()
	fund := func(by Side, when time.Time) func(*Contract) error {
		return func(c *Contract) error { _, err := c.Fund(by, when); return err }
	}
	leave := func(by Side, when time.Time) func(*Contract) error {
		return func(c *Contract) error { return c.Leave(by, when) }
	}
	lapse := func(when time.Time) func(*Contract) error {
		return func(c *Contract) error { return c.Lapse(Market, when) }
	}
	starved := func(c *Contract) {
		c.State, c.FundedAt, c.StarvedAt = Starved, at2(0), at2(10)
		c.Milestones[0].State = Approved
	}
	active := func(c *Contract) { c.State, c.FundedAt, c.Milestones[0].State = Active, at2(0), Funded }
	for _, test := range []struct {
		name  string
		begin func(*Contract)
		act   func(*Contract) error
		want  State
		err   error
	}{
		{"the client funds it", func(*Contract) {}, fund(Client, noon), Active, nil},
		{"the freelancer does not", func(*Contract) {}, fund(Freelancer, noon), Signed, ErrNotClient},
		{"not twice", active, fund(Client, noon), Active, ErrFunded},
		{"not too late", func(*Contract) {}, fund(Client, at(7)), Signed, ErrFundedTooLate},
		{"a moment before will do", func(*Contract) {}, fund(Client, at(7).Add(-1)), Active, nil},
		{"nor once it has ended", func(c *Contract) { c.State = Ended }, fund(Client, noon), Ended, ErrEnded},

		{"it ends if nobody funds it", func(*Contract) {}, lapse(at(7)), Ended, nil},
		{"and not a moment before", func(*Contract) {}, lapse(at(7).Add(-1)), Signed, ErrTooEarly},
		{"never once it was funded", active, lapse(at(7)), Active, ErrFunded},

		{"a starved one is funded again", starved, fund(Client, at(99)), Active, nil},
		{"or left after a week", starved, leave(Freelancer, at(17)), Ended, nil},
		{"and not a moment before", starved, leave(Freelancer, at(17).Add(-1)), Starved, ErrTooEarly},
		{"never by the client", starved, leave(Client, at(17)), Starved, ErrNotFreelancer},
		{"or it ends without them a month later", starved, leave(Market, at(47)), Ended, nil},
		{"and not a moment before that", starved, leave(Market, at(47).Add(-1)), Starved, ErrTooEarly},
		{"one that goes on is not left", active, leave(Freelancer, at(99)), Active, ErrFunded},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := threeParts(Next)
			test.begin(c)
			if err := test.act(c); !errors.Is(err, test.err) {
				t.Errorf("got error %v, want %v", err, test.err)
			}
			if c.State != test.want {
				t.Errorf("got %s, want %s", c.State, test.want)
			}
		})
	}
}

func TestAnEndDropsWhatNeverBegan(t *testing.T) {
	t.Parallel()
	c := threeParts(Next)
	must(t, c.Lapse(Market, at(7)))
	if c.Ending != NeverFunded || !c.EndedAt.Equal(at(7)) {
		t.Errorf("ended %q at %v", c.Ending, c.EndedAt)
	}
	for _, m := range c.Milestones {
		if m.State != Dropped || m.EndedAt == nil {
			t.Errorf("milestone %d is %s", m.N, m.State)
		}
	}
}

func TestACompletedContractIsOneWithEverythingApproved(t *testing.T) {
	t.Parallel()
	c := threeParts(All)
	c.mustFund(t, noon)
	for i := range c.Milestones {
		c.Milestones[i].mustBePaid(t, at(1))
	}
	must(t, c.Finish(at(1)))
	if c.Ending != Completed {
		t.Errorf("got %s", c.Ending)
	}

	c = threeParts(All)
	c.mustFund(t, noon)
	c.Milestones[0].mustBePaid(t, at(1))
	c.Milestones[1].mustBePaid(t, at(1))
	must(t, c.Milestones[2].TakeBack(Client, *c.Milestones[2].TakeBackFrom))
	must(t, c.Finish(at(99)))
	if c.Ending != EndedEarly {
		t.Errorf("got %s", c.Ending)
	}
}

func TestWhoIsFundedLateLosesNoTimeByIt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		n      int
		funded time.Time
		want   time.Time
	}{
		{"the first in time: the end of its due day, and a week", 0, noon, date("2030-01-19")},
		{"the second early: as planned", 1, at(5), date("2030-01-29")},
		{"the second late: ten days from then, and a week", 1, at(30), at(30 + 10 + 7)},
		{"the third late: twenty days from then, and a week", 2, at(30), at(30 + 20 + 7)},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := threeParts(Next)
			if got := c.takeBackFrom(&c.Milestones[test.n], test.funded); !got.Equal(test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestWhoMendsHasTheDaysOfGraceAndNeverLessThanThePlanGave(t *testing.T) {
	t.Parallel()
	c := threeParts(All)
	c.mustFund(t, noon)
	m := &c.Milestones[0] // due on the 11th, so its money can be taken back from the 19th on
	for _, test := range []struct{ asked, want time.Time }{
		{at(2), date("2030-01-19")},
		{at(30), at(37)},
	} {
		if got := c.mendBy(m, test.asked); !got.Equal(test.want) {
			t.Errorf("asked at %v: until %v, want %v", test.asked, got, test.want)
		}
	}
}

func TestTheTurnIsWhoseDateIsNearest(t *testing.T) {
	t.Parallel()
	c := threeParts(All)
	if turn := c.Turn(noon); turn.Of != Client || !turn.By.Equal(c.FundBy) {
		t.Errorf("signed: %+v", turn)
	}
	c.mustFund(t, noon)
	if turn := c.Turn(noon); turn.Of != Freelancer || !turn.By.Equal(*c.Milestones[0].TakeBackFrom) {
		t.Errorf("funded: %+v", turn)
	}
	must(t, c.Milestones[2].Submit(Freelancer, at(1), 7))
	if turn := c.Turn(at(1)); turn.Of != Client || !turn.By.Equal(at(8)) {
		t.Errorf("submitted: %+v", turn)
	}
	must(t, c.Milestones[2].AskChanges(Client, at(2), 2, c.mendBy(&c.Milestones[2], at(2))))
	if turn := c.Turn(at(2)); turn.Of != Freelancer || !turn.By.Equal(*c.Milestones[0].TakeBackFrom) {
		t.Errorf("changes asked: %+v", turn)
	}
}

func TestAStarvedContractSaysUntilWhenItWaits(t *testing.T) {
	t.Parallel()
	c := threeParts(Next)
	c.mustFund(t, noon)
	c.Milestones[0].mustBePaid(t, at(1))
	must(t, c.Starve(at(1)))
	if turn := c.Turn(at(2)); turn.Of != Client || !turn.By.Equal(at(8)) || turn.Otherwise.Empty() {
		t.Errorf("got %+v", turn)
	}
	if turn := c.Turn(at(8)); turn.Of != Client || !turn.By.Equal(at(38)) {
		t.Errorf("a week later: %+v", turn)
	}
	must(t, c.Leave(Freelancer, at(8)))
	if turn := c.Turn(at(8)); turn.Of != "" || turn.Do.Empty() {
		t.Errorf("ended: %+v", turn)
	}
}
