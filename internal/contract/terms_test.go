package contract

import (
	"errors"
	"strings"
	"testing"
	"time"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
	"freehold/internal/terms"
)

func shipped() terms.Settings {
	return terms.Settings{Version: 1, Values: terms.Values{
		ClientFee: 500, FreelancerFee: 0, OfferDays: 7, FundDays: 7, AcceptanceDays: 7, ChangeRounds: 2,
		GraceDays: 7, StarvedDays: 7, NoticeDays: 7, EndingFee: 1000, MilestoneDays: 60,
	}}
}

func twoParts() Terms {
	return Terms{
		Scope: "A **logo** for a bakery.",
		Milestones: []MilestoneTerms{
			{Title: "Sketches", Price: euros(200), Due: "2030-01-10", Criteria: []string{"Three sketches"}, Hours: 8},
			{Title: "The logo", Price: euros(300), Due: "2030-01-20", Criteria: []string{"As SVG", "In two colours"}, Hours: 10},
		},
		Funding: Next,
	}
}

func TestTermsAreHeldToWhatIsAskedOfThem(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		change func(*Terms)
		err    error
		field  string
	}{
		{"as they should be", func(*Terms) {}, nil, ""},
		{"no scope", func(t *Terms) { t.Scope = " \n" }, ErrScope, "scope"},
		{"a scope that is no text", func(t *Terms) { t.Scope = "\xff" }, prose.ErrNotText, "scope"},
		{"a criterion that is no text", func(t *Terms) { t.Milestones[1].Criteria[0] = "a\x00b" }, prose.ErrNotText, "milestones.1.criteria.0"},
		{"too long a scope", func(t *Terms) { t.Scope = strings.Repeat("a", maxScope+1) }, ErrScope, "scope"},
		{"no milestones", func(t *Terms) { t.Milestones = nil }, ErrMilestones, "milestones"},
		{"too many milestones", func(t *Terms) {
			for range maxMilestones {
				t.Milestones = append(t.Milestones, t.Milestones[1])
			}
		}, ErrMilestones, "milestones"},
		{"another funding rule", func(t *Terms) { t.Funding = "later" }, ErrFunding, "funding"},
		{"a long window", func(t *Terms) { t.AcceptanceDays = 15 }, ErrAcceptanceDays, "acceptance_days"},
		{"no window", func(t *Terms) { t.AcceptanceDays = -1 }, ErrAcceptanceDays, "acceptance_days"},
		{"endless changes", func(t *Terms) { t.ChangeRounds = 6 }, ErrChangeRounds, "change_rounds"},
		{"no notice", func(t *Terms) { t.NoticeDays = 6 }, ErrNoticeDays, "notice_days"},
		{"a smaller ending fee than the market's", func(t *Terms) { t.EndingFee = 999 }, ErrEndingFee, "ending_fee_bp"},
		{"a larger one is fine", func(t *Terms) { t.EndingFee = 5000 }, nil, ""},
		{"too large a one", func(t *Terms) { t.EndingFee = 5001 }, ErrEndingFee, "ending_fee_bp"},
		{"work that takes longer than money is held", func(t *Terms) { t.Milestones[1].Due = "2030-03-12" }, ErrHeldTooLong, "milestones.1.due"},
		{"or just as long", func(t *Terms) { t.Milestones[1].Due = "2030-03-11" }, nil, ""},
		{"or as long, but all funded at the start", func(t *Terms) { t.Funding, t.Milestones[1].Due = All, "2030-03-11" }, ErrHeldTooLong, "milestones.1.due"},
		{"no title", func(t *Terms) { t.Milestones[1].Title = "" }, ErrTitle, "milestones.1.title"},
		{"no criteria", func(t *Terms) { t.Milestones[0].Criteria = nil }, ErrCriteria, "milestones.0.criteria"},
		{"an empty criterion", func(t *Terms) { t.Milestones[1].Criteria[1] = " " }, ErrCriterion, "milestones.1.criteria.1"},
		{"no hours", func(t *Terms) { t.Milestones[0].Hours = 0 }, ErrHours, "milestones.0.hours"},
		{"no price", func(t *Terms) { t.Milestones[0].Price.Minor = 0 }, ErrPrice, "milestones.0.price"},
		{"less than nothing", func(t *Terms) { t.Milestones[0].Price.Minor = -1 }, ErrPrice, "milestones.0.price"},
		{"more than there is", func(t *Terms) { t.Milestones[0].Price.Minor = money.Max + 1 }, ErrPrice, "milestones.0.price"},
		{"more than there is, together", func(t *Terms) {
			t.Milestones[0].Price.Minor, t.Milestones[1].Price.Minor = money.Max, money.Max
		}, ErrTotal, "milestones"},
		{"another currency", func(t *Terms) { t.Milestones[0].Price.Currency = "USD" }, ErrCurrency, "milestones.0.price"},
		{"below the floor", func(t *Terms) { t.Milestones[0].Hours = 21 }, terms.ErrBelowFloor, "milestones.0.price"},
		{"at the floor", func(t *Terms) { t.Milestones[0].Hours = 20 }, nil, ""},
		{"no due date", func(t *Terms) { t.Milestones[0].Due = "" }, ErrDue, "milestones.0.due"},
		{"a date there is not", func(t *Terms) { t.Milestones[0].Due = "2030-02-30" }, ErrDue, "milestones.0.due"},
		{"due yesterday", func(t *Terms) { t.Milestones[0].Due = "2029-12-31" }, ErrDuePast, "milestones.0.due"},
		{"due today is fine", func(t *Terms) { t.Milestones[0].Due = "2030-01-01" }, nil, ""},
		{"due in another life", func(t *Terms) { t.Milestones[1].Due = "2035-01-02" }, ErrDueFar, "milestones.1.due"},
		{"due before the one before", func(t *Terms) { t.Milestones[1].Due = "2030-01-09" }, ErrDueBack, "milestones.1.due"},
		{"due on the same day is fine", func(t *Terms) { t.Milestones[1].Due = "2030-01-10" }, nil, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			terms := twoParts()
			test.change(&terms)
			err := held(terms)
			if !errors.Is(err, test.err) {
				t.Fatalf("got %v, want %v", err, test.err)
			}
			for _, f := range fault.All(err) {
				if errors.Is(f, test.err) && f.Field == test.field {
					return
				}
			}
			if test.err != nil {
				t.Errorf("%v does not point at %q", err, test.field)
			}
		})
	}
}

