package jobpost

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"freehold/internal/skill"
)

var anyLevel = rapid.SampledFrom(append([]skill.Level{""}, skill.Levels...))

var anyPost = rapid.Custom(func(t *rapid.T) FitPost {
	return FitPost{
		Category:  rapid.SampledFrom([]skill.Key{"", "design", "writing"}).Draw(t, "category"),
		Skills:    rapid.SliceOfNDistinct(rapid.Map(rapid.IntRange(1, 20), func(n int) skill.ID { return skill.ID(n) }), 0, 8, rapid.ID).Draw(t, "skills"),
		Level:     anyLevel.Draw(t, "level"),
		HourlyMax: rapid.Int64Range(0, 20_000).Draw(t, "most an hour"),
		WeekHours: rapid.IntRange(0, 168).Draw(t, "hours a week"),
		AnswerBy:  later,
	}
})

var anyFreelancer = rapid.Custom(func(t *rapid.T) FitFreelancer {
	f := FitFreelancer{
		Skills:     rapid.SliceOf(rapid.Map(rapid.IntRange(1, 20), func(n int) skill.ID { return skill.ID(n) })).Draw(t, "own skills"),
		Categories: rapid.SliceOf(rapid.SampledFrom([]skill.Key{"design", "writing", "legal"})).Draw(t, "own categories"),
		Level:      anyLevel.Draw(t, "own level"),
		Hourly:     rapid.Int64Range(0, 30_000).Draw(t, "own rate"),
		WeekHours:  rapid.Ptr(rapid.IntRange(0, 80), true).Draw(t, "own hours"),
	}
	if days := rapid.IntRange(0, 30).Draw(t, "free in days"); days > 0 {
		from := noon.Add(time.Duration(days) * 24 * time.Hour)
		f.AvailableFrom = &from
	}
	return f
})

func TestAFitIsTheSumOfWhatItExplains(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fit := FitOf(anyPost.Draw(t, "post"), anyFreelancer.Draw(t, "freelancer"))
		sum, of := 0, 0
		for i, term := range fit.Terms {
			if term.Points < 0 || term.Points > term.Of || term.Of != Weights[i].Of || term.Why.Empty() {
				t.Fatalf("term %d is %+v", i, term)
			}
			sum, of = sum+term.Points, of+term.Of
		}
		if fit.Total != sum || of != 100 || len(fit.Terms) != len(Weights) {
			t.Fatalf("the total is %d, the sum is %d of %d", fit.Total, sum, of)
		}
	})
}

func TestNothingBetterMakesAWorseFit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, f := anyPost.Draw(t, "post"), anyFreelancer.Draw(t, "freelancer")
		better := f
		switch rapid.SampledFrom([]string{"skill", "level", "free"}).Draw(t, "what") {
		case "skill":
			better.Skills = append(slices.Clone(f.Skills), skill.ID(rapid.IntRange(1, 20).Draw(t, "one more")))
		case "level":
			if n := slices.Index(skill.Levels, f.Level); n >= 0 {
				better.Level = skill.Levels[min(n+1, len(skill.Levels)-1)]
			}
		case "free":
			better.AvailableFrom = nil
		}
		if was, is := FitOf(p, f).Total, FitOf(p, better).Total; is < was {
			t.Fatalf("%+v fits %d, %+v fits %d", f, was, better, is)
		}
	})
}

func TestBeingCheaperThanTheBudgetEarnsNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, f := anyPost.Draw(t, "post"), anyFreelancer.Draw(t, "freelancer")
		p.HourlyMax = rapid.Int64Range(2, 20_000).Draw(t, "most")
		f.Hourly = p.HourlyMax
		cheaper := f
		cheaper.Hourly = rapid.Int64Range(1, p.HourlyMax).Draw(t, "cheaper")
		if FitOf(p, f).Total != FitOf(p, cheaper).Total {
			t.Fatalf("%d an hour and %d an hour differ", f.Hourly, cheaper.Hourly)
		}
	})
}

func TestHowWellSomebodyFits(t *testing.T) {
	t.Parallel()
	forty, ten, none := 40, 10, 0
	tomorrow, tooLate := noon.Add(24*time.Hour), later.Add(time.Hour)
	post := FitPost{Category: "design", Skills: []skill.ID{1, 2}, Level: skill.Intermediate, HourlyMax: 4000, WeekHours: 20, AnswerBy: later}
	best := FitFreelancer{Skills: []skill.ID{2, 3, 1}, Categories: []skill.Key{"design"}, Level: skill.Expert, Hourly: 4000, WeekHours: &forty, AvailableFrom: &tomorrow}

	for _, test := range []struct {
		name   string
		change func(p *FitPost, f *FitFreelancer)
		want   int
	}{
		{"all there is", func(*FitPost, *FitFreelancer) {}, 100},
		{"one of two skills", func(_ *FitPost, f *FitFreelancer) { f.Skills = []skill.ID{2} }, 75},
		{"none of the skills", func(_ *FitPost, f *FitFreelancer) { f.Skills = nil }, 50},
		{"no skills named, one of the category", func(p *FitPost, _ *FitFreelancer) { p.Skills = nil }, 100},
		{"no skills named, none of the category", func(p *FitPost, _ *FitFreelancer) { p.Skills, p.Category = nil, "legal" }, 50},
		{"neither skills nor category named", func(p *FitPost, _ *FitFreelancer) { p.Skills, p.Category = nil, "" }, 75},
		{"one level below", func(_ *FitPost, f *FitFreelancer) { f.Level = skill.Entry }, 90},
		{"two levels below", func(p *FitPost, f *FitFreelancer) { p.Level, f.Level = skill.Expert, skill.Entry }, 80},
		{"a little above the budget", func(_ *FitPost, f *FitFreelancer) { f.Hourly = 5000 }, 92},
		{"far above the budget", func(_ *FitPost, f *FitFreelancer) { f.Hourly = 5001 }, 85},
		{"half the hours", func(_ *FitPost, f *FitFreelancer) { f.WeekHours = &ten }, 92},
		{"no hours", func(_ *FitPost, f *FitFreelancer) { f.WeekHours = &none }, 85},
		{"not free before the answer-by date", func(_ *FitPost, f *FitFreelancer) { f.AvailableFrom = &tooLate }, 85},
		{"nothing said", func(_ *FitPost, f *FitFreelancer) { *f = FitFreelancer{} }, 24},
	} {
		p, f := post, best
		test.change(&p, &f)
		if got := FitOf(p, f); got.Total != test.want {
			t.Errorf("%s: %d, want %d: %+v", test.name, got.Total, test.want, got.Terms)
		}
	}
}

// What is not among the facts cannot count. Whoever adds one here changes what
// people are judged by, and the published weights with it.
func TestNothingCountsThatSaysWhoSomebodyIs(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		facts any
		want  []string
	}{
		{FitPost{}, []string{"Category", "Skills", "Level", "HourlyMax", "WeekHours", "AnswerBy"}},
		{FitFreelancer{}, []string{"Skills", "Categories", "Level", "Hourly", "WeekHours", "AvailableFrom"}},
	} {
		var names []string
		for f := range reflect.TypeOf(test.facts).Fields() {
			names = append(names, f.Name)
		}
		if !slices.Equal(names, test.want) {
			t.Errorf("%T counts %v", test.facts, names)
		}
	}
}
