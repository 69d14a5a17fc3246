package proposal

import (
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

// ID names a proposal.
type ID int64

// State is how far a proposal has come.
type State string

// The states of a proposal. The last four are its ends.
const (
	WaitingList State = "waiting list"
	Submitted   State = "submitted"
	Read        State = "read"
	Shortlisted State = "shortlisted"
	Offered     State = "offered"
	Hired       State = "hired"
	Declined    State = "declined"
	Withdrawn   State = "withdrawn"
	Lapsed      State = "lapsed"
)

var _ = say.Words(WaitingList, Submitted, Read, Shortlisted, Offered, Hired, Declined, Withdrawn, Lapsed)

// before are the states in which a proposal is before the client and takes one
// of the post's places.
var before = []State{Submitted, Read, Shortlisted}

// undecided are the states that cannot outlive the post.
var undecided = append([]State{WaitingList}, before...)

// Refusals that depend on how far a proposal has come.
var (
	ErrNotFound = fault.New(fault.NotFound, "proposal_not_found",
		"There is no such proposal, or it is not yours to see.")
	ErrNotClient = fault.New(fault.Forbidden, "not_the_client",
		"Only the client who wrote the job post can do that.")
	ErrNotFreelancer = fault.New(fault.Forbidden, "not_the_freelancer",
		"Only the freelancer who wrote this proposal can do that.")
	ErrEnded = fault.New(fault.Conflict, "proposal_ended",
		"This proposal has ended: it is %s. Nobody has to do anything about it any more.")
	ErrOfferOpen = fault.New(fault.Conflict, "offer_open",
		"An offer is on the table for this proposal. Answer the offer first: sign, counter, decline or withdraw it.")
	ErrOnWaitingList = fault.New(fault.Conflict, "on_waiting_list",
		"This proposal is on the waiting list. It comes before the client as soon as a place becomes free.")
	ErrAlreadyRead = fault.New(fault.Conflict, "already_read",
		"The client has read this proposal, so it stays as they read it. You can write them a message, or withdraw it and propose anew.")
	ErrAlreadyShortlisted = fault.New(fault.Conflict, "already_shortlisted",
		"This proposal is on your shortlist already.")
	ErrNotShortlisted = fault.New(fault.Conflict, "not_shortlisted",
		"This proposal is not on your shortlist.")
	ErrNoOffer = fault.New(fault.Conflict, "no_offer",
		"No offer is open on this proposal. The client can make one.")
)

// Proposal is one freelancer's answer to one job post.
type Proposal struct {
	ID            ID
	Post          jobpost.ID
	Freelancer    account.ID
	Name          string // of the freelancer
	State         State
	Letter        string
	Currency      string
	PriceMinor    int64 // fixed: in all; hourly: for one hour; retainer: for one month
	Hours         int   // fixed: in all; hourly: a week; retainer: a month
	FloorMinor    *int64
	StartOn       *time.Time // a calendar day
	Fit           int        // 0 to 100
	FitReasons    []jobpost.FitTerm
	At            time.Time
	EditedAt      *time.Time
	SubmittedAt   *time.Time // when it came before the client: from then on an answer is owed
	ReadAt        *time.Time
	AnsweredAt    *time.Time // when the client declined or made an offer
	EndedAt       *time.Time
	DeclineReason *string
	DeclineWords  string
}

// Price is what the freelancer asks.
func (p Proposal) Price() money.Amount {
	return money.Amount{Minor: p.PriceMinor, Currency: p.Currency}
}

// Subject is the proposal's name in the journal and among files.
func (p Proposal) Subject() string { return p.ID.subject() }

// URL is where both parties see the proposal.
func (p Proposal) URL() string { return fmt.Sprintf("/proposals/%d", p.ID) }

func (id ID) subject() string { return fmt.Sprintf("proposal/%d", id) }

// Owed reports whether the client still owes an answer: it came before them,
// and they have neither declined nor made an offer.
func (p Proposal) Owed() bool { return p.SubmittedAt != nil && p.AnsweredAt == nil }

func (p *Proposal) refuse(e lifecycle.Event) error {
	switch {
	case p.State.Ended():
		return ErrEnded.With(string(p.State))
	case p.State == Offered:
		return ErrOfferOpen
	case e == isEdited:
		return ErrAlreadyRead
	case e == isHired, e == offerFails, e == offerIsRefused, e == offerIsTakenBack, e == offerExpires:
		return ErrNoOffer
	case p.State == WaitingList:
		return ErrOnWaitingList
	case e == isShortlisted:
		return ErrAlreadyShortlisted
	case e == isUnshortlisted:
		return ErrNotShortlisted
	}
	return fmt.Errorf("proposal %d, which is %s, cannot step: %s", p.ID, p.State, e)
}

// moveUp brings a proposal from the waiting list before the client.
func (p *Proposal) moveUp(at time.Time) error {
	if err := p.move(movesUp, at); err != nil {
		return err
	}
	p.SubmittedAt = &at
	return nil
}

// edit marks the proposal as rewritten by its freelancer.
func (p *Proposal) edit(at time.Time) error {
	if err := p.move(isEdited, at); err != nil {
		return err
	}
	p.EditedAt = &at
	return nil
}

// read notes the client's first look.
func (p *Proposal) read(at time.Time) error {
	if err := p.move(isRead, at); err != nil {
		return err
	}
	p.ReadAt = &at
	return nil
}

// shortlist puts it among those the client comes back to.
func (p *Proposal) shortlist(at time.Time) error {
	if err := p.move(isShortlisted, at); err != nil {
		return err
	}
	p.look(at)
	return nil
}

// look notes that the client has seen p: whoever shortlists or makes an offer
// has, even from the list.
func (p *Proposal) look(at time.Time) {
	if p.ReadAt == nil {
		p.ReadAt = &at
	}
}

// decline ends it with a reason. It reports whether that was the answer that
// was owed.
func (p *Proposal) decline(e lifecycle.Event, r Reason, at time.Time) (answered bool, err error) {
	if err := p.move(e, at); err != nil {
		return false, err
	}
	p.DeclineReason, p.DeclineWords = &r.Code, r.Words
	return p.answer(at), nil
}

// offer notes that a contract was offered. It reports whether that was the
// answer that was owed.
func (p *Proposal) offer(at time.Time) (answered bool, err error) {
	if err := p.move(isOffered, at); err != nil {
		return false, err
	}
	p.look(at)
	return p.answer(at), nil
}

// answer counts once: an offer that came to nothing was an answer too.
func (p *Proposal) answer(at time.Time) bool {
	if !p.Owed() {
		return false
	}
	p.AnsweredAt = &at
	return true
}

// offerEnded takes p back among the others, or ends it with its offer if its
// post is over.
func (p *Proposal) offerEnded(post jobpost.State, why OfferEnd, at time.Time) error {
	switch {
	case post == jobpost.Open:
		return p.move(offerFails, at)
	case why == OfferDeclined:
		return p.move(offerIsRefused, at)
	case why == OfferExpired:
		return p.move(offerExpires, at)
	case post == jobpost.Filled:
		_, err := p.decline(offerIsTakenBack, Reason{Code: HiredSomeoneElse}, at)
		return err
	default:
		_, err := p.decline(offerIsTakenBack, Reason{Code: ScopeChanged}, at)
		return err
	}
}
