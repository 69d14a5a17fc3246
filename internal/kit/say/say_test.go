package say_test

import (
	"encoding/json"
	"testing"
	"time"

	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

var noon = time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)

func TestASentenceIsReadInTheReadersOwnWay(t *testing.T) {
	t.Parallel()
	malaysia, err := time.LoadLocation("Asia/Kuala_Lumpur")
	if err != nil {
		t.Fatal(err)
	}
	s := say.That("%s paid %s for “%s” at %s, %d days early, due %s.", "Carl", money.Amount{Minor: 123450, Currency: "EUR"}, "Logo", noon, 2, say.Day(noon))
	for _, test := range []struct {
		reader say.Reader
		want   string
	}{
		{say.Reader{}, "Carl paid €1,234.50 for “Logo” at 1 Jan 2030, 12:00 UTC, 2 days early, due Tue 1 Jan 2030."},
		{say.Reader{Lang: "de", Zone: malaysia}, "Carl paid 1.234,50\u00a0€ for “Logo” at 1 Jan 2030, 20:00 +08, 2 days early, due Tue 1 Jan 2030."},
	} {
		if got := s.For(test.reader); got != test.want {
			t.Errorf("%+v reads %q, want %q", test.reader, got, test.want)
		}
	}
}

func TestAStoredSentenceReadsTheSame(t *testing.T) {
	t.Parallel()
	for _, s := range []say.Sentence{
		say.That("Nothing happened."),
		say.That("%s, %d, %s, %s, %s", "<b>&", 0, money.Amount{Minor: -5, Currency: "JPY"}, noon, say.Day(noon)),
		say.That("%s is spelt with a %%", "100"),
	} {
		stored, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var back say.Sentence
		if err := json.Unmarshal(stored, &back); err != nil {
			t.Fatal(err)
		}
		if back.String() != s.String() {
			t.Errorf("%s was stored as %s and reads %s", s, stored, back)
		}
	}
}

func TestWhatCannotBeStoredIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := json.Marshal(say.Sentence{Format: "%s", Args: []any{struct{}{}}}); err == nil {
		t.Error("stored")
	}
}
