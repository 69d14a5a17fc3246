package account

import "slices"

// ID names a person.
type ID int64

// SessionID names a signed-in browser or a program's token.
type SessionID int64

// Role is what a member of staff may do.
type Role string

// The roles of staff.
const (
	Admin    Role = "admin"
	Support  Role = "support"
	Reviewer Role = "reviewer"
	Arbiter  Role = "arbiter"
	Finance  Role = "finance"
)

// Actor is somebody who does something, as the session they do it in shows them.
type Actor struct {
	ID         ID
	Name       string
	Email      string
	Client     bool
	Freelancer bool
	Confirmed  bool // their address is shown to be theirs
	Restricted bool // a decision in force keeps them from something (restriction.May says from what)
	Roles      []Role
	TimeZone   string
	Language   string
	Session    SessionID
	Address    string // where the request came from
	Agent      string // the browser or program
}

// System is the market itself, acting by a rule when a date passes.
var System = Actor{Name: "Freehold"}

// Is reports whether a has a role.
func (a Actor) Is(r Role) bool { return slices.Contains(a.Roles, r) }

// IsSystem reports whether nobody but a rule is acting.
func (a Actor) IsSystem() bool { return a.ID == 0 }
