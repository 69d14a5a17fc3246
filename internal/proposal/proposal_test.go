package proposal

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"freehold/internal/jobpost"
	"freehold/internal/kit/lifecycle"
)

var noon = time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)

func TestAProposalMovesOnlyAsItsLifecycleSays(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		from State
		does lifecycle.Event
		to   State
		err  error
	}{
		{"a place becomes free", WaitingList, movesUp, Submitted, nil},
		{"the client opens it", Submitted, isRead, Read, nil},
		{"nobody reads what waits", WaitingList, isRead, WaitingList, ErrOnWaitingList},
		{"unread, it can be rewritten", Submitted, isEdited, Submitted, nil},
		{"waiting, it can be rewritten", WaitingList, isEdited, WaitingList, nil},
		{"read, it stays", Read, isEdited, Read, ErrAlreadyRead},
		{"shortlisted, it stays", Shortlisted, isEdited, Shortlisted, ErrAlreadyRead},
		{"shortlisted from the list", Submitted, isShortlisted, Shortlisted, nil},
		{"shortlisted once only", Shortlisted, isShortlisted, Shortlisted, ErrAlreadyShortlisted},
		{"taken off the shortlist", Shortlisted, isUnshortlisted, Read, nil},
		{"not on the shortlist", Read, isUnshortlisted, Read, ErrNotShortlisted},
		{"declined while it waits", WaitingList, isDeclined, Declined, nil},
		{"declined", Read, isDeclined, Declined, nil},
		{"not declined past an offer", Offered, isDeclined, Offered, ErrOfferOpen},
		{"withdrawn", Shortlisted, isWithdrawn, Withdrawn, nil},
		{"not withdrawn past an offer", Offered, isWithdrawn, Offered, ErrOfferOpen},
		{"an offer outlives the answer-by date", Offered, lapses, Offered, ErrOfferOpen},
		{"offered", Read, isOffered, Offered, nil},
		{"no offer to what waits", WaitingList, isOffered, WaitingList, ErrOnWaitingList},
		{"both sign", Offered, isHired, Hired, nil},
		{"no contract without an offer", Shortlisted, isHired, Shortlisted, ErrNoOffer},
		{"an end is an end", Lapsed, isDeclined, Lapsed, ErrEnded},
		{"a hired one is not withdrawn", Hired, isWithdrawn, Hired, ErrEnded},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := Proposal{State: test.from}
			if err := p.move(test.does, noon); !errors.Is(err, test.err) {
				t.Errorf("got error %v, want %v", err, test.err)
			}
			if p.State != test.to {
				t.Errorf("it is %s, want %s", p.State, test.to)
			}
			if test.err == nil && p.State.Ended() != (p.EndedAt != nil) {
				t.Errorf("it is %s, and ended at %v", p.State, p.EndedAt)
			}
		})
	}
}

func TestTheProposalsLifecycleHasNoFlaws(t *testing.T) {
	t.Parallel()
	for _, flaw := range Lifecycle.Flaws() {
		t.Error(flaw)
	}
}

