package proposal_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/profile"
	"freehold/internal/proposal"
)

func TestTheBestFitStandsFirst(t *testing.T) {
	t.Parallel()
	m := open(t)
	bea := m.Person("Bea", money.Amount{})
	hours := 40
	m.OK(profile.Save(t.Context(), m.DB, bea, profile.Input{
		Headline: "Marks for orchards", Skills: []string{"Logo design"}, Level: "expert", HoursPerWeek: &hours,
	}))
	m.proposed(m.ada) // came first, and has no profile
	m.proposed(bea)
	list, err := proposal.List(t.Context(), m.DB, m.carl, m.post.ID)
	m.OK(err)
	if len(list.Items) != 2 || list.Items[0].Freelancer.Name != "Bea" || list.Items[0].Freelancer.Headline != "Marks for orchards" {
		t.Fatalf("Carl's list is %+v", list.Items)
	}
	for _, p := range list.Items {
		sum := 0
		for _, r := range p.FitReasons {
			sum += r.Points
		}
		if len(p.FitReasons) == 0 || sum != p.Fit {
			t.Errorf("%s fits %d, for the reasons %+v", p.Freelancer.Name, p.Fit, p.FitReasons)
		}
	}
	if list.Items[0].Fit <= list.Items[1].Fit {
		t.Errorf("Bea fits %d, Ada %d", list.Items[0].Fit, list.Items[1].Fit)
	}
}

func TestTheListIsTheClients(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.proposed(m.ada)
	if _, err := proposal.List(t.Context(), m.DB, m.ada, m.post.ID); !errors.Is(err, jobpost.ErrNotFound) {
		t.Errorf("Ada: got %v", err)
	}
}

func TestTheListCannotHoldAPrice(t *testing.T) {
	t.Parallel()
	var fields func(reflect.Type) []string
	fields = func(of reflect.Type) (names []string) {
		for _, f := range reflect.VisibleFields(of) {
			names = append(names, strings.ToLower(f.Name))
			if f.Type == reflect.TypeFor[money.Amount]() {
				t.Errorf("%s.%s is an amount", of, f.Name)
			}
			if f.Type.Kind() == reflect.Struct && strings.HasPrefix(f.Type.PkgPath(), "freehold") {
				names = append(names, fields(f.Type)...)
			}
		}
		return names
	}
	for _, name := range fields(reflect.TypeFor[proposal.Listed]()) {
		if slices.ContainsFunc([]string{"price", "minor", "amount", "letter"}, func(s string) bool { return strings.Contains(name, s) }) {
			t.Errorf("a list has the field %s", name)
		}
	}
}

func TestOnesOwnProposalsComeInPages(t *testing.T) {
	t.Parallel()
	m := open(t)
	first := m.proposed(m.ada)
	fence := m.publish(about("A fence", "Around the orchard, with a gate."))
	second, err := proposal.Propose(t.Context(), m.DB, m.ada, fence.ID, offer("fence"))
	m.OK(err)
	page, err := proposal.Mine(t.Context(), m.DB, m.ada, 0, 1)
	m.OK(err)
	if len(page) != 1 || page[0].ID != second.ID || page[0].Title != "A fence" {
		t.Errorf("the first page has %+v", page)
	}
	page, err = proposal.Mine(t.Context(), m.DB, m.ada, page[0].ID, 1)
	m.OK(err)
	if len(page) != 1 || page[0].ID != first {
		t.Errorf("the second page has %+v", page)
	}
	if others, err := proposal.Mine(t.Context(), m.DB, m.carl, 0, 10); err != nil || len(others) != 0 {
		t.Errorf("Carl's own are %+v, %v", others, err)
	}
}

func TestOnesOwnAreOpenOrEnded(t *testing.T) {
	t.Parallel()
	m := open(t)
	first := m.proposed(m.ada)
	fence := m.publish(about("A fence", "Around the orchard, with a gate."))
	second, err := proposal.Propose(t.Context(), m.DB, m.ada, fence.ID, offer("fence"))
	m.OK(err)
	m.OK(proposal.Withdraw(t.Context(), m.DB, m.ada, first))
	own, err := proposal.ListOwn(t.Context(), m.DB, m.ada, 0, 10)
	m.OK(err)
	if len(own.Open) != 1 || own.Open[0].ID != second.ID || len(own.Ended) != 1 || own.Ended[0].ID != first || own.Quota != 20 {
		t.Errorf("Ada's own are %+v", own)
	}
	own, err = proposal.ListOwn(t.Context(), m.DB, m.ada, first, 10)
	m.OK(err)
	if len(own.Open) != 1 || len(own.Ended) != 0 {
		t.Errorf("the next page has %+v", own)
	}
}

func TestAProposalKnowsItsNeighboursForTheClient(t *testing.T) {
	t.Parallel()
	m := open(t)
	first, second := m.proposed(m.ada), m.proposed(m.Person("Bea", money.Amount{}))
	for id, place := range map[proposal.ID]proposal.Place{
		first: {Next: second, N: 1, Of: 2}, second: {Previous: first, N: 2, Of: 2},
	} {
		v, err := proposal.Open(t.Context(), m.DB, m.carl, id)
		m.OK(err)
		if v.Place != place {
			t.Errorf("%d stands at %+v", id, v.Place)
		}
	}
	v, err := proposal.Open(t.Context(), m.DB, m.ada, first)
	m.OK(err)
	if v.Place != (proposal.Place{}) {
		t.Errorf("Ada sees %+v", v.Place)
	}
}
