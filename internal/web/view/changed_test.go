package view

import (
	"strings"
	"testing"

	"znkr.io/diff"
)

func TestWhatChangedIsMarkedWordByWord(t *testing.T) {
	t.Parallel()
	sign := map[diff.Op]string{diff.Match: "=", diff.Delete: "-", diff.Insert: "+"}
	for _, c := range []struct{ was, now, marked string }{
		{"A map for each coffee", "A map for each coffee", "=A map for each coffee|"},
		{"A map for each coffee", "A drawn map for every coffee", "=A |+drawn |=map for |-each |+every |=coffee|"},
		{"One page", "One page\nOne till", "=One |-page|+page\nOne till|"},
		{"", "New", "+New|"},
		{"Gone", "", "-Gone|"},
		{"", "", ""},
	} {
		var b strings.Builder
		for _, s := range changes(c.was, c.now) {
			b.WriteString(sign[s.op] + s.words + "|")
		}
		if b.String() != c.marked {
			t.Errorf("%q to %q: %q", c.was, c.now, b.String())
		}
	}
}

func TestWhatIsGoneAndWhatCameInsteadDoNotTouch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ was, now, html string }{
		{"€1,300.00", "€1,100.00", "<del>€1,300.00</del> <ins>€1,100.00</ins>"},
		{"with 7 days", "with 14 days", "with <del>7</del> <ins>14</ins> days"},
		{"", "<b>", "<ins>&lt;b&gt;</ins>"},
	} {
		var b strings.Builder
		if err := marked(c.was, c.now).Render(t.Context(), &b); err != nil || b.String() != c.html {
			t.Errorf("%q to %q: %s, %v", c.was, c.now, b.String(), err)
		}
	}
}
