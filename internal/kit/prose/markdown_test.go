package prose_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"freehold/internal/kit/prose"
)

func TestMarkdownIsShownAsHTML(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, markdown, want string }{
		{"nothing", "", ""},
		{"a line end is a line break", "one\ntwo", "<p>one<br>\ntwo</p>\n"},
		{"emphasis", "*one* **two** ~~three~~ `four`", "<p><em>one</em> <strong>two</strong> <del>three</del> <code>four</code></p>\n"},
		{"headings below those of the page", "# one\n## two\n###### six", "<h3>one</h3>\n<h4>two</h4>\n<h6>six</h6>\n"},
		{"headings in a quotation as well", "> # one", "<blockquote>\n<h3>one</h3>\n</blockquote>\n"},
		{"lists", "3. three\n4. four", "<ol start=\"3\">\n<li>three</li>\n<li>four</li>\n</ol>\n"},
		{"a language adds no class", "```go\nx\n```", "<pre><code>x\n</code></pre>\n"},
		{"a table's columns have no style", "|a|\n|-:|\n|1|", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table>\n"},
		{"links vouch for nothing", "[site](https://example.com 'title')", `<p><a href="https://example.com" rel="nofollow ugc noopener">site</a></p>` + "\n"},
		{"a bare link", "see www.example.com", `<p>see <a href="http://www.example.com" rel="nofollow ugc noopener">www.example.com</a></p>` + "\n"},
		{"an address", "<ada@example.com>", `<p><a href="mailto:ada@example.com" rel="nofollow ugc noopener">ada@example.com</a></p>` + "\n"},
		{"an image is its description", "![my *logo*](https://example.com/x.png)", "<p>my <em>logo</em></p>\n"},
		{"HTML is shown as typed", "a List<String>", "<p>a List&lt;String&gt;</p>\n"},
		{"a block of HTML too", "<div>\nhi\n</div>", "<p>&lt;div&gt;<br>\nhi<br>\n&lt;/div&gt;</p>\n"},
		{"a comment too", "<!-- psst -->", "<p>&lt;!-- psst --&gt;</p>\n"},
		{"an attribute that isn't one", `rel="nofollow"`, "<p>rel=&#34;nofollow&#34;</p>\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := prose.HTML(test.markdown); got != test.want {
				t.Errorf("%q is shown as\n%s\nwant\n%s", test.markdown, got, test.want)
			}
		})
	}
}

func TestPlainTextKeepsTheWordsAndDropsTheMarks(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ markdown, want string }{
		{"", ""},
		{"# One\n\n*two*\nthree\n\n\n\nfour", "One\n\ntwo\nthree\n\nfour"},
		{"- one\n- [two](https://example.com)", "one\ntwo"},
		{"1 < 2 & \\*so\\* &copy;", "1 < 2 & *so* ©"},
		{"a List<String>", "a List<String>"},
		{"![my logo](x.png)", "my logo"},
	} {
		if got := prose.Plain(test.markdown); got != test.want {
			t.Errorf("%q is %q in plain text, want %q", test.markdown, got, test.want)
		}
	}
}

// hostile texts try to get more onto a page than their author may put there.
var hostile = []string{
	"<script>alert(1)</script>",
	"<ScRiPt/src=//evil.example>",
	"<<script>script>alert(1)<</script>/script>",
	"<img src=x onerror=alert(1)>",
	"![x](javascript:alert(1))",
	`![x](y"onerror="alert(1))`,
	"[x](javascript:alert(1))",
	"[x](<java\nscript:alert(1)>)",
	"[x](JaVaScRiPt&colon;alert(1))",
	"[x](&#106;avascript:alert(1))",
	"[x](\u0001javascript:alert(1))",
	"[x](data:text/html;base64,PHNjcmlwdD4=)",
	"[x](vbscript:msgbox)",
	"[x](//evil.example)",
	"[x](/wallet/payouts)",
	"[x](https://example.com\"onmouseover=\"alert(1))",
	"[x](https://example.com 'a\" onmouseover=\"alert(1)')",
	"<javascript:alert(1)>",
	"<https://example.com/\"onclick=alert(1)>",
	"[r]\n\n[r]: javascript:alert(1)",
	"```\"><script>alert(1)</script>\nx\n```",
	"`<script>`",
	"| <script> |\n|-|\n| <img src=x onerror=alert(1)> |",
	"</p></main><form action=//evil.example>",
	"&lt;script&gt;alert(1)&lt;/script&gt;",
	"<svg/onload=alert(1)>",
	"<style>*{display:none}</style>",
	"<a href=\"x\" style=\"position:fixed\">",
	strings.Repeat("> ", 200) + "x",
	strings.Repeat("[", 200) + "x" + strings.Repeat("](y)", 200),
	strings.Repeat("*", 1000),
	"\x00\xff\xfe<\x00script>",
}

func TestHostileTextStaysText(t *testing.T) {
	t.Parallel()
	for _, markdown := range hostile {
		mustBeTame(t, markdown)
	}
}

func TestNaughtyStringsStayText(t *testing.T) {
	t.Parallel()
	const path = "../../../../shared/data/geo-tax/big_list_of_naughty_strings.json"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("The list of naughty strings is not beside the project, where this test looks for it: %v", err)
	}
	var all []string
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		mustBeTame(t, s)
		mustBeStorable(t, s)
	}
}

func FuzzHTML(f *testing.F) {
	for _, markdown := range hostile {
		f.Add(markdown)
	}
	f.Fuzz(func(t *testing.T, markdown string) { mustBeTame(t, markdown) })
}

// mustBeTame reads the HTML as a browser does, and looks for what is not on the
// short list of harmless things.
func mustBeTame(t *testing.T, markdown string) {
	t.Helper()
	shown := prose.HTML(markdown)
	for _, s := range []string{"<script", "<img", "<style", "<svg"} {
		if strings.Contains(strings.ToLower(shown), s) {
			t.Fatalf("%q is shown as %s", markdown, shown)
		}
	}
	page := html.NewTokenizer(strings.NewReader(shown))
	for page.Next() != html.ErrorToken {
		if token := page.Token(); !harmless(token) {
			t.Fatalf("%q is shown as %s\nwith %v", markdown, shown, token)
		}
	}
	if err := page.Err(); !errors.Is(err, io.EOF) {
		t.Fatalf("%q is shown as %s: %v", markdown, shown, err)
	}
	prose.Plain(markdown)
}

var tags = strings.Fields("p br hr h3 h4 h5 h6 blockquote pre code em strong del ul ol li table thead tbody tr th td a")

func harmless(token html.Token) bool {
	switch token.Type {
	case html.TextToken:
		return true
	case html.CommentToken, html.DoctypeToken:
		return false
	}
	return slices.Contains(tags, token.Data) && !slices.ContainsFunc(token.Attr, func(a html.Attribute) bool {
		switch token.Data + " " + a.Key {
		case "ol start":
			return false
		case "a rel":
			return a.Val != "nofollow ugc noopener"
		case "a href":
			u, err := url.Parse(a.Val)
			return err != nil || !slices.Contains([]string{"http", "https", "mailto"}, u.Scheme)
		}
		return true
	})
}
