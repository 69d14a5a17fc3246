package account

import (
	"time"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/prose"
)

// Session is somebody signed in at one place.
type Session struct {
	ID         SessionID
	Kind       SessionKind
	OpenedAt   time.Time
	LastSeenAt time.Time // to the minute
	ExpiresAt  time.Time // if it is not used before
	Address    string
	Agent      string
}

// SessionKind says who holds the secret of a session.
type SessionKind string

// The kinds of session.
const (
	Browser SessionKind = "browser" // in a cookie
	Program SessionKind = "program" // as a token
)

const (
	sessionLife = 30 * 24 * time.Hour // since it was last used
	touchEvery  = time.Minute
	traceLife   = 90 * 24 * time.Hour // how long we remember where an ended session was
)

// Refusals about sessions.
var (
	ErrNotSignedIn = fault.New(fault.Forbidden, "not_signed_in", "You are not signed in, or not any more. Please sign in and try again.")
	ErrSignIn      = fault.New(fault.Invalid, "sign_in_refused",
		"This e-mail address and this password do not belong together. Check both, or ask for a new password.")
	ErrNoSession = fault.New(fault.NotFound, "session_not_found", "There is no such session of yours, or it has ended already.")
)

// Visitor is where a request comes from. An empty Address is not held to the
// limits per visitor: somebody at the machine itself, or a test.
type Visitor struct {
	Address string
	Agent   string // the browser or program, as it calls itself
}

// clean makes v fit to be kept and shown, whatever a program calls itself.
func (v Visitor) clean() Visitor { return Visitor{tidy(v.Address, 60), tidy(v.Agent, 300)} }

func tidy(s string, n int) string {
	s, err := prose.Line(s)
	if err != nil {
		return "" // not a text
	}
	return prose.Snippet(s, n)
}
