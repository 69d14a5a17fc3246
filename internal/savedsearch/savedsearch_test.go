package savedsearch_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/markettest"
	"freehold/internal/notify"
	"freehold/internal/savedsearch"
	"freehold/internal/search"
)

// board is a market with posts from elsewhere on it.
type board struct {
	*markettest.Market
	posts int
}

func newBoard(t *testing.T) *board {
	t.Helper()
	return &board{Market: markettest.New(t)}
}

// post puts a post up, a minute after the one before it.
func (b *board) post(row jobpost.ImportRow) (id jobpost.ID) {
	b.Helper()
	b.posts++
	b.Clock.Advance(time.Minute)
	row.Source = fmt.Sprintf("test %d", b.posts)
	row.Client = jobpost.ImportClient{Source: row.Source, Name: "Carl", Country: "DE"}
	row.Currency, row.Kind = "EUR", jobpost.Fixed
	if row.BudgetMin > 0 {
		row.BudgetMax = row.BudgetMin
	}
	b.OK(b.DB.Update(b.Context(), func(tx *db.Tx) (err error) {
		id, _, err = jobpost.Import(b.Context(), tx, row)
		return err
	}))
	return id
}

func (b *board) save(by account.Actor, pace savedsearch.Pace, q search.Query) savedsearch.ID {
	b.Helper()
	id, err := savedsearch.Save(b.Context(), b.DB, by, savedsearch.Input{Name: "Mine", Pace: pace}, q)
	b.OK(err)
	return id
}

func (b *board) sweep() int {
	b.Helper()
	n, err := savedsearch.SweepDue(context.WithoutCancel(b.Context()), b.DB)
	b.OK(err)
	return n
}

func (b *board) list(by account.Actor) []savedsearch.Search {
	b.Helper()
	all, err := savedsearch.List(b.Context(), b.DB, by)
	b.OK(err)
	return all
}

// told is what somebody was told of by their searches, the latest first.
func (b *board) told(by account.Actor) (all []string) {
	b.Helper()
	notices, err := notify.List(b.Context(), b.DB, by, 0, 100)
	b.OK(err)
	for _, n := range notices {
		if n.Kind == "post_found" {
			all = append(all, n.Text.For(say.Reader{})+" "+n.Link)
		}
	}
	return all
}

func codes(err error) string {
	var all []string
	for _, f := range fault.All(err) {
		all = append(all, f.Field+": "+f.Code)
	}
	return strings.Join(all, ", ")
}

func TestWhoKeepsASearchIsToldOfEachNewPostOnce(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	ada, eve := b.Person("Ada", money.Amount{}), b.Person("Eve", money.Amount{})
	b.post(jobpost.ImportRow{Title: "An old logo"})
	id := b.save(ada, savedsearch.AtOnce, search.Query{Text: "logo"})
	b.save(eve, savedsearch.AtOnce, search.Query{Text: "kiln"})
	if n := b.sweep(); n != 0 {
		t.Errorf("%d told of what was there before", n)
	}

	post := b.post(jobpost.ImportRow{Title: "Logos for a choir"})
	b.post(jobpost.ImportRow{Title: "A timetable"})
	if n, again := b.sweep(), b.sweep(); n != 1 || again != 0 {
		t.Errorf("%d told, then %d", n, again)
	}
	want := []string{fmt.Sprintf("A new post answers your search “Mine”: “Logos for a choir”. /posts/%d", post)}
	if got := b.told(ada); !slices.Equal(got, want) || b.told(eve) != nil {
		t.Errorf("told: %q, Eve %q", got, b.told(eve))
	}

	b.post(jobpost.ImportRow{Title: "A logo"})
	b.post(jobpost.ImportRow{Title: "Another logo"})
	if n := b.sweep(); n != 0 {
		t.Errorf("%d told again within ten minutes", n)
	}
	b.post(jobpost.ImportRow{Title: "A third logo"})
	b.Clock.Advance(10 * time.Minute)
	b.sweep()
	last := fmt.Sprintf("3 new posts answer your search “Mine”. The latest is “A third logo”. /my/searches/%d", id)
	if got := b.told(ada); len(got) != 2 || got[0] != last {
		t.Errorf("told: %q", got)
	}
	if got := b.list(ada)[0]; got.Week != 4 || got.Total != 4 {
		t.Errorf("listed: %+v", got)
	}
	b.Clock.Advance(8 * 24 * time.Hour)
	if got := b.list(ada)[0]; got.Week != 0 || got.Total != 4 {
		t.Errorf("listed a week later: %+v", got)
	}
}

