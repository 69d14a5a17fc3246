// Package likeness tells how alike two texts are, whatever their case,
// punctuation and layout: by the runs of three words that they share.
package likeness

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
)

// run is the number of words compared at once. Shorter runs are shared by
// chance, longer ones are broken by a single changed word.
const run = 3

// Print is what a text is compared by: the hashes of its runs of words, sorted,
// each once. The same text has the same Print in every version and on every
// machine, so it can be stored.
type Print []uint64

// Of returns the print of a text. A text of one or two words has those as its
// only run; one without words has an empty print.
func Of(text string) Print {
	all := words(text)
	if len(all) == 0 {
		return nil
	}
	n := min(run, len(all))
	p := make(Print, 0, len(all)-n+1)
	for i := range cap(p) {
		h := fnv.New64a()
		h.Write([]byte(strings.Join(all[i:i+n], " ")))
		p = append(p, h.Sum64())
	}
	slices.Sort(p)
	return slices.Compact(p)
}

// Jaccard returns the share of runs that p and q have in common among all that
// either has: 1 for texts of the same words, 0 for texts that share no run, and
// for one without words, which is like nothing.
func (p Print) Jaccard(q Print) float64 {
	var both int
	for i, j := 0, 0; i < len(p) && j < len(q); {
		switch {
		case p[i] < q[j]:
			i++
		case p[i] > q[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(p)+len(q)-both)
}

// words returns the words of a text in lower case: letters, the marks that
// belong to them, and digits. Where a script doesn't part words, each character
// is one.
func words(text string) (all []string) {
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			all = append(all, word.String())
			word.Reset()
		}
	}
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			end()
			all = append(all, string(r))
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r):
			word.WriteRune(unicode.ToLower(r))
		case unicode.Is(unicode.Cf, r): // unseen, as between "pas" and "ted": it parts nothing
		default:
			end()
		}
	}
	end()
	return all
}
