package search

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"freehold/internal/jobpost"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
)

func codes(err error) string {
	var all []string
	for _, f := range fault.All(err) {
		all = append(all, f.Field+": "+f.Code)
	}
	return strings.Join(all, ", ")
}

func TestAllThatIsWrongWithAQueryIsSaidAtItsField(t *testing.T) {
	t.Parallel()
	euros := func(minor int64) *money.Amount { return &money.Amount{Minor: minor, Currency: "EUR"} }
	for _, test := range []struct {
		name string
		q    Query
		want string
	}{
		{"everything", Query{}, ""},
		{"all at once", Query{Text: "go  server", Kind: jobpost.Hourly, Level: "expert", Min: euros(0), Max: euros(100), Country: "DE",
			MinAnswerRate: 100, Sort: Price, N: 1000}, ""},
		{"a novel", Query{Text: strings.Repeat("word ", 60)}, "q: search_too_long"},
		{"not text", Query{Text: "\xff", Skill: "\x00"}, "q: not_text, skill: not_text"},
		{"no such choices", Query{Kind: "barter", Level: "guru", Sort: "cheapest", Country: "XX"},
			"kind: unknown_kind, level: unknown_level, sort: unknown_sort, country: unknown_country"},
		{"no such rate", Query{MinAnswerRate: 101}, "min_answer_rate: answer_rate_range"},
		{"less than nothing", Query{Min: euros(-1)}, "min: price_range"},
		{"more than there is", Query{Max: euros(math.MaxInt64)}, "min: price_range"},
		{"backwards", Query{Min: euros(2), Max: euros(1)}, "min: price_range"},
		{"apples and pears", Query{Min: euros(1), Max: &money.Amount{Minor: 2, Currency: "USD"}}, "min: price_range"},
		{"no money", Query{Min: &money.Amount{Minor: 2}}, "min: price_range"},
	} {
		if got := codes(test.q.clean()); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestWhatIsNotAskedForHasADefault(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ q, want Query }{
		{Query{}, Query{Sort: Newest, N: 20}},
		{Query{Text: " go "}, Query{Text: "go", Sort: Fit, N: 20}},
		{Query{Text: "go", Sort: Newest, N: 7}, Query{Text: "go", Sort: Newest, N: 7}},
		{Query{N: 1 << 30}, Query{Sort: Newest, N: 100}},
		{Query{N: -1}, Query{Sort: Newest, N: 20}},
	} {
		if err := test.q.clean(); err != nil || test.q != test.want {
			t.Errorf("got %+v, %v, want %+v", test.q, err, test.want)
		}
	}
}

var noon = time.Date(2030, 1, 1, 12, 0, 0, 123000, time.UTC)

func TestACursorIsReadBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	for _, s := range append(Sorts, feedOrder) {
		for _, c := range []cursor{{s, noon, 42, 7}, {s, noon, -1, math.MaxInt64}, {s, noon, 0, 1}, first(s, noon)} {
			if got, err := parseCursor(c.String(), s, noon); err != nil || got != c {
				t.Errorf("%s: got %+v, %v, want %+v", c, got, err, c)
			}
		}
	}
}

func TestACursorThatWeNeverGaveOutIsRefused(t *testing.T) {
	t.Parallel()
	good := cursor{Fit, noon, 42, 7}.String()
	for _, text := range []string{
		"x", "1", "f", "f..", "f1.2", good + ".1", good + " ", " " + good, "n" + good[1:], strings.ToUpper(good),
		"f1.2.-3", "f1.2.0", "fffffffffffffffffff.1.1", "f-1.1.1", "f01.1.1", "f1.0x1.1", "\xff", strings.Repeat("f", 1<<16),
		cursor{Fit, noon.Add(time.Second), 42, 7}.String(), // from a future that is not ours
	} {
		if c, err := parseCursor(text, Fit, noon); !errors.Is(err, ErrBadCursor) {
			t.Errorf("%.40q: got %+v, %v", text, c, err)
		}
	}
	stoneAge := cursor{Newest, noon, -300_000_000_000_000_000, 7}.String() // which PostgreSQL cannot write down
	if c, err := parseCursor(stoneAge, Newest, noon); !errors.Is(err, ErrBadCursor) {
		t.Errorf("got %+v, %v", c, err)
	}
}

func FuzzCursor(f *testing.F) {
	f.Add(cursor{Fit, noon, 42, 7}.String())
	f.Add("f1.-1.1")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parseCursor(text, Fit, noon)
		switch {
		case err != nil:
			if !errors.Is(err, ErrBadCursor) {
				t.Errorf("%q: %v", text, err)
			}
		case text != "" && c.String() != text:
			t.Errorf("%q is read as %s", text, c)
		}
	})
}

func TestAMisspelledWordIsTakenForTheNearest(t *testing.T) {
	t.Parallel()
	near := []string{"python", "pytorch", "wordpress", "press", "word", "shopify", "illustrator", "illustration", "go", "sql"}
	for word, want := range map[string]string{
		"pyhton":     "python",
		"wordpres":   "wordpress",
		"wrodpress":  "wordpress",
		"shopfiy":    "shopify",
		"ilustrator": "illustrator",
		"sqk":        "", // too short to be sure
		"gothic":     "",
		"xylophone":  "",
		"":           "",
	} {
		if got := closest(word, near); got != want {
			t.Errorf("%q is taken for %q, want %q", word, got, want)
		}
	}
}

func TestDistanceCountsSlipsOfTheHand(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"go", "go", 0}, {"", "go", 2}, {"python", "pyhton", 1}, {"logo", "lego", 1},
		{"react", "reacts", 1}, {"ca", "abc", 3}, {"müller", "muller", 1}, {"kitten", "sitting", 3},
	} {
		if got := distance(test.a, test.b); got != test.want {
			t.Errorf("from %q to %q: %d, want %d", test.a, test.b, got, test.want)
		}
		if got := distance(test.b, test.a); got != test.want {
			t.Errorf("from %q to %q: %d, want %d", test.b, test.a, got, test.want)
		}
	}
}

func TestFreshnessFadesByTheDay(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, test := range []struct {
		age  time.Duration
		want int
		why  string
	}{
		{0, 20, "Published in the last 24 hours."},
		{13 * time.Hour, 19, "Published in the last 24 hours."},
		{day, 18, "Published yesterday."},
		{5 * day, 10, "Published 5 days ago."},
		{10 * day, 0, "Published 10 days ago."},
		{400 * day, 0, "Published 400 days ago."},
	} {
		if got := freshness(test.age); got.Points != test.want || got.Why.String() != test.why {
			t.Errorf("%v: %d, %s", test.age, got.Points, got.Why)
		}
	}
}
