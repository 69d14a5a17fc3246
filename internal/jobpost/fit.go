package jobpost

import (
	"slices"
	"time"

	"freehold/internal/kit/say"
	"freehold/internal/skill"
)

// FitPost is all that counts about a post when its fit with somebody is reckoned.
type FitPost struct {
	Category  skill.Key
	Skills    []skill.ID
	Level     skill.Level
	HourlyMax int64     // the most it pays for an hour, in US cents by the reference rates; 0: not said
	WeekHours int       // how many hours of a week it takes; 0: as it comes
	AnswerBy  time.Time // work may start as late as that, and later
}

// FitFreelancer is all that counts about a freelancer. Nothing in it says who
// they are: no name, country, language, age, picture or price of a proposal.
type FitFreelancer struct {
	Skills        []skill.ID
	Categories    []skill.Key // of those skills
	Level         skill.Level
	Hourly        int64      // what their profile asks for an hour, in US cents by the reference rates; 0: not said
	WeekHours     *int       // how many hours of a week they have; nil: not said
	AvailableFrom *time.Time // nil: now
}

// FitTerm is one thing that counts: how many points it gave of how many, and why.
type FitTerm struct {
	Points int          `json:"points"`
	Of     int          `json:"of"`
	Why    say.Sentence `json:"why"`
}

// Fit is how well a freelancer and a post go together. It is shown with its
// terms, and anybody can reckon it again.
type Fit struct {
	Total int // 0 to 100: the sum of the terms' points
	Terms []FitTerm
}

// The weights: how many points of a hundred each term can give. What nobody has
// said counts half, so that saying it can win and can lose.
const (
	ofSkills       = 50
	ofLevel        = 20
	ofRate         = 15
	ofAvailability = 15
)

// Weight is one line of the table that is public.
type Weight struct {
	Of   int
	What say.Sentence
}

// Weights are what counts when the fit of a freelancer and a post is reckoned,
// and nothing else does.
var Weights = []Weight{
	{ofSkills, say.That("The skills the post asks for that are on the profile, all alike. Where a post names none: whether the profile has a skill of its category.")},
	{ofLevel, say.That("The level: the one asked for, or above. One below counts half.")},
	{ofRate, say.That("The hourly rate on the profile against the most the post pays for an hour. Being cheaper than that earns nothing; up to a quarter above counts half.")},
	{ofAvailability, say.That("The hours a week on the profile against those the work takes, and being free by the answer-by date.")},
}

// FitOf reckons how well a freelancer and a post go together.
func FitOf(p FitPost, f FitFreelancer) Fit {
	fit := Fit{Terms: []FitTerm{fitSkills(p, f), fitLevel(p, f), fitRate(p, f), fitAvailability(p, f)}}
	for _, t := range fit.Terms {
		fit.Total += t.Points
	}
	return fit
}

func fitSkills(p FitPost, f FitFreelancer) FitTerm {
	if len(p.Skills) == 0 {
		switch {
		case p.Category == "":
			return FitTerm{ofSkills / 2, ofSkills, say.That("The post names no skills.")}
		case slices.Contains(f.Categories, p.Category):
			return FitTerm{ofSkills, ofSkills, say.That("The post names no skills, and the profile has some of its category.")}
		default:
			return FitTerm{0, ofSkills, say.That("The profile has no skill of the post's category.")}
		}
	}
	has := 0
	for _, s := range p.Skills {
		if slices.Contains(f.Skills, s) {
			has++
		}
	}
	return FitTerm{ofSkills * has / len(p.Skills), ofSkills, say.That("%d of %d skills asked for.", has, len(p.Skills))}
}

func fitLevel(p FitPost, f FitFreelancer) FitTerm {
	asked, own := slices.Index(skill.Levels, p.Level), slices.Index(skill.Levels, f.Level)
	switch {
	case asked < 0:
		return FitTerm{ofLevel / 2, ofLevel, say.That("The post asks for no level.")}
	case own < 0:
		return FitTerm{ofLevel / 2, ofLevel, say.That("The profile says no level.")}
	case own >= asked:
		return FitTerm{ofLevel, ofLevel, say.That("The level asked for, or above.")}
	case own == asked-1:
		return FitTerm{ofLevel / 2, ofLevel, say.That("One level below the one asked for.")}
	default:
		return FitTerm{0, ofLevel, say.That("Two levels below the one asked for.")}
	}
}

func fitRate(p FitPost, f FitFreelancer) FitTerm {
	switch {
	case p.HourlyMax == 0:
		return FitTerm{ofRate / 2, ofRate, say.That("The post does not say what it pays for an hour.")}
	case f.Hourly == 0:
		return FitTerm{ofRate / 2, ofRate, say.That("The profile names no hourly rate.")}
	case f.Hourly <= p.HourlyMax:
		return FitTerm{ofRate, ofRate, say.That("The hourly rate on the profile is within the budget.")}
	case f.Hourly <= p.HourlyMax+p.HourlyMax/4:
		return FitTerm{ofRate / 2, ofRate, say.That("The hourly rate on the profile is a little above the budget.")}
	default:
		return FitTerm{0, ofRate, say.That("The hourly rate on the profile is above the budget.")}
	}
}

func fitAvailability(p FitPost, f FitFreelancer) FitTerm {
	late := f.AvailableFrom != nil && f.AvailableFrom.After(p.AnswerBy)
	switch {
	case late:
		return FitTerm{0, ofAvailability, say.That("Not available before the answer-by date.")}
	case f.WeekHours == nil:
		return FitTerm{ofAvailability / 2, ofAvailability, say.That("The profile does not say how many hours a week are free.")}
	case *f.WeekHours == 0:
		return FitTerm{0, ofAvailability, say.That("No hours are free at present.")}
	case *f.WeekHours >= p.WeekHours:
		return FitTerm{ofAvailability, ofAvailability, say.That("Available, with enough hours a week.")}
	default:
		return FitTerm{ofAvailability * *f.WeekHours / p.WeekHours, ofAvailability,
			say.That("%d hours a week are free, of the %d that the work takes.", *f.WeekHours, p.WeekHours)}
	}
}
