package paper

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

// Document is what is printed.
type Document struct {
	Title  string
	Author string
	Foot   string // at the foot of each page, before the page's number
	At     time.Time
	Blocks []Block
	Files  []File // inside, to the byte
}

// File is one that lies inside a document.
type File struct {
	Name    string
	Content []byte
}

// Block is one piece of a document, from the top down.
type Block struct {
	Kind Kind
	Text string
	Rows []Row // of a Table
}

// Row is a line of a table: what it is about, and what it says.
type Row struct{ Key, Value string }

// Kind is how a block looks.
type Kind int

// The kinds of blocks.
const (
	Paragraph Kind = iota
	Title
	Heading
	Subheading
	Quote // somebody's own words
	Small
	Table
	NewPage
)

// The page is A4 with margins of an inch; sizes are in points, lengths in millimetres.
const (
	margin   = 25.4
	lineHigh = 5.2
	keyWide  = 40
)

type style struct {
	face      string // "" or "B"
	size      float64
	line      float64
	before    float64
	ink       int // the grey of its letters
	indent    float64
	underline bool
}

var styles = map[Kind]style{
	Paragraph:  {"", 10, lineHigh, 1.4, 30, 0, false},
	Title:      {"B", 20, 9, 0, 20, 0, false},
	Heading:    {"B", 12, 6, 6, 20, 0, true},
	Subheading: {"B", 10, lineHigh, 3, 30, 0, false},
	Quote:      {"", 10, lineHigh, 0.6, 70, 5, false},
	Small:      {"", 8.5, 4.4, 1.2, 90, 0, false},
	Table:      {"", 9, 4.8, 1.2, 30, 0, false},
}

// Render lays the document out as PDF.
func (d Document) Render() ([]byte, error) {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes("go", "", goregular.TTF)
	pdf.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	pdf.SetMargins(margin, margin, margin)
	pdf.SetAutoPageBreak(true, margin)
	pdf.SetTitle(d.Title, true)
	pdf.SetAuthor(d.Author, true)
	pdf.SetCreationDate(d.At)
	pdf.SetModificationDate(d.At)
	pdf.AliasNbPages("{pages}")
	pdf.SetFooterFunc(func() {
		pdf.SetY(-16)
		pdf.SetFont("go", "", 8)
		pdf.SetTextColor(110, 110, 110)
		pdf.CellFormat(0, 5, printable(d.Foot), "", 0, "L", false, 0, "")
		pdf.CellFormat(0, 5, fmt.Sprintf("%d / {pages}", pdf.PageNo()), "", 0, "R", false, 0, "")
	})
	pdf.AddPage()
	for _, b := range d.Blocks {
		b.draw(pdf)
	}
	var inside []fpdf.Attachment
	for _, f := range d.Files {
		inside = append(inside, fpdf.Attachment{Content: f.Content, Filename: f.Name})
	}
	pdf.SetAttachments(inside)
	var out bytes.Buffer
	err := pdf.Output(&out)
	return out.Bytes(), err
}

func (b Block) draw(pdf *fpdf.Fpdf) {
	s := styles[b.Kind]
	switch b.Kind {
	case NewPage:
		pdf.AddPage()
		return
	case Heading, Subheading: // not alone at the foot of a page
		if _, high := pdf.GetPageSize(); pdf.GetY() > high-margin-25 {
			pdf.AddPage()
		}
	}
	pdf.SetFont("go", s.face, s.size)
	pdf.SetTextColor(s.ink, s.ink, s.ink)
	pdf.Ln(s.before)
	for _, row := range b.Rows {
		row.draw(pdf, s)
	}
	if b.Text != "" {
		pdf.SetX(margin + s.indent)
		top, page := pdf.GetY(), pdf.PageNo()
		pdf.MultiCell(0, s.line, printable(b.Text), "", "L", false)
		if b.Kind == Quote && page == pdf.PageNo() {
			pdf.SetDrawColor(190, 190, 190)
			pdf.Line(margin+2, top, margin+2, pdf.GetY())
		}
	}
	if s.underline {
		pdf.SetDrawColor(200, 200, 200)
		y := pdf.GetY() + 0.8
		pdf.Line(margin, y, 210-margin, y)
		pdf.Ln(1.6)
	}
}

func (r Row) draw(pdf *fpdf.Fpdf, s style) {
	value := printable(r.Value)
	wide := 210 - 2*margin - keyWide
	if _, high := pdf.GetPageSize(); pdf.GetY()+s.line*float64(len(pdf.SplitText(value, wide))) > high-margin {
		pdf.AddPage()
	}
	y := pdf.GetY()
	pdf.SetTextColor(100, 100, 100)
	pdf.MultiCell(keyWide-2, s.line, printable(r.Key), "", "L", false)
	below := pdf.GetY()
	pdf.SetXY(margin+keyWide, y)
	pdf.SetTextColor(s.ink, s.ink, s.ink)
	pdf.MultiCell(wide, s.line, value, "", "L", false)
	pdf.SetY(max(below, pdf.GetY()) + 0.6)
}

var letters = func() *sfnt.Font {
	f, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		panic(err) // it is part of the program
	}
	return f
}()

// missing stands where a letter cannot be printed.
const missing = '?'

// Prints reports whether we have every letter of a text. Where we have not, the
// files inside a document are the only place that has them.
func Prints(text string) bool {
	var b sfnt.Buffer
	for _, r := range text {
		if !prints(&b, r) {
			return false
		}
	}
	return true
}

func prints(b *sfnt.Buffer, r rune) bool {
	if r == '\n' {
		return true
	}
	glyph, err := letters.GlyphIndex(b, r)
	return err == nil && glyph != 0 && r <= 0xFFFF && r != utf8.RuneError
}

// printable is text with a mark for each letter that the typeface does not have.
func printable(text string) string {
	var b sfnt.Buffer
	return strings.Map(func(r rune) rune {
		if prints(&b, r) {
			return r
		}
		return missing
	}, text)
}