func TestADailySearchTellsAtEightWhereItsPersonLives(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	ada := b.Person("Ada", money.Amount{})
	b.Do(`UPDATE account.people SET time_zone = 'Asia/Kuala_Lumpur' WHERE id = $1`, ada.ID)
	b.save(ada, savedsearch.Daily, search.Query{Category: "design"})
	weekly := b.save(ada, savedsearch.Weekly, search.Query{Text: "logo"})
	b.post(jobpost.ImportRow{Title: "A logo", Categories: []string{"design"}})
	var moments []string
	for range 8 * 24 {
		if b.sweep() > 0 {
			place, _ := time.LoadLocation("Asia/Kuala_Lumpur")
			moments = append(moments, b.Clock.Now().In(place).Format("Mon 15"))
		}
		b.Clock.Advance(time.Hour)
	}
	if len(moments) != 2 || !strings.HasSuffix(moments[0], " 08") || moments[1] != "Mon 08" {
		t.Errorf("told at %q", moments)
	}

	b.post(jobpost.ImportRow{Title: "Logos"})
	b.OK(savedsearch.Change(b.Context(), b.DB, ada, weekly, savedsearch.Input{Name: "Marks", Pace: savedsearch.Never}))
	b.Clock.Advance(14 * 24 * time.Hour)
	if n := b.sweep(); n != 0 {
		t.Errorf("%d told of a search that never tells", n)
	}
	if got := b.list(ada)[0]; got.Name != "Marks" || got.Pace != savedsearch.Never || got.Total != 2 {
		t.Errorf("changed: %+v", got)
	}
}

func TestNobodyIsToldOfTheirOwnNorOfWhatIsOver(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	ada := b.Person("Ada", money.Amount{})
	b.save(ada, savedsearch.AtOnce, search.Query{})
	own := b.post(jobpost.ImportRow{Title: "Her own"})
	b.Do(`UPDATE jobpost.posts SET client = $2 WHERE id = $1`, own, ada.ID)
	hidden := b.post(jobpost.ImportRow{Title: "For one"})
	b.Do(`UPDATE jobpost.posts SET visibility = 'invited' WHERE id = $1`, hidden)
	b.sweep()
	b.Clock.Advance(time.Hour)
	b.save(ada, savedsearch.Daily, search.Query{Text: "late"})
	late := b.post(jobpost.ImportRow{Title: "Too late"})
	b.sweep() // finds it
	b.Clock.Advance(30 * 24 * time.Hour)
	b.sweep() // when it is over
	want := []string{fmt.Sprintf("A new post answers your search “Mine”: “Too late”. /posts/%d", late)}
	if got := b.told(ada); !slices.Equal(got, want) { // by the one that tells at once
		t.Errorf("told: %q", got)
	}
}

