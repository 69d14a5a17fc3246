package search_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/profile"
	"freehold/internal/search"
)

func (b *board) people(by account.Actor, q search.PeopleQuery) search.PeoplePage {
	b.Helper()
	page, err := search.People(b.Context(), b.DB, by, q)
	b.OK(err)
	return page
}

func names(page search.PeoplePage) (all []string) {
	for _, p := range page.People {
		all = append(all, p.Name)
	}
	return all
}

// completed lets somebody have completed a contract.
func (b *board) completed(by account.Actor) {
	b.Helper()
	b.Do(`ALTER TABLE contract.contracts DISABLE TRIGGER ALL`)
	b.Do(`INSERT INTO contract.contracts (offer, proposal, client, freelancer, title, state, currency, funding, client_fee_bp, freelancer_fee_bp, ending_fee_bp,
			acceptance_days, change_rounds, grace_days, starved_days, notice_days, lifecycle, signed_at, fund_by, funded_at, ending, ended_at)
		VALUES ($1, $1, 0, $1, 'Logo', 'ended', 'EUR', 'next', 0, 0, 1000, 7, 2, 7, 7, 7, 1, $2, $2, $2, 'completed', $2)`, by.ID, b.Clock.Now())
}

func hourly(n int64) *money.Amount { return &money.Amount{Minor: n * 100, Currency: "EUR"} }

// crew are Ada, who writes Go, Bea, who draws, and Eve, who does both for more.
func crew(b *board) {
	b.Helper()
	for name, in := range map[string]profile.Input{
		"Ada": {Headline: "Backends for bakeries", Skills: []string{"Go", "PostgreSQL"}, Level: "expert", Rate: hourly(60), HoursPerWeek: new(20)},
		"Bea": {Headline: "Marks and labels", About: "I draw for orchards.", Skills: []string{"Logo design"}, Level: "intermediate", Rate: hourly(40)},
		"Eve": {Headline: "A bit of everything", Skills: []string{"Go", "Logo design"}, Level: "entry", Rate: hourly(90), HoursPerWeek: new(5), Country: "PT"},
	} {
		b.OK(profile.Save(b.Context(), b.DB, b.Person(name, money.Amount{}), in))
	}
}

func TestPeopleAreFoundByWhatTheyDoAndBySkillsUnderAnyName(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	crew(b)
	carl := b.Person("Carl", money.Amount{})
	for name, c := range map[string]struct {
		q    search.PeopleQuery
		want []string
	}{
		"words of the headline":     {search.PeopleQuery{Text: "bakery"}, []string{"Ada"}},
		"words of the text":         {search.PeopleQuery{Text: "orchard"}, []string{"Bea"}},
		"a skill by an alias":       {search.PeopleQuery{Text: "golang"}, []string{"Ada", "Eve"}},
		"the beginning of a name":   {search.PeopleQuery{Text: "ev"}, []string{"Eve"}},
		"a sign that means all":     {search.PeopleQuery{Text: "%"}, nil},
		"a skill as a filter":       {search.PeopleQuery{Skill: "Logo design"}, []string{"Bea", "Eve"}},
		"a level or above":          {search.PeopleQuery{Level: "intermediate"}, []string{"Ada", "Bea"}},
		"what they ask for an hour": {search.PeopleQuery{MaxRate: hourly(60)}, []string{"Ada", "Bea"}},
		"free in a week":            {search.PeopleQuery{Hours: 10}, []string{"Ada"}},
		"where they are":            {search.PeopleQuery{Country: "PT"}, []string{"Eve"}},
		"who has worked with Carl":  {search.PeopleQuery{Worked: true}, nil},
		"all of it together":        {search.PeopleQuery{Text: "golang", Level: "expert", Hours: 20, MaxRate: hourly(60)}, []string{"Ada"}},
	} {
		got := names(b.people(carl, c.q))
		if slices.Sort(got); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for _, q := range []search.PeopleQuery{{Level: "master"}, {Country: "XX"}, {Hours: 81}, {MaxRate: &money.Amount{Minor: 1, Currency: "XXX"}}, {Skill: "No such skill"}, {Category: "none"}, {Cursor: "made up"}} {
		if _, err := search.People(t.Context(), b.DB, carl, q); err == nil {
			t.Errorf("%+v was taken", q)
		}
	}
}

func TestWhoFitsAPostBestComesFirstAndSaysWhy(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	crew(b)
	carl := b.Person("Carl", money.Amount{})
	post := b.post(jobpost.ImportRow{Title: "A service", Skills: []string{"Go", "PostgreSQL"}, Level: "expert"})
	if _, err := search.People(t.Context(), b.DB, carl, search.PeopleQuery{For: post}); !errors.Is(err, jobpost.ErrNotFound) {
		t.Errorf("for somebody else's post: %v", err)
	}
	b.Do(`UPDATE jobpost.posts SET client = $1 WHERE id = $2`, carl.ID, post)
	page := b.people(carl, search.PeopleQuery{For: post})
	if got := names(page); len(got) != 3 || got[0] != "Ada" || page.Post == nil {
		t.Fatalf("found %q for %v", got, page.Post)
	}
	sum := 0
	for _, term := range page.People[0].Fit.Terms {
		sum += term.Points
	}
	if fit := page.People[0].Fit.Total; fit != sum || fit <= page.People[1].Fit.Total {
		t.Errorf("the terms come to %d, and the fit is %d", sum, fit)
	}
}

func TestWhoRestsComesLastAndEveryFifthPlaceIsANewcomers(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	var all []account.Actor
	for i := range 12 {
		all = append(all, b.freelancer(fmt.Sprint("Person ", i), "Go"))
		b.Clock.Advance(1e9)
	}
	rests := b.Clock.Now().AddDate(0, 0, 9)
	b.OK(profile.SaveWishes(t.Context(), b.DB, all[11], profile.Wishes{RestsUntil: &rests}))
	for i := 2; i < 12; i++ { // the first two are new, and wrote on their profiles before all others
		b.completed(all[i])
	}
	var seen []string
	q := search.PeopleQuery{N: 5}
	for {
		page := b.people(account.Actor{}, q)
		seen = append(seen, names(page)...)
		if q.Cursor = page.Next; q.Cursor == "" {
			break
		}
	}
	want := []string{"Person 10", "Person 9", "Person 8", "Person 7", "Person 1", "Person 6", "Person 5", "Person 4", "Person 3", "Person 0", "Person 2", "Person 11"}
	if !slices.Equal(seen, want) {
		t.Errorf("%q, want %q", seen, want)
	}
}
