package review

import (
	"errors"
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/fault"
	"freehold/internal/standing"
)

func TestTheLifecycleHasNoFlaws(t *testing.T) {
	t.Parallel()
	for _, flaw := range Lifecycle.Flaws() {
		t.Error(flaw)
	}
}

var opened = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

// on is so many days after a window opened.
func on(days int) time.Time { return opened.AddDate(0, 0, days) }

// window is one in which these sides have written after a day.
func window(t *testing.T, wrote ...contract.Side) *Window {
	t.Helper()
	w := &Window{Client: 1, Freelancer: 2, State: Open, OpenedAt: opened, EndsAt: WriteDays.After(opened)}
	for _, s := range wrote {
		if err := w.Write(s, on(1)); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func TestWhenOneCanWrite(t *testing.T) {
	t.Parallel()
	const client, freelancer = contract.Client, contract.Freelancer
	for _, test := range []struct {
		what  string
		wrote []contract.Side
		by    contract.Side
		at    time.Time
		want  error
		then  State
	}{
		{"the client begins", nil, client, on(0), nil, ClientWrote},
		{"the freelancer begins", nil, freelancer, on(13), nil, FreelancerWrote},
		{"the client is second", []contract.Side{freelancer}, client, on(2), nil, Revealed},
		{"the freelancer is second", []contract.Side{client}, freelancer, on(2), nil, Revealed},
		{"the client writes twice", []contract.Side{client}, client, on(2), ErrWritten, ClientWrote},
		{"the client writes again afterwards", []contract.Side{client, freelancer}, client, on(2), ErrWritten, Revealed},
		{"the last moment has passed", nil, client, on(14), ErrOver, Open},
		{"it has passed for the second", []contract.Side{client}, freelancer, on(14), ErrOver, ClientWrote},
		{"the market writes nothing", nil, contract.Market, on(1), ErrOver, Open},
	} {
		w := window(t, test.wrote...)
		err := w.Write(test.by, test.at)
		if !errors.Is(err, test.want) || w.State != test.then {
			t.Errorf("%s: %v, and it is %s", test.what, err, w.State)
		}
		if w.readable() != (w.State == Revealed) {
			t.Errorf("%s: it can be read: %v", test.what, w.readable())
		}
	}
}

func TestWhatTheClocksBring(t *testing.T) {
	t.Parallel()
	const client, freelancer = contract.Client, contract.Freelancer
	for _, test := range []struct {
		what  string
		wrote []contract.Side
		at    time.Time
		then  State
		ok    bool
	}{
		{"nobody wrote, too early", nil, on(13), Open, false},
		{"nobody wrote", nil, on(14), Unwritten, true},
		{"one wrote, too early", []contract.Side{client}, on(13), ClientWrote, false},
		{"one wrote", []contract.Side{client}, on(14), Revealed, true},
		{"the other wrote", []contract.Side{freelancer}, on(14), Revealed, true},
		{"both wrote, and can respond", []contract.Side{client, freelancer}, on(28), Revealed, false},
		{"both wrote, and could respond", []contract.Side{client, freelancer}, on(29), Closed, true},
	} {
		w := window(t, test.wrote...)
		if err := w.Fall(contract.Client, test.at); err == nil {
			t.Errorf("%s: the client is the clock", test.what)
		}
		if err := w.Fall(contract.Market, test.at); (err == nil) != test.ok || w.State != test.then {
			t.Errorf("%s: %v, and it is %s", test.what, err, w.State)
		}
	}
	alone := window(t, client)
	if err := alone.Fall(contract.Market, on(15)); err != nil || !alone.RevealedAt.Equal(on(15)) || !alone.RespondUntil.Equal(on(43)) {
		t.Errorf("alone it is revealed at %v, to respond by %v: %v", alone.RevealedAt, alone.RespondUntil, err)
	}
}

func TestWhenOneCanRespond(t *testing.T) {
	t.Parallel()
	alone := window(t, contract.Client)
	if err := alone.Respond(contract.Freelancer, on(2)); !errors.Is(err, ErrNotRevealed) {
		t.Errorf("to a sealed review: %v", err)
	}
	if err := alone.Fall(contract.Market, on(14)); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		what string
		by   contract.Side
		at   time.Time
		want error
	}{
		{"whoever was reviewed", contract.Freelancer, on(15), nil},
		{"on the last day", contract.Freelancer, on(41), nil},
		{"too late", contract.Freelancer, on(42), ErrTooLate},
		{"to what was never written", contract.Client, on(15), ErrNotRevealed},
	} {
		if err := alone.Respond(test.by, test.at); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", test.what, err)
		}
	}
}

func TestWhatAReviewCanSay(t *testing.T) {
	t.Parallel()
	marks := func(quality, dates, communication, again int) map[string]int {
		return map[string]int{"quality": quality, "dates": dates, "communication": communication, "again": again}
	}
	for _, test := range []struct {
		what   string
		in     Input
		fields string
	}{
		{"all there is", Input{marks(5, 4, 3, 2), "Good."}, ""},
		{"no words", Input{marks(5, 4, 3, 2), ""}, ""},
		{"not all can be said", Input{marks(0, 0, 0, 1), ""}, ""},
		{"nothing can be said", Input{marks(0, 0, 0, 0), "Good."}, "marks.quality"},
		{"one is left out", Input{map[string]int{"quality": 1, "dates": 1, "again": 1}, ""}, "marks.communication"},
		{"nothing is sent", Input{}, "marks.quality marks.dates marks.communication marks.again"},
		{"six", Input{marks(6, 1, 1, 1), ""}, "marks.quality"},
		{"less than none", Input{marks(1, -1, 1, 1), ""}, "marks.dates"},
		{"what only freelancers are asked", Input{map[string]int{"quality": 1, "dates": 1, "communication": 1, "again": 1, "payment": 1}, ""}, "marks"},
		{"a novel", Input{marks(1, 1, 1, 1), strings.Repeat("x", 5001)}, "words"},
	} {
		out, err := test.in.check(contract.Client)
		var fields []string
		for _, f := range fault.All(err) {
			fields = append(fields, f.Field)
		}
		if got := strings.Join(fields, " "); got != test.fields {
			t.Errorf("%s: it is refused at %q (%v)", test.what, got, err)
		}
		if err == nil && len(out.Marks) == 0 {
			t.Errorf("%s: there is nothing in it", test.what)
		}
	}
	for _, side := range []contract.Side{contract.Client, contract.Freelancer} {
		seen := map[string]bool{}
		for _, c := range standing.Criteria(side) {
			if seen[c.Code] || c.Words == "" || c.Asks == "" || c.Marks[0] == c.Marks[4] {
				t.Errorf("the %s is asked %+v", side, c)
			}
			seen[c.Code] = true
		}
	}
}

func TestWhoIsWho(t *testing.T) {
	t.Parallel()
	w := window(t)
	for by, want := range map[account.ID]contract.Side{1: contract.Client, 2: contract.Freelancer, 3: ""} {
		if got := w.side(account.Actor{ID: by}); got != want {
			t.Errorf("%d is the %q", by, got)
		}
	}
	if w.side(account.System) != contract.Market {
		t.Error("the market is somebody else")
	}
}
