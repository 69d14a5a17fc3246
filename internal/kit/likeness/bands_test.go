package likeness_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"freehold/internal/kit/likeness"
)

// text is made of n words drawn from a thousand.
func text(r *rand.Rand, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("word%d", r.IntN(1000))
	}
	return all
}

func share(a, b likeness.Print) bool {
	in := b.Bands()
	return slices.ContainsFunc(a.Bands(), func(band int64) bool { return slices.Contains(in, band) })
}

func TestTextsThatAreAlikeShareABand(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	alike := 0
	for range 3000 {
		words := text(r, 20+r.IntN(150))
		a := likeness.Of(strings.Join(words, " "))
		changed := slices.Clone(words)
		for range 1 + len(words)/40 {
			changed[r.IntN(len(changed))] = "other"
		}
		b := likeness.Of(strings.Join(changed, " "))
		if a.Jaccard(b) < likeness.Alike {
			continue
		}
		alike++
		if !share(a, b) {
			t.Errorf("alike by %.2f, and not found", a.Jaccard(b))
		}
	}
	if alike < 1000 {
		t.Errorf("only %d were alike", alike)
	}
}

func TestTextsOfTheirOwnSeldomShareABand(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	shared := 0
	for range 1000 {
		if share(likeness.Of(strings.Join(text(r, 80), " ")), likeness.Of(strings.Join(text(r, 80), " "))) {
			shared++
		}
	}
	if shared > 5 {
		t.Errorf("%d of 1000", shared)
	}
}

func TestAPrintIsReadAsItWasStored(t *testing.T) {
	t.Parallel()
	p := likeness.Of("what was written once is written again")
	if !slices.Equal(likeness.Read(p.Stored()), p) {
		t.Error("it is another")
	}
	if likeness.Of("?!").Bands() != nil {
		t.Error("nothing has bands")
	}
}
