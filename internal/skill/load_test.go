package skill

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTheShippedTaxonomyIsSound(t *testing.T) {
	t.Parallel()
	tax := shipped()
	if n := len(tax.categories); n < 15 || n > 20 {
		t.Errorf("%d categories", n)
	}
	if n := len(tax.skills); n < 400 {
		t.Errorf("only %d skills", n)
	}
	slug := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	keys := map[Key]bool{}
	for _, c := range tax.categories {
		if !slug.MatchString(string(c.Key)) || c.Name == "" || keys[c.Key] {
			t.Errorf("category %q %q", c.Key, c.Name)
		}
		keys[c.Key] = true
	}
	if !keys[Other] {
		t.Error("there is no category for the rest")
	}
	meaning := map[string]string{}
	for _, e := range tax.skills {
		if !keys[e.category] {
			t.Errorf("%s has no category", e.name)
		}
		for _, word := range append([]string{e.name}, e.aliases...) {
			key := fold(word)
			if key == "" || word != strings.TrimSpace(word) || utf8.RuneCountInString(word) > maxName {
				t.Errorf("%q of %s cannot be a name", word, e.name)
			}
			if meaning[key] != "" {
				t.Errorf("%q means %s and %s", word, meaning[key], e.name)
			}
			meaning[key] = e.name
		}
	}
}

func TestEveryLineOfTheTaxonomyIsUnderstood(t *testing.T) {
	t.Parallel()
	line := regexp.MustCompile(`^(#.*|category\t[a-z-]+\t[^\t]+|skill\t[^\t]+(\t[^\t]+)?)?\n$`)
	for l := range strings.Lines(taxonomyTSV) {
		if !line.MatchString(l) {
			t.Errorf("%q", l)
		}
	}
}

func TestForeignCategoriesFindTheirPlace(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		names []string
		want  Key
	}{
		{[]string{"web-development"}, "web-development"},
		{[]string{"Web development"}, "web-development"},
		{[]string{"Websites, IT & Software"}, "software-and-systems"},
		{[]string{"Logo Design", "Design"}, "design"},
		{[]string{"Translation", "Writing & Translation"}, "translation"},
		{[]string{"BREXIT Consulting", "Business"}, "business-and-finance"},
		{[]string{"Freight, Shipping & Transportation"}, Other},
		{[]string{""}, Other},
		{nil, Other},
	} {
		if got := CategoryOf(test.names...); got != test.want {
			t.Errorf("%q went to %s, want %s", test.names, got, test.want)
		}
	}
	for key := range elsewhere {
		if CategoryOf(string(key)) != key {
			t.Errorf("%s is no category of ours", key)
		}
	}
}
