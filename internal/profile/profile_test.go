package profile

import (
	"strings"
	"testing"
	"time"

	"freehold/internal/file"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/skill"
)

func codes(err error) string {
	var all []string
	for _, f := range fault.All(err) {
		all = append(all, f.Field+": "+f.Code)
	}
	return strings.Join(all, ", ")
}

func TestAllThatIsWrongWithAProfileIsSaidAtItsField(t *testing.T) {
	t.Parallel()
	number := func(n int) *int { return &n }
	euros := func(minor int64) *money.Amount { return &money.Amount{Minor: minor, Currency: "EUR"} }
	for _, test := range []struct {
		name string
		in   Input
		want string
	}{
		{"an empty profile is one", Input{}, ""},
		{"a whole one", Input{Headline: " Go  developer ", About: "I write *Go*.", Level: "expert", Rate: euros(6000), Country: "DE",
			TimeZone: "Europe/Berlin", Languages: []Language{{"en", Fluent}, {"de", Native}}, HoursPerWeek: number(30)}, ""},
		{"too long", Input{Headline: strings.Repeat("ß", 121), About: strings.Repeat("a", 10001)}, "headline: too_long, about: too_long"},
		{"not text", Input{Headline: "\xff", About: "a\x00"}, "headline: not_text, about: not_text"},
		{"no such level", Input{Level: "guru"}, "level: unknown_level"},
		{"too many skills", Input{Skills: make([]string, 16)}, "skills: too_many_skills"},
		{"nowhere", Input{Country: "XX", TimeZone: "Local"}, "country: country_unknown, time_zone: time_zone_unknown"},
		{"no such language", Input{Languages: []Language{{"xx", Fluent}}}, "languages: unknown_language"},
		{"no such fluency", Input{Languages: []Language{{"en", "a bit"}}}, "languages: unknown_fluency"},
		{"too many languages", Input{Languages: make([]Language, 11)}, "languages: too_many_languages"},
		{"for nothing", Input{Rate: euros(0)}, "rate: rate_out_of_range"},
		{"for less than nothing", Input{Rate: euros(-1)}, "rate: rate_out_of_range"},
		{"for more than there is", Input{Rate: euros(money.Max + 1)}, "rate: rate_out_of_range"},
		{"no money at all", Input{Rate: &money.Amount{Minor: 1, Currency: "???"}}, "rate: rate_out_of_range"},
		{"more hours than anybody has", Input{HoursPerWeek: number(81)}, "hours_per_week: hours_out_of_range"},
		{"fewer hours than none", Input{HoursPerWeek: number(-1)}, "hours_per_week: hours_out_of_range"},
	} {
		if got := codes(test.in.clean()); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestAnAddressLeadsToThePublicWeb(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"":                                     "",
		"example.org/work":                     "https://example.org/work",
		" https://example.org ":                "https://example.org",
		"http://example.org:8080/?q#":          "http://example.org:8080/?q#",
		"javascript:alert(1)":                  "url: not_an_address",
		"javascript://example.org/%0aalert(1)": "url: not_an_address",
		"data:text/html,x.y":                   "url: not_an_address",
		"file:///etc/passwd":                   "url: not_an_address",
		"https://localhost":                    "url: not_an_address",
		"https://ada:pw@example.org":           "url: not_an_address",
		"see my page.example":                  "url: not_an_address",
		"https://":                             "url: not_an_address",
		"https://example.org/" + strings.Repeat("a", 500): "url: too_long",
	} {
		got := typed
		if err := address("url", &got); err != nil {
			got = codes(err)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
}

func TestAnEmploymentBeginsBeforeItEndsAndNotInTheFuture(t *testing.T) {
	t.Parallel()
	now := time.Date(2030, 1, 15, 12, 0, 0, 0, time.UTC)
	month := func(y int, m time.Month, d int) *time.Time { t := time.Date(y, m, d, 5, 0, 0, 0, time.UTC); return &t }
	for _, test := range []struct {
		name     string
		from, to *time.Time
		want     string
	}{
		{"still there", month(2020, 3, 7), nil, ""},
		{"one month", month(2020, 3, 20), month(2020, 3, 2), ""},
		{"until this month", month(2020, 3, 1), month(2030, 1, 31), ""},
		{"backwards", month(2020, 3, 1), month(2020, 2, 28), "to: end_out_of_range"},
		{"until next month", month(2020, 3, 1), month(2030, 2, 1), "to: end_out_of_range"},
		{"from next month", month(2030, 2, 1), nil, "from: start_out_of_range"},
		{"before anybody's time", month(1939, 12, 1), nil, "from: start_out_of_range"},
		{"never said", new(time.Time), nil, "from: start_out_of_range"},
	} {
		in := EmploymentInput{Title: "Cook", Company: "Inn", From: *test.from, To: test.to}
		if got := codes(in.clean(now)); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
	empty := EmploymentInput{From: now}
	if got := codes(empty.clean(now)); got != "title: missing, company: missing" {
		t.Errorf("empty: got %q", got)
	}
}

func TestCompletenessCountsWhatIsThere(t *testing.T) {
	t.Parallel()
	var nobody View
	if got := nobody.Percent(); got != 0 {
		t.Errorf("an empty profile is %d %% complete", got)
	}
	expert, country, hours := skill.Expert, "DE", 0
	whole := View{
		Country: &country,
		Freelancer: &Freelancer{Headline: "Go developer", About: strings.Repeat("I do this and that. ", 10), Level: &expert,
			Rate: &money.Amount{Minor: 6000, Currency: "EUR"}, Skills: make([]skill.Skill, 3),
			Languages: []Language{{"en", Fluent}}, HoursPerWeek: &hours},
		Pieces: []Piece{{}},
		Past:   []Past{{}},
	}
	if got := whole.Percent(); got != 100 {
		t.Errorf("a whole profile is %d %% complete: %+v", got, whole.Steps())
	}
	for i, s := range whole.Steps() {
		if s.Name.Empty() || s.Why.Empty() || s.Link == "" || !s.Done {
			t.Errorf("step %d: %+v", i, s)
		}
	}
	whole.Freelancer.Skills = whole.Freelancer.Skills[:2]
	if got := whole.Percent(); got != 80 {
		t.Errorf("with two skills it is %d %% complete, want 80", got)
	}
}

func TestPicturesAreShownAndTheRestIsOffered(t *testing.T) {
	t.Parallel()
	p := Piece{Files: []file.File{{ID: 1, Type: "image/png"}, {ID: 2, Type: "application/pdf"}, {ID: 3, Type: "image/svg+xml"}}}
	if shown := p.Pictures(); len(shown) != 1 || shown[0].ID != 1 {
		t.Errorf("shown: %v", shown)
	}
	if offered := p.Downloads(); len(offered) != 2 || offered[0].ID != 2 || offered[1].ID != 3 {
		t.Errorf("offered: %v", offered)
	}
}
