package webtest

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Page is what a browser was shown in the end.
type Page struct {
	Status int
	Path   string // where it was led to, with the query
	Header http.Header
	Body   string
}

// Says reports whether the page's text has these words, wherever its lines break.
func (p Page) Says(words string) bool {
	return strings.Contains(p.Text(), strings.Join(strings.Fields(words), " "))
}

// Text is what the page says, without its marks and with single spaces.
func (p Page) Text() string {
	var b strings.Builder
	for n := range parse(p.Body).Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
	}
	return spaces.ReplaceAllString(strings.Join(strings.Fields(b.String()), " "), "$1")
}

// spaces between words and what ends a sentence come from marks around them.
var spaces = regexp.MustCompile(` ([.,:;!?)”])`)

// Typed is the value that a field of a form holds, and whether there is one.
func (p Page) Typed(field string) (string, bool) {
	for n := range parse(p.Body).Descendants() {
		if n.Type != html.ElementNode || attr(n, "name") != field {
			continue
		}
		switch n.Data {
		case "textarea":
			return strings.TrimPrefix(textOf(n), "\n"), true
		case "select":
			return choice(n), true
		case "input":
			if kind := attr(n, "type"); (kind != "radio" && kind != "checkbox") || has(n, "checked") {
				return attr(n, "value"), true
			}
		}
	}
	return "", false
}

// Fault is what the page says beside a field that was refused.
func (p Page) Fault(field string) string {
	for n := range parse(p.Body).Descendants() {
		if n.Type == html.ElementNode && strings.Contains(attr(n, "class"), "fault") && strings.TrimSuffix(attr(n, "id"), "-fault") == field {
			return strings.TrimSpace(textOf(n))
		}
	}
	return ""
}

// Links are the addresses of ours that the page leads to, each once.
func (p Page) Links() (links []string) {
	for n := range parse(p.Body).Descendants() {
		if href := attr(n, "href"); n.Data == "a" && strings.HasPrefix(href, "/") && !slices.Contains(links, href) {
			links = append(links, href)
		}
	}
	return links
}

// Ref is what a page points to, as it says it.
type Ref struct{ Element, To string }

// Refs are all addresses in the page: of links, forms and what the page is made of.
func (p Page) Refs() (refs []Ref) {
	for n := range parse(p.Body).Descendants() {
		for _, a := range n.Attr {
			switch a.Key {
			case "href", "src", "action", "formaction", "hx-get", "hx-post":
				refs = append(refs, Ref{n.Data, a.Val})
			}
		}
		if n.Data == "a" && !has(n, "href") {
			refs = append(refs, Ref{n.Data, ""})
		}
	}
	return refs
}

// Marks are the ids in the page, to which an address can lead.
func (p Page) Marks() map[string]bool {
	marks := map[string]bool{}
	for n := range parse(p.Body).Descendants() {
		if id := attr(n, "id"); id != "" {
			marks[id] = true
		}
	}
	return marks
}

// Kinds are the kinds of elements in the page, each with its classes and with
// what else it looks by, and whether one stands in the page's own part.
func (p Page) Kinds() map[string]bool {
	kinds := map[string]bool{}
	for n := range parse(p.Body).Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		kind := n.Data
		for _, a := range n.Attr {
			switch a.Key {
			case "class", "type", "role", "data-state", "aria-current":
				kind += " " + a.Val
			}
		}
		inside := false
		for up := range n.Ancestors() {
			inside = inside || up.Data == "main"
		}
		kinds[kind] = kinds[kind] || inside
	}
	return kinds
}

func (p Page) String() string { return fmt.Sprintf("%d %s: %s", p.Status, p.Path, p.Text()) }

// flaws are what is wrong with the structure of a page, whatever it is about.
func flaws(body string) (wrong []string) {
	doc := parse(body)
	ids, targets := map[string]int{}, []string{}
	headings, last := 0, 0
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && slip.MatchString(n.Data) && n.Parent.Data != "script" && n.Parent.Data != "style" {
			wrong = append(wrong, "a component's call stands there as text: "+strings.TrimSpace(n.Data))
		}
		if n.Type != html.ElementNode {
			continue
		}
		if id := attr(n, "id"); id != "" {
			ids[id]++
		}
		targets = append(targets, strings.Fields(attr(n, "aria-describedby")+" "+attr(n, "aria-labelledby"))...)
		if level := strings.Index("h1h2h3h4h5h6", n.Data)/2 + 1; len(n.Data) == 2 && n.Data[0] == 'h' && n.Data != "hr" {
			if level == 1 {
				headings++
			}
			if level > last+1 {
				wrong = append(wrong, fmt.Sprintf("after h%d comes h%d: %s", last, level, textOf(n)))
			}
			last = level
		}
		wrong = append(wrong, flawsOf(n, doc)...)
	}
	if headings != 1 {
		wrong = append(wrong, fmt.Sprintf("there are %d h1", headings))
	}
	for id, n := range ids {
		if n > 1 {
			wrong = append(wrong, fmt.Sprintf("the id %s is there %d times", id, n))
		}
	}
	for _, id := range targets {
		if ids[id] == 0 {
			wrong = append(wrong, "nothing has the id "+id)
		}
	}
	return wrong
}

// slip is what templ writes out when a call does not begin its line.
var slip = regexp.MustCompile(`@[A-Za-z]+\(|\{ [a-zA-Z.]+ \}`)

// flawsOf are what is wrong with one element.
func flawsOf(n, doc *html.Node) (wrong []string) {
	if n.Data == "script" && attr(n, "src") == "" || n.Data == "style" || has(n, "style") {
		wrong = append(wrong, "there is a script or a style in the page: "+textOf(n))
	}
	for _, a := range n.Attr {
		if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
			wrong = append(wrong, "a script hides in "+a.Key+" of "+n.Data)
		}
	}
	switch n.Data {
	case "input", "select", "textarea":
		if attr(n, "type") != "hidden" && !labelled(n, doc) {
			wrong = append(wrong, "the field "+attr(n, "name")+" has no label")
		}
	case "img":
		if !has(n, "alt") {
			wrong = append(wrong, "an image has no alt: "+attr(n, "src"))
		}
	case "a", "button":
		if strings.TrimSpace(textOf(n)) == "" && attr(n, "aria-label") == "" {
			wrong = append(wrong, "a "+n.Data+" says nothing")
		}
	case "table":
		if n.FirstChild == nil || !slices.ContainsFunc(slices.Collect(n.Descendants()), func(c *html.Node) bool { return c.Data == "caption" }) {
			wrong = append(wrong, "a table has no caption")
		}
	case "form":
		if m := strings.ToLower(attr(n, "method")); m != "post" && m != "get" {
			wrong = append(wrong, "the form for "+attr(n, "action")+" has no method")
		}
	}
	return wrong
}

func labelled(field, doc *html.Node) bool {
	if attr(field, "aria-label") != "" || attr(field, "aria-labelledby") != "" {
		return true
	}
	for up := range field.Ancestors() {
		if up.Data == "label" {
			return true
		}
	}
	for n := range doc.Descendants() {
		if n.Data == "label" && attr(n, "for") != "" && attr(n, "for") == attr(field, "id") {
			return true
		}
	}
	return false
}

func parse(body string) *html.Node {
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		panic(err) // only a failing reader is an error
	}
	return doc
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}
