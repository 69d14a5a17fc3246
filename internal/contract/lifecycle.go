package contract

import (
	"freehold/internal/kit/fault"

	"freehold/internal/kit/say"
)

// Side is who somebody is to an offer or a contract.
type Side string

// The sides. The market acts when a date has passed, and when one act follows
// from another.
const (
	Client     Side = "client"
	Freelancer Side = "freelancer"
	Market     Side = "market"
)

var _ = say.Words(Client, Freelancer, Market)

// Other is who stands across the table.
func (s Side) Other() Side {
	if s == Client {
		return Freelancer
	}
	return Client
}

// Act is something that happens to an offer, a contract or a milestone.
type Act string

// Step is one way on from a state.
type Step[S ~string] struct {
	From  S
	Act   Act
	By    Side   // who may; the market may only after a date, or as a consequence
	After string // the date that must have passed first, in words; empty: at any time, or as a consequence
	For   Side   // whom that date favours; empty: nobody
	To    S
}

// Lifecycle is every way on there is. What is not in it cannot happen.
type Lifecycle[S ~string] []Step[S]

var (
	// ErrNotClient is the answer to the freelancer who does what is the client's to do.
	ErrNotClient = fault.New(fault.Forbidden, "not_the_client", "Only the client can do that. You are the freelancer here.")
	// ErrNotFreelancer is the answer to the client who does what is the freelancer's to do.
	ErrNotFreelancer = fault.New(fault.Forbidden, "not_the_freelancer", "Only the freelancer can do that. You are the client here.")
)

// next is where act leads from a state when by does it. If that is not theirs
// to do it says whose it is; if it is not possible now, the answer is refusal.
func (l Lifecycle[S]) next(from S, act Act, by Side, refusal error) (S, error) {
	whose := Market
	for _, s := range l {
		switch {
		case s.Act != act:
		case s.By == by && s.From == from:
			return s.To, nil
		case s.By == by:
			whose = by
		case whose == Market:
			whose = s.By
		}
	}
	switch whose {
	case by, Market:
		return from, refusal
	case Client:
		return from, ErrNotClient
	default:
		return from, ErrNotFreelancer
	}
}
