package face

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"freehold/internal/demo/paint"
)

// wearing puts each part of one kind on a face.
func wearing[T any](parts map[string]T, put func(*Face, string)) (all []Face) {
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		var f Face
		put(&f, name)
		all = append(all, f)
	}
	return all
}

func TestEveryPartCanBePainted(t *testing.T) {
	t.Parallel()
	for _, f := range slices.Concat(
		wearing(Palette, func(f *Face, name string) { f.Ground, f.Dress, f.Trim, f.Worn = name, name, name, name }),
		wearing(skins, func(f *Face, name string) { f.Skin = name }),
		wearing(heads, func(f *Face, name string) { f.Shape = name }),
		wearing(hairs, func(f *Face, name string) { f.Hair = name }),
		wearing(dyes, func(f *Face, name string) { f.Dyed = name }),
		wearing(brows, func(f *Face, name string) { f.Brows = name }),
		wearing(eyes, func(f *Face, name string) { f.Eyes = name }),
		wearing(noses, func(f *Face, name string) { f.Nose = name }),
		wearing(mouths, func(f *Face, name string) { f.Mouth = name }),
		wearing(beards, func(f *Face, name string) { f.Beard = name }),
		wearing(glasses, func(f *Face, name string) { f.Glasses = name }),
		wearing(hats, func(f *Face, name string) { f.Hat = name }),
		wearing(clothes, func(f *Face, name string) { f.Clothes = name }),
		wearing(extras, func(f *Face, name string) { f.Extras = []string{name} }),
	) {
		svg, err := f.SVG()
		if err != nil {
			t.Error(err)
		}
		if strings.ContainsAny(svg, "{}") {
			t.Errorf("%+v has a colour that nobody knows: %s", f, svg)
		}
		if _, err := paint.PNG(svg, 32, 32); err != nil {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

func TestWhatNobodyHasDrawnIsSaid(t *testing.T) {
	t.Parallel()
	_, err := Face{Hair: "on fire", Glasses: "three", Skin: "blue"}.SVG()
	for _, part := range []string{"on fire", "three", "blue"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("of %q it says %v", part, err)
		}
	}
}
