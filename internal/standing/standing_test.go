package standing_test

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"freehold/internal/kit/money"
	"freehold/internal/standing"
)

func TestWhatCountsAgainstWhom(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		what      string
		ending    string
		notice    standing.Side
		reason    string
		takenBack bool
		want      standing.End
	}{
		{"it lives", "", "", "", false, standing.Alive},
		{"notice runs", "", "client", "plans", false, standing.Alive},
		{"all was approved", "completed", "", "", false, standing.Completed},
		{"all was approved while notice ran", "completed", "client", "plans", false, standing.Completed},
		{"the money never came", "never funded", "", "", false, standing.NeverFunded},
		{"both wanted it, at the client's notice", "ended together", "client", "fit", false, standing.Otherwise},
		{"both wanted it, at the freelancer's notice", "ended together", "freelancer", "fit", false, standing.Otherwise},
		{"both wanted it, and one milestone had stayed away", "ended together", "client", "fit", true, standing.Otherwise},
		{"the client fell ill", "ended early", "client", "illness", false, standing.Otherwise},
		{"the freelancer fell ill", "ended early", "freelancer", "illness", false, standing.Otherwise},
		{"the freelancer fell ill before they could hand over", "ended early", "freelancer", "illness", true, standing.Otherwise},
		{"the client changed their plans", "ended early", "client", "plans", false, standing.ByClient},
		{"the client gave notice before there were reasons", "ended early", "client", "", false, standing.ByClient},
		{"the freelancer changed their plans", "ended early", "freelancer", "plans", false, standing.ByFreelancer},
		{"the next milestone was not funded, and the freelancer left", "ended early", "", "", false, standing.ByClient},
		{"no work came, and the money went back", "ended early", "", "", true, standing.ByFreelancer},
		{"no work came, so the client gave notice", "ended early", "client", "fit", true, standing.ByFreelancer},
	} {
		got := standing.EndOf(test.ending, test.notice, test.reason, test.takenBack)
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.what, got, test.want)
		}
		fact := []standing.ContractFact{{N: 1, With: 1, Begun: true, End: got}}
		s := standing.Of(standing.Facts{Client: standing.ClientFacts{Contracts: fact}, Freelancer: standing.FreelancerFacts{Contracts: fact}})
		if against := s.Client.EndedEarly == 1; against != (test.want == standing.ByClient) {
			t.Errorf("%s: it counts against the client: %v", test.what, against)
		}
		if against := s.Freelancer.EndedEarly == 1; against != (test.want == standing.ByFreelancer) {
			t.Errorf("%s: it counts against the freelancer: %v", test.what, against)
		}
		if test.want == standing.Otherwise && (s.Client.Otherwise != 1 || s.Freelancer.Otherwise != 1) {
			t.Errorf("%s: it is not shown", test.what)
		}
	}
}

