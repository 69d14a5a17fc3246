package jobpost

import (
	"time"

	"freehold/internal/kit/say"
	"freehold/internal/skill"
)

// FitPost is all that counts about a post when its fit with somebody is reckoned.
type FitPost struct {
	Category  skill.Key
	Skills    []skill.ID
	Level     skill.Level
	HourlyMax int64     // the most it pays for an hour, in US cents by the reference rate; 0: not said
	WeekHours int       // what it takes of a week; 0: as it comes
	AnswerBy  time.Time // work starts no sooner
}

// FitFreelancer is all that counts about a freelancer: nothing that says who they are.
type FitFreelancer struct {
	Skills        []skill.ID
	Categories    []skill.Key // of their skills
	Level         skill.Level
	Hourly        int64      // what they ask for an hour, in US cents by the reference rate; 0: not said
	WeekHours     int        // -1: not said
	AvailableFrom *time.Time // nil: now
}

// FitTerm is one thing that counts: how many points of how many, and why.
type FitTerm struct {
	Points int          `json:"points"`
	Of     int          `json:"of"`
	Why    say.Sentence `json:"why"`
}

// Fit is how well a freelancer and a post go together.
type Fit struct {
	Total int // 0 to 100: the sum of the terms' points
	Terms []FitTerm
}

// FitOf reckons how well a freelancer and a post go together.
func FitOf(p FitPost, f FitFreelancer) Fit { return Fit{} }
