package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestPostsAreFoundByWordsAndFilters(t *testing.T) {
	t.Parallel()
	m := open(t)
	anybody := m.Stranger()

	if p := anybody.Get("/posts"); !p.Says("Nothing like this takes proposals right now") {
		t.Error(p)
	}
	m.publish()
	m.publish("title", "Translate a cider guide", "description", "From German into Portuguese.", "category", "translation",
		"skills", "", "kind", "hourly", "budget_min", "60", "budget_max", "90", "level", "expert")

	all := anybody.Get("/posts")
	for _, words := range []string{"2 posts", "A logo for an orchard", "€400.00 to €600.00", "€60.00 to €90.00 an hour", "Logo design", "payment verified", "0 of 20 proposals so far"} {
		if !all.Says(words) {
			t.Errorf("the list does not say %q: %s", words, all)
		}
	}
	for query, title := range map[string]string{
		"q=apples": "A logo for an orchard", "category=translation": "Translate a cider guide", "kind=fixed": "A logo for an orchard",
		"level=expert": "Translate a cider guide", "skill=logo+design": "A logo for an orchard", "min=300&currency=EUR": "A logo for an orchard",
	} {
		if p := anybody.Get("/posts?" + query); !p.Says("1 post ") || !p.Says(title) {
			t.Errorf("%s: %s", query, p)
		}
	}
	if p := anybody.Get("/posts?q=orchrad"); !p.Says("A logo for an orchard") {
		t.Errorf("a slip of the fingers finds nothing: %s", p)
	}
}

func TestASearchThatIsRefusedKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	m := open(t)
	p := m.Stranger().Get("/posts?q=apples&min=a+few&max=10&within=99999999999")
	if p.Status != http.StatusUnprocessableEntity || p.Fault("min") == "" || p.Fault("within") == "" {
		t.Error(p)
	}
	if q, _ := p.Typed("q"); q != "apples" {
		t.Errorf("the words are %q", q)
	}
	for _, query := range []string{"kind=barter", "sort=luck", "country=XX", "min_answer_rate=101", "cursor=nonsense", "min=5&max=3"} {
		if p := m.Stranger().Get("/posts?" + query); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %s", query, p)
		}
	}
	if p := m.Stranger().Get("/posts?within=2000000000"); p.Status != http.StatusOK {
		t.Errorf("a long time: %s", p)
	}
}

func TestTurningThePageNeitherRepeatsNorSkipsAPost(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.Deposit(m.carl, euros(1000))
	for i := range 23 {
		m.publish("title", fmt.Sprintf("Orchard number %d", i), "description", strings.Repeat(fmt.Sprintf("Tree %d. ", i*i), 20))
	}
	seen := map[string]int{}
	for path, pages := "/posts?kind=fixed", 0; path != ""; pages++ {
		p := m.Stranger().Get(path)
		path = ""
		for _, link := range p.Links() {
			if u, _ := url.Parse(link); u.Query().Has("cursor") {
				path = link
			} else if strings.HasPrefix(link, "/posts/") {
				seen[link]++
			}
		}
		if pages > 2 {
			t.Fatal("there is no end")
		}
	}
	if len(seen) != 23 {
		t.Errorf("%d posts were shown", len(seen))
	}
}

func TestTheFeedSaysWhyAPostIsInIt(t *testing.T) {
	t.Parallel()
	m := open(t)

	if p := m.freelancer.Get("/feed"); !p.Says("Nothing new suits your profile") {
		t.Error(p)
	}
	post := m.publish()
	if p := m.freelancer.Post("/my/profile", url.Values{"skills": {"Logo design"}, "level": {"expert"}}); !p.Says("Your profile is saved") {
		t.Fatal(p)
	}
	p := m.freelancer.Get("/feed")
	for _, words := range []string{"A logo for an orchard", "Why am I seeing this?", "1 of 2 skills asked for", "The level asked for, or above", "Published in the last 24 hours"} {
		if !p.Says(words) {
			t.Errorf("the feed does not say %q: %s", words, p)
		}
	}
	m.freelancer.Post(post+"/propose", letter())
	if p := m.freelancer.Get("/feed"); p.Says("A logo for an orchard") {
		t.Errorf("it shows what one has proposed to: %s", p)
	}
	if p := m.Stranger().Get("/feed"); !strings.HasPrefix(p.Path, "/sign-in") {
		t.Error(p)
	}
}
