package jobpost

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/skill"
	"freehold/internal/terms"
)

// FitPosts returns what counts about posts when their fit is reckoned.
func FitPosts(ctx context.Context, tx *db.Tx, ids []ID) (map[ID]FitPost, error) {
	rates, err := terms.ReferenceRates(ctx, tx)
	if err != nil {
		return nil, err
	}
	rows, err := db.All[FitRow](ctx, tx, `SELECT `+FitColumns+` FROM jobpost.posts p WHERE p.id = ANY($1)`, ids)
	facts := make(map[ID]FitPost, len(rows))
	for _, r := range rows {
		facts[r.ID] = r.Facts(rates)
	}
	return facts, err
}

// FitRow is what counts about a post, as PostgreSQL finds it. The texts do not: a
// feed looks at hundreds of posts.
type FitRow struct {
	ID        ID
	Category  skill.Key
	Level     skill.Level
	Kind      Kind
	Currency  string
	BudgetMax int64
	Hours     int
	AnswerBy  *time.Time
	Skills    []skill.ID
}

// FitColumns are those of a FitRow, of jobpost.posts p.
const FitColumns = `p.id, coalesce(p.category, '') AS category, coalesce(p.level, '') AS level, p.kind, p.currency,
	coalesce(p.budget_max, 0) AS budget_max, coalesce(p.hours, 0) AS hours, p.answer_by,
	ARRAY(SELECT s.skill FROM jobpost.skills s WHERE s.post = p.id ORDER BY s.n) AS skills`

// Facts puts what was found in its place.
func (r FitRow) Facts(rates terms.Rates) FitPost {
	p := Post{Kind: r.Kind, Currency: r.Currency, BudgetMax: r.BudgetMax, Hours: r.Hours}
	f := FitPost{Category: r.Category, Skills: r.Skills, Level: r.Level, HourlyMax: rates.Cents(p.hourlyMax()), WeekHours: p.weekHours()}
	if r.AnswerBy != nil {
		f.AnswerBy = *r.AnswerBy
	}
	return f
}

// hourlyMax is the most that the post pays for an hour; nothing, if it does not say.
func (p Post) hourlyMax() money.Amount {
	hours := int64(p.Kind.FlooredHours(p.Hours))
	if hours == 0 {
		return money.Zero(p.Currency)
	}
	return money.Amount{Minor: p.BudgetMax / hours, Currency: p.Currency}
}

// weekHours is how many hours of a week the post takes; 0 where it is the
// freelancer's to say.
func (p Post) weekHours() int {
	switch p.Kind {
	case Hourly:
		return p.Hours
	case Retainer:
		return (p.Hours*12 + 51) / 52
	default:
		return 0
	}
}

// FitFreelancers returns what counts about freelancers who have a profile, in one
// look.
func FitFreelancers(ctx context.Context, tx *db.Tx, ids []account.ID) (map[account.ID]FitFreelancer, error) {
	rates, err := terms.ReferenceRates(ctx, tx)
	if err != nil {
		return nil, err
	}
	type row struct {
		Person        account.ID
		Skills        []skill.ID
		Categories    []skill.Key
		Level         skill.Level
		RateMinor     int64
		RateCurrency  string
		HoursPerWeek  *int
		AvailableFrom *time.Time
	}
	rows, err := db.All[row](ctx, tx, `
		SELECT f.person, coalesce(f.level, '') AS level, coalesce(f.rate_minor, 0) AS rate_minor, coalesce(f.rate_currency, '') AS rate_currency,
			f.hours_per_week, f.available_from,
			ARRAY(SELECT s.skill FROM profile.skills s WHERE s.person = f.person ORDER BY s.n) AS skills,
			ARRAY(SELECT k.category FROM profile.skills s JOIN skill.skills k ON k.id = s.skill WHERE s.person = f.person ORDER BY s.n) AS categories
		FROM profile.freelancers f WHERE f.person = ANY (`+db.OneOf("$1")+`)`, ids)
	all := make(map[account.ID]FitFreelancer, len(rows))
	for _, r := range rows {
		f := FitFreelancer{Skills: r.Skills, Categories: r.Categories, Level: r.Level, WeekHours: r.HoursPerWeek, AvailableFrom: r.AvailableFrom}
		if r.RateMinor > 0 {
			f.Hourly = rates.Cents(money.Amount{Minor: r.RateMinor, Currency: r.RateCurrency})
		}
		all[r.Person] = f
	}
	return all, err
}

// FitFreelancerOf returns what counts about a freelancer when their fit is
// reckoned: nearly nothing, when they have no profile.
func FitFreelancerOf(ctx context.Context, tx *db.Tx, id account.ID) (FitFreelancer, error) {
	facts, err := FitFreelancers(ctx, tx, []account.ID{id})
	return facts[id], err
}
