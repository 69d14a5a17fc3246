package prose

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	htmlrenderer "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// HTML renders Markdown (CommonMark with tables, strikethrough and bare links;
// a line end is a line break) as an HTML fragment that can stand in a page as it
// is. HTML in the Markdown is text like any other, and shown as typed. There are
// no images, only their descriptions. Headings start at h3, below those of the
// page. Links lead to http, https and mailto only, and vouch for nothing.
//
// Unclosed brackets take time that grows with the square of their number: a
// fifth of a second for 20 kB of them. The length of a text is to be limited
// before it is stored.
func HTML(markdown string) string {
	var out bytes.Buffer
	if err := converter.Convert([]byte(markdown), &out); err != nil {
		return html.EscapeString(markdown)
	}
	// Text and attribute values have their quotes escaped by now: only a tag
	// can match.
	return strings.ReplaceAll(policy.Sanitize(out.String()), ` rel="nofollow"`, ` rel="nofollow ugc noopener"`)
}

// Plain renders Markdown as plain text, for snippets and mails: paragraphs parted
// by empty lines, and no marks. It is not HTML, and still to be escaped in a page.
func Plain(markdown string) string {
	apart := paragraphEnd.ReplaceAllString(HTML(markdown), "$0\n")
	s := html.UnescapeString(tagless.Sanitize(apart))
	return strings.TrimSpace(gap.ReplaceAllString(s, "\n\n"))
}

var (
	paragraphEnd = regexp.MustCompile(`</(?:p|h\d)>\n`)
	gap          = regexp.MustCompile(`\n{3,}`)
)

// converter is without goldmark's parsers for HTML: its own way of making HTML
// safe drops it, and with it the type from "a List<String>".
var converter = goldmark.New(
	goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(without(parser.NewHTMLBlockParser(), parser.DefaultBlockParsers())...),
		parser.WithInlineParsers(without(parser.NewRawHTMLParser(), parser.DefaultInlineParsers())...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		parser.WithASTTransformers(util.Prioritized(lower{}, 100)),
	)),
	goldmark.WithExtensions(
		extension.Strikethrough,
		extension.Linkify,
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
	),
	goldmark.WithRendererOptions(
		htmlrenderer.WithHardWraps(),
		renderer.WithNodeRenderers(util.Prioritized(described{}, 100)),
	),
)

func without(parser any, from []util.PrioritizedValue) []util.PrioritizedValue {
	return slices.DeleteFunc(from, func(v util.PrioritizedValue) bool { return v.Value == parser })
}

// policy is the second lock on the door: it lets pass what converter makes, and
// would stop what a mistake in converter let through.
var policy = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "pre", "code",
		"em", "strong", "del", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(true)
	return p
}()

var tagless = bluemonday.StrictPolicy()

// lower moves headings below those of the page around them.
type lower struct{}

func (lower) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			h.Level = min(h.Level+2, 6)
		}
		return ast.WalkContinue, nil
	})
}

// described renders an image as its description.
type described struct{}

func (described) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindImage, func(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
		return ast.WalkContinue, nil
	})
}
