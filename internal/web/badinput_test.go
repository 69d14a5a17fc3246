package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/markettest"
	"freehold/internal/web/webtest"
)

// form is one that is in order until somebody spoils a field of it.
type form struct {
	path   string
	values url.Values
	money  string // the names of its fields, by what belongs into them
	counts string
	days   string
	choice string
	texts  string
}

// spoilt are what does not belong into a field, by what does.
var (
	noMoney  = []string{"-1", "1e30", "NaN", "0x10", "1.2.3", "0.001", "EUR", strings.Repeat("9", 19), strings.Repeat("9", 60), "' OR 1=1 --"}
	noCount  = []string{"-1", "1e3", "NaN", "1.5", "0x10", "2147483648", "9223372036854775808", strings.Repeat("9", 60), "ten"}
	noDay    = []string{"1900-01-01", "9999-12-31", "0000-01-01", "2030-02-31", "-0001-01-01", "tomorrow", "01/02/2030", "2030-01-01T00:00:00Z"}
	noChoice = []string{"nonsense", "' OR 1=1 --", `"><script>alert(1)</script>`, strings.Repeat("x", 1<<16)}
	noText   = []string{"\xff\xfe", "a\x00b", strings.Repeat("word ", 2<<20/5)}
)

// spoil sends the form once for each bad value in each of its fields, which is to
// be refused in words, and then as it is, which is not.
func (f form) spoil(b *webtest.Browser) {
	b.Helper()
	for _, kind := range []struct {
		fields string
		bad    []string
	}{{f.money, noMoney}, {f.counts, noCount}, {f.days, noDay}, {f.choice, noChoice}, {f.texts, noText}} {
		for field := range strings.FieldsSeq(kind.fields) {
			for _, value := range kind.bad {
				values := maps.Clone(f.values)
				values.Set(field, value)
				p := b.Post(f.path, values)
				if !refusedInWords(p) {
					b.Errorf("%s with %.40q in %s: %.600s", f.path, value, field, p)
				}
			}
		}
	}
	if p := b.Post(f.path, f.values); p.Status != http.StatusOK {
		b.Errorf("%s is refused even unspoilt: %.600s", f.path, p)
	}
}

// refusedInWords reports whether a page says that nothing was done, and why.
func refusedInWords(p webtest.Page) bool {
	return p.Status >= 400 && p.Status < 500 && (strings.Contains(p.Body, `role="alert"`) || strings.Contains(p.Body, `<p class="lead">`))
}

