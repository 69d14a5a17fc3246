// Package prose handles what people write: it cleans what they type, and shows
// it without letting it take over the page, the list or the mail it stands in.
//
// Text goes through Clean or Line once, when it comes in. What is stored is the
// Markdown as written; HTML, Plain and Snippet are made from it for each
// reading. HTML relies on nothing: it is safe for text that was never cleaned.
package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"freehold/internal/kit/fault"
)

// ErrNotText refuses bytes that no keyboard makes, and PostgreSQL cannot store.
var ErrNotText = fault.New(fault.Invalid, "not_text",
	"Part of that text has arrived broken, so we have not kept it. Type it or paste it again as plain text.")

// Clean returns typed text as it is to be stored: valid UTF-8 in normal form C,
// lines ended by \n, without surrounding space. It leaves out control
// characters except newline and tab, and those that turn the direction of the
// text after them around, with which a text can be made to read unlike what it
// says. It fails with ErrNotText.
func Clean(s string) (string, error) {
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return "", ErrNotText
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n\n").Replace(s)
	s = norm.NFC.String(strings.Map(printable, s))
	return strings.TrimFunc(s, blank), nil
}

// Line is Clean for a text of one line, such as a name or a title: each run of
// space and line ends in it becomes one space.
func Line(s string) (string, error) {
	s, err := Clean(s)
	return strings.Join(strings.Fields(s), " "), err
}

func printable(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case unicode.IsControl(r), r == '\ufeff':
		return -1
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069': // turn text around
		return -1
	}
	return r
}

// blank reports whether r at the end of a text shows nothing. Format characters
// beyond the first plane do: they end the flags of England, Scotland and Wales.
func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) && r <= 0xffff
}

// Snippet returns the beginning of a plain text in one line of at most n runes.
// Where it leaves something out, it stops after a whole word if it can, and ends
// in "…".
func Snippet(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	if n < 1 {
		return ""
	}
	head := string(runes[:n-1])
	if runes[n-1] != ' ' {
		if space := strings.LastIndexByte(head, ' '); space > 0 {
			head = head[:space]
		}
	}
	return strings.TrimRight(head, " ,.;:–—-") + "…"
}