// What is told of must be what a search would show.
func TestASavedSearchFindsWhatTheSearchFinds(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	ada := b.Person("Ada", money.Amount{})
	queries := []search.Query{
		{}, {Text: "logo"}, {Text: "logos bakery"}, {Text: `"logo for"`}, {Text: "logo -bakery"}, {Text: "-logo"}, {Text: "logo or timetable"},
		{Text: "reactjs"}, {Text: "C++"}, {Text: "e-commerce"}, {Text: "the"}, {Text: "o'clock"}, {Text: `back\slash`},
		{Skill: "react.js"}, {Category: "design"}, {Category: "design", Text: "logo"}, {Kind: jobpost.Hourly}, {Kind: jobpost.Fixed, Level: "expert"},
		{Country: "DE"}, {Country: "PT"}, {MinAnswerRate: 50},
		{Min: &money.Amount{Minor: 200_00, Currency: "EUR"}}, {Max: &money.Amount{Minor: 200_00, Currency: "USD"}},
		{Min: &money.Amount{Minor: 100_00, Currency: "EUR"}, Max: &money.Amount{Minor: 300_00, Currency: "EUR"}},
	}
	saved := map[savedsearch.ID]search.Query{}
	for _, q := range queries {
		saved[b.save(ada, savedsearch.Never, q)] = q
	}
	for _, row := range []jobpost.ImportRow{
		{Title: "A logo for a bakery", Categories: []string{"design"}, Level: "expert", BudgetMin: 250_00},
		{Title: "Logo, for a choir", Categories: []string{"design"}, BudgetMin: 90_00},
		{Title: "A bakery needs logos", Description: "At nine o'clock."},
		{Title: "Timetable", Skills: []string{"React", "C++"}, BudgetMin: 1000_00},
		{Title: "An e-commerce page", Skills: []string{"C++"}, Description: `With a back\slash.`},
	} {
		b.post(row)
	}
	b.sweep()
	for _, s := range b.list(ada) {
		page, err := search.Posts(b.Context(), b.DB, account.Actor{}, func() search.Query {
			q := saved[s.ID]
			q.Sort = search.Newest // without the other order's second thoughts
			return q
		}())
		b.OK(err)
		if page.Total != s.Total || !s.Query.Same(saved[s.ID]) {
			t.Errorf("%+v (%+v): the search finds %d, the saved one %d", saved[s.ID], s.Query, page.Total, s.Total)
		}
	}
}

func TestOnlyOnesOwnSearchesCanBeChanged(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	ada, eve := b.Person("Ada", money.Amount{}), b.Person("Eve", money.Amount{})
	id := b.save(ada, savedsearch.AtOnce, search.Query{Text: "logo"})
	fine := savedsearch.Input{Name: "Hers", Pace: savedsearch.Daily}
	for name, err := range map[string]error{
		"change":         savedsearch.Change(t.Context(), b.DB, eve, id, fine),
		"remove":         savedsearch.Remove(t.Context(), b.DB, eve, id),
		"remove nothing": savedsearch.Remove(t.Context(), b.DB, ada, id+1),
	} {
		if !errors.Is(err, savedsearch.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(b.list(ada)) != 1 || len(b.list(eve)) != 0 {
		t.Error("somebody else's list")
	}
	_, err := savedsearch.Save(t.Context(), b.DB, ada, savedsearch.Input{Name: " ", Pace: "hourly"}, search.Query{Kind: "barter"})
	if got := codes(err); got != "name: saved_search_name, pace: unknown_pace, kind: unknown_kind" {
		t.Errorf("refused: %s", got)
	}
	b.OK(savedsearch.Remove(t.Context(), b.DB, ada, id))
	b.post(jobpost.ImportRow{Title: "A logo"})
	if n := b.sweep(); n != 0 {
		t.Errorf("%d told of a search that is gone", n)
	}
}

func TestThereIsAnEndToSavedSearches(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	ada := b.Person("Ada", money.Amount{})
	for range 48 {
		b.save(ada, savedsearch.Never, search.Query{})
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			_, err := savedsearch.Save(t.Context(), b.DB, ada, savedsearch.Input{Name: "One more", Pace: savedsearch.Never}, search.Query{})
			if err != nil && !errors.Is(err, savedsearch.ErrFull) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(b.list(ada)); n != 50 {
		t.Errorf("%d kept, want 50", n)
	}
}

func TestTwoSweepsAtOnceTellOnce(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	ada := b.Person("Ada", money.Amount{})
	b.save(ada, savedsearch.AtOnce, search.Query{Text: "logo"})
	b.post(jobpost.ImportRow{Title: "A logo"})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { b.sweep() })
	}
	wg.Wait()
	if got := b.told(ada); len(got) != 1 {
		t.Errorf("told: %q", got)
	}
}
