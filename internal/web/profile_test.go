package web_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAFreelancerSaysWhoTheyAre(t *testing.T) {
	t.Parallel()
	m := open(t)
	page := "/people/" + num(m.ada.ID)

	if p := m.freelancer.Get("/my/profile"); !p.Says("0 % complete") {
		t.Error(p)
	}
	saved := m.freelancer.Post("/my/profile", url.Values{
		"headline": {"I draw marks"}, "about": {"**Marks** that print well on wood."}, "skills": {"Logo design, Illustration"},
		"level": {"expert"}, "rate": {"55"}, "rate_currency": {"EUR"}, "hours_per_week": {"20"}, "available_from": {"2030-01-02"},
		"languages.0.code": {"pt"}, "languages.0.fluency": {"native"}, "country": {"PT"}, "time_zone": {"Europe/Lisbon"},
	})
	if saved.Path != "/my/profile" || !saved.Says("50 % complete") {
		t.Fatal(saved)
	}
	if hours, _ := saved.Typed("hours_per_week"); hours != "20" {
		t.Errorf("hours a week: %q", hours)
	}
	shown := m.Stranger().Get(page)
	for _, words := range []string{"I draw marks", "Marks that print well on wood", "Illustration", "expert level", "€55.00 an hour", "20 hours a week, from Wed 2 Jan 2030", "Portuguese native", "Portugal"} {
		if !shown.Says(words) {
			t.Errorf("the page does not say %q: %s", words, shown)
		}
	}
	if strings.Contains(shown.Body, m.ada.Email) {
		t.Error("the page shows an address")
	}
}

func TestAProfileThatIsRefusedKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	m := open(t)
	typed := url.Values{"headline": {"I draw marks"}, "skills": {"Logo desing"}, "rate": {"55"}, "hours_per_week": {"20"}, "languages.4.code": {"pt"}, "languages.4.fluency": {"native"}}

	p := m.freelancer.Post("/my/profile", typed)
	if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Fault("skills"), "Did you mean") {
		t.Fatal(p)
	}
	for field := range typed {
		if kept, _ := p.Typed(field); kept != typed.Get(field) {
			t.Errorf("%s: %q was typed, %q is kept", field, typed.Get(field), kept)
		}
	}
	typed.Set("skills", "Logo design")
	typed.Set("hours_per_week", "200")
	typed.Set("rate", "0")
	p = m.freelancer.Post("/my/profile", typed)
	if p.Fault("hours_per_week") == "" || p.Fault("rate") == "" {
		t.Error(p)
	}
}

func TestAPortfolioShowsPicturesAndOffersFiles(t *testing.T) {
	t.Parallel()
	m := open(t)
	page := "/people/" + num(m.ada.ID)
	m.freelancer.Post("/my/profile", url.Values{"headline": {"I draw marks"}})

	if p := m.freelancer.Post("/my/portfolio/new", url.Values{"about": {"For an orchard."}, "url": {"gopher://pears"}}); p.Fault("title") == "" || p.Fault("url") == "" {
		t.Error(p)
	}
	form := url.Values{"title": {"A pear"}, "about": {"For an orchard."}, "url": {"example.org/pear"}}
	if p := m.freelancer.Upload("/my/portfolio/new", form, "pictures", map[string][]byte{"pear.png": picture(t)}); !p.Says("Your portfolio is saved") {
		t.Fatal(p)
	}
	shown := m.Stranger().Get(page)
	if !strings.Contains(shown.Body, `alt="A pear"`) || !strings.Contains(shown.Body, `href="https://example.org/pear"`) {
		t.Error(shown.Body)
	}
	refused := m.freelancer.Upload("/my/portfolio/new", form, "pictures", map[string][]byte{"pear.txt": []byte("a pear")})
	if wrong := refused.Fault("pictures"); !strings.Contains(wrong, "no picture") {
		t.Errorf("beside the pictures: %q: %s", wrong, refused)
	}

	var piece string
	for _, link := range m.freelancer.Get("/my/profile").Links() {
		if strings.HasPrefix(link, "/my/portfolio/") && link != "/my/portfolio/new" {
			piece = link
		}
	}
	if p := m.client.Get(piece); p.Status != http.StatusNotFound {
		t.Errorf("somebody else gets to the form: %s", p)
	}
	if p := m.client.Post(piece+"/remove", nil); p.Status != http.StatusNotFound {
		t.Error(p)
	}
	if p := m.freelancer.Get(piece); !p.Says("Edit “A pear”") {
		t.Error(p)
	}
	if p := m.freelancer.Upload(piece, url.Values{"title": {"Two pears"}}, "files", map[string][]byte{"pear.txt": []byte("a pear")}); !p.Says("Two pears") {
		t.Error(p)
	}
	if p := m.Stranger().Get(page); !p.Says("Two pears") || !p.Says("pear.txt") {
		t.Error(p)
	}
	if p := m.freelancer.Post(piece+"/remove", nil); !p.Says("off your profile") || p.Says("Two pears") {
		t.Error(p)
	}
}

