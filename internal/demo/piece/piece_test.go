package piece

import (
	"bytes"
	"image/png"
	"maps"
	"slices"
	"testing"

	"freehold/internal/demo/paint"
)

func TestEverySubjectCanBePainted(t *testing.T) {
	t.Parallel()
	palette := slices.Sorted(maps.Keys(palettes))
	for i, subject := range slices.Sorted(maps.Keys(subjects)) {
		svg, err := SVG(subject, palette[i%len(palette)])
		if err != nil {
			t.Fatal(err)
		}
		dots, err := paint.PNG(svg, Width/8, Height/8)
		if err != nil {
			t.Errorf("%s: %v", subject, err)
			continue
		}
		picture, err := png.Decode(bytes.NewReader(dots))
		if err != nil {
			t.Fatal(err)
		}
		seen := map[any]bool{}
		for y := range Height / 8 {
			for x := range Width / 8 {
				seen[picture.At(x, y)] = true
			}
		}
		if len(seen) < 10 {
			t.Errorf("%s has %d colours only", subject, len(seen))
		}
	}
}

func TestWhatNobodyHasDrawnIsSaid(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{{"a unicorn", "clay"}, {"shop", "neon"}} {
		if _, err := SVG(c[0], c[1]); err == nil {
			t.Errorf("%v was drawn", c)
		}
	}
}
