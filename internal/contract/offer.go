package contract

import (
	"fmt"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/say"
	"freehold/internal/proposal"
	"freehold/internal/terms"
)

// OfferID names an offer.
type OfferID int64

// OfferState is how far an offer has come.
type OfferState string

// The states of an offer.
const (
	Open         OfferState = "open"          // the client's terms are on the table
	Countered    OfferState = "countered"     // the freelancer's are
	SignedByOne  OfferState = "signed by one" // one of them has signed what is on the table
	SignedByBoth OfferState = "signed by both"
	Declined     OfferState = "declined"
	Withdrawn    OfferState = "withdrawn"
	Expired      OfferState = "expired"
)

var _ = say.Words(Open, Countered, SignedByOne, SignedByBoth, Declined, Withdrawn, Expired)

var (
	// ErrOfferNotFound is also the answer to a stranger.
	ErrOfferNotFound = fault.New(fault.NotFound, "offer_not_found", "There is no such offer, or it is not yours to see.")
	// ErrOwnTerms says that what is on the table is one's own.
	ErrOwnTerms = fault.New(fault.Conflict, "own_terms",
		"The terms on the table are your own. It is the other side's turn to sign them, to decline, or to make a counter-offer.")
	// ErrRevisions says that the two have gone round often enough.
	ErrRevisions = fault.New(fault.Conflict, "too_many_revisions",
		"You have put terms on the table %d times between you, which is as often as an offer allows. Sign the terms that are there, or decline and talk.")
	// ErrSignedAlready says that somebody's own signature is on the terms.
	ErrSignedAlready = fault.New(fault.Conflict, "signed_already",
		"You have signed these terms. It is the other side's turn; until they sign too, nothing binds you and the offer can still be ended.")
	// ErrTextChanged says that the text somebody read is not the one on the table.
	ErrTextChanged = fault.New(fault.Conflict, "text_changed",
		"The terms are not those you have read: there are newer ones on the table. Nothing was signed. Read the new text, and sign it if you agree.")
	// ErrDuesPassed says that the plan has been overtaken by the calendar.
	ErrDuesPassed = fault.New(fault.Conflict, "due_dates_passed",
		"A due date in these terms has passed already, so nothing was signed. Make a counter-offer with new dates, or ask the other side for one.")
	// ErrOfferSigned says that both have signed.
	ErrOfferSigned = fault.New(fault.Conflict, "offer_signed", "Both of you have signed this offer. It is a contract now, and its terms stand.")
	// ErrOfferDeclined says that one of them said no.
	ErrOfferDeclined = fault.New(fault.Conflict, "offer_declined", "This offer was declined. If you both still want to work together, the client can make another one.")
	// ErrOfferWithdrawn says that the client, or somebody else's hire, took it away.
	ErrOfferWithdrawn = fault.New(fault.Conflict, "offer_withdrawn", "This offer was withdrawn. If you both still want to work together, the client can make another one.")
	// ErrOfferExpired says that nobody finished it in time.
	ErrOfferExpired = fault.New(fault.Conflict, "offer_expired", "This offer has expired: it was not signed by both in time. The client can make another one.")
)

// maxRevisions is how often terms are put on the table in one offer.
const (
	maxRevisions    = 20
	atMostRevisions = "Terms are put on the table at most twenty times in one offer."
)

// Offer is terms on the table between a client and a freelancer.
type Offer struct {
	ID         OfferID
	Proposal   proposal.ID
	Client     account.ID
	Freelancer account.ID
	State      OfferState
	Revision   int // the one on the table, from 1
	ExpiresAt  time.Time
	MadeAt     time.Time
	EndedAt    *time.Time
	Reason     string // of a decline or withdrawal
	Own        string // the title of work of its own, between two who have worked together; "": it is for that of the post

	Author Side   `db:"-"` // whose terms are on the table
	Signed []Side `db:"-"` // who has signed them
}

// revision is one version of the terms, with the text that both sign.
type revision struct {
	Offer  OfferID
	N      int
	By     account.ID
	Terms  Terms
	Rules  Rules
	Data   string // the same as JSON, in the form of RFC 8785; "" if it is older than those
	Text   string
	SHA256 string
	At     time.Time
}

// mayBeSigned refuses a signature that is on another text, or on a plan that
// the calendar has overtaken.
func (r revision) mayBeSigned(sha256 string, at time.Time) error {
	switch {
	case r.SHA256 != sha256:
		return ErrTextChanged
	case r.Terms.dueBefore(day(at)):
		return ErrDuesPassed
	}
	return nil
}

