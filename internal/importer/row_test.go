package importer

import (
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
)

func TestARowIsReadAsAPost(t *testing.T) {
	t.Parallel()
	o, err := parse([]byte(`{"id": "p-1", "platform": "peopleperhour", "title": "Paint a boat", "description": "In &quot;blue&quot;.",
		"category": "Design", "subcategory": "Graphic Design", "skills": ["Painting", ""], "type": "hourly", "currency": "GBP",
		"budget_min": 23.0, "budget_max": 30.5, "experience_level": "expert", "duration": "1 to 3 months", "workload": "30+ hrs/week",
		"client_country": "Viet Nam", "client_payment_verified": true, "proposals": "15 to 20", "posted": "2023-02-07 21:06",
		"tags_text": "Oil Paint"}`))
	if err != nil {
		t.Fatal(err)
	}
	want := offer{tags: "Oil Paint", ImportRow: jobpost.ImportRow{
		Source: "peopleperhour p-1", Note: "posted 2023-02-07 21:06, duration 1 to 3 months, workload 30+ hrs/week",
		Client: jobpost.ImportClient{Source: "peopleperhour client of p-1", Name: "A client on peopleperhour", Country: "VN"},
		Title:  "Paint a boat", Description: "In &quot;blue&quot;.", Categories: []string{"Graphic Design", "Design"},
		Skills: []string{"Painting"}, Level: "expert", Kind: jobpost.Hourly, Currency: "GBP", BudgetMin: 2300, BudgetMax: 3050, Hours: 30,
	}}
	if !reflect.DeepEqual(o, want) {
		t.Errorf("got  %+v\nwant %+v", o, want)
	}
}

func TestWhatASourceDoesNotSayIsLeftOut(t *testing.T) {
	t.Parallel()
	o, err := parse([]byte(`{"id": "1", "title": "T", "description": null, "skills": null, "budget_min": null, "client_country": "Atlantis"}`))
	want := jobpost.ImportRow{Source: "elsewhere 1", Client: jobpost.ImportClient{Source: "elsewhere client of 1", Name: "A client on elsewhere"}, Title: "T"}
	if err != nil || !reflect.DeepEqual(o.ImportRow, want) {
		t.Errorf("got %+v, %v", o, err)
	}
}

func TestWhyALineIsNoPost(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		`{"id": "1", "title": "cut o`: notObject,
		`[]`:                          notObject,
		`null`:                        noID,
		`{}`:                          noID,
		`{"id": "\u0000"}`:            noID,
		`{"id": "` + strings.Repeat("a", 101) + `"}`:                  noID,
		`{"id": "1", "platform": "` + strings.Repeat("a", 101) + `"}`: noID,
		"{\"id\": \"\xff\"}":                                                 notText,
		`{"id": 7}`:                                                          "the field id cannot be a number",
		`{"id": "1", "skills": "Go"}`:                                        "the field skills cannot be a string",
		`{"id": "1", "budget_min": 5}`:                                       noCurrency,
		`{"id": "1", "budget_min": -5, "currency": "EUR"}`:                   "the budget -5 EUR is none",
		`{"id": "1", "budget_max": 1e400, "currency": "EUR"}`:                "the budget 1e400 EUR is none",
		`{"id": "1", "budget_max": 99999999999999999999, "currency": "EUR"}`: "the budget 99999999999999999999 EUR is none",
		`{"id": "1", "budget_max": 5, "currency": "shells"}`:                 "the budget 5 shells is none",
		`{"id": "1"} {"id": "2"}`:                                            notObject,
	} {
		if _, err := parse([]byte(line)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.60s: got %v, want %s", line, err, want)
		}
	}
}

func TestABudgetIsReadToTheCent(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		n, currency string
		want        int64
	}{
		{"23.0", "EUR", 2300}, {"23", "EUR", 2300}, {"23.5", "EUR", 2350}, {"23.999", "EUR", 2399}, {"1234.567", "KWD", 1_234_567},
		{"1500.0", "JPY", 1500}, {"0", "EUR", 0}, {"0.0", "", 0}, {"", "", 0}, {"0.001", "EUR", 0}, {"1.234", "EUR", 123},
	} {
		if got, err := minor(json.Number(test.n), test.currency); err != nil || got != test.want {
			t.Errorf("%s %s: got %d, %v, want %d", test.n, test.currency, got, err, test.want)
		}
	}
}

func TestTagsAreCutAtTheirLongest(t *testing.T) {
	t.Parallel()
	known := func(name string) bool {
		return slices.Contains([]string{".NET Core", "C#", "CSS", "Website", "Website Development", "React.js"}, name)
	}
	for text, want := range map[string]string{
		".NET Core C# CSS  React.js Website Development": ".NET Core|C#|CSS|React.js|Website Development",
		"Website Design":            "Website",
		"something else altogether": "",
		"":                          "",
	} {
		if got := strings.Join(tagsIn(text, known), "|"); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
	if got := strings.Join(phrases("a b c"), "|"); got != "a|a b|a b c|b|b c|c" {
		t.Errorf("phrases: %s", got)
	}
}

func TestLinesOfAnyLength(t *testing.T) {
	t.Parallel()
	fits, huge := strings.Repeat("a", maxLine-1), strings.Repeat("b", 3*maxLine)
	for _, test := range []struct{ file, want string }{
		{"", ""},
		{"a\nb", "1:1 2:1 "},
		{"a\n\nb\n", "1:1 2:0 3:1 "},
		{fits + "\n" + huge + "\nc\n", "1:1048575 2:too long 3:1 "},
		{huge, "1:too long "},
		{"a\n" + huge, "1:1 2:too long "},
	} {
		in := newLines(strings.NewReader(test.file))
		var got strings.Builder
		for {
			line, err := in.next()
			if errors.Is(err, io.EOF) {
				break
			}
			got.WriteString(strconv.Itoa(in.n) + ":")
			if errors.Is(err, errTooLong) {
				got.WriteString("too long ")
			} else {
				got.WriteString(strconv.Itoa(len(strings.TrimSuffix(string(line), "\n"))) + " ")
			}
		}
		if got.String() != test.want || in.read != int64(len(test.file)) {
			t.Errorf("%.20q: got %s, %d bytes, want %s", test.file, got.String(), in.read, test.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, line := range []string{
		`{"id": "p-1", "platform": "x", "title": "T", "skills": ["a"], "type": "hourly", "currency": "GBP", "budget_min": 23.0, "tags_text": "a b"}`,
		`{"id": "1", "budget_max": 1e400, "currency": "EUR"}`, `{"id": "\ud800"}`, `null`, "\xff", `{"id":"1","budget_min":"7","currency":"JPY"}`,
	} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		o, err := parse(line)
		if err != nil {
			if err.Error() == "" || !utf8.ValidString(err.Error()) {
				t.Errorf("%q: no reason: %q", line, err)
			}
			return
		}
		switch {
		case o.Source == "" || utf8.RuneCountInString(o.Source) > 2*maxID+1 || o.Client.Name == "":
			t.Errorf("%q: source %q", line, o.Source)
		case o.BudgetMin < 0 || o.BudgetMax < 0 || max(o.BudgetMin, o.BudgetMax) > money.Max:
			t.Errorf("%q: budget %d to %d", line, o.BudgetMin, o.BudgetMax)
		case len(o.Skills) > maxSkills || utf8.RuneCountInString(o.tags) > maxTags || utf8.RuneCountInString(o.Note) > maxNote:
			t.Errorf("%q: too much of it: %+v", line, o)
		}
	})
}
