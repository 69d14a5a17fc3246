package skill

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestARowIsASkillOrSaysWhyItIsNone(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, line string
		want       entry
		err        error
	}{
		{"a skill with aliases", `{"skill": "Basket weaving", "category": "Design", "aliases": ["baskets"]}`,
			entry{"Basket weaving", "design", []string{"baskets"}}, nil},
		{"spaces are tidied", `{"skill": "  Basket \t weaving "}`, entry{"Basket weaving", Other, nil}, nil},
		{"what we call otherwise has our name", `{"skill": "Postgres", "category": null}`, entry{"PostgreSQL", Other, nil}, nil},
		{"an alias that cannot stand is left out", `{"skill": "Weaving", "aliases": ["", "a\u0000b", "looms"]}`,
			entry{"Weaving", Other, []string{"looms"}}, nil},
		{"not JSON", `Basket weaving`, entry{}, errNotObject},
		{"a list", `[]`, entry{}, errNotObject},
		{"nothing", `null`, entry{}, errNoName},
		{"aliases that are no list", `{"skill": "Weaving", "aliases": "looms"}`, entry{}, errNotObject},
		{"no skill", `{"key": "weaving"}`, entry{}, errNoName},
		{"only punctuation", `{"skill": "++"}`, entry{}, errNoName},
		{"too long", `{"skill": "` + strings.Repeat("a", 81) + `"}`, entry{}, errLongName},
		{"bad UTF-8", "{\"skill\": \"Wea\xffving\"}", entry{}, errNotText},
		{"a zero byte", `{"skill": "Wea\u0000ving"}`, entry{}, errUnprinted},
		{"letters written backwards", `{"skill": "Wea\u202eving"}`, entry{}, errUnprinted},
		{"half a character", `{"skill": "Wea\ud800ving"}`, entry{}, errUnprinted},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := parseRow([]byte(test.line))
			if !errors.Is(err, test.err) {
				t.Fatalf("got error %v, want %v", err, test.err)
			}
			if got.name != test.want.name || got.category != test.want.category || !slices.Equal(got.aliases, test.want.aliases) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func FuzzARowNeverBreaksTheDatabase(f *testing.F) {
	for _, seed := range []string{
		`{"skill": "Node.js", "category": "Web development", "aliases": ["NodeJS", "ノード"]}`,
		`{"skill": "İ\u0000\ud800", "aliases": null}`, `{"skill": 1}`, `[`, "\xff",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		e, err := parseRow(line)
		if err != nil {
			return
		}
		for _, name := range append([]string{e.name}, e.aliases...) {
			if !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
				t.Errorf("%q is no text", name)
			}
			if n := utf8.RuneCountInString(name); n < 1 || n > maxName {
				t.Errorf("%q is %d characters long", name, n)
			}
			key := fold(name)
			if key == "" || strings.ContainsAny(key, `%_\ `) {
				t.Errorf("%q has the key %q", name, key)
			}
			if fold(key) != key {
				t.Errorf("%q folds to %q and again to %q", name, key, fold(key))
			}
		}
	})
}
