package prose_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"freehold/internal/kit/prose"
)

func TestTypedTextIsCleaned(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, typed, want string }{
		{"nothing", "", ""},
		{"only space", " \t\r\n\u00a0\u200b", ""},
		{"space around it", "\n  one two \n", "one two"},
		{"space inside stays", "one\n\n\ttwo  three", "one\n\n\ttwo  three"},
		{"line ends of every machine", "a\r\nb\rc\u0085d\u2028e\u2029f", "a\nb\nc\nd\ne\n\nf"},
		{"composed letters", "cafe\u0301", "café"},
		{"control characters", "a\x01\x1b[31mb\x7f\u009bc", "a[31mbc"},
		{"text that runs backwards", "invoice\u202efdp.exe \u2066x\u2069", "invoicefdp.exe x"},
		{"a byte order mark", "\ufeffone", "one"},
		{"a letter split by what is dropped", "e\u202e\u0301", "é"},
		{"joiners stay inside", "می\u200cخواهم 👩\u200d💻", "می\u200cخواهم 👩\u200d💻"},
		{"a flag stays whole", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got, err := prose.Clean(test.typed); err != nil || got != test.want {
				t.Errorf("%q becomes %q, %v; want %q", test.typed, got, err, test.want)
			}
		})
	}
}

func TestWhatIsNotTextIsRefused(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"\xff", "one\xc3", "\xed\xa0\x80", "a\x00b"} {
		if got, err := prose.Clean(typed); !errors.Is(err, prose.ErrNotText) || got != "" {
			t.Errorf("%q becomes %q, %v", typed, got, err)
		}
		if got, err := prose.Line(typed); !errors.Is(err, prose.ErrNotText) || got != "" {
			t.Errorf("%q becomes the line %q, %v", typed, got, err)
		}
	}
}

func TestALineHasNoLineEnds(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"":                                "",
		" Ada \n Lovelace ":               "Ada Lovelace",
		"a\u00a0\u2003b\tc":               "a b c",
		"a\r\n\r\nb":                      "a b",
		"Subject: hi\r\nBcc: eve@evil.ex": "Subject: hi Bcc: eve@evil.ex",
	} {
		if got, err := prose.Line(typed); err != nil || got != want {
			t.Errorf("%q becomes %q, %v; want %q", typed, got, err, want)
		}
	}
}

func TestASnippetStopsAfterAWord(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text string
		n    int
		want string
	}{
		{"one two three", 13, "one two three"},
		{"one two three", 12, "one two…"},
		{"one two three", 8, "one two…"},
		{"one two three", 7, "one…"},
		{"one, two", 6, "one…"},
		{"one\n\n two\tthree", 13, "one two three"},
		{"unbreakable", 6, "unbre…"},
		{"日本語の文章です", 4, "日本語…"},
		{"one two", 1, "…"},
		{"one two", 0, ""},
		{"one two", -1, ""},
		{"", 0, ""},
		{"", 5, ""},
	} {
		if got := prose.Snippet(test.text, test.n); got != test.want {
			t.Errorf("%q in %d runes is %q, want %q", test.text, test.n, got, test.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, typed := range []string{"one\r\ntwo", "e\u202e\u0301", "\u200b\ufeff", "a\x00", "\xff", "ﷺ", "\u2000\u0344"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) { mustBeStorable(t, typed) })
}

func mustBeStorable(t *testing.T, typed string) {
	t.Helper()
	clean, err := prose.Clean(typed)
	if err != nil {
		if utf8.ValidString(typed) && !strings.Contains(typed, "\x00") {
			t.Fatalf("%q is refused: %v", typed, err)
		}
		return
	}
	if !utf8.ValidString(clean) || !norm.NFC.IsNormalString(clean) || strings.TrimSpace(clean) != clean {
		t.Fatalf("%q becomes %q", typed, clean)
	}
	if strings.ContainsFunc(clean, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		t.Fatalf("%q becomes %q", typed, clean)
	}
	if again, err := prose.Clean(clean); err != nil || again != clean {
		t.Fatalf("%q, cleaned twice, becomes %q, %v", clean, again, err)
	}
	line, err := prose.Line(typed)
	if err != nil || strings.ContainsAny(line, "\n\t") {
		t.Fatalf("%q becomes the line %q, %v", typed, line, err)
	}
	if short := prose.Snippet(clean, 20); utf8.RuneCountInString(short) > 20 {
		t.Fatalf("%q has a long snippet: %q", clean, short)
	}
}