func TestWhatDoesNotBelongIntoAFieldIsRefusedInWords(t *testing.T) {
	t.Parallel()
	m := open(t)
	admin := m.admin()
	post := m.publish()

	for _, f := range []struct {
		by *webtest.Browser
		form
	}{
		{m.Stranger(), form{path: "/sign-up", values: ada(), choice: "kind country email", texts: "name password email"}},
		{m.Stranger(), form{path: "/reset", values: url.Values{"email": {"ines@example.org"}}, choice: "email", texts: "email"}},
		{m.client, form{path: "/settings", values: url.Values{"name": {"Carl"}, "client": {"yes"}}, choice: "country time_zone language", texts: "name"}},
		{m.client, form{path: "/settings/password", values: url.Values{"password": {markettest.Password}, "new_password": {markettest.Password}, "again": {markettest.Password}},
			texts: "new_password again"}},
		{m.client, form{path: "/my/client-profile", values: url.Values{"company": {"Orchard"}}, choice: "website", texts: "company about website"}},
		{m.client, form{path: "/posts/new", values: orchard(), money: "budget_min budget_max", counts: "hours hire answer_in_days",
			choice: "category level kind currency visibility skills files_kept", texts: "title description questions"}},
		{m.client, form{path: post + "/edit", values: orchard(), money: "budget_min", counts: "hours hire", choice: "category currency", texts: "title"}},
		{m.client, form{path: "/people/" + num(m.ada.ID) + "/invite", values: url.Values{"post": {"1"}}, counts: "post", texts: "words"}},
		{m.client, form{path: "/wallet/add", values: url.Values{"amount": {"10"}, "currency": {"EUR"}}, money: "amount", choice: "currency"}},
		{m.client, form{path: "/wallet/withdraw", values: url.Values{"amount": {"10"}, "currency": {"EUR"}}, money: "amount", choice: "currency"}},
		{m.freelancer, form{path: post + "/propose",
			values: letter("rows", "1", "plan.0.title", "All", "plan.0.price", "512.34", "plan.0.hours", "10", "plan.0.days", "5", "start_on", "2030-02-01"),
			money:  "price plan.0.price", counts: "hours plan.0.hours plan.0.days", days: "start_on", texts: "letter answers.0 plan.0.title"}},
		{m.freelancer, form{path: "/my/profile", values: url.Values{"headline": {"I draw"}, "rate": {"50"}, "rate_currency": {"EUR"}, "hours_per_week": {"20"}},
			money: "rate", counts: "hours_per_week", choice: "available_from rate_currency level country time_zone languages.0.code skills", texts: "headline about"}},
		{m.freelancer, form{path: "/my/employments/new", values: url.Values{"title": {"Cook"}, "company": {"Inn"}, "from": {"2020-01"}}, days: "from to", texts: "title company about"}},
		{m.freelancer, form{path: "/my/portfolio/new", values: url.Values{"title": {"A pear"}}, texts: "title about url"}},
		{m.freelancer, form{path: "/talk", values: url.Values{"name": {"Ada"}, "email": {"ada@example.org"}, "kind": {"other"}, "subject": {"Apples"}, "words": {"Where?"}},
			choice: "kind", texts: "subject words"}},
		{m.client, form{path: "/report", values: url.Values{"about": {"person/2"}, "rule": {"spam"}, "words": {"Again."}}, choice: "rule", texts: "words"}},
		{admin, form{path: "/staff/decisions/new", values: url.Values{"person": {"2"}, "rule": {"spam"}, "measure": {"warning"}, "days": {"9"},
			"facts": {"On Monday she sent the same letter to nine people within an hour."}, "why": {"Once is enough, which is what the rule says in its very title."}},
			choice: "rule measure", counts: "person days", texts: "facts why"}},
		{admin, form{path: "/staff/bond", values: url.Values{"bond": {"20"}, "currency": {"EUR"}, "reason": {"Why not"}}, money: "bond", choice: "currency", texts: "reason"}},
		{admin, form{path: "/staff/rate", values: url.Values{"currency": {"EUR"}, "per_usd": {"0.9"}, "reason": {"Why not"}}, choice: "currency per_usd", texts: "reason"}},
		{admin, form{path: "/staff/category-floor", values: url.Values{"category": {"design"}, "level": {"entry"}, "hourly": {"10"}, "reason": {"Why not"}},
			money: "hourly", choice: "category level", texts: "reason"}},
		{admin, form{path: "/staff/country-floor", values: url.Values{"country": {"PT"}, "hourly": {"10"}, "reason": {"Why not"}}, money: "hourly", choice: "country", texts: "reason"}},
	} {
		f.spoil(f.by)
	}
}