func TestAStandingIsCountedFromItsFactsAlone(t *testing.T) {
	t.Parallel()
	yes, no, hour, week := true, false, int64(3600), int64(7*24*3600)
	euros := func(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }
	work := []standing.WorkFact{{OnTime: &yes, Rounds: 2, Seconds: &hour}, {OnTime: &no, Seconds: &week}, {Back: true}}
	contracts := []standing.ContractFact{
		{N: 1, With: 1, Begun: true, Paid: true, End: standing.Completed, Work: work[:1]},
		{N: 2, With: 2, Begun: true, Paid: true, End: standing.ByFreelancer, Work: work[1:]},
		{N: 3, With: 1, Begun: true, Paid: true},
		{N: 4, With: 3, End: standing.NeverFunded},
	}
	s := standing.Of(standing.Facts{
		Client: standing.ClientFacts{
			Posts:     []standing.PostFact{{Ended: true, Hired: 2, Answered: 3, Seconds: []int64{60, 3600, 90000}}, {Ended: true, Unanswered: 1}, {Answered: 1, Seconds: []int64{30}}},
			Contracts: contracts,
			Paid:      []standing.PaidFact{{2029, euros(100)}, {2029, money.Amount{Minor: 5, Currency: "CHF"}}, {2030, euros(50)}},
			Reviews:   []standing.ReviewFact{{Marks: map[string]int{"clarity": 5, "again": 1}}, {Marks: map[string]int{"clarity": 5, "quality": 3}}},
		},
		Freelancer: standing.FreelancerFacts{Contracts: contracts, Reviews: []standing.ReviewFact{{Marks: map[string]int{"quality": 4}}}},
	})
	c, f := s.Client, s.Freelancer
	got := fmt.Sprint(c.Posts, c.Ended, c.EndedHired, c.Hires, c.Answered, c.Lapsed, *c.MedianAnswer, *c.MedianPay, c.Paid, c.Funded, c.NeverFunded, c.EndedEarly, c.Reviews, c.Marks[0].Given, c.Marks[4].Given, c.Marks[1].Sum())
	want := fmt.Sprint(3, 2, 1, 2, 4, 1, time.Minute, time.Hour, []money.Amount{{Minor: 5, Currency: "CHF"}, euros(150)}, 3, 1, 0, 2, [5]int{4: 2}, [5]int{1}, 0)
	if got != want {
		t.Errorf("the client stands at\n%s, want\n%s", got, want)
	}
	got = fmt.Sprint(f.Contracts, f.Completed, f.EndedEarly, f.ByClient, f.HandedOver, f.OnTime, f.NotHanded, f.ChangesAsked, f.Clients, f.Repeat, f.Reviews, f.Marks[0].Given)
	if want = fmt.Sprint(3, 1, 1, 0, 2, 1, 1, 2, 2, 1, 1, [5]int{3: 1}); got != want {
		t.Errorf("the freelancer stands at\n%s, want\n%s", got, want)
	}
	if none := standing.Of(standing.Facts{}); none.Client.MedianAnswer != nil || none.Client.Marks[0].Sum() != 0 {
		t.Errorf("nobody stands at %+v", none)
	}
}

func TestEachFigureIsExplained(t *testing.T) {
	t.Parallel()
	for fields, figures := range map[reflect.Type][]standing.Figure{
		reflect.TypeFor[standing.Client](): standing.ClientFigures, reflect.TypeFor[standing.Freelancer](): standing.FreelancerFigures,
	} {
		if fields.NumField() != len(figures) {
			t.Errorf("%v has %d figures, of which %d are explained", fields, fields.NumField(), len(figures))
		}
		for i, f := range figures {
			if i < fields.NumField() && fields.Field(i).Name != f.Field {
				t.Errorf("%v: %s is explained where %s is", fields, f.Field, fields.Field(i).Name)
			}
		}
	}
}

var update = flag.Bool("update", false, "write docs/standing.md anew")

// TestTheDocumentSaysWhatIsCounted keeps docs/standing.md to the tables in the code.
func TestTheDocumentSaysWhatIsCounted(t *testing.T) {
	t.Parallel()
	const path = "../../docs/standing.md"
	var b strings.Builder
	b.WriteString("# Standing\n\nHow somebody has kept their word here, in raw counts: a pure function, `standing.Of`, of facts that anybody can read at\n" +
		"`/people/{id}/standing.json`. There are no points, no weights and no sum of it all. This page is written from the tables in\n" +
		"`internal/standing` by its tests (`go test ./internal/standing -run Document -update`).\n\n" +
		"Ending together, illness, and what the other side did never count against anybody: `standing.EndOf` says so, case by case.\n")
	for _, side := range []struct {
		title   string
		figures []standing.Figure
		asked   standing.Side
	}{{"Clients", standing.ClientFigures, "freelancer"}, {"Freelancers", standing.FreelancerFigures, "client"}} {
		fmt.Fprintf(&b, "\n## %s\n| figure | counted from |\n|---|---|\n", side.title)
		for _, f := range side.figures {
			fmt.Fprintf(&b, "| %s | %s |\n", f.Words, f.From)
		}
		fmt.Fprintf(&b, "\nThe %s is asked:\n\n| question | | marks, from 1 to 5 |\n|---|---|---|\n", side.asked)
		for _, c := range standing.Criteria(side.asked) {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", c.Words, c.Asks, strings.Join(c.Marks[:], ", "))
		}
	}
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	is, err := os.ReadFile(path)
	if err != nil || string(is) != b.String() {
		t.Errorf("docs/standing.md is not what the code says (%v); write it with -update", err)
	}
}