func TestAWorkHistoryGrowsAndShrinks(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.freelancer.Post("/my/profile", url.Values{"headline": {"I draw marks"}})

	if p := m.freelancer.Post("/my/employments/new", url.Values{"title": {"Drawer"}, "from": {"soon"}}); p.Fault("from") == "" {
		t.Error(p)
	}
	if p := m.freelancer.Post("/my/employments/new", url.Values{"title": {"Drawer"}, "from": {"2015-04"}}); p.Fault("company") == "" {
		t.Error(p)
	}
	p := m.freelancer.Post("/my/employments/new", url.Values{"title": {"Drawer"}, "company": {"The press"}, "from": {"2015-04"}, "to": {"2018-09"}})
	if !p.Says("April 2015 to September 2018") {
		t.Fatal(p)
	}
	if p := m.Stranger().Get("/people/" + num(m.ada.ID)); !p.Says("Drawer, The press") {
		t.Error(p)
	}
	n := strings.Index(p.Body, "/my/employments/")
	remove := p.Body[strings.Index(p.Body, `action="/my/employments/`)+len(`action="`):]
	if n < 0 {
		t.Fatal(p.Body)
	}
	remove = remove[:strings.IndexByte(remove, '"')]
	if p := m.client.Post(remove, nil); p.Status != http.StatusNotFound {
		t.Error(p)
	}
	if p := m.freelancer.Post(remove, nil); p.Says("The press") {
		t.Error(p)
	}
}

func TestAClientSaysWhoTheyAre(t *testing.T) {
	t.Parallel()
	m := open(t)
	page := "/people/" + num(m.carl.ID)
	m.publish()

	if p := m.client.Post("/my/client-profile", url.Values{"company": {"The orchard"}, "website": {"no address"}}); p.Fault("website") == "" {
		t.Error(p)
	} else if company, _ := p.Typed("company"); company != "The orchard" {
		t.Errorf("the company is %q", company)
	}
	p := m.client.Post("/my/client-profile", url.Values{"company": {"The orchard"}, "about": {"We grow apples."}})
	for _, words := range []string{"The orchard", "We grow apples", "Payment verified", "A logo for an orchard", "Posts published 1"} {
		if p.Path != page || !p.Says(words) {
			t.Errorf("the page does not say %q: %s", words, p)
		}
	}
}

// What people write must stay text wherever it is shown. The browser of webtest
// looks at every page for scripts, and here nothing that was typed may come out as a mark.
func TestAScriptInAnyFieldStaysText(t *testing.T) {
	t.Parallel()
	m := open(t)
	const script = `<script>alert(1)</script><img src=x onerror=alert(1)>"'`

	m.freelancer.Post("/my/profile", url.Values{"headline": {script}, "about": {script}})
	m.freelancer.Post("/my/portfolio/new", url.Values{"title": {script}, "about": {script}})
	m.freelancer.Post("/my/employments/new", url.Values{"title": {script}, "company": {script}, "about": {script}, "from": {"2015-04"}})
	m.client.Post("/my/client-profile", url.Values{"company": {script}, "about": {script}})
	post := m.publish("title", script, "description", script, "questions", script)
	m.client.Post("/people/"+num(m.ada.ID)+"/invite", url.Values{"post": {post[len("/posts/"):]}, "words": {script}})
	invitations := m.freelancer.Get("/my/invitations")
	sent := m.freelancer.Post(post+"/propose", letter("letter", script, "answers.0", script, "rows", "1", "pieces", "1",
		"plan.0.title", script, "plan.0.price", "512.34", "plan.0.hours", "10", "plan.0.days", "3"))
	m.Clock.Advance(time.Hour)
	m.client.Post(post+"/edit", url.Values{"title": {script + "!"}, "description": {script}, "questions": {script}, "budget_min": {"400"}, "budget_max": {"600"}, "hours": {"10"}, "skills": {""}})

	pages := map[string]string{"invitations": invitations.Body, "refused": m.client.Post("/posts/new", orchard("title", script, "skills", script, "hours", script)).Body}
	for _, path := range []string{"/posts", "/posts?q=" + url.QueryEscape(script), "/feed", post, "/people/" + num(m.ada.ID), "/people/" + num(m.carl.ID), "/my/profile", "/my/proposals", sent.Path, sent.Path + "/edit", "/notices"} {
		pages[path] = m.freelancer.Get(path).Body
	}
	for _, path := range []string{post, post + "/edit", post + "/proposals", post + "/close", sent.Path, "/my/posts", "/notices", "/people/" + num(m.ada.ID) + "/invite"} {
		pages["client "+path] = m.client.Get(path).Body
	}
	m.client.Post(sent.Path+"/decline", url.Values{"reason": {"own_words"}, "words": {script}})
	pages["declined"] = m.freelancer.Get(sent.Path).Body
	for path, body := range pages {
		if strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") {
			t.Errorf("%s runs what somebody typed", path)
		}
	}
	if !strings.Contains(pages["declined"], "alert(1)") || !strings.Contains(pages[post], "alert(1)") {
		t.Error("the test has lost what it looks for")
	}
}
