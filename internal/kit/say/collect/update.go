package main

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/leonelquinteros/gotext"
)

var errUnsure = errors.New("a translation is marked as fuzzy: make up your mind, and take the mark away")

// update returns a catalogue that has exactly these texts, with the translations
// they have in old, which may be none. Its head stays as it is.
func update(old []byte, texts []*text) ([]byte, error) {
	if bytes.Contains(old, []byte("#, fuzzy")) {
		return nil, errUnsure
	}
	head, _, _ := strings.Cut(strings.TrimRight(string(old), "\n"), "\n\n")
	po := gotext.NewPo()
	po.Parse(old)
	if po.PluralForms == "" {
		return nil, errors.New("the head does not say what plural forms the language has")
	}
	translated := po.GetDomain().GetTranslations()
	forms := formsOf(po)
	var b strings.Builder
	b.WriteString(head + "\n")
	for _, t := range texts {
		var has map[int]string
		if was := translated[t.one]; was != nil {
			has = was.Trs
		}
		fmt.Fprintf(&b, "\n#: %s\nmsgid %s\n", strings.Join(t.files, " "), quoted(t.one))
		if t.other == "" {
			fmt.Fprintf(&b, "msgstr %s\n", quoted(has[0]))
			continue
		}
		fmt.Fprintf(&b, "msgid_plural %s\n", quoted(t.other))
		for form := range forms {
			fmt.Fprintf(&b, "msgstr[%d] %s\n", form, quoted(has[form]))
		}
	}
	return []byte(b.String()), nil
}

// formsOf is how many plural forms the head of a catalogue announces.
func formsOf(po *gotext.Po) (n int) {
	if _, err := fmt.Sscanf(strings.TrimSpace(po.PluralForms), "nplurals=%d", &n); err != nil {
		return 1
	}
	return n
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`)

// quoted writes s as catalogues do, each of its lines on one of its own.
func quoted(s string) string {
	if !strings.Contains(strings.TrimSuffix(s, "\n"), "\n") {
		return `"` + escapes.Replace(s) + `"`
	}
	lines := `""`
	for line := range strings.Lines(s) {
		lines += "\n\"" + escapes.Replace(line) + `"`
	}
	return lines
}

// missing are the texts of a catalogue that have no translation, and wrong what
// its translations do not have in common with their keys.
func review(catalogue []byte) (missing []string, wrong []error) {
	po := gotext.NewPo()
	po.Parse(catalogue)
	forms := formsOf(po)
	for key, t := range po.GetDomain().GetTranslations() {
		if key == "" {
			continue
		}
		english := []string{t.ID}
		if t.PluralID != "" {
			english = append(english, t.PluralID)
		}
		needed := 1
		if t.PluralID != "" {
			needed = forms
		}
		for form := range needed {
			switch translation := t.Trs[form]; {
			case translation == "":
				missing = append(missing, key)
			case !slices.ContainsFunc(english, func(e string) bool { return shapeOf(e) == shapeOf(translation) }):
				wrong = append(wrong, fmt.Errorf("%q is translated as %q, which speaks of other things", key, translation))
			}
		}
	}
	slices.Sort(missing)
	return missing, wrong
}
