package contract

import (
	"testing"
	"time"

	"freehold/internal/kit/money"
	"freehold/internal/terms"
)

func TestTheShareOfWhatHasBegun(t *testing.T) {
	t.Parallel()
	funded := time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)
	day := func(n int) time.Time { return funded.AddDate(0, 0, n) }
	for name, c := range map[string]struct {
		state              MilestoneState
		client, freelancer int // -1: says nothing
		at                 time.Time
		want               terms.BasisPoints
	}{
		"nobody says anything on the first day":     {Funded, -1, -1, funded.Add(time.Minute), 1000},
		"nor when nothing has passed":               {Funded, -1, -1, funded, 0},
		"a day that has begun counts":               {Funded, -1, -1, day(4).Add(time.Second), 5000},
		"no more than all of it":                    {Funded, -1, -1, day(99), 10000},
		"changes were asked for":                    {ChangesAsked, -1, -1, day(5), 5000},
		"submitted work is paid in full":            {Submitted, 0, 0, day(1), 10000},
		"both say the same":                         {Funded, 30, 30, day(9), 3000},
		"the client names more than has passed":     {Funded, 80, -1, day(2), 8000},
		"the client names less than has passed":     {Funded, 10, -1, day(2), 2000},
		"the freelancer asks for less":              {Funded, -1, 10, day(5), 1000},
		"the freelancer asks for more":              {Funded, -1, 90, day(5), 5000},
		"what has passed lies between":              {Funded, 20, 90, day(5), 5000},
		"what has passed is less than the client's": {Funded, 60, 90, day(5), 6000},
		"the client names more than the freelancer": {Funded, 90, 40, day(2), 4000},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := Contract{Currency: "EUR", Lifecycle: Version, SignedAt: funded, GraceDays: 7}
			k.Milestones = []Milestone{{
				N: 1, Lifecycle: Version, Price: money.Amount{Minor: 10000, Currency: "EUR"}, State: c.state, FundedAt: &funded,
				Due: time.Date(2030, 1, 10, 0, 0, 0, 0, time.UTC), // until its end: ten days, of which the last is half a day
			}}
			if c.client >= 0 {
				k.Milestones[0].ClientSays = &c.client
			}
			if c.freelancer >= 0 {
				k.Milestones[0].FreelancerSays = &c.freelancer
			}
			if got := k.ShareOf(&k.Milestones[0], c.at); got != c.want {
				t.Errorf("%d, want %d", got, c.want)
			}
		})
	}
}

func TestASettlementMovesAllThatIsInEscrow(t *testing.T) {
	t.Parallel()
	funded := time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)
	for minor := int64(101); minor < 5000; minor += 37 {
		k := Contract{Currency: "EUR", Lifecycle: Version, SignedAt: funded, GraceDays: 7, ClientFeeRate: 333, FreelancerFeeRate: 177}
		k.Milestones = []Milestone{{N: 1, Lifecycle: Version, Price: money.Amount{Minor: minor, Currency: "EUR"}, State: Funded, FundedAt: &funded, Due: funded.AddDate(0, 0, 12).Truncate(24 * time.Hour)}}
		held := money.Amount{Minor: 77, Currency: "EUR"}
		for _, how := range []Parting{ByClient, ByFreelancer, Together} {
			s := k.Settlement(how, held, funded.AddDate(0, 0, int(minor%13)))
			if s.Freelancer.Add(s.Client).Add(s.Market) != held.Add(k.Cost(&k.Milestones[0])) || s.Client.Minor < 0 || s.Freelancer.Minor < 0 {
				t.Fatalf("%s of %d: %+v", how, minor, s)
			}
		}
	}
}
