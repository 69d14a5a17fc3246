package contract

import (
	"testing"

	"freehold/internal/jobpost"
	"freehold/internal/kit/lifecycle"
)

// inEveryState are contracts that stand in each state there is, and milestones
// in each of theirs.
func inEveryState(t *testing.T) map[string]*Contract {
	t.Helper()
	signed, active, submitted, mending, starved, leaving := threeParts(Next), threeParts(Next), threeParts(Next), threeParts(Next), threeParts(Next), threeParts(Next)
	for _, c := range []*Contract{active, submitted, mending, starved, leaving} {
		c.mustFund(t, noon)
	}
	must(t, submitted.Milestones[0].Submit(Freelancer, at(1), 7))
	must(t, mending.Milestones[0].Submit(Freelancer, at(1), 7))
	must(t, mending.Milestones[0].AskChanges(Client, at(2), 2, mending.mendBy(&mending.Milestones[0], at(2))))
	starved.Milestones[0].mustBePaid(t, at(1))
	must(t, starved.Starve(at(1)))
	must(t, leaving.GiveNotice(Freelancer, Notice{ForOther, "Enough."}, at(1)))
	weeks, months := spans(t, byTheWeek()), spans(t, byTheMonth())
	weeks.mustFund(t, noon)
	months.mustFund(t, noon)
	return map[string]*Contract{"week": weeks, "month": months, "under notice": leaving, "signed": signed, "active": active, "submitted": submitted, "changes asked": mending, "starved": starved}
}

// spans is a contract on the weeks or months of some terms.
func spans(t *testing.T, terms Terms) *Contract {
	t.Helper()
	terms, err := terms.complete(shipped())
	must(t, err)
	return newContract(&Offer{}, &jobpost.Post{Currency: "EUR"}, revision{Terms: terms, Rules: rulesOf(shipped(), floor(10))}, noon)
}

func TestEveryClockThatRunsHasADateAndAFavourite(t *testing.T) {
	t.Parallel()
	clocks := map[*lifecycle.Clock]bool{}
	for _, s := range ContractLifecycle.Steps {
		clocks[s.Clock], clocks[s.Opens] = true, true
	}
	for _, s := range MilestoneLifecycle.Steps {
		clocks[s.Clock], clocks[s.Opens] = true, true
	}
	for name, c := range inEveryState(t) {
		for clock := range clocks {
			if clock == nil {
				continue
			}
			for i := range c.Milestones {
				if c.date(clock) != nil || c.Milestones[i].date(clock) != nil {
					clocks[clock] = false // seen to run
				}
			}
		}
		for _, p := range c.Prospects() {
			if len(p.Silence) == 0 && p.Rests.Empty() {
				t.Errorf("%s: nothing is said of what happens to %q if nobody acts", name, p.Of)
			}
			for _, w := range p.Silence {
				if w.At == nil || w.For == "" {
					t.Errorf("%s: %q happens by itself at %v, for %q", name, w.Says, w.At, w.For)
				}
			}
		}
	}
	for clock, unseen := range clocks {
		if clock != nil && unseen {
			t.Errorf("%s never runs", clock.Name)
		}
	}
}

func TestWhatCanHappenIsSaidWithRealDates(t *testing.T) {
	t.Parallel()
	c := inEveryState(t)["changes asked"]
	all := c.Prospects()
	if len(all) != 2 || all[0].Milestone != 0 || all[1].Milestone != 1 || all[1].State != "changes asked" {
		t.Fatalf("got %+v", all)
	}
	var back *Way
	for _, w := range all[1].Acts {
		if w.Event == string(takeBack) {
			back = &w
		}
	}
	if back == nil || back.By != Client || !back.From.Equal(date("2030-01-19")) {
		t.Errorf("the money can be taken back: %+v", back)
	}
	if s := all[1].Silence; len(s) != 1 || !s[0].At.Equal(date("2030-02-18")) || s[0].For != Client {
		t.Errorf("in silence: %+v", s)
	}
	must(t, c.Milestones[0].TakeBack(Client, at(30)))
	must(t, c.Finish(at(30)))
	if all := c.Prospects(); len(all) != 0 {
		t.Errorf("once it has ended: %+v", all)
	}
}
