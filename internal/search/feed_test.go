package search_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/profile"
	"freehold/internal/proposal"
	"freehold/internal/search"
)

func (b *board) freelancer(name string, skills ...string) account.Actor {
	b.Helper()
	by := b.Person(name, money.Amount{})
	b.OK(profile.Save(context.Background(), b.DB, by, profile.Input{Skills: skills, Level: "expert"}))
	return by
}

func (b *board) feed(by account.Actor) []search.Suited {
	b.Helper()
	feed, err := search.FeedFor(context.Background(), b.DB, by, "", 0)
	b.OK(err)
	return feed.Items
}

func suitedTitles(suited []search.Suited) string {
	var items []search.Item
	for _, s := range suited {
		items = append(items, s.Item)
	}
	return titles(items)
}

func TestAFeedShowsWhatSuitsBestAndSaysWhy(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	ada := b.freelancer("Ada", "Go", "PostgreSQL")
	b.post(jobpost.ImportRow{Title: "Both", Skills: []string{"Go", "PostgreSQL"}, Level: "expert"})
	b.post(jobpost.ImportRow{Title: "Half", Skills: []string{"Go", "React"}, Level: "expert"})
	b.post(jobpost.ImportRow{Title: "None", Skills: []string{"React"}, Level: "expert"})

	suited := b.feed(ada)
	if got := suitedTitles(suited); got != "Both, Half, None" {
		t.Fatalf("Ada sees %s", got)
	}
	best := suited[0]
	if want := best.Fit.Total*4/5 + best.Fresh.Points; best.Score != want || best.Score <= suited[1].Score {
		t.Errorf("scored %d, want %d", best.Score, want)
	}
	why := fmt.Sprint(best.Why())
	if !strings.HasPrefix(why, "[2 of 2 skills asked for.") || !strings.Contains(why, "Published in the last 24 hours.") {
		t.Errorf("says %s", why)
	}
	if why := fmt.Sprint(suited[2].Why()); strings.Contains(why, "skills asked for") {
		t.Errorf("names what it does not have as a reason: %s", why)
	}
}

func TestAPostSinksInTheFeedAsItAges(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	ada := b.freelancer("Ada", "Go")
	b.post(jobpost.ImportRow{Title: "Old", Skills: []string{"Go"}})
	b.Clock.Advance(9 * 24 * time.Hour)
	b.post(jobpost.ImportRow{Title: "New", Skills: []string{"Go"}})
	if got := suitedTitles(b.feed(ada)); got != "New, Old" {
		t.Errorf("Ada sees %s", got)
	}
}

func TestAFeedLeavesOutOnesOwnPostsAndThoseProposedTo(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	ada := b.freelancer("Ada", "Go")
	own := b.post(jobpost.ImportRow{Title: "Own", Skills: []string{"Go"}})
	b.Do(`UPDATE jobpost.posts SET client = $1 WHERE id = $2`, ada.ID, own)
	proposed := b.post(jobpost.ImportRow{Title: "Proposed", Skills: []string{"Go"}})
	b.post(jobpost.ImportRow{Title: "Open", Skills: []string{"Go"}})
	_, err := proposal.Propose(t.Context(), b.DB, ada, proposed, proposal.Input{Letter: "I have done this before, twice, and would like to again.",
		Price: money.Amount{Minor: 500_000, Currency: "EUR"}, Hours: 20})
	b.OK(err)

	if got := suitedTitles(b.feed(ada)); got != "Open" {
		t.Errorf("Ada sees %s", got)
	}
	if got := suitedTitles(b.feed(b.freelancer("Eve", "Go"))); got != "Open, Proposed, Own" {
		t.Errorf("Eve sees %s", got)
	}
}

func TestAFeedWithoutSkillsShowsTheNewest(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.post(jobpost.ImportRow{Title: "First", Skills: []string{"Go"}})
	b.post(jobpost.ImportRow{Title: "Second", Skills: []string{"React"}})
	for _, by := range []account.Actor{{}, b.Person("Eve", money.Amount{}), b.freelancer("Ada")} {
		if got := suitedTitles(b.feed(by)); got != "Second, First" {
			t.Errorf("%q sees %s", by.Name, got)
		}
	}
}

func TestTurningThePagesOfAFeedShowsEachPostOnce(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	ada := b.freelancer("Ada", "Go")
	var all, seen []jobpost.ID
	for i := range 23 {
		row := jobpost.ImportRow{Title: fmt.Sprint("Boat ", i)}
		if i%3 == 0 {
			row.Skills = []string{"Go"}
		}
		all = append(all, b.post(row))
	}
	place, scores := "", []int(nil)
	for {
		feed, err := search.FeedFor(t.Context(), b.DB, ada, place, 5)
		b.OK(err)
		for _, s := range feed.Items {
			seen, scores = append(seen, s.ID), append(scores, -s.Score)
		}
		if place = feed.Next; place == "" {
			break
		}
		b.post(jobpost.ImportRow{Title: "Late", Skills: []string{"Go"}}) // left to the next look
		b.Clock.Advance(time.Hour)                                       // and nothing sinks meanwhile
	}
	if !slices.IsSorted(scores) {
		t.Errorf("scores: %v", scores)
	}
	if slices.Sort(seen); !slices.Equal(seen, all) {
		t.Errorf("saw %v", seen)
	}
}

func TestAFeedRefusesACursorOfASearch(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	for i := range 3 {
		b.post(jobpost.ImportRow{Title: fmt.Sprint("Boat ", i)})
	}
	next := b.search(search.Query{N: 1}).Next
	if _, err := search.FeedFor(t.Context(), b.DB, account.Actor{}, next, 1); err == nil {
		t.Errorf("took %s", next)
	}
}
