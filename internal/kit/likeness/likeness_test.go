package likeness_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"freehold/internal/kit/likeness"
)

func TestTextsAreAsAlikeAsTheRunsOfWordsTheyShare(t *testing.T) {
	t.Parallel()
	const letter = "Dear Carl, I have built three shops like yours and would start on Monday."
	for _, test := range []struct {
		name, a, b string
		from, to   float64
	}{
		{"the same text", letter, letter, 1, 1},
		{"in capitals and without points", letter, strings.ToUpper(strings.ReplaceAll(letter, ",", " ...\n")), 1, 1},
		{"with unseen characters", letter, strings.ReplaceAll(letter, "shops", "sho\u200bps"), 1, 1},
		{"for another client", letter, strings.Replace(letter, "Carl", "Judith", 1), 0.7, 0.8},
		{"with a new end", letter, letter + " Shall we talk this week?", 0.6, 0.8},
		{"the first half", letter, letter[:40], 0.3, 0.6},
		{"in another order", "one two three four", "four three two one", 0, 0},
		{"another text", letter, "No, thank you: the post has been filled by somebody else.", 0, 0},
		{"one word", "Thanks!", "thanks", 1, 1},
		{"two words", "Thank you", "thank you!", 1, 1},
		{"two words and one", "Thank you", "thank", 0, 0},
		{"two words out of three", "thank you", "thank you all", 0, 0},
		{"accents are letters", "una año más", "una ano mas", 0, 0},
		{"a script without spaces", "私はあなたの店を作りたいです", "私はあなたの店を作りたい", 0.8, 0.9},
		{"vowel signs are part of the word", "मैं हिंदी में लिखता हूँ", "मैं हिंदी में लिखता हूँ।", 1, 1},
		{"nothing and something", "", letter, 0, 0},
		{"nothing and nothing", "", "?!", 0, 0},
		{"bytes that are no text", "\xff\xfe", "\xff\xfe", 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a, b := likeness.Of(test.a), likeness.Of(test.b)
			if got := a.Jaccard(b); got < test.from || got > test.to {
				t.Errorf("alike by %.2f, want %.2f to %.2f", got, test.from, test.to)
			}
			if a.Jaccard(b) != b.Jaccard(a) {
				t.Error("not as alike the other way round")
			}
		})
	}
}

func TestAPrintIsSortedAndHasNothingTwice(t *testing.T) {
	t.Parallel()
	p := likeness.Of(strings.Repeat("la la la la lo ", 20))
	if !slices.IsSorted(p) || len(p) != 4 {
		t.Errorf("got %x", p)
	}
}

// Prints are stored: were they computed in another way, no text would be like
// any earlier one.
func TestPrintsNeverChange(t *testing.T) {
	t.Parallel()
	const want = "[b8da35e5f7cb2cf6 ebca480d83049ac1]"
	if got := fmt.Sprintf("%x", []uint64(likeness.Of("Grüße aus Malmö 2026"))); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func letterOf(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for range n {
		fmt.Fprintf(&b, "word%d ", r.IntN(1000))
	}
	return b.String()
}

func BenchmarkOf(b *testing.B) {
	text := letterOf(500)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		likeness.Of(text)
	}
}

func BenchmarkJaccard(b *testing.B) {
	p, q := likeness.Of(letterOf(500)), likeness.Of(letterOf(600))
	for b.Loop() {
		p.Jaccard(q)
	}
}
