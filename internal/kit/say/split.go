package say

import (
	"strings"
	"unicode"
)

// What a sentence speaks of is put between these while it is split: nobody
// writes them.
const (
	opens = '\ue000'
	shuts = '\ue001'
)

// Split returns s as r reads it in two: the first sentence of it and what comes
// after. A full stop inside a name or a title ends no sentence.
func (s Sentence) Split(r Reader) (first, rest string) {
	marked := s
	marked.Args = make([]any, len(s.Args))
	for i, a := range s.Args {
		if _, count := a.(int); !count { // by which the words may go
			a = string(opens) + r.Show(a) + string(shuts)
		}
		marked.Args[i] = a
	}
	first, rest = cut(marked.For(r))
	bare := strings.NewReplacer(string(opens), "", string(shuts), "")
	return bare.Replace(first), bare.Replace(rest)
}

// cut divides a text after its first sentence.
func cut(text string) (first, rest string) {
	inside, ended := false, false
	for i, c := range text {
		switch {
		case c == opens || c == shuts:
			inside = c == opens
		case inside:
		case ended && unicode.IsSpace(c):
			return text[:i], strings.TrimSpace(text[i:])
		default:
			ended = strings.ContainsRune(".!?。！？", c)
		}
	}
	return text, ""
}
