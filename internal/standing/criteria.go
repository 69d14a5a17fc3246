package standing

import (
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/say"
)

// Side is which of the two of a contract somebody is.
type Side = lifecycle.Actor

// The sides.
const (
	ofClient     Side = "client"
	ofFreelancer Side = "freelancer"
)

// Best is the highest mark. The lowest is 1.
const Best = 5

// Criterion is one question that each side is asked about the other.
type Criterion struct {
	Code  string       // stable: it is what is stored
	Words string       // "Quality of the work"
	Asks  string       // what exactly, in a sentence
	Marks [Best]string // what each mark means, from the lowest
}

// Criteria are what a side is asked about the other. There is no sum of them.
func Criteria(asked Side) []Criterion {
	if asked == ofClient {
		return aboutFreelancers
	}
	return aboutClients
}

var (
	howGood  = [Best]string{say.Key("poor"), say.Key("weak"), say.Key("fair"), say.Key("good"), say.Key("excellent")}
	howOften = [Best]string{say.Key("never"), say.Key("seldom"), say.Key("sometimes"), say.Key("mostly"), say.Key("always")}
	howGlad  = [Best]string{say.Key("no"), say.Key("rather not"), say.Key("perhaps"), say.Key("yes"), say.Key("gladly")}

	again = Criterion{"again", say.Key("Would work with them again"), say.Key("If there were something to do tomorrow, would you ask or say yes?"), howGlad}

	aboutFreelancers = []Criterion{
		{"quality", say.Key("Quality of the work"), say.Key("How good is what they handed over, against what was agreed?"), howGood},
		{"dates", say.Key("Kept dates"), say.Key("Did the work come when it was promised?"), howOften},
		{"communication", say.Key("Communication"), say.Key("Did you know where things stood, without having to ask?"), howGood},
		again,
	}
	aboutClients = []Criterion{
		{"clarity", say.Key("Clear about what was wanted"), say.Key("Could you tell from the terms what would be accepted?"), howGood},
		{"answers", say.Key("Answered in time"), say.Key("Did you get answers when you needed them to go on?"), howOften},
		{"payment", say.Key("Paid in time"), say.Key("Was work looked at and paid without your having to wait for the clock?"), howOften},
		{"changes", say.Key("Fair about changes"), say.Key("Did they ask only for changes that the terms cover?"), howOften},
		again,
	}
)