// held completes terms and holds them to a floor of 10 euros, at noon.
func held(t Terms) error {
	t, err := t.complete(shipped())
	if err != nil {
		return err
	}
	return t.check(shipped(), floor(10), "EUR", day(noon))
}

func floor(hourly int64) terms.Floor { return terms.Floor{Hourly: euros(hourly)} }

func TestEverythingWrongIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	bad := twoParts()
	bad.Scope, bad.Milestones[0].Title, bad.Milestones[1].Hours = "", "", 0
	if all := fault.All(held(bad)); len(all) != 3 {
		t.Errorf("got %d refusals: %v", len(all), all)
	}
}

func TestWhatIsLeftOutIsTheMarketsDefault(t *testing.T) {
	t.Parallel()
	got, err := Terms{}.complete(shipped())
	must(t, err)
	if got.AcceptanceDays != 7 || got.ChangeRounds != 2 || got.NoticeDays != 7 || got.EndingFee != 1000 || got.Funding != Next {
		t.Errorf("got %+v", got)
	}
}

func TestCompletingLeavesTheCallersTermsAlone(t *testing.T) {
	t.Parallel()
	mine := twoParts()
	mine.Milestones[0].Title, mine.Milestones[0].Criteria[0] = " Sketches ", " Three sketches "
	_, err := mine.complete(shipped())
	must(t, err)
	if mine.Milestones[0].Title != " Sketches " || mine.Milestones[0].Criteria[0] != " Three sketches " {
		t.Errorf("got %+v", mine.Milestones[0])
	}
}

func TestPercentIsWrittenAsPeopleReadIt(t *testing.T) {
	t.Parallel()
	for bp, want := range map[terms.BasisPoints]string{0: "0 percent", 500: "5 percent", 250: "2.5 percent", 1000: "10 percent", 25: "0.25 percent"} {
		if got := percent(bp); got != want {
			t.Errorf("%d: got %q, want %q", bp, got, want)
		}
	}
}

// A date that was signed when the market could hold money for longer keeps nobody
// from amending the rest.
func TestADateThatWasSignedIsNotTooFarAway(t *testing.T) {
	t.Parallel()
	today := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	signed := []string{"2030-06-01"}
	if err := heldTooLong([]string{"2030-06-01", "2030-07-01"}, signed, Next, today, 60); err != nil {
		t.Errorf("the date stands: %v", err)
	}
	if err := heldTooLong([]string{"2030-06-02"}, signed, Next, today, 60); !errors.Is(err, ErrHeldTooLong) {
		t.Errorf("another one: %v", err)
	}
}