func TestWhatDoesNotBelongIntoAContractIsRefusedInWords(t *testing.T) {
	t.Parallel()
	m := busy(t)
	client, freelancer := m.As(m.carl), m.As(m.ada)
	milestone := url.Values{"scope": {"A sign."}, "funding": {"all"}, "milestones": {"1"}, "milestones.0.title": {"All"}, "milestones.0.price": {"500"},
		"milestones.0.due": {"2030-02-01"}, "milestones.0.hours": {"10"}, "milestones.0.criteria": {"It stands"}}
	offer := form{path: "/proposals/2/offer", values: milestone, money: "milestones.0.price", days: "milestones.0.due", choice: "funding",
		counts: "acceptance_days change_rounds notice_days ending_fee_percent milestones.0.hours", texts: "scope milestones.0.title milestones.0.criteria"}
	counter := offer
	counter.path = "/offers/2/counter"

	for _, f := range []struct {
		by *webtest.Browser
		form
	}{
		{client, offer},
		{freelancer, counter},
		{client, form{path: "/offers/2/decline", values: url.Values{"reason": {"Changed my mind."}}, texts: "reason"}},
		{client, form{path: "/proposals/2/decline", values: url.Values{"reason": {"timing"}}, choice: "reason", texts: "words"}},
		{client, form{path: "/contracts/1/milestones/1/changes", values: url.Values{"criteria": {"0"}, "words": {"There are two."}}, counts: "criteria", texts: "words"}},
		{freelancer, form{path: "/contracts/1/milestones/1/submission", values: url.Values{"criteria": {"0"}, "note": {"Three."}}, choice: "links files_kept", texts: "note links"}},
		{freelancer, form{path: "/conversations/1", values: url.Values{"text": {"Good morning."}}, choice: "files_kept", texts: "text"}},
	} {
		f.spoil(f.by)
	}
}

// admin is somebody of the staff.
func (m trade) admin() *webtest.Browser {
	m.Helper()
	grace := m.Person("Grace", nothing)
	m.OK(account.Grant(m.Context(), m.DB, account.System, grace.ID, account.Admin))
	return m.As(grace)
}

// odd are requests that no browser sends: what they say of themselves, and their body.
var odd = []struct{ what, kind, body string }{
	{"JSON", "application/json", `{"name": "Eve"}`},
	{"XML", "text/xml", `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>`},
	{"parts without a boundary", "multipart/form-data", "--x"},
	{"parts that are cut off", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nabc"},
	{"parts of broken text", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\xff\x00\r\n--x--\r\n"},
	{"far too many parts", "multipart/form-data; boundary=x", strings.Repeat("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n", 2000) + "--x--\r\n"},
	{"far too many fields", "application/x-www-form-urlencoded", strings.Repeat("a=b&", 20_000)},
	{"fields twice", "application/x-www-form-urlencoded", "id=1&id=2&amount=1&amount=2&reason=x&reason=y&text=a&text=b&criteria=0&criteria=0&proposals=1&proposals=1&files_kept=1&files_kept=1"},
	{"a field without a name", "application/x-www-form-urlencoded", "=&=x&&"},
	{"a broken name", "application/x-www-form-urlencoded", "%ff%00=x"},
	{"a broken escape", "application/x-www-form-urlencoded", "a=%zz"},
	{"semicolons", "application/x-www-form-urlencoded", "a=b;c=d"},
}

func TestOddRequestsAreRefusedInWords(t *testing.T) {
	t.Parallel()
	m := busy(t)
	b := m.As(m.ada)
	try := func(what, method, path, kind, body string) {
		p := b.Do(b.Request(method, path, kind, strings.NewReader(body)))
		if p.Status != http.StatusOK && !refusedInWords(p) {
			t.Errorf("%s to %s %s: %.600s", what, method, path, p)
		}
	}
	for _, r := range m.Server.Routes() {
		if r.Path == "/sign-out" || strings.HasPrefix(r.Path, "/settings/sessions/") || strings.HasPrefix(r.Path, "/demo/") {
			continue
		}
		path := wildcard.ReplaceAllString(r.Path, "1")
		for _, o := range odd {
			if r.Method == http.MethodPost {
				try(o.what, r.Method, path, o.kind, o.body)
			} else if strings.HasSuffix(o.kind, "urlencoded") && len(o.body) < 1000 {
				try(o.what, r.Method, path+"?"+o.body, "", "")
			}
		}
		for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodOptions, "PROPFIND"} {
			try("a request", method, path, "", "")
		}
	}
}
