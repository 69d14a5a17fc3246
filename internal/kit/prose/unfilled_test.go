package prose_test

import (
	"testing"

	"freehold/internal/kit/prose"
)

func TestGapsThatTemplatesLeave(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Dear [NAME], your case is open.":               "[NAME]",
		"Dear [Customer Name], thank you.":              "[Customer Name]",
		"Hello {{first_name}}, thank you.":              "{{first_name}}",
		"Hello {name}, thank you.":                      "{name}",
		"It was sent on <date>.":                        "<date>",
		"It was sent on ____.":                          "____",
		"The sum of XXX euros.":                         "XXX",
		"Hello %FIRST_NAME%,":                           "%FIRST_NAME%",
		"[insert reason here]":                          "[insert reason here]",
		"Because of […] we":                             "[…]",
		"Look at [the rules](/rules) first.":            "",
		"The set {1, 2} has two members.":               "",
		"It is a < b and b > c.":                        "",
		"Size XL, and two of XXL if there are any.":     "",
		"He wrote [sic] and meant it.":                  "",
		"snake_case and __init__ are names.":            "",
		"A box of [ ] and [x] to tick.":                 "",
		"It costs 30 %, of which 20 % are the house’s.": "",
	} {
		if got := prose.Unfilled(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
