package jobpost_test

import (
	"testing"

	"freehold/internal/jobpost"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
)

func TestTheCostsOfAPostAreToldAsFarAsTheyAreKnown(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	bond := money.Amount{Minor: 20_00, Currency: "EUR"}

	c, err := jobpost.EstimateCosts(t.Context(), m.DB, jobpost.Input{})
	m.OK(err)
	if c.Bond != bond || c.Fee != 500 || c.Floor.Hourly.Positive() || c.Least.Positive() || c.Refusal != nil {
		t.Errorf("of nothing: %+v", c)
	}

	in := jobpost.Input{Category: "design", Level: "intermediate", BudgetMin: 400_00, Hours: 10}
	c, err = jobpost.EstimateCosts(t.Context(), m.DB, in)
	m.OK(err)
	if !c.Floor.Hourly.Positive() || c.Least.Minor != 10*c.Floor.Hourly.Minor || c.Refusal != nil {
		t.Errorf("of ten hours: %+v", c)
	}

	in.BudgetMin = 1_00
	c, err = jobpost.EstimateCosts(t.Context(), m.DB, in)
	m.OK(err)
	if refused, ok := fault.Of(c.Refusal); !ok || refused.Code != "below_floor" || refused.Field != "budget" {
		t.Errorf("one euro for ten hours: %+v", c)
	}
}

func TestTheCostsOfWhatIsNotValidAreRefused(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	for field, in := range map[string]jobpost.Input{
		"kind": {Kind: "barter"}, "level": {Level: "wizard"}, "category": {Category: "alchemy"},
		"currency": {Currency: "XXX"}, "budget": {BudgetMin: -1}, "hours": {Hours: -1},
	} {
		_, err := jobpost.EstimateCosts(t.Context(), m.DB, in)
		if refused, ok := fault.Of(err); !ok || refused.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}
