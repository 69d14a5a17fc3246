package mail

import (
	"strings"
	"unicode/utf8"
)

// width is where lines of plain text end: RFC 3676 has it so, and terminals,
// too, once somebody has quoted the mail.
const width = 72

// text is the page in plain text. What stands below the dashes is taken for a
// signature, and greyed.
func (p page) text() string {
	blocks := []string{wrap(p.Headline, "")}
	if p.At != "" {
		blocks[0] += "\n" + p.At
	}
	add := func(s, before string) {
		if s != "" {
			blocks = append(blocks, wrap(s, before))
		}
	}
	add(p.Hello, "")
	for _, s := range p.Says {
		add(s, "")
	}
	add(p.Quote, "> ")
	add(p.Note, "* ")
	if p.Link != "" {
		blocks = append(blocks, p.Button+":\n"+p.Link)
	}
	return strings.Join(blocks, "\n\n") + "\n\n-- \n" + p.foot() + "\n"
}

func (p page) foot() string {
	blocks := []string{}
	for _, s := range []string{p.Why, p.Mark} {
		if s != "" {
			blocks = append(blocks, wrap(s, ""))
		}
	}
	var links []string
	for _, l := range append(p.Links, shown{p.Site.Name, p.Site.URL}) {
		links = append(links, wrap(l.Text+": "+l.URL, ""))
	}
	return strings.Join(append(blocks, strings.Join(links, "\n")), "\n\n")
}

// wrap breaks text between words, and puts before in front of every line. A
// word that is longer than a line, such as an address, stays whole.
func wrap(text, before string) string {
	var out []string
	for line := range strings.Lines(text) {
		now := ""
		for _, word := range strings.FieldsFunc(line, breaks) {
			if now != "" && utf8.RuneCountInString(before+now+" "+word) > width {
				out = append(out, before+now)
				now = ""
			}
			if now != "" {
				now += " "
			}
			now += word
		}
		out = append(out, strings.TrimRight(before+now, " "))
	}
	return strings.Join(out, "\n")
}

// breaks reports whether a line may break at r. A no-break space keeps an amount
// with its currency.
func breaks(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }
