package contract_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"freehold/internal/contract"
	"freehold/internal/escrow"
	"freehold/internal/kit/money"
	"freehold/internal/worklog"
)

// scenes are a contract in every state, from which somebody stops acting.
var scenes = map[string]func(*testing.T) *deal{
	"signed":               func(t *testing.T) *deal { return signed(t, contract.Next, euros(1000)) },
	"funded, the next":     func(t *testing.T) *deal { return funded(t, contract.Next, euros(1000)) },
	"funded, all of it":    func(t *testing.T) *deal { return funded(t, contract.All, euros(1000)) },
	"submitted, no more":   func(t *testing.T) *deal { return submitted(t, contract.Next, euros(280)) },
	"changes asked":        changesAsked,
	"starved":              starved,
	"away":                 away,
	"weeks":                func(t *testing.T) *deal { return spanning(t, weeks, euros(1000)) },
	"weeks, then no money": func(t *testing.T) *deal { return spanning(t, weeks, euros(300)) },
	"months":               func(t *testing.T) *deal { return spanning(t, months, euros(1000)) },
	"months, then none":    func(t *testing.T) *deal { return spanning(t, months, euros(400)) },
	"a week, with notice":  func(t *testing.T) *deal { d := spanning(t, weeks, euros(1000)); d.notice(d.ada); return d },
	"notice by the client": func(t *testing.T) *deal { d := funded(t, contract.Next, euros(1000)); d.notice(d.carl); return d },
	"two shares":           partingWithTwoShares,
	"notice on submitted":  func(t *testing.T) *deal { d := submitted(t, contract.All, euros(1000)); d.notice(d.ada); return d },
}

var (
	weeks  = contract.Calendar{Every: contract.Weekly, Rate: euros(20), Hours: 10, Count: 2, Starts: "2029-12-31", Zone: "Europe/Berlin"}
	months = contract.Calendar{Every: contract.Monthly, Rate: euros(300), Hours: 10, Count: 2, Starts: "2030-01-01", Zone: "Europe/Berlin"}
)

// spanning is a deal on two weeks or months that is funded; an hour of the first
// week is logged.
func spanning(t *testing.T, k contract.Calendar, wallet money.Amount) *deal {
	t.Helper()
	m := open(t, wallet, 1)
	d := m.signs(contract.Terms{Scope: "Whatever comes.", Calendar: &k})
	d.OK(contract.Fund(d.Context(), d.DB, d.carl, d.id))
	if k.Every == contract.Weekly {
		d.Clock.Advance(2 * time.Hour)
		_, err := worklog.LogHours(d.Context(), d.DB, d.ada, d.id, worklog.Worked{Note: worklog.Note{Memo: "A start"}, From: d.Clock.Now().Add(-time.Hour), To: d.Clock.Now()})
		d.OK(err)
	}
	return d
}

func changesAsked(t *testing.T) *deal {
	d := submitted(t, contract.Next, euros(1000))
	d.OK(contract.AskChanges(d.Context(), d.DB, d.carl, d.parts[0], []int{0}, "There are two."))
	return d
}

func partingWithTwoShares(t *testing.T) *deal {
	d := funded(t, contract.Next, euros(1000))
	d.notice(d.carl)
	d.OK(contract.NameShare(d.Context(), d.DB, d.carl, d.parts[0], 20))
	d.OK(contract.NameShare(d.Context(), d.DB, d.ada, d.parts[0], 70))
	return d
}

func away(t *testing.T) *deal {
	d := submitted(t, contract.Next, euros(1000))
	d.OK(contract.DeclareAbsence(d.Context(), d.DB, d.carl, d.id, d.Clock.Now().AddDate(0, 0, 13).Truncate(day)))
	return d
}

