package contract

import (
	"errors"
	"testing"
	"time"

	"freehold/internal/kit/money"
)

// byTheWeek are 3 weeks of at most 10 hours at 40 euros, from Monday, 7 January
// 2030 on, in Berlin.
func byTheWeek() Terms {
	return Terms{
		Scope:    "Looking after the shop's pages.",
		Calendar: &Calendar{Every: Weekly, Rate: euros(40), Hours: 10, Count: 3, Starts: "2030-01-07", Zone: "Europe/Berlin"},
	}
}

// byTheMonth are 2 months at 900 euros, from 1 January 2030 on, in Kuala Lumpur.
func byTheMonth() Terms {
	return Terms{
		Scope:    "The newsletter.",
		Calendar: &Calendar{Every: Monthly, Rate: euros(900), Hours: 30, Count: 2, Starts: "2030-01-01", Zone: "Asia/Kuala_Lumpur"},
	}
}

func TestACalendarIsHeldToWhatIsAskedOfIt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		terms  Terms
		change func(*Terms)
		err    error
	}{
		{"weeks", byTheWeek(), func(*Terms) {}, nil},
		{"months", byTheMonth(), func(*Terms) {}, nil},
		{"a day", byTheWeek(), func(t *Terms) { t.Calendar.Every = "day" }, ErrEvery},
		{"a Tuesday", byTheWeek(), func(t *Terms) { t.Calendar.Starts = "2030-01-08" }, ErrMonday},
		{"no date", byTheWeek(), func(t *Terms) { t.Calendar.Starts = "soon" }, ErrMonday},
		{"the 31st", byTheMonth(), func(t *Terms) { t.Calendar.Starts = "2030-01-31" }, ErrMonthDay},
		{"a week that is over", byTheWeek(), func(t *Terms) { t.Calendar.Starts = "2029-12-24" }, ErrStartsPast},
		{"the week that is now", byTheWeek(), func(t *Terms) { t.Calendar.Starts = "2029-12-31" }, nil},
		{"in ten years", byTheWeek(), func(t *Terms) { t.Calendar.Starts = "2040-01-02" }, ErrDueFar},
		{"no hours", byTheWeek(), func(t *Terms) { t.Calendar.Hours = 0 }, ErrWeekHours},
		{"more hours than healthy", byTheWeek(), func(t *Terms) { t.Calendar.Hours = 81 }, ErrWeekHours},
		{"more hours than a month has", byTheMonth(), func(t *Terms) { t.Calendar.Hours = 401 }, ErrMonthHours},
		{"no week", byTheWeek(), func(t *Terms) { t.Calendar.Count = 0 }, ErrCount},
		{"a year and more", byTheWeek(), func(t *Terms) { t.Calendar.Count = 51 }, ErrCount},
		{"for nothing", byTheWeek(), func(t *Terms) { t.Calendar.Rate.Minor = 0 }, ErrRate},
		{"for more than there is", byTheWeek(), func(t *Terms) { t.Calendar.Rate.Minor = money.Max }, ErrRate},
		{"other money", byTheWeek(), func(t *Terms) { t.Calendar.Rate.Currency = "USD" }, ErrRateCurrency},
		{"nowhere", byTheWeek(), func(t *Terms) { t.Calendar.Zone = "Local" }, ErrZone},
		{"all at once", byTheWeek(), func(t *Terms) { t.Funding = All }, ErrByCalendar},
	} {
		k := *test.terms.Calendar
		test.terms.Calendar = &k
		test.change(&test.terms)
		done, err := test.terms.complete(shipped())
		must(t, err)
		err = done.check(shipped(), floor(10), "EUR", day(noon))
		if !errors.Is(err, test.err) || test.err == nil && err != nil {
			t.Errorf("%s: got %v, want %v", test.name, err, test.err)
		}
	}
	cheap := byTheWeek()
	cheap.Calendar.Rate = euros(9)
	done, _ := cheap.complete(shipped())
	if err := done.check(shipped(), floor(10), "EUR", day(noon)); err == nil {
		t.Error("an hour below the floor was let in")
	}
}

func TestWeeksBeginAndEndWhereTheContractIs(t *testing.T) {
	t.Parallel()
	k := Calendar{Every: Weekly, Rate: euros(40), Hours: 10, Count: 2, Starts: "2030-03-25", Zone: "Europe/Berlin"}
	c := &Contract{Every: Weekly, Zone: k.Zone, Currency: "EUR"}
	for i, terms := range k.Milestones() {
		m := Milestone{N: i + 1, Every: Weekly}
		m.agree(terms, floor(10))
		c.lay(&m)
		c.Milestones = append(c.Milestones, m)
	}
	// The clocks go forward in the night to Sunday, 31 March: the week has 167 hours.
	first := c.Milestones[0]
	if got := first.Ends.Sub(*first.Starts); got != 167*time.Hour {
		t.Errorf("the week has %v", got)
	}
	if got := first.Starts.UTC(); got != time.Date(2030, 3, 24, 23, 0, 0, 0, time.UTC) {
		t.Errorf("it begins at %v", got)
	}
	if got := first.Closes.UTC(); got != time.Date(2030, 4, 1, 10, 0, 0, 0, time.UTC) {
		t.Errorf("it closes at %v", got)
	}
	if !c.Milestones[1].Starts.Equal(*first.Ends) {
		t.Error("there is a gap between two weeks")
	}
	if first.Title != "Week 1: 2030-03-25 to 2030-03-31" || first.Price != euros(400) || first.Rate != euros(40) {
		t.Errorf("got %+v", first)
	}
}

func TestMonthsFollowEachOther(t *testing.T) {
	t.Parallel()
	k := Calendar{Every: Monthly, Rate: euros(900), Hours: 30, Count: 14, Starts: "2030-01-28", Zone: "Asia/Kuala_Lumpur"}
	c := &Contract{Every: Monthly, Zone: k.Zone}
	var before *time.Time
	for _, terms := range k.Milestones() {
		m := Milestone{Every: Monthly}
		m.agree(terms, floor(10))
		c.lay(&m)
		if before != nil && !m.Starts.Equal(*before) {
			t.Errorf("%s begins at %v, and the one before ended at %v", m.Title, m.Starts, before)
		}
		before = m.Ends
	}
}

func TestAWeekComesToItsMinutes(t *testing.T) {
	t.Parallel()
	m := Milestone{Every: Weekly, Rate: euros(40), Price: euros(400), Hours: 10}
	for minutes, want := range map[int]int64{0: 0, 1: 66, 60: 4000, 90: 6000, 599: 39933, 600: 40000} {
		if m.Logged = minutes; m.Billed().Minor != want {
			t.Errorf("%d minutes come to %v", minutes, m.Billed())
		}
	}
}

func TestMinutesThatComeToLessThanACoinAreNotHandedIn(t *testing.T) {
	t.Parallel()
	c := spans(t, byTheWeek())
	c.mustFund(t, noon)
	m := &c.Milestones[0]
	m.Rate, m.Logged = money.Amount{Minor: 59, Currency: "EUR"}, 1
	if err := m.Hand(Freelancer, noon, 5); !errors.Is(err, ErrNoHours) {
		t.Errorf("got %v", err)
	}
	must(t, m.Hand(Market, *m.Closes, 5))
	if m.State != Unused || m.Price.IsZero() {
		t.Errorf("it is %s, at %v", m.State, m.Price)
	}
}
