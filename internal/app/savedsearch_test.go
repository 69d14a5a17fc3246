package app_test

import (
	"encoding/xml"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
)

func TestAdaKeepsASearchAndIsToldOfWhatAnswersIt(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client, freelancer := m.Person("Carl", euros(100)), m.Person("Ada", money.Amount{})
	ada := m.signedIn(freelancer)

	ada.open("/posts?q=logo&kind=fixed")
	ada.sees("Nothing like this takes proposals right now", "Be told when a new post answers this search.")
	ada.click("Save this search")
	ada.sees("“logo”", "Fixed price")
	ada.fill("Its name", strings.Repeat("x", 81))
	ada.tick("At once")
	ada.click("Save")
	ada.refuses("Its name", "Please give the search a name of at most 80 characters")
	ada.fill("Its name", "Marks")
	ada.click("Save")
	ada.sees("Saved. From now on we look through every new post for you.", "we tell you: At once", "0 new posts in the last week")

	m.Clock.Advance(time.Minute)
	draft, err := jobpost.SaveDraft(t.Context(), m.DB, client, 0, jobpost.Input{Title: "A logo for the Easter roast", Description: strings.Repeat("A mark for a bag. ", 5),
		Category: "design", Skills: []string{"Logo design"}, Level: "expert", Currency: "EUR", BudgetMin: 500_00, Hours: 10, AnswerDays: 14})
	m.OK(err)
	_, err = jobpost.Publish(t.Context(), m.DB, client, draft.ID)
	m.OK(err)
	m.OK(m.app.SweepDue(t.Context()))
	ada.open("/notices")
	ada.click("A new post answers your search “Marks”: “A logo for the Easter roast”.")
	ada.sees("A mark for a bag.")
	ada.open("/my/searches")
	ada.sees("1 new post in the last week")
	ada.click("Marks")
	ada.sees("1 post", "A logo for the Easter roast")

	var feed struct {
		Title   string `xml:"title"`
		Entries []struct {
			ID, Title, Updated string
			Link               struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(m.fetch("/posts.atom?q=logo&kind=fixed", "application/atom+xml; charset=utf-8")), &feed); err != nil {
		t.Fatal(err)
	}
	if len(feed.Entries) != 1 || !strings.HasSuffix(feed.Entries[0].Link.Href, "/posts/1") || feed.Title != "Freehold: logo" {
		t.Errorf("fed: %+v", feed)
	}
	dates := m.fetch("/posts.ics?q=logo", "text/calendar; charset=utf-8")
	for _, want := range []string{"BEGIN:VCALENDAR\r\n", "SUMMARY:Answers are due: A logo for the Easter roast\r\n", "DTSTART:20300115T120100Z\r\n", "END:VCALENDAR"} {
		if !strings.Contains(dates, want) {
			t.Errorf("no %q in %s", want, dates)
		}
	}

	ada.open("/my/searches")
	ada.click("Change")
	ada.tick("Never")
	ada.click("Save")
	ada.sees("Changed.", "we tell you: Never")
	ada.click("Remove")
	ada.sees("Removed. We do not tell you of such posts any more.", "You keep no search yet.")
}

// fetch is what a program gets that follows an address.
func (m *market) fetch(path, kind string) string {
	m.Helper()
	r, err := http.NewRequestWithContext(m.Context(), http.MethodGet, m.url+path, nil)
	m.OK(err)
	answer, err := http.DefaultClient.Do(r)
	m.OK(err)
	defer answer.Body.Close() //nolint:errcheck // only read
	text, err := io.ReadAll(answer.Body)
	m.OK(err)
	if got := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusOK || got != kind {
		m.Fatalf("%s answers %s, %s", path, answer.Status, got)
	}
	return string(text)
}
