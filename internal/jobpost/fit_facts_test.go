package jobpost_test

import (
	"context"
	"slices"
	"testing"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/profile"
	"freehold/internal/skill"
	"freehold/internal/terms"
)

func TestTheFactsOfAFitAreThoseOfPostAndProfile(t *testing.T) {
	t.Parallel()
	m := open(t)
	olga := m.eve
	olga.Roles = []account.Role{account.Admin}
	m.OK(terms.SetRate(t.Context(), m.DB, olga, "EUR", "0.5", "our bank"))
	m.OK(terms.SetRate(t.Context(), m.DB, olga, "GBP", "0.25", "our bank"))
	thirty := 30
	m.OK(profile.Save(t.Context(), m.DB, m.ada, profile.Input{
		Headline: "Marks for makers", Skills: []string{"Logo design", "Copywriting"}, Level: "expert",
		Rate: &money.Amount{Minor: 30_00, Currency: "GBP"}, HoursPerWeek: &thirty,
	}))
	hourly := logo()
	hourly.Kind, hourly.Hours, hourly.BudgetMin, hourly.BudgetMax = jobpost.Hourly, 20, 40_00, 50_00
	retainer := logo()
	retainer.Kind, retainer.Hours, retainer.BudgetMin, retainer.BudgetMax = jobpost.Retainer, 80, 4000_00, 4000_00
	fixed, byHour, byMonth, blank := m.published(logo()), m.draft(hourly), m.draft(retainer), m.draft(jobpost.Input{})

	m.View(func(ctx context.Context, tx *db.Tx) error {
		posts, err := jobpost.FitPosts(ctx, tx, []jobpost.ID{fixed.ID, byHour, byMonth, blank, 1 << 40})
		m.OK(err)
		for _, test := range []struct {
			name          string
			id            jobpost.ID
			cents, weekly int
		}{
			{"600 euros for 10 hours", fixed.ID, 120_00, 0},
			{"50 euros for each of 20 hours a week", byHour, 100_00, 20},
			{"4000 euros for 80 hours a month", byMonth, 100_00, 19},
			{"nothing said", blank, 0, 0},
		} {
			if p := posts[test.id]; p.HourlyMax != int64(test.cents) || p.WeekHours != test.weekly {
				t.Errorf("%s: %+v", test.name, p)
			}
		}
		p := posts[fixed.ID]
		if len(posts) != 4 || p.Category != "design" || len(p.Skills) != 2 || p.Level != "intermediate" || !p.AnswerBy.Equal(*fixed.AnswerBy) {
			t.Errorf("the post is %+v", p)
		}
		f, err := jobpost.FitFreelancerOf(ctx, tx, m.ada.ID)
		if len(f.Skills) != 2 || !slices.Equal(f.Categories, []skill.Key{"design", "writing"}) || f.Level != "expert" || f.Hourly != 120_00 || *f.WeekHours != 30 {
			t.Errorf("Ada is %+v", f)
		}
		if fit := jobpost.FitOf(p, f); fit.Total != 75 {
			t.Errorf("they fit %d: %+v", fit.Total, fit.Terms)
		}
		nobody, err2 := jobpost.FitFreelancerOf(ctx, tx, m.eve.ID)
		m.OK(err2)
		if len(nobody.Skills) != 0 || nobody.Hourly != 0 || nobody.WeekHours != nil {
			t.Errorf("Eve has no profile, and is %+v", nobody)
		}
		return err
	})
}
