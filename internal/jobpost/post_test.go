package jobpost

import (
	"errors"
	"testing"
	"time"

	"freehold/internal/kit/money"
)

var (
	noon  = time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)
	later = noon.Add(14 * 24 * time.Hour)
)

func TestAPostMovesOnlyAsItsLifecycleSays(t *testing.T) {
	t.Parallel()
	lapse := func(owed int) func(*Post, time.Time) error {
		return func(p *Post, at time.Time) error { return p.Lapse(at, owed) }
	}
	publish := func(p *Post, at time.Time) error { return p.Publish(at, money.Zero("EUR"), money.Zero("EUR")) }
	for _, test := range []struct {
		name string
		from State
		act  func(*Post, time.Time) error
		want State
		err  error
	}{
		{"a draft is published", Draft, publish, Open, nil},
		{"published once only", Open, publish, Open, ErrNotDraft},
		{"not published again when closed", Closed, publish, Closed, ErrNotDraft},
		{"the last place fills it", Open, (*Post).HireOne, Filled, nil},
		{"nobody is hired for a draft", Draft, (*Post).HireOne, Draft, ErrNotOpen},
		{"an offer outlives the closing", Closed, (*Post).HireOne, Closed, nil},
		{"an offer outlives the answer-by date", Lapsed, (*Post).HireOne, Lapsed, nil},
		{"nobody is hired for what was removed", Removed, (*Post).HireOne, Removed, ErrNotOpen},
		{"its client closes it", Open, (*Post).Close, Closed, nil},
		{"a draft cannot be closed", Draft, (*Post).Close, Draft, ErrNotOpen},
		{"closed once only", Closed, (*Post).Close, Closed, ErrNotOpen},
		{"filled is over", Filled, (*Post).Close, Filled, ErrNotOpen},
		{"lapsed is over", Lapsed, (*Post).Close, Lapsed, ErrNotOpen},
		{"removed is over", Removed, (*Post).Close, Removed, ErrNotOpen},
		{"its date passes", Open, lapse(1), Lapsed, nil},
		{"its date passes, and nobody waits", Open, lapse(0), Closed, nil},
		{"what is filled has no date", Filled, lapse(1), Filled, ErrNotOpen},
	} {
		p := Post{State: test.from, Hire: 1, AnswerDays: 14, AnswerBy: &later}
		if err := test.act(&p, later); !errors.Is(err, test.err) {
			t.Errorf("%s: got %v", test.name, err)
		}
		if p.State != test.want {
			t.Errorf("%s: it is %s, want %s", test.name, p.State, test.want)
		}
		moved := test.from != test.want && test.want != Open
		if (p.EndedAt != nil) != moved {
			t.Errorf("%s: it ended at %v", test.name, p.EndedAt)
		}
	}
}

func TestThePostsLifecycleHasNoFlaws(t *testing.T) {
	t.Parallel()
	for _, flaw := range Lifecycle.Flaws() {
		t.Error(flaw)
	}
}

func TestEveryStateThatIsNotOpenSaysWhatItMeans(t *testing.T) {
	t.Parallel()
	said := map[string]State{}
	for _, s := range []State{Draft, Filled, Closed, Lapsed, Removed} {
		err := Post{State: s}.TakesProposals(noon)
		if !errors.Is(err, ErrNotOpen) {
			t.Errorf("%s: got %v", s, err)
			continue
		}
		if other, twice := said[err.Error()]; twice {
			t.Errorf("%s and %s say the same", s, other)
		}
		said[err.Error()] = s
	}
}

func TestPlacesRunOut(t *testing.T) {
	t.Parallel()
	p := Post{State: Open, Hire: 2, AnswerBy: &later}
	for _, want := range []State{Open, Filled} {
		if err := p.HireOne(noon); err != nil || p.State != want {
			t.Fatalf("it is %s, want %s: %v", p.State, want, err)
		}
	}
	if err := p.HireOne(noon); !errors.Is(err, ErrNoPlace) || p.Hired != 2 {
		t.Errorf("hired %d for 2 places: %v", p.Hired, err)
	}
}

func TestAPostTakesProposalsUntilItsDate(t *testing.T) {
	t.Parallel()
	p := Post{State: Open, AnswerBy: &later}
	if err := p.TakesProposals(later.Add(-time.Second)); err != nil {
		t.Errorf("a second before: %v", err)
	}
	if err := p.TakesProposals(later); !errors.Is(err, ErrPastAnswerBy) {
		t.Errorf("at the date: %v", err)
	}
	if err := p.Lapse(later.Add(-time.Second), 1); !errors.Is(err, ErrTooEarly) || p.State != Open {
		t.Errorf("it lapsed a second before: %v", err)
	}
}

func TestPublishingSetsTheDateAndPinsBondAndFloor(t *testing.T) {
	t.Parallel()
	p := Post{State: Draft, AnswerDays: 14, Currency: "EUR"}
	if err := p.Publish(noon, money.Amount{Minor: 2000, Currency: "EUR"}, money.Amount{Minor: 999, Currency: "EUR"}); err != nil {
		t.Fatal(err)
	}
	if !p.AnswerBy.Equal(later) || !p.PublishedAt.Equal(noon) || p.Bond().Minor != 2000 || p.FloorMinor != 999 {
		t.Errorf("it is %+v", p)
	}
}
