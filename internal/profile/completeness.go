package profile

import (
	"unicode/utf8"

	"freehold/internal/kit/say"
)

// Step is one thing that makes a profile complete.
type Step struct {
	Name   say.Sentence // what to do
	Why    say.Sentence // what it brings
	Link   string       // where it is done
	Points int          // of 100
	Done   bool
}

const (
	someAbout  = 200 // characters that say something
	someSkills = 3
)

// Steps are what makes v complete. Their points add up to 100.
func (v View) Steps() []Step {
	f := v.Freelancer
	if f == nil {
		f = &Freelancer{}
	}
	const edit = "/my/profile"
	return []Step{
		{say.That("Say in one line what you do"), say.That("It stands next to your name in every list."),
			edit + "#headline", 15, f.Headline != ""},
		{say.That("Name at least %d skills", someSkills), say.That("Your feed shows posts that ask for them, and clients see how well you fit."),
			edit + "#skills", 20, len(f.Skills) >= someSkills},
		{say.That("Describe what you do and for whom"), say.That("Clients read this before they decide. A few sentences are enough."),
			edit + "#about", 15, utf8.RuneCountInString(f.About) >= someAbout},
		{say.That("Choose your level"), say.That("Posts ask for a level, and the price floors go by it."),
			edit + "#level", 10, f.Level != nil},
		{say.That("Name your hourly rate"), say.That("Posts that pay less move down in your feed."),
			edit + "#rate", 10, f.Rate != nil},
		{say.That("Show a piece of your work"), say.That("You can add it to a proposal with one click."),
			"/my/portfolio/new", 10, len(v.Pieces) > 0},
		{say.That("Say when you have time"), say.That("Clients see whether you can begin when they need you."),
			edit + "#hours_per_week", 5, f.HoursPerWeek != nil},
		{say.That("Name the languages you work in"), say.That("Clients look for somebody they can talk to."),
			edit + "#languages", 5, len(f.Languages) > 0},
		{say.That("Say which country you are in"), say.That("It sets the lowest price you can be asked to work for."),
			edit + "#country", 5, v.Country != nil},
		{say.That("Tell where you have worked"), say.That("What you do here is added by itself, contract by contract."),
			"/my/employments/new", 5, len(v.Employments)+len(v.Past) > 0},
	}
}

// Percent is how complete v is, from 0 to 100.
func (v View) Percent() (n int) {
	for _, s := range v.Steps() {
		if s.Done {
			n += s.Points
		}
	}
	return n
}
