package skill

import (
	"errors"
	"testing"
)

func TestAWordLooksTheSameHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ written, want string }{
		{"Node.js", "nodejs"},
		{" NODE  JS ", "nodejs"},
		{"UI/UX design", "uiuxdesign"},
		{"Español", "espanol"},
		{"Čeština", "cestina"},
		{"e\u0301tude", "etude"},
		{"C", "c"},
		{"C++", "c++"},
		{"C#", "c#"},
		{".NET", "net"},
		{"ＡＢＣ", "abc"},
		{"Русский", "русскии"},
		{"हिन्दी", "हिन्दी"},
		{"中文", "中文"},
		{"İstanbul", "istanbul"},
		{"?!", ""},
	} {
		if got := fold(test.written); got != fold(test.want) || (test.want != "" && got == "") {
			t.Errorf("%q became %q, want %q", test.written, got, test.want)
		}
	}
}

func TestALevelIsOneOfThree(t *testing.T) {
	t.Parallel()
	for _, l := range Levels {
		if got, err := ParseLevel(string(l)); err != nil || got != l {
			t.Errorf("%s became %s: %v", l, got, err)
		}
	}
	for _, s := range []string{"", "Expert", "guru"} {
		if _, err := ParseLevel(s); !errors.Is(err, ErrUnknownLevel) {
			t.Errorf("%q: got %v", s, err)
		}
	}
}

func TestASlipOfTheFingersIsCountedInLetters(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"go", "go", 0}, {"", "go", 2}, {"go", "", 2},
		{"phyton", "python", 2}, {"wordpres", "wordpress", 1}, {"жаба", "java", 4}, {"figma", "sigma", 1},
	} {
		if got := edits(test.a, test.b); got != test.want {
			t.Errorf("from %q to %q: %d edits, want %d", test.a, test.b, got, test.want)
		}
	}
}
