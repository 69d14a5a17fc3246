package standing

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"freehold/internal/kit/money"
)

// End is how a contract came to its end, as far as it is anybody's to know.
type End string

// The ends. Otherwise is an early end that counts against neither of the two:
// both wanted it, or somebody was ill.
const (
	Alive        End = ""
	Completed    End = "completed"
	NeverFunded  End = "never funded"
	ByClient     End = "early, by the client"
	ByFreelancer End = "early, by the freelancer"
	Otherwise    End = "early, against nobody"
)

// EndOf is how a contract ended, from how it is stored: its ending, which side
// gave notice if one did, and why, and whether money went back because no work
// came. Whoever left because the other side had not kept their part did not end
// it: a client without money ends it, and so does a freelancer without work.
func EndOf(ending string, notice Side, reason string, takenBack bool) End {
	switch {
	case ending == "" || ending == "completed" || ending == "never funded":
		return End(ending)
	case ending == "ended together" || reason == "illness":
		return Otherwise
	case takenBack:
		return ByFreelancer // whoever gave notice
	case notice == ofFreelancer:
		return ByFreelancer
	default:
		return ByClient // by notice, or since the next milestone was not funded
	}
}

// Standing is what everybody can know about somebody, on either side.
type Standing struct {
	Client     Client
	Freelancer Freelancer
}

// Client is how a client stands.
type Client struct {
	Posts        int            // published so far
	Ended        int            // of those, no longer open
	EndedHired   int            // of those, on which somebody was hired
	Hires        int            // people hired
	Answered     int            // proposals declined with a reason, or made an offer
	Lapsed       int            // proposals left without an answer at the answer-by date
	MedianAnswer *time.Duration // from a proposal's coming before the client to their answer
	Paid         []money.Amount // to freelancers, by currency
	MedianPay    *time.Duration // from submission to approval
	Funded       int            // contracts paid into escrow in time
	NeverFunded  int            // contracts signed and never paid into escrow
	EndedEarly   int            // contracts that they ended before the work was done
	Otherwise    int            // contracts that ended early, against nobody
	Reviews      int
	Marks        []Marks // a row for each criterion
}

// Freelancer is how a freelancer stands.
type Freelancer struct {
	Contracts    int // begun
	Completed    int
	EndedEarly   int // by them
	ByClient     int // by the client
	Otherwise    int // early, against nobody
	HandedOver   int // milestones
	OnTime       int // of those
	NotHanded    int // milestones for which no work came in time
	ChangesAsked int // rounds, over all milestones
	Clients      int // for whom they were paid
	Repeat       int // of those, more than once
	Reviews      int
	Marks        []Marks // a row for each criterion
}

// Marks are how often each mark was given for one criterion, from the lowest.
type Marks struct {
	Criterion
	Given [Best]int
}

// Sum is how many marks were given.
func (m Marks) Sum() (n int) {
	for _, given := range m.Given {
		n += given
	}
	return n
}

// Of counts a standing from facts. It looks at nothing else.
func Of(f Facts) Standing { return Standing{OfClient(f.Client), OfFreelancer(f.Freelancer)} }

// OfClient is Of for one side.
func OfClient(f ClientFacts) (s Client) {
	var answers, pays []int64
	for _, p := range f.Posts {
		s.Posts++
		s.Hires += p.Hired
		s.Answered += p.Answered
		s.Lapsed += p.Unanswered
		s.Ended += one(p.Ended)
		s.EndedHired += one(p.Ended && p.Hired > 0)
		answers = append(answers, p.Seconds...)
	}
	for _, c := range f.Contracts {
		s.Funded += one(c.Begun)
		s.NeverFunded += one(c.End == NeverFunded)
		s.EndedEarly += one(c.End == ByClient)
		s.Otherwise += one(c.End == Otherwise)
		for _, w := range c.Work {
			if w.Seconds != nil {
				pays = append(pays, *w.Seconds)
			}
		}
	}
	s.Paid = sums(f.Paid)
	s.MedianAnswer, s.MedianPay = median(answers), median(pays)
	s.Reviews, s.Marks = len(f.Reviews), marks(f.Reviews, Criteria(ofFreelancer))
	return s
}

// OfFreelancer is Of for the other.
func OfFreelancer(f FreelancerFacts) (s Freelancer) {
	paid := map[int]int{}
	for _, c := range f.Contracts {
		s.Contracts += one(c.Begun)
		s.Completed += one(c.End == Completed)
		s.EndedEarly += one(c.End == ByFreelancer)
		s.ByClient += one(c.End == ByClient)
		s.Otherwise += one(c.End == Otherwise)
		if c.Paid {
			paid[c.With]++
		}
		for _, w := range c.Work {
			s.HandedOver += one(w.OnTime != nil)
			s.OnTime += one(w.OnTime != nil && *w.OnTime)
			s.NotHanded += one(w.Back)
			s.ChangesAsked += w.Rounds
		}
	}
	s.Clients = len(paid)
	for _, times := range paid {
		s.Repeat += one(times > 1)
	}
	s.Reviews, s.Marks = len(f.Reviews), marks(f.Reviews, Criteria(ofClient))
	return s
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// median is the one in the middle; of an even number, the lower of the two.
func median(seconds []int64) *time.Duration {
	if len(seconds) == 0 {
		return nil
	}
	slices.Sort(seconds)
	d := time.Duration(seconds[(len(seconds)-1)/2]) * time.Second
	return &d
}

func sums(paid []PaidFact) []money.Amount {
	by := map[string]money.Amount{}
	for _, p := range paid {
		if sum, ok := by[p.Sum.Currency]; ok {
			p.Sum = sum.Add(p.Sum)
		}
		by[p.Sum.Currency] = p.Sum
	}
	return slices.SortedFunc(maps.Values(by), func(a, b money.Amount) int { return cmp.Compare(a.Currency, b.Currency) })
}

func marks(reviews []ReviewFact, criteria []Criterion) []Marks {
	all := make([]Marks, len(criteria))
	for i, c := range criteria {
		all[i].Criterion = c
		for _, r := range reviews {
			if mark := r.Marks[c.Code]; mark >= 1 && mark <= Best {
				all[i].Given[mark-1]++
			}
		}
	}
	return all
}

// AnswerRate is how many of a hundred proposals that were owed an answer got one;
// false while none was.
func (s Client) AnswerRate() (percent int, ok bool) { return rateOf(s.Answered, s.Answered+s.Lapsed) }

// HireRate is on how many of a hundred posts that have ended somebody was hired;
// false while none has ended.
func (s Client) HireRate() (percent int, ok bool) { return rateOf(s.EndedHired, s.Ended) }

func rateOf(part, whole int) (percent int, ok bool) {
	if whole == 0 {
		return 0, false
	}
	return part * 100 / whole, true
}
