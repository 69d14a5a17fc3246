package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"freehold/internal/account"
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
	noText   = []string{"\xff\xfe", "a\x00b", strings.Repeat("word ", 2<<20/5), strings.Repeat("\u0301", 1<<20)}
)

// spoil sends the form once for each bad value in each of its fields, and finds
// it refused in words each time.
func (f form) spoil(b *webtest.Browser) {
	b.Helper()
	for _, kind := range []struct {
		fields string
		bad    []string
	}{{f.money, noMoney}, {f.counts, noCount}, {f.days, noDay}, {f.choice, noChoice}, {f.texts, noText}} {
		for _, field := range strings.Fields(kind.fields) {
			for _, value := range kind.bad {
				values := maps.Clone(f.values)
				values.Set(field, value)
				p := b.Post(f.path, values)
				if p.Status != http.StatusUnprocessableEntity || !refusedInWords(p) {
					b.Errorf("%s with %.40q in %s: %.600s", f.path, value, field, p)
				}
			}
		}
	}
}

// refusedInWords reports whether a page says what is wrong, rather than only
// that something is.
func refusedInWords(p webtest.Page) bool {
	return strings.Contains(p.Body, `role="alert"`) || strings.Contains(p.Body, `class="lead"`)
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
		{m.client, form{path: "/posts/new", values: orchard(), money: "budget_min budget_max", counts: "hours hire answer_in_days",
			choice: "category level kind currency visibility skills", texts: "title description questions"}},
		{m.client, form{path: post + "/edit", values: orchard(), money: "budget_min", counts: "hours hire", choice: "category currency", texts: "title"}},
		{m.client, form{path: "/wallet/add", values: url.Values{"amount": {"10"}, "currency": {"EUR"}}, money: "amount", choice: "currency"}},
		{m.client, form{path: "/wallet/withdraw", values: url.Values{"amount": {"10"}, "currency": {"EUR"}}, money: "amount", choice: "currency"}},
		{m.freelancer, form{path: post + "/propose", values: letter("rows", "1", "plan.0.title", "All", "plan.0.price", "512.34", "plan.0.hours", "10", "plan.0.days", "5", "start_on", "2030-02-01"),
			money: "price plan.0.price", counts: "hours plan.0.hours plan.0.days", days: "start_on", texts: "letter answers.0 plan.0.title"}},
		{m.freelancer, form{path: "/my/profile", values: url.Values{"headline": {"I draw"}, "rate": {"50"}, "rate_currency": {"EUR"}, "hours_per_week": {"20"}},
			money: "rate", counts: "hours_per_week", choice: "available_from rate_currency level country time_zone languages.0.code skills", texts: "headline about"}},
		{m.freelancer, form{path: "/my/employments/new", values: url.Values{"title": {"Cook"}, "company": {"Inn"}, "from": {"2020-01"}}, days: "from to", texts: "title company about"}},
		{m.freelancer, form{path: "/my/portfolio/new", values: url.Values{"title": {"A pear"}}, texts: "title about url"}},
		{admin, form{path: "/staff/bond", values: url.Values{"bond": {"20"}, "currency": {"EUR"}, "reason": {"Why not"}}, money: "bond", choice: "currency", texts: "reason"}},
		{admin, form{path: "/staff/rate", values: url.Values{"currency": {"EUR"}, "per_usd": {"0.9"}, "reason": {"Why not"}}, choice: "currency per_usd", texts: "reason"}},
		{admin, form{path: "/staff/category-floor", values: url.Values{"category": {"design"}, "level": {"entry"}, "hourly": {"10"}, "reason": {"Why not"}}, money: "hourly", choice: "category level", texts: "reason"}},
		{admin, form{path: "/staff/country-floor", values: url.Values{"country": {"PT"}, "hourly": {"10"}, "reason": {"Why not"}}, money: "hourly", choice: "country", texts: "reason"}},
	} {
		f.spoil(f.by)
		if p := f.by.Post(f.path, f.values); p.Status != http.StatusOK {
			t.Errorf("%s is refused even unspoilt: %s", f.path, p)
		}
	}
}

// admin is somebody of the staff.
func (m trade) admin() *webtest.Browser {
	m.Helper()
	grace := m.Person("Grace", nothing)
	m.OK(account.Grant(m.Context(), m.DB, account.System, grace.ID, account.Admin))
	return m.As(grace)
}
