package view_test

import (
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/web/view"
)

var (
	noon   = time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)
	here   = view.Frame{Now: noon}
	inIpoh = view.Frame{Now: noon, Reader: say.Reader{Lang: "ms"}}
)

func written(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestASentenceWithMarkupIsWrittenAsOne(t *testing.T) {
	t.Parallel()
	const script = `<script>alert("1")</script>`
	euros := money.Amount{Minor: 500, Currency: "EUR"}
	for _, test := range []struct {
		text templ.Component
		want string
	}{
		{view.Text(here, "Nothing & no one."), `Nothing &amp; no one.`},
		{view.Text(here, "Below the [floor] of %s.", view.Link("/floors?a=1&b=2"), euros), `Below the <a href="/floors?a=1&amp;b=2">floor</a> of <span class="money">€5.00</span>.`},
		{view.Text(here, "[%s] by [%s], %d times", view.Strong(), view.Quiet(), script, "Ada", 1000),
			`<strong>&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;</strong> by <span class="quiet">Ada</span>, 1,000 times`},
		{view.Text(here, "[2|b %[2]s] [1|a %[1]s]", view.Strong(), view.Quiet(), "x", "y"), `<span class="quiet">b y</span> <strong>a x</strong>`},
		{view.Text(here, "Brackets that come [from people] stay: %s", view.Strong(), "[1|%s]"), `Brackets that come <strong>from people</strong> stay: [1|%s]`},
		{view.Text(here, "[one [and one] inside]", view.Strong(), view.Quiet()), `<strong>one <span class="quiet">and one</span> inside</strong>`},
		{view.Text(here, "See [this].", view.Link("javascript:alert(1)")), `See <a href="about:invalid#TemplFailedSanitizationURL">this</a>.`},
		{view.Text(here, "(%s)", view.Ago(here, noon.Add(3*time.Hour))), `(<time datetime="2030-01-01T15:00:00Z" title="1 Jan 2030, 15:00 UTC">in 3 hours</time>)`},
		{view.Text(here, "%s", say.That("Hello %s.", "<Ada>")), `Hello &lt;Ada&gt;.`},
		{view.TextN(here, 1, "[%d day] for %s", "[%d days] for %s", view.Strong(), "Ada"), `<strong>1 day</strong> for Ada`},
		{view.TextN(here, 2, "[%d day] for %s", "[%d days] for %s", view.Strong(), "Ada"), `<strong>2 days</strong> for Ada`},
		{view.Text(inIpoh, "%s is in your wallet now.", euros), `<span class="money">€5.00</span> kini berada dalam dompet anda.`},
	} {
		if got := written(t, test.text); got != test.want {
			t.Errorf("wrote %s\nwant  %s", got, test.want)
		}
	}
}

func TestAMomentInASentenceIsAMachineReadableTime(t *testing.T) {
	t.Parallel()
	const day = `<time datetime="2030-01-02T12:00:00Z">`
	for _, arg := range []any{noon.Add(24 * time.Hour), say.Day(noon.Add(24 * time.Hour)), view.Moment(here, noon.Add(24*time.Hour))} {
		if got := written(t, view.Text(here, "Due %s.", arg)); !strings.HasPrefix(got, "Due "+day) || !strings.HasSuffix(got, "</time>.") {
			t.Errorf("wrote %s", got)
		}
	}
}

func TestHowFarAMomentIsFromNowIsSaidInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	for ahead, want := range map[time.Duration][2]string{
		10 * time.Second:      {"just now", "baru sahaja"},
		-10 * time.Second:     {"just now", "baru sahaja"},
		time.Minute:           {"in 1 minute", "dalam 1 minit"},
		-90 * time.Minute:     {"90 minutes ago", "90 minit lalu"},
		3 * time.Hour:         {"in 3 hours", "dalam 3 jam"},
		-24 * time.Hour * 2:   {"2 days ago", "2 hari lalu"},
		24 * time.Hour * 90:   {"in 3 months", "dalam 3 bulan"},
		-24 * time.Hour * 365: {"12 months ago", "12 bulan lalu"},
	} {
		for i, f := range []view.Frame{here, inIpoh} {
			if got := f.FromNow(noon.Add(ahead)); got != want[i] {
				t.Errorf("%v is %q, want %q", ahead, got, want[i])
			}
		}
	}
}

func TestCountriesAndLanguagesHaveTheReadersNames(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ got, want string }{
		{here.Country("DE"), "Germany"}, {inIpoh.Country("DE"), "Jerman"}, {inIpoh.Country("ZZ"), "ZZ"},
		{here.LanguageName("zh"), "Chinese"}, {inIpoh.LanguageName("zh"), "Cina"}, {inIpoh.LanguageName("??"), "??"},
	} {
		if test.got != test.want {
			t.Errorf("called %q, want %q", test.got, test.want)
		}
	}
}

func TestAStateIsShownInTheReadersLanguageAndNamedInOurs(t *testing.T) {
	t.Parallel()
	if got := written(t, view.State(inIpoh, "waiting list")); got != `<span class="state" data-state="waiting list">senarai menunggu</span>` {
		t.Errorf("wrote %s", got)
	}
}
