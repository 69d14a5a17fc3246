// Package face draws people who do not exist: flat, in two tones, put together
// from parts that are written as SVG.
package face

import (
	"fmt"
	"strings"
)

// Face says of which parts somebody's portrait is put together. Each is a name
// from parts.go; what is empty is left away, or is the plainest there is.
type Face struct {
	Ground  string   // the colour behind
	Skin    string   // its tone
	Shape   string   // of the head
	Hair    string   // how it is cut
	Dyed    string   // its colour
	Brows   string   //
	Eyes    string   //
	Nose    string   //
	Mouth   string   //
	Beard   string   // it has the colour of the hair
	Glasses string   //
	Hat     string   // or scarf, or turban
	Worn    string   // the colour of the hat
	Clothes string   //
	Dress   string   // the colour of the clothes
	Trim    string   // a second colour of theirs, and of what is on the ears
	Extras  []string // freckles, ear-rings, lines of laughter
}

// SVG draws the face, 256 by 256.
func (f Face) SVG() (string, error) {
	var wrong []string
	pick := func(kind, name, otherwise string, parts map[string]string) string {
		if name == "" {
			name = otherwise
		}
		part, ok := parts[name]
		if !ok {
			wrong = append(wrong, fmt.Sprintf("no %s is called %q", kind, name))
		}
		return part
	}
	skin, ok := skins[or(f.Skin, "honey")]
	if !ok {
		wrong = append(wrong, fmt.Sprintf("no skin is called %q", f.Skin))
	}
	dye, ok := dyes[or(f.Dyed, "black")]
	if !ok {
		wrong = append(wrong, fmt.Sprintf("no hair is %q", f.Dyed))
	}
	cut, ok := hairs[or(f.Hair, "bald")]
	if !ok {
		wrong = append(wrong, fmt.Sprintf("no hair is cut %q", f.Hair))
	}
	hat, ok := hats[or(f.Hat, "none")]
	if !ok {
		wrong = append(wrong, fmt.Sprintf("no hat is called %q", f.Hat))
	}
	head, ok := heads[or(f.Shape, "oval")]
	if !ok {
		wrong = append(wrong, fmt.Sprintf("no head is %q", f.Shape))
	}
	layers := []string{
		backdrop, lower, cut.back, hat.back, end,
		neck,
		pick("piece of clothing", f.Clothes, "crew", clothes),
		lower, ears, head.skin(),
		pick("nose", f.Nose, "soft", noses),
		pick("beard", f.Beard, "none", beards),
		pick("mouth", f.Mouth, "smile", mouths),
		pick("pair of eyes", f.Eyes, "open", eyes),
		pick("pair of brows", f.Brows, "soft", brows),
	}
	for _, e := range f.Extras {
		layers = append(layers, pick("extra", e, "", extras))
	}
	layers = append(layers, cut.front, hat.front, pick("pair of glasses", f.Glasses, "none", glasses), end)
	if len(wrong) > 0 {
		return "", fmt.Errorf("face: %s", strings.Join(wrong, "; "))
	}
	colours := strings.NewReplacer(
		"{skin}", skin.base, "{shade}", skin.shade, "{line}", skin.line, "{blush}", skin.blush,
		"{hair}", dye.base, "{shine}", dye.shine,
		"{dress}", colour(f.Dress, "green"), "{trim}", colour(f.Trim, "cream"), "{worn}", colour(f.Worn, "green"),
		"{ground}", colour(f.Ground, "sand"), "{jaw}", head.beard(),
	)
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="27 22 202 202" width="256" height="256">` +
		colours.Replace(strings.Join(layers, "\n")) + `</svg>`, nil
}

// colour is one of the palette by its name, or as it is written.
func colour(name, otherwise string) string {
	name = or(name, otherwise)
	if c, ok := Palette[name]; ok {
		return c
	}
	return name
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
