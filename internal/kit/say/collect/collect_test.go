package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"freehold/internal/kit/say"
)

const root = "../../../.."

func TestTheCataloguesHoldEveryTextAndNoOther(t *testing.T) {
	t.Parallel()
	texts, err := collect(filepath.Join(root, "internal"))
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range say.Languages[1:] {
		old, err := os.ReadFile(catalogue(root, l.Code))
		if err != nil {
			t.Fatal(err)
		}
		updated, err := update(old, texts)
		if err != nil {
			t.Fatal(err)
		}
		if string(updated) != string(old) {
			t.Errorf("%s.po is out of date: run make catalogue. %s", l.Code, firstDifference(string(old), string(updated)))
		}
	}
}

func firstDifference(old, updated string) string {
	was, is := strings.Split(old, "\n"), strings.Split(updated, "\n")
	for i := range min(len(was), len(is)) {
		if was[i] != is[i] {
			return "It says " + was[i] + " where it should say " + is[i]
		}
	}
	return "One of them ends early."
}

func TestTranslationsSpeakOfWhatTheirKeysSpeakOf(t *testing.T) {
	t.Parallel()
	for _, l := range say.Languages[1:] {
		po, err := os.ReadFile(catalogue(root, l.Code))
		if err != nil {
			t.Fatal(err)
		}
		missing, wrong := review(po)
		for _, err := range wrong {
			t.Errorf("%s: %v", l.Own, err)
		}
		if len(missing) > 0 {
			t.Errorf("%s lacks %d texts; the first are:\n%s", l.Own, len(missing), strings.Join(missing[:min(20, len(missing))], "\n"))
		}
	}
}

// gather collects from files that are written for one test.
func gather(t *testing.T, files map[string]string) ([]*text, error) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "internal")
	files["skill/taxonomy.tsv"] += "# categories\n"
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return collect(dir)
}

