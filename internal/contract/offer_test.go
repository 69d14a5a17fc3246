package contract

import (
	"errors"
	"testing"
	"time"
)

func TestOfferMovesByItsLifecycleOnly(t *testing.T) {
	t.Parallel()
	counter := func(by Side, when time.Time) func(*Offer) error {
		return func(o *Offer) error { return o.Counter(by, when, 7) }
	}
	sign := func(by Side, when time.Time) func(*Offer) error {
		return func(o *Offer) error { return o.Sign(by, when) }
	}
	decline := func(by Side) func(*Offer) error {
		return func(o *Offer) error { return o.Decline(by, noon, "no") }
	}
	withdraw := func(by Side) func(*Offer) error {
		return func(o *Offer) error { return o.Withdraw(by, noon, "no") }
	}
	expire := func(when time.Time) func(*Offer) error {
		return func(o *Offer) error { return o.Expire(Market, when) }
	}
	for _, test := range []struct {
		name   string
		from   OfferState
		author Side
		signed []Side
		act    func(*Offer) error
		want   OfferState
		err    error
	}{
		{"the freelancer counters", Open, Client, nil, counter(Freelancer, noon), Countered, nil},
		{"the client counters the counter-offer", Countered, Freelancer, nil, counter(Client, noon), Open, nil},
		{"nobody counters their own terms", Open, Client, nil, counter(Client, noon), Open, ErrOwnTerms},
		{"not the freelancer either", Countered, Freelancer, nil, counter(Freelancer, noon), Countered, ErrOwnTerms},
		{"terms the other one signed can be countered", SignedByOne, Client, []Side{Client}, counter(Freelancer, noon), Countered, nil},
		{"own terms cannot, signed or not", SignedByOne, Client, []Side{Freelancer}, counter(Client, noon), SignedByOne, ErrOwnTerms},
		{"nor what one has signed oneself", SignedByOne, Client, []Side{Freelancer}, counter(Freelancer, noon), SignedByOne, ErrSignedAlready},

		{"nor without end", Countered, Freelancer, nil, func(o *Offer) error { o.Revision = 20; return o.Counter(Client, noon, 7) }, Countered, ErrRevisions},

		{"the first signature", Open, Client, nil, sign(Client, noon), SignedByOne, nil},
		{"the second one makes the contract", SignedByOne, Client, []Side{Client}, sign(Freelancer, noon), SignedByBoth, nil},
		{"nobody signs for both", SignedByOne, Client, []Side{Client}, sign(Client, noon), SignedByOne, ErrSignedAlready},
		{"nobody signs what is a contract", SignedByBoth, Client, []Side{Client, Freelancer}, sign(Client, noon), SignedByBoth, ErrOfferSigned},
		{"nobody signs too late", Open, Client, nil, sign(Client, at(7)), Open, ErrOfferExpired},
		{"a moment before will do", Open, Client, nil, sign(Client, at(7).Add(-1)), SignedByOne, nil},

		{"the freelancer declines", Open, Client, nil, decline(Freelancer), Declined, nil},
		{"the client declines a counter-offer", Countered, Freelancer, nil, decline(Client), Declined, nil},
		{"but not their own terms", Open, Client, nil, decline(Client), Open, ErrOwnTerms},
		{"not even signed", SignedByOne, Client, []Side{Client}, decline(Client), SignedByOne, ErrOwnTerms},
		{"the freelancer can still decline what they signed", SignedByOne, Client, []Side{Freelancer}, decline(Freelancer), Declined, nil},
		{"a contract cannot be declined", SignedByBoth, Client, nil, decline(Freelancer), SignedByBoth, ErrOfferSigned},

		{"the client withdraws", Open, Client, nil, withdraw(Client), Withdrawn, nil},
		{"and after the first signature too", SignedByOne, Client, []Side{Freelancer}, withdraw(Client), Withdrawn, nil},
		{"the freelancer has nothing to withdraw", Open, Client, nil, withdraw(Freelancer), Open, ErrNotClient},
		{"withdrawn once", Withdrawn, Client, nil, withdraw(Client), Withdrawn, ErrOfferWithdrawn},

		{"it expires", SignedByOne, Client, []Side{Client}, expire(at(7)), Expired, nil},
		{"not before its time", Open, Client, nil, expire(at(7).Add(-1)), Open, ErrTooEarly},
		{"not once it is over", Declined, Client, nil, expire(at(8)), Declined, ErrOfferDeclined},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := &Offer{State: test.from, Author: test.author, Signed: test.signed, Revision: 1, ExpiresAt: at(7)}
			if test.from == SignedByBoth || test.from == Withdrawn || test.from == Declined {
				o.EndedAt = at2(-1)
			}
			if err := test.act(o); !errors.Is(err, test.err) {
				t.Errorf("got error %v, want %v", err, test.err)
			}
			if o.State != test.want {
				t.Errorf("got %s, want %s", o.State, test.want)
			}
		})
	}
}

func TestSignaturesStartAnewWithEveryRevision(t *testing.T) {
	t.Parallel()
	o := &Offer{State: SignedByOne, Author: Client, Signed: []Side{Client}, Revision: 1, ExpiresAt: at(7)}
	if err := o.Counter(Freelancer, at(3), 7); err != nil {
		t.Fatal(err)
	}
	if len(o.Signed) != 0 || o.Revision != 2 || o.Author != Freelancer || !o.ExpiresAt.Equal(at(10)) {
		t.Errorf("got %+v", o)
	}
}
