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
		say.Count(1, "%d day for %s", "%d days for %s", "Ada"),
		say.Count(2, "%d day for %s", "%d days for %s", "Ada"),
		say.That("%s They wrote: “%s”", say.Count(1, "%d day.", "%d days."), "Well"),
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

var ipoh = say.Reader{Lang: "ms", Zone: time.FixedZone("+08", 8*60*60)}

func TestATextIsTranslatedAndWhatItSpeaksOfIsWrittenForTheReader(t *testing.T) {
	t.Parallel()
	ringgit := money.Amount{Minor: 123450, Currency: "MYR"}
	english := say.Reader{}
	for _, test := range []struct{ got, want string }{
		{ipoh.T("%s is in your wallet now.", ringgit), "RM\u00a01,234.50 kini berada dalam dompet anda."},
		{say.That("%s is in your wallet now.", ringgit).For(ipoh), "RM\u00a01,234.50 kini berada dalam dompet anda."},
		{ipoh.T("Nobody has translated %s.", "this"), "Nobody has translated this."},
		{ipoh.Word("waiting list"), "senarai menunggu"},
		{ipoh.Word(""), ""},
		{ipoh.Moment(noon.AddDate(0, 4, 0)), "1 Mei 2030, 20:00 +08"},
		{ipoh.Day(noon), "Sel 1 Jan 2030"},
		{english.Moment(noon), "1 Jan 2030, 12:00 UTC"},
		{english.T("%d of %d", 1234567, 2), "1,234,567 of 2"},
		{say.Reader{Lang: "de"}.T("%d of %d", 1234567, 2), "1.234.567 of 2"},
		{english.T("100 %% of %[2]s, %[1]s", "a", "b"), "100 % of b, a"},
		{english.T("%s", say.That("%d days", 2)), "2 days"},
	} {
		if test.got != test.want {
			t.Errorf("reads %q, want %q", test.got, test.want)
		}
	}
}

func TestWordsGoByTheCount(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0 days", 1: "1 day", 2: "2 days", 1234: "1,234 days"} {
		if got := (say.Reader{}).N(n, "%d day", "%d days"); got != want {
			t.Errorf("%d reads %q, want %q", n, got, want)
		}
		if got := say.Count(n, "%d day", "%d days").String(); got != want {
			t.Errorf("a sentence of %d reads %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int]string{1: "1 hari", 3: "3 hari"} {
		if got := ipoh.N(n, "%d day", "%d days"); got != want {
			t.Errorf("%d reads %q, want %q", n, got, want)
		}
	}
	if got := (say.Reader{}).N(1, "A proposal for “%[2]s”", "%d proposals for “%s”", "Logo"); got != "A proposal for “Logo”" {
		t.Errorf("reads %q", got)
	}
}

func TestASentenceStoredBeforeSentencesHadPluralsStillReads(t *testing.T) {
	t.Parallel()
	var s say.Sentence
	if err := json.Unmarshal([]byte(`{"say":"%d days for %s","of":[{"count":1},{"text":"Ada"}]}`), &s); err != nil {
		t.Fatal(err)
	}
	if s.String() != "1 days for Ada" {
		t.Errorf("reads %q", s)
	}
}

func TestABrowserGetsTheLanguageThatSuitsItBest(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"": "en", "ms": "ms", "ms-MY,ms;q=0.9,en;q=0.8": "ms", "en-GB,ms;q=0.5": "en", "de,ms;q=0.3": "ms", "fr": "en", "*": "en", "%%;;q=": "en",
	} {
		if got := say.Match(header); got != want {
			t.Errorf("%q gets %s, want %s", header, got, want)
		}
	}
}

func TestReadersOfALanguageWithoutACatalogueReadEnglish(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string]string{"": "en", "en": "en", "ms": "ms", "ms-MY": "ms", "de": "en", "nonsense": "en"} {
		if got := (say.Reader{Lang: lang}).Language(); got != want {
			t.Errorf("%q reads %s, want %s", lang, got, want)
		}
	}
}
