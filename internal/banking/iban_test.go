package banking_test

import (
	"errors"
	"fmt"
	"testing"

	"freehold/internal/banking"
)

func TestParseIBAN(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]banking.IBAN{
		"PT50000201231234567890154":             "PT50000201231234567890154",
		" pt50 0002 0123 1234 5678 9015 4 ":     "PT50000201231234567890154",
		"DE89 3704 0044 0532 0130 00":           "DE89370400440532013000",
		"MT84 MALT 0110 0001 2345 MTLC AST001S": "MT84MALT011000012345MTLCAST001S",
		"PT50000201231234567890155":             "", // one digit is wrong
		"PT5000020123123456789015":              "", // one is missing
		"PT500002012312345678901544":            "",
		"PT05000201231234567890154":             "", // two change places
		"ZZ50000201231234567890154":             "",
		"4111111111111111":                      "",
		"PT50-0002-0123-1234-5678-9015-4":       "",
		"ΠT50000201231234567890154":             "",
		"":                                      "",
	} {
		got, err := banking.ParseIBAN(typed)
		if got != want || (want == "") != errors.Is(err, banking.ErrIBAN) {
			t.Errorf("%q is %q, %v", typed, got, err)
		}
	}
}

func TestReferencesAreFoundInWhatPeopleWrite(t *testing.T) {
	t.Parallel()
	if got := banking.Reference("539007547034"); got != "RF18539007547034" { // an example of the standard
		t.Errorf("it is %s", got)
	}
	for _, id := range []int64{1, 7, 12345, 1 << 62} {
		ref := banking.ReferenceOf(fmt.Sprintf("deposit/%d", id))
		ours := fmt.Sprintf("D%d", id)
		for _, text := range []string{ref, "for you: " + ref, ref[:4] + " " + ref[4:], ref + "thanks", "ref" + ref + "\nBye"} {
			if got := banking.ParseReference(text); got != ours {
				t.Errorf("in %q stands %q, not %q", text, got, ours)
			}
		}
	}
	for _, text := range []string{"", "RF", "RF00D7", "RF58D7", "for the website", "RFRFRF"} {
		if got := banking.ParseReference(text); got != "" {
			t.Errorf("in %q stands %q", text, got)
		}
	}
}
