package contract

import (
	"errors"
	"testing"
)

func TestChangesNameTheCriteriaThatAreNotMet(t *testing.T) {
	t.Parallel()
	m := milestoneIn(Submitted)
	for _, test := range []struct {
		name     string
		criteria []int
		words    string
		err      error
	}{
		{"one of them, and why", []int{1}, "There is no manual.", nil},
		{"named twice is named once", []int{1, 0, 1}, "Neither.", nil},
		{"none", nil, "I just don't like it.", ErrNoCriterion},
		{"one that there is not", []int{2}, "Make it pop.", ErrNoCriterion},
		{"one below the first", []int{-1}, "Make it pop.", ErrNoCriterion},
		{"without a word", []int{0}, "  \n ", ErrChangeWords},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if _, err := m.changes(test.criteria, test.words); !errors.Is(err, test.err) {
				t.Errorf("got %v, want %v", err, test.err)
			}
		})
	}
}

func TestWorkIsHandedOverWhole(t *testing.T) {
	t.Parallel()
	m := milestoneIn(Funded)
	good := Work{Note: "Here it is.", Links: []string{"https://example.org/work"}, Met: []bool{true, true}}
	for _, test := range []struct {
		name   string
		change func(*Work)
		err    error
	}{
		{"as it should be", func(*Work) {}, nil},
		{"one criterion is open", func(w *Work) { w.Met[1] = false }, ErrNotAllMet},
		{"one criterion is missing", func(w *Work) { w.Met = w.Met[:1] }, ErrNotAllMet},
		{"one criterion too many", func(w *Work) { w.Met = append(w.Met, true) }, ErrNotAllMet},
		{"nothing in it", func(w *Work) { w.Note, w.Links = " ", []string{""} }, ErrNothingSubmitted},
		{"files alone will do", func(w *Work) { w.Note, w.Links, w.Files = "", nil, append(w.Files, 1) }, nil},
		{"a script for a link", func(w *Work) { w.Links = []string{"javascript:alert(1)"} }, ErrLink},
		{"a file of the reader's own", func(w *Work) { w.Links = []string{"file:///etc/passwd"} }, ErrLink},
		{"a link with a password", func(w *Work) { w.Links = []string{"https://a:b@example.org/"} }, ErrLink},
		{"half a link", func(w *Work) { w.Links = []string{"example.org/work"} }, ErrLink},
		{"too many links", func(w *Work) {
			for range maxLinks {
				w.Links = append(w.Links, "https://example.org/")
			}
		}, ErrLinks},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := good
			w.Met, w.Links = append([]bool(nil), good.Met...), append([]string(nil), good.Links...)
			test.change(&w)
			if _, err := w.check(m); !errors.Is(err, test.err) {
				t.Errorf("got %v, want %v", err, test.err)
			}
		})
	}
}