// The database refuses rows of which this does not hold; see 0080_proposal.sql.
func TestWhateverHappensTheTimesFitTheState(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := Proposal{State: WaitingList}
		acts := map[string]func() error{
			"move up":     func() error { return p.moveUp(noon) },
			"edit":        func() error { return p.edit(noon) },
			"read":        func() error { return p.read(noon) },
			"shortlist":   func() error { return p.shortlist(noon) },
			"unshortlist": func() error { return p.move(isUnshortlisted, noon) },
			"decline":     func() error { _, err := p.decline(isDeclined, Reason{Code: ownWords}, noon); return err },
			"withdraw":    func() error { return p.move(isWithdrawn, noon) },
			"lapse":       func() error { return p.move(lapses, noon) },
			"offer":       func() error { _, err := p.offer(noon); return err },
			"offer ends": func() error {
				post := rapid.SampledFrom([]jobpost.State{jobpost.Open, jobpost.Filled, jobpost.Lapsed}).Draw(t, "post")
				why := rapid.SampledFrom([]OfferEnd{OfferDeclined, OfferWithdrawn, OfferExpired}).Draw(t, "why")
				return p.offerEnded(post, why, noon)
			},
			"hire": func() error { return p.move(isHired, noon) },
		}
		names := slices.Sorted(maps.Keys(acts))
		for range rapid.IntRange(1, 30).Draw(t, "acts") {
			was := p.State
			if err := acts[rapid.SampledFrom(names).Draw(t, "act")](); err != nil && p.State != was {
				t.Fatalf("refused with %v, and yet %s became %s", err, was, p.State)
			}
			if p.State.Ended() != (p.EndedAt != nil) {
				t.Fatalf("%s, ended at %v", p.State, p.EndedAt)
			}
			if (p.State == Declined) != (p.DeclineReason != nil) {
				t.Fatalf("%s, for the reason %v", p.State, p.DeclineReason)
			}
			if p.State == WaitingList && p.SubmittedAt != nil || slices.Contains(before, p.State) && p.SubmittedAt == nil {
				t.Fatalf("%s, before the client since %v", p.State, p.SubmittedAt)
			}
			if p.AnsweredAt != nil && p.SubmittedAt == nil {
				t.Fatal("answered before anybody owed an answer")
			}
		}
	})
}

func TestAnOfferThatEndsAfterItsPostEndsTheProposal(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		post jobpost.State
		why  OfferEnd
		want State
	}{
		{jobpost.Open, OfferDeclined, Shortlisted},
		{jobpost.Open, OfferWithdrawn, Shortlisted},
		{jobpost.Open, OfferExpired, Shortlisted},
		{jobpost.Lapsed, OfferDeclined, Withdrawn},
		{jobpost.Lapsed, OfferWithdrawn, Declined},
		{jobpost.Filled, OfferWithdrawn, Declined},
		{jobpost.Closed, OfferExpired, Lapsed},
	} {
		t.Run(fmt.Sprintf("%s on a post that is %s", test.why, test.post), func(t *testing.T) {
			t.Parallel()
			p := Proposal{State: Offered}
			if err := p.offerEnded(test.post, test.why, noon); err != nil || p.State != test.want {
				t.Errorf("it is %s (%v), want %s", p.State, err, test.want)
			}
		})
	}
}

func TestTheAnswerCountsOnce(t *testing.T) {
	t.Parallel()
	p := Proposal{State: Submitted, SubmittedAt: &noon}
	if first, err := p.offer(noon); !first || err != nil {
		t.Errorf("an offer is an answer; got %v, %v", first, err)
	}
	if err := p.offerEnded(jobpost.Open, OfferDeclined, noon); err != nil {
		t.Fatal(err)
	}
	if again, err := p.decline(isDeclined, Reason{Code: "price"}, noon); again || err != nil {
		t.Errorf("it was answered already; got %v, %v", again, err)
	}
	waiting := Proposal{State: WaitingList}
	if counted, err := waiting.decline(isDeclined, Reason{Code: "price"}, noon); counted || err != nil {
		t.Errorf("nobody owed an answer yet; got %v, %v", counted, err)
	}
}

func TestWhoeverWaitsAlreadyComesFirst(t *testing.T) {
	t.Parallel()
	for undecided, want := range map[int]State{0: Submitted, 19: Submitted, 20: WaitingList, 27: WaitingList} {
		if got := startingState(undecided, 20); got != want {
			t.Errorf("with %d undecided it is %s, want %s", undecided, got, want)
		}
	}
}

func TestTriesAreCounted(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		tries []try
		err   error
	}{
		{"the first", nil, nil},
		{"another after withdrawing", []try{{1, Withdrawn}}, nil},
		{"not beside an open one", []try{{1, Withdrawn}, {2, Read}}, ErrAlreadyProposed},
		{"not after a no", []try{{1, Declined}}, ErrAlreadyProposed},
		{"not for ever", []try{{1, Withdrawn}, {2, Withdrawn}, {3, Withdrawn}}, ErrTriesSpent},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if err := checkTries(test.tries); !errors.Is(err, test.err) {
				t.Errorf("got %v, want %v", err, test.err)
			}
		})
	}
}
