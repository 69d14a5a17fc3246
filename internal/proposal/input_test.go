package proposal

import (
	"slices"
	"strings"
	"testing"
	"time"

	"freehold/internal/jobpost"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/profile"
)

func day(y int, m time.Month, d int) *time.Time {
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return &t
}

func TestEverythingWrongWithAProposalIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	fixed := jobpost.Post{Kind: jobpost.Fixed, Currency: "EUR"}
	for _, test := range []struct {
		name   string
		change func(*Input, *jobpost.Post)
		want   []string // field: code
	}{
		{"good", func(*Input, *jobpost.Post) {}, nil},
		{"everything at once", func(in *Input, _ *jobpost.Post) { *in = Input{} },
			[]string{"price: other_currency", "answers: answers_do_not_match", "letter: letter_length", "hours: hours_out_of_range"}},
		{"a letter of spaces", func(in *Input, _ *jobpost.Post) { in.Letter = " \n " }, []string{"letter: letter_length"}},
		{"a letter as long as can be", func(in *Input, _ *jobpost.Post) { in.Letter = strings.Repeat("é", maxLetter) }, nil},
		{"a letter too long", func(in *Input, _ *jobpost.Post) { in.Letter = strings.Repeat("é", maxLetter+1) }, []string{"letter: letter_length"}},
		{"nothing as a price", func(in *Input, _ *jobpost.Post) { in.Price.Minor = 0; in.Plan = nil }, []string{"price: price_out_of_range"}},
		{"less than nothing", func(in *Input, _ *jobpost.Post) { in.Price.Minor = -5; in.Plan = nil }, []string{"price: price_out_of_range"}},
		{"more than there is", func(in *Input, _ *jobpost.Post) { in.Price.Minor = money.Max + 1; in.Plan = nil }, []string{"price: price_out_of_range"}},
		{"another currency", func(in *Input, _ *jobpost.Post) { in.Price.Currency = "USD" }, []string{"price: other_currency"}},
		{"no hours", func(in *Input, _ *jobpost.Post) { in.Hours = 0; in.Plan = nil }, []string{"hours: hours_out_of_range"}},
		{"a lifetime of hours", func(in *Input, _ *jobpost.Post) { in.Hours = 10_001; in.Plan = nil }, []string{"hours: hours_out_of_range"}},
		{"more hours than a week has", func(in *Input, post *jobpost.Post) { post.Kind = jobpost.Hourly; in.Hours = 169; in.Plan = nil }, []string{"hours: hours_out_of_range"}},
		{"an answer missing", func(in *Input, _ *jobpost.Post) { in.Answers = in.Answers[:1] }, []string{"answers: answers_do_not_match"}},
		{"answers left empty", func(in *Input, _ *jobpost.Post) { in.Answers = []string{"", "  "} }, []string{"answers.0: answer_length", "answers.1: answer_length"}},
		{"an answer too long", func(in *Input, _ *jobpost.Post) { in.Answers[1] = strings.Repeat("a", maxAnswer+1) }, []string{"answers.1: answer_length"}},
		{"yesterday is still today somewhere", func(in *Input, _ *jobpost.Post) { in.StartOn = day(2030, 1, 1) }, nil},
		{"in the past", func(in *Input, _ *jobpost.Post) { in.StartOn = day(2029, 12, 31) }, []string{"start_on: start_out_of_range"}},
		{"in the far future", func(in *Input, _ *jobpost.Post) { in.StartOn = day(2033, 1, 1) }, []string{"start_on: start_out_of_range"}},
		{"no plan", func(in *Input, _ *jobpost.Post) { in.Plan = nil }, nil},
		{"a plan for hourly work", func(_ *Input, post *jobpost.Post) { post.Kind = jobpost.Hourly }, []string{"plan: plan_needs_fixed_price"}},
		{"a plan that costs more", func(in *Input, _ *jobpost.Post) { in.Plan[0].Minor++ }, []string{"plan: plan_does_not_add_up"}},
		{"a plan of fewer hours", func(in *Input, _ *jobpost.Post) { in.Plan[1].Hours-- }, []string{"plan: plan_does_not_add_up"}},
		{"milestones left empty", func(in *Input, _ *jobpost.Post) { in.Plan = make([]Milestone, 2) }, []string{"plan.0: milestone_incomplete", "plan.1: milestone_incomplete"}},
		{"a plan that would overflow", func(in *Input, _ *jobpost.Post) { in.Plan[0].Minor = 1 << 62 }, []string{"plan.0: milestone_incomplete"}},
		{"a plan too long", func(in *Input, _ *jobpost.Post) { in.Plan = make([]Milestone, maxMilestones+1) }, []string{"plan: plan_too_long"}},
		{"a whole portfolio", func(in *Input, _ *jobpost.Post) { in.Pieces = []profile.PieceID{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11} }, []string{"pieces: too_many_pieces"}},
		{"the same piece again and again", func(in *Input, _ *jobpost.Post) { in.Pieces = make([]profile.PieceID, 30) }, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			post, in := fixed, Input{
				Letter: "I would begin with your trees.", Price: money.Amount{Minor: 100_00, Currency: "EUR"}, Hours: 10,
				Answers: []string{"Yes.", "In May."},
				Plan:    []Milestone{{"Sketch", 30_00, 3, 7}, {"Drawing", 70_00, 7, 21}},
			}
			test.change(&in, &post)
			in, err := in.tidy()
			if err == nil {
				err = in.check(&post, 2, noon)
			}
			var got []string
			for _, f := range fault.All(err) {
				got = append(got, f.Field+": "+f.Code)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTidyingLeavesTheCallersSlicesAlone(t *testing.T) {
	t.Parallel()
	in := Input{Answers: []string{" yes "}, Plan: []Milestone{{Title: " a  b "}}, Pieces: []profile.PieceID{2, 1}}
	out, err := in.tidy()
	if err != nil || out.Answers[0] != "yes" || out.Plan[0].Title != "a b" || out.Pieces[0] != 1 {
		t.Errorf("got %+v, %v", out, err)
	}
	if in.Answers[0] != " yes " || in.Plan[0].Title != " a  b " || in.Pieces[0] != 2 {
		t.Errorf("the caller now has %+v", in)
	}
}
