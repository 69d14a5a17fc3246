// Package sandbox is a rail on which no real money moves: for trying Freehold
// out. Every page of a market on it says so.
package sandbox

import (
	"context"

	"freehold/internal/banking"
)

// Rail does at once whatever it is asked, but for one amount.
type Rail struct{}

// unlucky is the amount that the sandbox always refuses, so that people can see
// what a refusal looks like: 13.13 in a currency with cents.
const unlucky = 1313

// Name is "sandbox".
func (Rail) Name() string { return "sandbox" }

// Collect pretends that a card was charged.
func (Rail) Collect(_ context.Context, o banking.Order) (banking.Answer, error) {
	return answer(o, "The sandbox's pretended bank refuses this one amount."), nil
}

// Send pretends that a bank transfer arrived.
func (Rail) Send(_ context.Context, o banking.Order) (banking.Answer, error) {
	return answer(o, "The sandbox's pretended bank refuses this one amount."), nil
}

func answer(o banking.Order, refusal string) banking.Answer {
	a := banking.Answer{Reference: "sandbox/" + o.Key}
	if o.Amount.Minor == unlucky {
		a.Refused = refusal
	}
	return a
}