// Signature is one person's on one revision.
type Signature struct {
	Person        account.ID
	Name          string
	PostalAddress string // as given with the signature
	Session       int64  // in which it was made
	Address       string // where it was made from
	Agent         string // with which browser or program
	At            time.Time
}

func (o *Offer) side(a account.Actor) Side { return sideOf(a, o.Client, o.Freelancer) }

func (o *Offer) sideOf(p account.ID) Side {
	if p == o.Client {
		return Client
	}
	return Freelancer
}

func (o *Offer) person(s Side) account.ID {
	if s == Client {
		return o.Client
	}
	return o.Freelancer
}

func (o *Offer) subject() string { return fmt.Sprintf("offer/%d", o.ID) }

// URL is where both parties see the offer.
func (o *Offer) URL() string { return fmt.Sprintf("/offers/%d", o.ID) }

// Live reports whether the offer can still become a contract.
func (o *Offer) Live() bool { return o.EndedAt == nil }

// Counter puts other terms on the table, on which nobody's signature is yet.
// They stand for a while of their own.
func (o *Offer) Counter(by Side, at time.Time, stand terms.Days) error {
	to, err := o.next(counter, by, at)
	switch {
	case err != nil:
		return err
	case o.Author == by:
		return ErrOwnTerms
	case slices.Contains(o.Signed, by):
		return ErrSignedAlready
	case o.Revision >= maxRevisions:
		return ErrRevisions.With(maxRevisions)
	}
	o.State, o.Author, o.Signed = to, by, nil
	o.Revision++
	o.ExpiresAt = stand.After(at)
	return nil
}

// Sign puts a signature on the terms on the table. The second one ends the
// offer: it is a contract.
func (o *Offer) Sign(by Side, at time.Time) error {
	to, err := o.next(sign, by, at)
	switch {
	case err != nil:
		return err
	case slices.Contains(o.Signed, by):
		return ErrSignedAlready
	}
	o.Signed = append(slices.Clone(o.Signed), by)
	if o.State = to; to == SignedByBoth {
		o.EndedAt = &at
	}
	return nil
}

// Decline ends the offer without a contract. The client declines only what the
// freelancer has put on the table; their own terms they withdraw.
func (o *Offer) Decline(by Side, at time.Time, reason string) error {
	to, err := o.next(decline, by, at)
	switch {
	case err != nil:
		return err
	case by == Client && o.Author == Client:
		return ErrOwnTerms
	}
	o.State, o.EndedAt, o.Reason = to, &at, reason
	return nil
}

// Withdraw takes the offer off the table.
func (o *Offer) Withdraw(by Side, at time.Time, reason string) error {
	to, err := o.next(withdraw, by, at)
	if err != nil {
		return err
	}
	o.State, o.EndedAt, o.Reason = to, &at, reason
	return nil
}

// Expire ends an offer whose time is over.
func (o *Offer) Expire(by Side, at time.Time) error {
	to, err := next(&OfferLifecycle, o.State, expire, by, o.refusal())
	switch {
	case err != nil:
		return err
	case !passed(o.ExpiresAt, at):
		return ErrTooEarly.With(o.ExpiresAt)
	}
	o.State, o.EndedAt = to, &at
	return nil
}

// next is where an event brought about by one of the two leads. Once the offer's time is over
// it leads nowhere, whether or not anybody has noticed yet.
func (o *Offer) next(e lifecycle.Event, by Side, at time.Time) (OfferState, error) {
	if o.Live() && passed(o.ExpiresAt, at) {
		return o.State, ErrOfferExpired
	}
	return next(&OfferLifecycle, o.State, e, by, o.refusal())
}

func (o *Offer) refusal() error {
	switch o.State {
	case SignedByBoth:
		return ErrOfferSigned
	case Declined:
		return ErrOfferDeclined
	case Withdrawn:
		return ErrOfferWithdrawn
	case Expired:
		return ErrOfferExpired
	default:
		return ErrOwnTerms
	}
}

// passed reports whether a deadline is over. It is over from its own instant on.
func passed(deadline, at time.Time) bool { return !at.Before(deadline) }

func sideOf(a account.Actor, client, freelancer account.ID) Side {
	switch {
	case a.IsSystem():
		return Market
	case a.ID == client:
		return Client
	case a.ID == freelancer:
		return Freelancer
	default:
		return ""
	}
}
