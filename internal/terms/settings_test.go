package terms_test

import (
	"errors"
	"testing"
	"time"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/terms"
)

// shipped are the settings that Freehold comes with.
var shipped = terms.Values{
	ClientFee: 500, FreelancerFee: 0, AnswerDays: 14, OpenProposals: 20, ProposalsPerPost: 20, OfferDays: 7, FundDays: 7,
	AcceptanceDays: 7, ChangeRounds: 2, GraceDays: 7, StarvedDays: 7, NoticeDays: 7, EndingFee: 1000, MilestoneDays: 1830,
}

func TestNoSettingLeavesItsBounds(t *testing.T) {
	t.Parallel()
	for field, set := range map[string]func(v *terms.Values, to int){
		"client_fee_bp":      func(v *terms.Values, to int) { v.ClientFee = terms.BasisPoints(to) },
		"freelancer_fee_bp":  func(v *terms.Values, to int) { v.FreelancerFee = terms.BasisPoints(to) },
		"answer_days":        func(v *terms.Values, to int) { v.AnswerDays = terms.Days(to) },
		"open_proposals":     func(v *terms.Values, to int) { v.OpenProposals = to },
		"proposals_per_post": func(v *terms.Values, to int) { v.ProposalsPerPost = to },
		"offer_days":         func(v *terms.Values, to int) { v.OfferDays = terms.Days(to) },
		"fund_days":          func(v *terms.Values, to int) { v.FundDays = terms.Days(to) },
		"acceptance_days":    func(v *terms.Values, to int) { v.AcceptanceDays = terms.Days(to) },
		"change_rounds":      func(v *terms.Values, to int) { v.ChangeRounds = to },
		"grace_days":         func(v *terms.Values, to int) { v.GraceDays = terms.Days(to) },
		"starved_days":       func(v *terms.Values, to int) { v.StarvedDays = terms.Days(to) },
		"notice_days":        func(v *terms.Values, to int) { v.NoticeDays = terms.Days(to) },
		"ending_fee_bp":      func(v *terms.Values, to int) { v.EndingFee = terms.BasisPoints(to) },
	} {
		for _, to := range []int{-1, 5001} {
			v := shipped
			set(&v, to)
			err := v.Check()
			if f, ok := fault.Of(err); !ok || f.Field != field || !errors.Is(err, terms.ErrOutOfBounds) {
				t.Errorf("%s = %d: got %v", field, to, err)
			}
		}
	}
	if err := shipped.Check(); err != nil {
		t.Errorf("what we ship is out of bounds: %v", err)
	}
	wrong := shipped
	wrong.AnswerDays, wrong.GraceDays = 22, 6
	if all := fault.All(wrong.Check()); len(all) != 2 {
		t.Errorf("two are wrong, and it says %v", all)
	}
}

func TestAFeeIsRoundedDown(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ price, fee int64 }{{10_000, 500}, {19, 0}, {20, 1}, {39, 1}, {0, 0}} {
		price := money.Amount{Minor: test.price, Currency: "EUR"}
		if got := shipped.ClientFee.Of(price); got != (money.Amount{Minor: test.fee, Currency: "EUR"}) {
			t.Errorf("the fee on %v is %v", price, got)
		}
	}
}

func TestVersionsHaveTheirPlaceInTime(t *testing.T) {
	t.Parallel()
	day := func(n int) time.Time { return time.Date(2030, 1, n, 0, 0, 0, 0, time.UTC) }
	first := terms.Settings{Version: 1, Since: day(1)}
	second := terms.Settings{Version: 2, SetAt: day(2), Since: day(17)}
	replaced := terms.Settings{Version: 2, SetAt: day(2), Since: day(17), Withdrawn: true}
	third := terms.Settings{Version: 3, SetAt: day(4), Since: day(19)}
	for _, test := range []struct {
		versions    []terms.Settings
		at          time.Time
		now, coming int // versions; 0: nothing comes
		earlier     int
	}{
		{[]terms.Settings{first}, day(1), 1, 0, 0},
		{[]terms.Settings{second, first}, day(3), 1, 2, 0},
		{[]terms.Settings{second, first}, day(17), 2, 0, 1},
		{[]terms.Settings{third, replaced, first}, day(18), 1, 3, 1}, // the second never holds
		{[]terms.Settings{third, replaced, first}, day(19), 3, 0, 2},
	} {
		line := terms.Arrange(test.versions, test.at)
		coming := 0
		if line.Coming != nil {
			coming = line.Coming.Version
		}
		if line.Now.Version != test.now || coming != test.coming || len(line.Earlier) != test.earlier {
			t.Errorf("on %s: %+v", test.at.Format(time.DateOnly), line)
		}
	}
}
