package say

import (
	"embed"
	"strings"
	"sync"

	"github.com/leonelquinteros/gotext"
	"golang.org/x/text/language"
)

//go:embed catalogue/*.po
var files embed.FS

// Language is one in which the texts can be read.
type Language struct {
	Code string // ISO 639-1
	Own  string // what its speakers call it
}

// Languages are those in which the texts can be read. English, in which they
// are written, comes first.
var Languages = []Language{{"en", "English"}, {"ms", "Bahasa Melayu"}}

// catalogue is all that we can say in a language other than English.
type catalogue struct {
	words   map[string]string // translations by key
	plurals *gotext.Po        // which knows the language's plural forms
}

// catalogues are read when somebody first asks.
var catalogues = sync.OnceValue(func() map[string]*catalogue {
	all := map[string]*catalogue{}
	for _, l := range Languages[1:] {
		text, err := files.ReadFile("catalogue/" + l.Code + ".po")
		if err != nil {
			panic(err) // a language was added without its file
		}
		c := &catalogue{map[string]string{}, gotext.NewPo()}
		c.plurals.Parse(text)
		for key, t := range c.plurals.GetDomain().GetTranslations() {
			if t.IsTranslated() && key != "" { // under "" stands the file's head
				c.words[key] = t.Get()
			}
		}
		all[l.Code] = c
	}
	return all
})

// Speaks reports whether texts can be read in the language with this code.
func Speaks(code string) bool { return code == "en" || catalogues()[code] != nil }

var matcher = sync.OnceValue(func() language.Matcher {
	var tags []language.Tag
	for _, l := range Languages {
		tags = append(tags, language.Make(l.Code))
	}
	return language.NewMatcher(tags)
})

// Match returns the code of the language that suits a browser best, by its
// Accept-Language header (RFC 9110).
func Match(acceptLanguage string) string {
	wanted, _, _ := language.ParseAcceptLanguage(acceptLanguage) // a broken header wants nothing
	_, i, _ := matcher().Match(wanted...)
	return Languages[i].Code
}

// Language is the code of the language in which r reads our texts: English for
// whom there is no catalogue, though they get amounts and numbers as their own
// language writes them.
func (r Reader) Language() string {
	code, _, _ := strings.Cut(r.Lang, "-")
	if !Speaks(code) {
		return "en"
	}
	return code
}

// Word is the translation of a key that is known only when the program runs:
// a state, a reason, a category, a format. It fills nothing in.
func (r Reader) Word(key string) string {
	if c := catalogues()[r.Language()]; c != nil {
		if word, ok := c.words[key]; ok {
			return word
		}
	}
	return key
}

// Plural is the translation of the format that goes with n.
func (r Reader) Plural(n int, one, other string) string {
	if c := catalogues()[r.Language()]; c != nil && c.plurals.IsTranslatedN(one, n) {
		return c.plurals.GetN(one, other, n)
	}
	if n == 1 {
		return one
	}
	return other
}

// Words marks words that reach Word as data, such as states, so that they are
// collected into the catalogues. They must be constants.
func Words[T ~string](words ...T) []T { return words }

// Key marks one text that reaches Word or That by way of a variable.
func Key(text string) string { return text }