func TestTextsAreFoundWhereverTheyStand(t *testing.T) {
	t.Parallel()
	texts, err := gather(t, map[string]string{
		"a/a.go": `package a
			const (
				open State = "is open"
				long = "a long " + (half + "text")
				half = "and cut "
			)
			var _ = say.Words(open, b.Shut)
			var errNo = fault.New(fault.Invalid, "no", "No, %s.")
			var told = []string{say.Key("Data.")}
			func refuse(field, sentence string) error { return fault.New(fault.Invalid, "x", sentence).At(field) }
			func (w who) turn(mine, theirs string) say.Sentence { if w.me { return say.That(mine) }; return say.That(theirs) }
			func days(n int, one, other string) say.Sentence { return say.Count(n, one, other) }
			func f(w who) {
				_ = say.That(long)
				_ = refuse("title", "Give it a title.")
				_ = w.turn("Your turn.", "Their turn.")
				_ = days(2, "%d day", "%d days")
				_ = r.T("%s", w)
			}`,
		"b/b.go":                   `package b; const Shut = "is shut"`,
		"money/money.go":           `package money; var ErrX = &Refusal{"x", "Too much."}`,
		"web/view/page_templ.go":   `package view; func page(f Frame) { f.T("Hello %s", n); f.N(2, "%d post", "%d posts"); Text(f, "See [this] by %s.", Link("/"), t); TextN(f, 2, "[%d thing]", "[%d things]", Link("/")) }`,
		"web/view/page_test.go":    `package view; func x(f Frame) { f.T("Only a test.") }`,
		"skill/taxonomy.tsv":       "category\twriting\tWriting\nskill\tProse\n",
		"promise/books_add_up.sql": "-- Every book\n-- adds up.\nSELECT 1",
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range texts {
		got = append(got, x.one)
		if x.one == "Hello %s" && !slices.Equal(x.files, []string{"internal/web/view/page.templ"}) {
			t.Errorf("a text of a template is said to stand in %v", x.files)
		}
		if x.one == "%d day" && x.other != "%d days" {
			t.Errorf("the plural of a day is %q", x.other)
		}
	}
	want := []string{
		"is open", "is shut", "No, %s.", "Data.", "a long and cut text", "Give it a title.", "Your turn.", "Their turn.", "%d day",
		"Too much.", "Hello %s", "%d post", "See [this] by %s.", "[%d thing]", "Writing", "Books add up", "Every book adds up.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestWhatCannotBeCollectedOrFilledIsRefused(t *testing.T) {
	t.Parallel()
	for name, call := range map[string]string{
		"a text that is no constant":       `f.T(word)`,
		"a marked word that is none":       `say.Words(word)`,
		"a count with an argument lost":    `f.N(2, "%d day of %s", "%d days of %s")`,
		"a count with one too many":        `say.Count(2, "%d day", "%d days", name)`,
		"a bracket that nothing wraps":     `Text(f, "See [this].")`,
		"a wrap without its bracket":       `Text(f, "See this.", Link("/"))`,
		"a key with two different plurals": `f.N(2, "%d day", "%d days") + f.N(2, "%d day", "%d dayz")`,
	} {
		if _, err := gather(t, map[string]string{"web/view/page.go": "package view; func page(f Frame, w string) { word := w; _ = " + call + " }"}); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

const head = `# A head
msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=n != 1;\n"
`

func TestAnUpdateKeepsTranslationsAddsWhatIsNewAndDropsWhatIsGone(t *testing.T) {
	t.Parallel()
	old := head + `
#: b.go
msgid "Gone"
msgstr "Weg"

#: b.go
msgid "Kept \"as\" it is\n"
"over two lines"
msgstr "Bleibt \"wie\" es ist\n"
"auf zwei Zeilen"

msgid "%d day"
msgid_plural "%d days"
msgstr[0] "%d Tag"
msgstr[1] "%d Tage"
`
	texts := []*text{
		{one: "%d day", other: "%d days", files: []string{"a.go", "b.go"}},
		{one: "Kept \"as\" it is\nover two lines", files: []string{"a.go"}},
		{one: "New", files: []string{"a.go"}},
		{one: "%d month", other: "%d months", files: []string{"a.go"}},
	}
	want := head + `
#: a.go b.go
msgid "%d day"
msgid_plural "%d days"
msgstr[0] "%d Tag"
msgstr[1] "%d Tage"

#: a.go
msgid ""
"Kept \"as\" it is\n"
"over two lines"
msgstr ""
"Bleibt \"wie\" es ist\n"
"auf zwei Zeilen"

#: a.go
msgid "New"
msgstr ""

#: a.go
msgid "%d month"
msgid_plural "%d months"
msgstr[0] ""
msgstr[1] ""
`
	for range 2 { // what was updated once stays as it is
		updated, err := update([]byte(old), texts)
		if err != nil {
			t.Fatal(err)
		}
		if string(updated) != want {
			t.Fatalf("updated to\n%s\nwant\n%s", updated, want)
		}
		old = string(updated)
	}
	for _, broken := range []string{"msgid \"\"\nmsgstr \"\"\n", head + "\n#, fuzzy\nmsgid \"New\"\nmsgstr \"Neu?\"\n"} {
		if _, err := update([]byte(broken), texts); err == nil {
			t.Errorf("taken: %s", broken)
		}
	}
}

func TestAReviewFindsWhatIsMissingAndWhatSpeaksOfSomethingElse(t *testing.T) {
	t.Parallel()
	entry := func(key, translation string) string {
		return "\nmsgid \"" + key + "\"\nmsgstr \"" + translation + "\"\n"
	}
	missing, wrong := review([]byte(head + entry("None", "") + entry("%s has %d", "%[2]d hat %[1]s") + entry("See [this]", "Siehe [das]")))
	if !slices.Equal(missing, []string{"None"}) || len(wrong) > 0 {
		t.Errorf("missing %q, wrong %v", missing, wrong)
	}
	for _, e := range []string{entry("%s has %d", "%s hat"), entry("See [this]", "Siehe das"), entry("Nothing", "Nichts %s"), entry("%s and %s", "%[2]s")} {
		if _, wrong := review([]byte(head + e)); len(wrong) != 1 {
			t.Errorf("not found wrong: %s", e)
		}
	}
}
