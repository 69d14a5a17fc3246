package proposal

import (
	"errors"
	"strings"
	"testing"
)

func TestAReasonIsNeededAndWordsWhereTheySayMore(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		in   Reason
		err  error
	}{
		{"one click is enough", Reason{Code: "timing"}, nil},
		{"with words", Reason{Code: "timing", Words: "We start in May."}, nil},
		{"no reason", Reason{}, ErrNoReason},
		{"a reason we don't know", Reason{Code: "because"}, ErrNoReason},
		{"own words are words", Reason{Code: ownWords, Words: " \n"}, ErrNoWords},
		{"as long as can be", Reason{Code: ownWords, Words: strings.Repeat("ß", maxWords)}, nil},
		{"too long", Reason{Code: ownWords, Words: strings.Repeat("ß", maxWords+1)}, ErrLongWords},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if _, err := test.in.check(); !errors.Is(err, test.err) {
				t.Errorf("got %v, want %v", err, test.err)
			}
		})
	}
}

func TestEveryReasonReadsAsASentence(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range Reasons {
		if seen[c.Code] || c.Chosen == "" {
			t.Errorf("the reason %q is there twice, or has no words", c.Code)
		}
		seen[c.Code] = true
		for _, words := range []string{"", "Thank you!"} {
			text := Reason{Code: c.Code, Words: words}.sentence("Carl", "A logo").String()
			if !strings.HasPrefix(text, "Carl ") || !strings.Contains(text, "“A logo”") || !strings.Contains(text, words) || strings.Contains(text, "%!") {
				t.Errorf("%s reads: %s", c.Code, text)
			}
		}
	}
	for _, own := range []string{HiredSomeoneElse, ScopeChanged} {
		if !seen[own] {
			t.Errorf("%s is not among the reasons", own)
		}
	}
}
