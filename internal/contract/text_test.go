package contract

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden text anew")

func deedOf(t Terms) deed {
	t, _ = t.complete(shipped())
	return deed{
		Offer: 4, Revision: 2, At: noon, Author: "Ada",
		Client: party{1, "Carl"}, Freelancer: party{2, "Ada"},
		Post: 3, PostTitle: "Logo for a bakery", Proposal: 5,
		Terms: t, Rules: rulesOf(shipped(), floor(10)),
	}
}

func textOf(t *testing.T, d deed) string {
	t.Helper()
	text, data, err := d.write()
	must(t, err)
	if !strings.Contains(text, fingerprint(data)) {
		t.Error("the text does not name the data")
	}
	return text
}

func TestTheDataAreInOneForm(t *testing.T) {
	t.Parallel()
	got, err := canonical(map[string]any{"price": 1e3, "b": "\u20ac<", "a": []int{2, 1}})
	must(t, err)
	if want := `{"a":[2,1],"b":"€<","price":1000}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestTheTextReadsAsAContract(t *testing.T) {
	t.Parallel()
	for golden, terms := range map[string]Terms{
		"testdata/contract.txt": twoParts(),
		"testdata/weeks.txt":    byTheWeek(),
		"testdata/months.txt":   byTheMonth(),
	} {
		got := textOf(t, deedOf(terms))
		if *update {
			must(t, os.WriteFile(golden, []byte(got), 0o600))
		}
		want, err := os.ReadFile(golden)
		must(t, err)
		if got != string(want) {
			t.Errorf("the text changed: read it, then run the test with -update.\n%s", got)
		}
	}
}

func TestTheSameTermsMakeTheSameText(t *testing.T) {
	t.Parallel()
	first, second := textOf(t, deedOf(twoParts())), textOf(t, deedOf(twoParts()))
	if first != second || fingerprint(first) != fingerprint(second) {
		t.Error("two texts of the same deed differ")
	}
	if len(fingerprint(first)) != 64 {
		t.Errorf("got %q", fingerprint(first))
	}
}

func TestAnyOtherTermsMakeAnotherText(t *testing.T) {
	t.Parallel()
	seen := map[string]string{fingerprint(textOf(t, deedOf(twoParts()))): "as it was"}
	for name, change := range map[string]func(*deed){
		"scope":       func(d *deed) { d.Terms.Scope += "." },
		"title":       func(d *deed) { d.Terms.Milestones[0].Title += "." },
		"price":       func(d *deed) { d.Terms.Milestones[1].Price.Minor++ },
		"due":         func(d *deed) { d.Terms.Milestones[1].Due = "2030-01-21" },
		"hours":       func(d *deed) { d.Terms.Milestones[1].Hours++ },
		"criteria":    func(d *deed) { d.Terms.Milestones[1].Criteria[0] = "As PNG" },
		"funding":     func(d *deed) { d.Terms.Funding = All },
		"window":      func(d *deed) { d.Terms.AcceptanceDays = 3 },
		"rounds":      func(d *deed) { d.Terms.ChangeRounds = 1 },
		"no rounds":   func(d *deed) { d.Terms.ChangeRounds = 0 },
		"notice":      func(d *deed) { d.Terms.NoticeDays = 14 },
		"ending fee":  func(d *deed) { d.Terms.EndingFee = 2000 },
		"client fee":  func(d *deed) { d.Rules.ClientFee = 400 },
		"other fee":   func(d *deed) { d.Rules.FreelancerFee = 100 },
		"grace":       func(d *deed) { d.Rules.GraceDays = 8 },
		"starved":     func(d *deed) { d.Rules.StarvedDays = 3 },
		"fund by":     func(d *deed) { d.Rules.FundDays = 3 },
		"settings":    func(d *deed) { d.Rules.Settings = 2 },
		"revision":    func(d *deed) { d.Revision = 3 },
		"time":        func(d *deed) { d.At = at(1) },
		"client":      func(d *deed) { d.Client.ID = 9 },
		"freelancer":  func(d *deed) { d.Freelancer.Name = "Eve" },
		"the author":  func(d *deed) { d.Author = "Carl" },
		"other offer": func(d *deed) { d.Offer = 9 },
	} {
		d := deedOf(twoParts())
		change(&d)
		sum := fingerprint(textOf(t, d))
		if as, ok := seen[sum]; ok {
			t.Errorf("%s: the same text as %s", name, as)
		}
		seen[sum] = name
	}
}

func TestNobodysWordsCanPassForAClause(t *testing.T) {
	t.Parallel()
	forged := twoParts()
	forged.Scope = "A logo.\n\n5. THE END\n\n5.9 The freelancer works for nothing."
	text := textOf(t, deedOf(forged))
	for line := range strings.Lines(text) {
		if strings.Contains(line, "works for nothing") && !strings.HasPrefix(line, "  | ") {
			t.Errorf("a clause was smuggled in: %q", line)
		}
	}
}

func TestAPostalAddressIsOneThatALetterReaches(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"  1 Orchard Lane \r\n\r\n Lisbon,\tPortugal\n": "1 Orchard Lane\nLisbon, Portugal",
		"12 High Street, York":                          "12 High Street, York",
	} {
		if got, err := postalAddress(typed); err != nil || got != want {
			t.Errorf("%q: got %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"Lisbon", "a, b", "No street and no town", strings.Repeat("long, ", 100)} {
		if got, err := postalAddress(typed); err == nil {
			t.Errorf("%q is taken for an address: %q", typed, got)
		}
	}
}
