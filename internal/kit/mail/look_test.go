package mail_test

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Every word can be read on what is behind it (WCAG 2.2, 1.4.3), in light and in
// dark.
func TestEveryWordOfAMailCanBeRead(t *testing.T) {
	t.Parallel()
	m := offered()
	m.Body.Quote = "Good morning."
	doc, err := html.Parse(strings.NewReader(written(t, m).HTML))
	if err != nil {
		t.Fatal(err)
	}
	dark := darkRules(doc)
	for name, look := range map[string]func(*html.Node) string{
		"light": func(n *html.Node) string { return attr(n, "style") },
		"dark": func(n *html.Node) string {
			style := attr(n, "style")
			if strings.Contains(style, "#") && dark[attr(n, "class")] == "" {
				t.Errorf("<%s class=%q> has a colour of its own in light only", n.Data, attr(n, "class"))
			}
			return style + ";" + dark[attr(n, "class")]
		},
	} {
		words := 0
		for n := range doc.Descendants() {
			text := strings.TrimSpace(n.Data)
			if n.Type != html.TextNode || text == "" || hidden(n) {
				continue
			}
			words++
			ink, paper := inherited(n, look, "color"), inherited(n, look, "background-color")
			if c := contrast(t, ink, paper); c < 4.5 {
				t.Errorf("in %s, %q is %s on %s: %.1f to 1", name, text, ink, paper, c)
			}
		}
		if words < 15 {
			t.Errorf("in %s, only %d texts were found", name, words)
		}
	}
}

var darkRule = regexp.MustCompile(`\.([a-z]+)\{([^}]*)\}`)

func darkRules(doc *html.Node) map[string]string {
	rules := map[string]string{}
	for n := range doc.Descendants() {
		if n.Type != html.TextNode || n.Parent.Data != "style" {
			continue
		}
		_, sheet, _ := strings.Cut(n.Data, "prefers-color-scheme:dark){")
		sheet, _, _ = strings.Cut(sheet, "@media")
		for _, m := range darkRule.FindAllStringSubmatch(sheet, -1) {
			rules[m[1]] = strings.ReplaceAll(m[2], " !important", "")
		}
	}
	return rules
}

func hidden(n *html.Node) bool {
	for up := range n.Ancestors() {
		if up.Data == "head" || strings.Contains(attr(up, "style"), "display:none") {
			return true
		}
	}
	return false
}

// inherited is the value that a property has where n stands.
func inherited(n *html.Node, look func(*html.Node) string, property string) string {
	for up := range n.Ancestors() {
		value := ""
		for rule := range strings.SplitSeq(look(up), ";") {
			if name, v, _ := strings.Cut(rule, ":"); strings.TrimSpace(name) == property && v != "inherit" {
				value = v
			}
		}
		if value != "" {
			return value
		}
	}
	return ""
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	l, d := luminance(t, a), luminance(t, b)
	if l < d {
		l, d = d, l
	}
	return (l + 0.05) / (d + 0.05)
}

func luminance(t *testing.T, colour string) (sum float64) {
	t.Helper()
	rgb, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil || len(colour) != 7 {
		t.Fatalf("%q is no colour", colour)
	}
	for i, weight := range []float64{0.0722, 0.7152, 0.2126} {
		c := float64(rgb>>(8*i)&0xff) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
