package mail_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"

	"freehold/internal/kit/mail"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

var (
	noon = time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)
	site = mail.Site{URL: "https://freehold.example", Name: "Freehold", Mark: say.That("Sandbox: no real money moves here."),
		Links: []mail.Link{{Text: say.That("Talk to a person"), Path: "/talk"}}}
)

func offered() mail.Mail {
	return mail.Mail{ID: 7, QueuedAt: noon, Subject: "Carl offers you a contract for “A logo”: €500.00 in all", Message: mail.Message{
		To: "ada@example.org", Name: "Ada Löwe", TimeZone: "Asia/Kuala_Lumpur", Body: mail.Body{
			Says: []say.Sentence{
				say.That("%s offers you a contract for “%s”: %s in all. Read the terms, then sign, make a counter-offer or decline by %s.",
					"Carl", "A logo", money.Amount{Minor: 50000, Currency: "EUR"}, noon.AddDate(0, 0, 14)),
				say.That("They wrote:\n\nGood morning,\nI like your work."),
			},
			At: noon, Note: say.That("It is your turn, until %s.", noon.AddDate(0, 0, 14)),
			Button: say.That("Read the offer"), Link: "/offers/7", Thread: "/offers/7",
			Why:   say.That("You get this mail because “I am made an offer” is ticked in your settings."),
			Links: []mail.Link{{Text: say.That("Choose what we mail you"), Path: "/settings/mail"}}, Off: "/unsubscribe/SECRET",
		}}}
}

func written(t *testing.T, m mail.Mail) mail.Letter {
	t.Helper()
	l, err := m.From(site)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestAMailReadsWellAsPlainText(t *testing.T) {
	t.Parallel()
	const want = `Carl offers you a contract for “A logo”: €500.00 in all
1 Jan 2030, 20:00 +08

Hello Ada Löwe,

Read the terms, then sign, make a counter-offer or decline by 15 Jan
2030, 20:00 +08.

They wrote:

Good morning,
I like your work.

* It is your turn, until 15 Jan 2030, 20:00 +08.

Read the offer:
https://freehold.example/offers/7

-- 
You get this mail because “I am made an offer” is ticked in your
settings.

Sandbox: no real money moves here.

Choose what we mail you: https://freehold.example/settings/mail
Stop mail like this: https://freehold.example/unsubscribe/SECRET
Talk to a person: https://freehold.example/talk
Freehold: https://freehold.example
`
	if got := written(t, offered()).Text; got != want {
		t.Errorf("it reads:\n%s", got)
	}
}

func TestHTMLAndPlainTextSayTheSame(t *testing.T) {
	t.Parallel()
	l := written(t, offered())
	doc, err := html.Parse(strings.NewReader(l.HTML))
	if err != nil {
		t.Fatal(err)
	}
	seen, links := " ", map[string]bool{}
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "style" {
			seen += strings.Join(strings.Fields(n.Data), " ") + " "
		}
		for _, a := range n.Attr {
			if a.Key == "href" {
				links[a.Val] = true
			}
		}
	}
	seen = strings.Join(strings.Fields(seen), " ")
	for line := range strings.Lines(l.Text) {
		line = strings.TrimSpace(strings.TrimPrefix(line, "* "))
		if text, link, ok := strings.Cut(line, ": https:"); ok {
			line = text
			if !links["https:"+link] {
				t.Errorf("HTML does not lead to https:%s", link)
			}
		}
		line = strings.TrimSuffix(line, ":") // before a link, which stands in the next line
		if line != "--" && !strings.Contains(seen, line) {
			t.Errorf("HTML does not say %q; it says: %s", line, seen)
		}
	}
}

func TestWhatPeopleWroteStaysText(t *testing.T) {
	t.Parallel()
	m := offered()
	const evil = `</p><script>alert(1)</script><img src="https://evil.example/x.gif">`
	m.Name, m.Subject, m.Body.Quote = evil, evil, evil
	m.Body.Says = []say.Sentence{say.That("%s wrote: %s. More: %s", evil, evil, evil)}
	l := written(t, m)
	for _, harm := range []string{"<script", "<img", "src="} {
		if strings.Contains(strings.ReplaceAll(l.HTML, "src=&#34;", ""), harm) {
			t.Errorf("%s is in it: %s", harm, l.HTML)
		}
	}
	if strings.Contains(l.HTML, "&amp;#") {
		t.Error("something is escaped twice")
	}
	for _, foreign := range []string{"url(", "http-equiv", "@import", "<link", "<object"} {
		if strings.Contains(l.HTML, foreign) {
			t.Errorf("the mail loads something: %s", foreign)
		}
	}
}

func TestPlainTextIsWrapped(t *testing.T) {
	t.Parallel()
	m := offered()
	long := strings.Repeat("Grüße ", 60) + "https://example.org/" + strings.Repeat("x", 100) + " ende"
	m.Body.Says = []say.Sentence{say.That("Hello."), say.That("%s", long)}
	m.Body.Quote = long
	for line := range strings.Lines(written(t, m).Text) {
		if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > 72 && !strings.Contains(line, "https://") {
			t.Errorf("%d characters: %s", n, line)
		}
	}
}

func TestASubjectOfItsOwnStandsAboveAllItSays(t *testing.T) {
	t.Parallel()
	m := mail.Mail{Message: mail.Message{Name: "Ada", Body: mail.Body{Subject: say.That("A new password"), Says: []say.Sentence{say.That("One. Two.")}}}}
	if got := written(t, m).Text; !strings.HasPrefix(got, "A new password\n\nHello Ada,\n\nOne. Two.\n") {
		t.Errorf("it reads:\n%s", got)
	}
	m.Body.Says = nil
	if got := written(t, m).Text; !strings.HasPrefix(got, "A new password\n\n-- \n") {
		t.Errorf("with nothing to say it reads:\n%s", got)
	}
}
