// Package piece draws what people of several trades might show of their work:
// flat pictures in few colours, 800 by 500, that could hang beside each other.
package piece

import (
	"fmt"
	"strings"
)

// The width and height of every piece.
const (
	Width  = 800
	Height = 500
)

// Colours are the four of a piece: the ground, what stands on it, what strikes
// the eye, and what is drawn with.
type Colours struct{ Ground, Body, Spark, Ink string }

var palettes = map[string]Colours{
	"forest": {"#eef0e4", "#14532d", "#d9a441", "#22302a"},
	"clay":   {"#f6eedd", "#9c4631", "#e0b15a", "#3a2620"},
	"lake":   {"#e3edee", "#23595e", "#e2a65b", "#1d2f33"},
	"plum":   {"#f1e8ec", "#6b3f56", "#d99a62", "#33212b"},
	"night":  {"#22304a", "#3a4c72", "#e6b85c", "#f1ece0"},
	"straw":  {"#f4e6c1", "#6e5a1f", "#b5552f", "#3b3216"},
	"rose":   {"#f7e3d9", "#b9583f", "#2f6c63", "#402a24"},
	"ink":    {"#f4f1ea", "#2f2e2b", "#c8553d", "#2f2e2b"},
}

// SVG draws a subject in a palette.
func SVG(subject, palette string) (string, error) {
	draw, ok := subjects[subject]
	if !ok {
		return "", fmt.Errorf("piece: nobody has drawn %q", subject)
	}
	colours, ok := palettes[palette]
	if !ok {
		return "", fmt.Errorf("piece: no palette is called %q", palette)
	}
	s := &sheet{Colours: colours}
	s.rect(0, 0, Width, Height, 0, colours.Ground)
	draw(s)
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d">%[3]s</svg>`, Width, Height, s.String()), nil
}

// sheet is a drawing in the making.
type sheet struct {
	strings.Builder
	Colours
}

const paper = "#fffdf7"

func (s *sheet) rect(x, y, w, h, round float64, fill string) {
	fmt.Fprintf(s, `<rect x="%g" y="%g" width="%g" height="%g" rx="%g" ry="%[5]g" fill="%[6]s"/>`, x, y, w, h, round, fill)
}

func (s *sheet) dot(x, y, r float64, fill string) {
	fmt.Fprintf(s, `<circle cx="%g" cy="%g" r="%g" fill="%s"/>`, x, y, r, fill)
}

func (s *sheet) oval(x, y, rx, ry float64, fill string) {
	fmt.Fprintf(s, `<ellipse cx="%g" cy="%g" rx="%g" ry="%g" fill="%s"/>`, x, y, rx, ry, fill)
}

func (s *sheet) shape(d, fill string) { fmt.Fprintf(s, `<path d="%s" fill="%s"/>`, d, fill) }

func (s *sheet) line(d, stroke string, width float64) {
	fmt.Fprintf(s, `<path d="%s" stroke="%s" stroke-width="%g" fill="none" stroke-linecap="round" stroke-linejoin="round"/>`, d, stroke, width)
}

func (s *sheet) ring(x, y, r float64, stroke string, width float64) {
	fmt.Fprintf(s, `<circle cx="%g" cy="%g" r="%g" fill="none" stroke="%s" stroke-width="%g"/>`, x, y, r, stroke, width)
}

// faint draws what follows with so much of its strength, until it is done.
func (s *sheet) faint(strength float64, draw func()) {
	fmt.Fprintf(s, `<g opacity="%g">`, strength)
	draw()
	s.WriteString(`</g>`)
}

// at draws what follows elsewhere.
func (s *sheet) at(x, y float64, draw func()) {
	fmt.Fprintf(s, `<g transform="translate(%g %g)">`, x, y)
	draw()
	s.WriteString(`</g>`)
}

// ragged are the lengths of lines as writing has them, in parts of the widest.
var ragged = []float64{1, 0.93, 0.98, 0.87, 0.95, 1, 0.9, 0.55}

// words stand for writing: lines of it, which nobody has to read.
func (s *sheet) words(x, y, width float64, lines int, leading float64, fill string) {
	for i := range lines {
		share := ragged[i%len(ragged)]
		if i == lines-1 && lines > 1 {
			share = 0.6
		}
		s.rect(x, y+float64(i)*leading, width*share, leading*0.42, leading*0.21, fill)
	}
}

// shadow lies under a sheet of paper or a screen.
func (s *sheet) shadow(x, y, w, h, round float64) {
	s.faint(0.13, func() { s.rect(x+8, y+12, w, h, round, "#000000") })
}

// window is a page in a browser.
func (s *sheet) window(x, y, w, h float64, inside string) {
	s.shadow(x, y, w, h, 14)
	s.rect(x, y, w, h, 14, inside)
	s.rect(x, y, w, 52, 14, s.Body)
	s.rect(x, y+38, w, 20, 0, inside)
	for i, c := range []string{s.Spark, paper, paper} {
		s.faint([]float64{1, 0.6, 0.4}[i], func() { s.dot(x+22+float64(i)*18, y+19, 5.5, c) })
	}
	s.faint(0.25, func() { s.rect(x+90, y+11, w-130, 16, 8, paper) })
}
