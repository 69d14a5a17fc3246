// Package statement says what somebody's money did in a month or a year: what there was
// at the beginning and at the end, every movement between, and what was paid for work,
// with the fee apart from it.
//
// Everything in it is read from the ledger; nothing is kept. So the same period says the
// same at any time once it is over.
package statement