// In every state one of the two, or both, stop acting for ever. What the page
// promises for silence happens at its date, and nobody waits for longer: at the
// end there is no money in escrow.
func TestWhoeverVanishesLeavesNobodyWaiting(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	longest := map[string]time.Duration{}
	t.Run("from", func(t *testing.T) {
		for name, scene := range scenes {
			for _, stays := range []contract.Side{contract.Client, contract.Freelancer, ""} {
				t.Run(fmt.Sprintf("%s/%s stays", name, orNobody(stays)), func(t *testing.T) {
					t.Parallel()
					waits := (&stander{deal: scene(t), stays: stays}).wait()
					mu.Lock()
					defer mu.Unlock()
					for state, w := range waits {
						longest[state] = max(longest[state], w)
					}
				})
			}
		}
	})
	for _, state := range slices.Sorted(maps.Keys(longest)) {
		t.Logf("%-60s %5.1f days at most", state, longest[state].Hours()/24)
	}
}

func orNobody(s contract.Side) string {
	if s == "" {
		return "nobody"
	}
	return "the " + string(s)
}

// stander is the one who stays, and does what they can.
type stander struct {
	*deal
	stays contract.Side
}

// atMost is how often something can happen on two milestones before it is over.
const atMost = 20

// wait lets time pass until the contract has ended, and returns how long it stood
// in each state.
func (s *stander) wait() map[string]time.Duration {
	s.Helper()
	waits := map[string]time.Duration{}
	for range atMost {
		s.act()
		v := s.show(s.carl)
		if v.State == contract.Ended {
			s.empty()
			return waits
		}
		at, promised := s.next(v)
		if at == nil {
			s.Fatalf("%s: nothing is promised to whoever waits", standing(v))
		}
		state, now := standing(v), s.Clock.Now()
		waits[state] = max(waits[state], at.Sub(now))
		s.later(at.Sub(now) + time.Minute)
		if after := standing(s.show(s.carl)); promised && after == state {
			s.Fatalf("%s: the page promised that something happens on %s, and nothing did", state, at.Format(time.DateTime))
		}
	}
	s.Fatalf("it is not over after %d dates: %s", atMost, standing(s.show(s.carl)))
	return nil
}

// act does all that the one who stays can do, but for going on for ever.
func (s *stander) act() {
	s.Helper()
	ctx := s.Context()
	for i := range s.parts {
		v := s.show(s.carl)
		if s.stays == contract.Freelancer {
			v = s.show(s.ada)
		}
		switch m := v.Work[i]; {
		case s.stays == contract.Freelancer && m.CanSubmit:
			s.submits(i)
		case s.stays == contract.Freelancer && v.CanLeave:
			s.OK(contract.LeaveStarved(ctx, s.DB, s.ada, s.id))
		case s.stays == contract.Client && m.CanTakeBack:
			s.OK(contract.TakeBack(ctx, s.DB, s.carl, m.ID))
		case s.stays == contract.Client && m.CanApprove && m.State == contract.Submitted:
			s.OK(contract.ApproveMilestone(ctx, s.DB, s.carl, m.ID))
		}
	}
}

// next is the earliest date on which something happens by itself, or from which
// the one who stays can do something; promised reports whether it is the first.
func (s *stander) next(v contract.View) (at *time.Time, promised bool) {
	for _, p := range v.Next {
		for _, w := range p.Silence {
			if w.At != nil && (at == nil || w.At.Before(*at)) {
				at, promised = w.At, true
			}
		}
		for _, w := range p.Acts {
			if w.By == s.stays && w.From != nil && w.From.After(s.Clock.Now()) && (at == nil || w.From.Before(*at)) {
				at, promised = w.From, false
			}
		}
	}
	return at, promised
}

func (s *stander) empty() {
	s.Helper()
	for _, m := range s.parts {
		if got := s.held(escrow.Milestone(m)); got != euros(0) {
			s.Errorf("%v are left for milestone %d", got, m)
		}
	}
	if got := s.held(escrow.EndingFee(s.id)); got != euros(0) {
		s.Errorf("%v of the ending fee are left", got)
	}
}

// standing is where a contract and its milestones stand, in words.
func standing(v contract.View) string {
	var b strings.Builder
	fmt.Fprintf(&b, "contract %s", v.State)
	for _, m := range v.Work {
		fmt.Fprintf(&b, ", %s", m.State)
	}
	return b.String()
}
