// Package likeness says how alike two texts are, whatever their case,
// punctuation and spacing: for finding what was pasted.
package likeness

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
)

// shingle is how many words in a row are compared.
const shingle = 3

// Print is what is left of a text for comparing: the sorted hashes of every
// three words in a row.
type Print []uint64

// Of returns the print of a text. A text of one or two words has one shingle,
// an empty one has none.
func Of(text string) Print {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return nil
	}
	n := min(shingle, len(words))
	p := make(Print, 0, len(words)-n+1)
	for i := range len(words) - n + 1 {
		h := fnv.New64a()
		for _, w := range words[i : i+n] {
			h.Write([]byte(w)) //nolint:errcheck // never fails
			h.Write([]byte{0}) //nolint:errcheck // never fails
		}
		p = append(p, h.Sum64())
	}
	slices.Sort(p)
	return slices.Compact(p)
}

// Jaccard returns how much p and q share: 1 when they are the same, 0 when
// nothing is. Two empty prints share nothing.
func (p Print) Jaccard(q Print) float64 {
	shared := 0
	for i, j := 0, 0; i < len(p) && j < len(q); {
		switch {
		case p[i] == q[j]:
			shared, i, j = shared+1, i+1, j+1
		case p[i] < q[j]:
			i++
		default:
			j++
		}
	}
	if all := len(p) + len(q) - shared; all > 0 {
		return float64(shared) / float64(all)
	}
	return 0
}
