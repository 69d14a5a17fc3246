package mail

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
)

// Site is whom mail comes from.
type Site struct {
	URL    string // how people reach it: https://freehold.example
	Name   string
	Mark   say.Sentence // stands above every mail, such as that this is only play
	Links  []Link       // stand below every mail
	Inbox  string       // the domain at which the site takes in mail; empty: it takes none
	Target string       // where links in HTML open, for who shows a mail in a frame
}

// Letter is a mail as its reader gets it, in HTML and in plain text.
type Letter struct {
	ID       ID
	At       time.Time // when it was written
	To, Name string
	ReplyTo  string
	Subject  string
	Text     string
	HTML     string
	Thread   string
	Off      string // the address where a press stops mail like this
}

// From writes the mail as it comes from a site.
func (m Mail) From(s Site) (Letter, error) {
	p := m.page(s)
	var html bytes.Buffer
	if err := p.html().Render(context.Background(), &html); err != nil {
		return Letter{}, fmt.Errorf("writing a mail: %w", err)
	}
	l := Letter{ID: m.ID, At: m.QueuedAt, To: m.To, Name: m.Name, ReplyTo: m.Body.ReplyTo,
		Subject: m.Subject, Text: p.text(), HTML: html.String(), Thread: m.Body.Thread}
	if m.isAnswerable(s) {
		l.ReplyTo = m.Body.Box + "@" + s.Inbox
	}
	if m.Body.Off != "" {
		l.Off = s.URL + m.Body.Off
	}
	return l, nil
}

// isAnswerable reports whether an answer to m comes in.
func (m Message) isAnswerable(s Site) bool { return m.Body.Box != "" && s.Inbox != "" }

func (m Message) reader() say.Reader {
	zone, err := time.LoadLocation(m.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	return say.Reader{Lang: m.Language, Zone: zone}
}

// hello greets the reader, by name where we know it.
func (m Message) hello() string {
	if m.Name == "" {
		return m.reader().T("Hello,")
	}
	return m.reader().T("Hello %s,", m.Name)
}

// headline is the subject, however long.
func (m Message) headline() string {
	headline, _ := m.split()
	return headline
}

// split returns the headline and what is left of the first thing it says.
func (m Message) split() (headline, rest string) {
	r := m.reader()
	switch {
	case !m.Body.Subject.Empty():
		headline = m.Body.Subject.For(r)
		if len(m.Body.Says) > 0 {
			rest = m.Body.Says[0].For(r)
		}
	case len(m.Body.Says) > 0:
		headline, rest = m.Body.Says[0].Split(r)
	}
	return strings.TrimSuffix(headline, "."), rest
}

// page is what a mail shows, in the words of its reader. HTML and plain text
// are two looks of it.
type page struct {
	Site                  Site
	Lang                  string
	Headline, Preview     string
	At, Mark, Hello, Note string
	Says                  []string
	Quote                 string
	Button, Link, Instead string
	Why                   string
	Links                 []shown
}

// shown is a link as its reader sees it.
type shown struct{ Text, URL string }

func (m Mail) page(s Site) page {
	r, b := m.reader(), m.Body
	p := page{Site: s, Lang: r.Language(), Mark: s.Mark.For(r), Note: b.Note.For(r), Why: b.Why.For(r),
		Quote: b.Quote, Button: b.Button.For(r)}
	headline, rest := m.split()
	p.Headline = headline
	p.Says = paragraphs(rest)
	for _, more := range b.Says[min(1, len(b.Says)):] {
		p.Says = append(p.Says, paragraphs(more.For(r))...)
	}
	if !b.At.IsZero() {
		p.At = r.Moment(b.At)
	}
	if len(p.Says) > 0 {
		p.Hello = m.hello()
	}
	if m.isAnswerable(s) {
		p.Says = append(p.Says, r.T("You can simply answer this mail: what you write comes to the same person."))
		p.Hello = m.hello()
	}
	if b.Link != "" {
		p.Link = s.URL + b.Link
		p.Instead = r.T("If the button does nothing, open this address:")
	}
	p.Preview = prose.Snippet(cmp.Or(strings.Join(p.Says, " "), p.Note, p.Why), maxSubject)
	p.Links = b.links(s, r)
	return p
}

func (b Body) links(s Site, r say.Reader) (all []shown) {
	for _, l := range b.Links {
		all = append(all, shown{l.Text.For(r), s.URL + l.Path})
	}
	if b.Off != "" {
		all = append(all, shown{r.T("Stop mail like this"), s.URL + b.Off})
	}
	for _, l := range s.Links {
		all = append(all, shown{l.Text.For(r), s.URL + l.Path})
	}
	return all
}

// paragraphs are what people divide by empty lines.
func paragraphs(text string) (all []string) {
	for p := range strings.SplitSeq(text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}

// lines are what people divide by line ends.
func lines(text string) []string { return strings.Split(text, "\n") }
