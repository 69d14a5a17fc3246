// Package fault names the ways an operation can refuse a person.
//
// A fault is an answer, not an accident: its sentence is shown to the person as
// written, and says what is the matter, what happens next and whose turn it is.
// Every other error is an accident: logged whole, and shown only as an apology
// with a reference.
package fault

import (
	"errors"

	"freehold/internal/kit/say"
)

// Kind says what the person can do about a fault.
type Kind int

// The kinds.
const (
	Invalid   Kind = iota + 1 // correct the input and send it again
	NotFound                  // there is nothing here that you may see
	Forbidden                 // you may see this, but it is not yours to do
	Conflict                  // the thing has moved on; look again
	TooMany                   // wait, then try again
)

// Status is how HTTP says k: the same on pages and in the API (RFC 9110, 6585).
func (k Kind) Status() int {
	switch k {
	case Invalid:
		return 422
	case NotFound:
		return 404
	case Forbidden:
		return 403
	case Conflict:
		return 409
	case TooMany:
		return 429
	default:
		return 500
	}
}

// Error is a refusal. Code is stable: tests, programs and translations go by
// it. Field names the input at fault, as the form and the API call it; it is
// empty when the refusal is about the whole act.
type Error struct {
	Kind  Kind
	Code  string
	Say   say.Sentence
	Field string
}

// New declares a refusal. Where the sentence has %s in it, With fills them.
func New(k Kind, code, sentence string) *Error {
	return &Error{Kind: k, Code: code, Say: say.Sentence{Format: sentence}}
}

// With returns e speaking of args.
func (e *Error) With(args ...any) *Error {
	f := *e
	f.Say = say.That(e.Say.Format, args...)
	return &f
}

// At returns e pointing at a field of the input.
func (e *Error) At(field string) *Error {
	f := *e
	f.Field = field
	return &f
}

func (e *Error) Error() string { return e.Code + ": " + e.Say.String() }

// Is makes errors.Is go by the code, whatever the sentence speaks of.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Of returns the first refusal in err, if there is one.
func Of(err error) (*Error, bool) { return errors.AsType[*Error](err) }

// All returns every refusal joined into err, in order: a form that is wrong in
// three places hears of all three.
func All(err error) []*Error {
	switch e := err.(type) { //nolint:errorlint // walks the tree itself
	case nil:
		return nil
	case *Error:
		return []*Error{e}
	case interface{ Unwrap() []error }:
		var all []*Error
		for _, inner := range e.Unwrap() {
			all = append(all, All(inner)...)
		}
		return all
	default:
		return All(errors.Unwrap(err))
	}
}
