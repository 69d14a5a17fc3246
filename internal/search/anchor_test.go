package search

import (
	"slices"
	"testing"
)

func TestWordsThatAPostMustHave(t *testing.T) {
	t.Parallel()
	posts := map[string]int{"logo": 900, "bakeri": 3, "design": 1000, "sign": 50}
	for query, want := range map[string][]string{
		`'logo'`:                            {"logo"},
		`'logo' & 'bakeri'`:                 {"bakeri"},
		`'bakeri' & 'logo' & 'design'`:      {"bakeri"},
		`'logo' <-> 'design'`:               {"logo"},
		`'logo' <2> 'bakeri'`:               {"bakeri"},
		`'logo' | 'bakeri'`:                 {"logo", "bakeri"},
		`'logo' & 'design' | 'sign'`:        {"logo", "sign"},
		`'logo' & ( 'design' | 'sign' )`:    {"logo"},
		`'design' & ( 'bakeri' | 'sign' )`:  {"bakeri", "sign"},
		`'logo' & !'bakeri'`:                {"logo"},
		`!'bakeri'`:                         nil,
		`!'bakeri' | 'logo'`:                nil,
		`!( 'bakeri' | 'logo' ) & 'design'`: {"design"},
		`'o''clock' & 'logo':*A`:            {"o'clock"},
		`'c\\d'`:                            {`c\d`},
		``:                                  nil,
	} {
		got, err := anchorsOf(query, posts)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %q, %v, want %q", query, got, err, want)
		}
	}
	for _, query := range []string{`'logo' 'design'`, `logo`, `'logo' )`, `'logo`} {
		if got, err := anchorsOf(query, posts); err == nil {
			t.Errorf("%s: read as %q", query, got)
		}
	}
}
