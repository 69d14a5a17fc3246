package file

import (
	"strings"
	"testing"
)

func TestANameIsSafeWhereverItIsShownOrSaved(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ called, name string }{
		{"plan.pdf", "plan.pdf"},
		{"  my\tplan \n v2 .pdf ", "my plan v2 .pdf"},
		{"../../etc/passwd", "passwd"},
		{`C:\Users\Ada\plan.pdf`, "plan.pdf"},
		{"", "file"},
		{"...", "file"},
		{"/", "file"},
		{".hidden", "hidden"},
		{"notes.", "notes"},
		{"invoice\u202efdp.exe", "invoicefdp.exe"},
		{"a\x00b\x1b[31m.txt", "ab[31m.txt"},
		{"no\xfftext.txt", "notext.txt"},
		{`<img src="x">.png`, "-img src=-x--.png"},
		{"Übersicht – 日本.png", "Übersicht – 日本.png"},
		{strings.Repeat("é", 300) + ".jpeg", strings.Repeat("é", 195) + ".jpeg"},
		{strings.Repeat("a", 300), strings.Repeat("a", 200)},
		{"a." + strings.Repeat("b", 300), "a." + strings.Repeat("b", 198)},
	} {
		if got := cleanName(test.called); got != test.name {
			t.Errorf("%q is called %q, want %q", test.called, got, test.name)
		}
	}
}

func TestAProgramIsKnownByItsBytesOrByItsName(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, head string
		program    bool
	}{
		{"plan.pdf", "%PDF-1.7", false},
		{"main.go", "package main", false},
		{"deploy.sh", "#!/bin/sh\necho hello\n", false},
		{"page.html", "<!doctype html><script>alert(1)</script>", false},
		{"holiday.jpg", "MZ\x90\x00\x03\x00\x00\x00", true},
		{"holiday.jpg", "\x7fELF\x02\x01\x01" + strings.Repeat("\x00", 9) + "\x02\x00\x3e\x00", true},
		{"holiday.jpg", "\xcf\xfa\xed\xfe\x07\x00\x00\x01", true},
		{"invoice.pdf.exe", "anything", true},
		{"RUN.BAT", "del *.*", true},
		{"macro.vbs", "x = 1", true},
	} {
		if got := isProgram(test.name, []byte(test.head)); got != test.program {
			t.Errorf("%s with %q: program %v, want %v", test.name, test.head, got, test.program)
		}
	}
}

func TestOnlyPicturesMadeOfDotsAreShownInAPage(t *testing.T) {
	t.Parallel()
	for kind, inline := range map[string]bool{
		"image/png": true, "image/jpeg": true, "image/webp": true, "image/gif": true,
		"image/svg+xml": false, "text/html; charset=utf-8": false, "application/pdf": false, "": false,
	} {
		if got := (File{Type: kind}).InlineImage(); got != inline {
			t.Errorf("%s: %v, want %v", kind, got, inline)
		}
	}
}

func FuzzCleanName(f *testing.F) {
	for _, name := range []string{"plan.pdf", "../x", "\u202e.exe", strings.Repeat("ß.", 200), "a\xff/b"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, called string) {
		name := cleanName(called)
		if n := len([]rune(name)); n < 1 || n > maxName {
			t.Errorf("%q becomes %d characters long", called, n)
		}
		if strings.ContainsAny(name, "/\\\x00\n\r\"<>:|?*") || strings.HasPrefix(name, ".") {
			t.Errorf("%q becomes %q", called, name)
		}
		if again := cleanName(name); again != name {
			t.Errorf("%q becomes %q and then %q", called, name, again)
		}
	})
}
