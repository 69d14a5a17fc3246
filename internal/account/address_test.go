package account_test

import (
	"net/mail"
	"strings"
	"testing"

	"freehold/internal/account"
)

func TestAddressesAreReadAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"ada@example.org":                 "ada@example.org",
		"  Ada.L+work@Example.ORG\n":      "Ada.L+work@example.org",
		"o'neil@example.co.uk":            "o'neil@example.co.uk",
		"ada@bücher.example":              "ada@xn--bcher-kva.example",
		"ada@xn--bcher-kva.example":       "ada@xn--bcher-kva.example",
		strings.Repeat("a", 64) + "@b.eu": strings.Repeat("a", 64) + "@b.eu",

		"":                                      "",
		"ada":                                   "",
		"ada@":                                  "",
		"@example.org":                          "",
		"ada@localhost":                         "",
		"ada@example..org":                      "",
		"ada@.example.org":                      "",
		"ada@-example.org":                      "",
		"ada@exam_ple.org":                      "",
		"ada@[127.0.0.1]":                       "",
		"ada@example.org, eve@b.org":            "",
		"Ada <ada@example.org>":                 "",
		"<ada@example.org>":                     "",
		"ada (work)@example.org":                "",
		`"ada l"@example.org`:                   "",
		"ada..l@example.org":                    "",
		"ada @example.org":                      "",
		"ada@exam ple.org":                      "",
		"ada@example.org\r\nBcc: e@b.org":       "",
		"ada\x00@example.org":                   "",
		"ada\xff@example.org":                   "",
		"ädä@example.org":                       "",
		strings.Repeat("a", 65) + "@b.eu":       "",
		"a@" + strings.Repeat("b.", 130) + "eu": "",
	} {
		got, err := account.ParseAddress(typed)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q, %v, want %q", typed, got, err, want)
		}
	}
}

// What is let in can be mailed to, is one address and not several, and is read
// the same again.
func FuzzParseAddress(f *testing.F) {
	for _, seed := range []string{"ada@example.org", "Ada <ada@example.org>", `"a b"@c.de`, "ada@bücher.example", "a@b.c\r\nBcc: d@e.f", "a@b。org", "0@。"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got, err := account.ParseAddress(typed)
		if err != nil {
			return
		}
		if again, err := account.ParseAddress(got); err != nil || again != got {
			t.Errorf("%q is read as %q, and that as %q: %v", typed, got, again, err)
		}
		if all, err := mail.ParseAddressList(got); err != nil || len(all) != 1 || all[0].Address != got {
			t.Errorf("%q is read as %q, which is %v: %v", typed, got, all, err)
		}
		if strings.ContainsAny(got, " \t\r\n\x00<>,;\"") || len(got) > 254 {
			t.Errorf("%q is read as %q", typed, got)
		}
	})
}
