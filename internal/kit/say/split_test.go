package say_test

import (
	"testing"

	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

func TestASentenceIsSplitAfterTheFirstFullStopOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		said        say.Sentence
		first, rest string
	}{
		{say.That("Nothing happened."), "Nothing happened.", ""},
		{say.That("Nothing happened. Nothing will! Will it?"), "Nothing happened.", "Nothing will! Will it?"},
		{say.That("%s proposed for “%s”. You owe an answer by %s.", "J. Doe", "Is it? Yes. A logo.", noon),
			"J. Doe proposed for “Is it? Yes. A logo.”.", "You owe an answer by 1 Jan 2030, 12:00 UTC."},
		{say.That("%d of %s are yours. Well done.", 2, money.Amount{Minor: 123450, Currency: "EUR"}), "2 of €1,234.50 are yours.", "Well done."},
		{say.That("It costs 1.50 and no more"), "It costs 1.50 and no more", ""},
		{say.Sentence{}, "", ""},
	} {
		if first, rest := test.said.Split(say.Reader{}); first != test.first || rest != test.rest {
			t.Errorf("%s is split into %q and %q", test.said, first, rest)
		}
	}
}
