// Package lifecycle is how things go from state to state, as data.
//
// A Table is every state a thing can be in and every step between them. The use
// cases move by it and by nothing else; Flaws says what is wrong with it, which
// tests ask; Tell says it in words, which people read. Each step has exactly one
// cause:
//
//	By       a person, who may also have to wait for a date (Opens)
//	Clock    a date at which it happens by itself, and which names whom it favours
//	Because  another act, of which it is the consequence
package lifecycle

import "slices"

// Actor is who takes a step, as the tables and the pages call them: "client".
type Actor string

const (
	// Market takes the steps that no person takes: those with a Clock or a Because.
	Market Actor = "market"
	// Nobody is whom a clock favours that leaves both sides as they were.
	Nobody Actor = "nobody"
)

// Event is something that happens to a thing: "approve".
type Event string

// Clock is a date after which something is possible, or happens by itself.
type Clock struct {
	Name  string // "the acceptance window"
	Long  string // how long it runs, in words
	For   Actor  // whom it favours
	Fixed bool   // the date is set once, and no step sets it anew
}

// State is one state of a thing.
type State[S ~string] struct {
	Is      S
	Means   string // in a clause: "the client looks at the work"
	End     bool   // nothing leads on from here
	Money   bool   // some waits in escrow
	Reminds Actor  // who is reminded, where no clock of its own ends it
	Rests   string // why it needs neither clock nor reminder
	Since   int    // the version that brought it; 0 is the first
}

// Step is one way on from some states.
type Step[S ~string] struct {
	From    []S
	Event   Event
	By      Actor  // a person who may, or
	Clock   *Clock // the date at which it happens by itself, or
	Because string // the act from which it follows
	Opens   *Clock // the date before which the person may not
	To      S
	Says    string // what happens and what comes with it, in a sentence
	Bound   string // where steps lead in a circle: why this one is not taken for ever
	Since   int    // the version that brought it; 0 is the first
}

// Table is a lifecycle. The first of its states is where things begin.
type Table[S ~string] struct {
	Of     string // what goes through it: "milestone"
	States []State[S]
	Steps  []Step[S]
}

// At is the table as it was in a version: without what later ones brought. So
// what somebody signed stays, while the table grows.
func (t *Table[S]) At(version int) *Table[S] {
	then := &Table[S]{Of: t.Of}
	for _, s := range t.States {
		if s.Since <= version {
			then.States = append(then.States, s)
		}
	}
	later := func(is S) bool { return then.State(is).Is == "" }
	for _, s := range t.Steps {
		if s.Since <= version {
			s.From = slices.DeleteFunc(slices.Clone(s.From), later)
			then.Steps = append(then.Steps, s)
		}
	}
	return then
}

// In are the states that a step leads on from.
func In[S ~string](states ...S) []S { return states }

// by is who takes a step.
func (s Step[S]) by() Actor {
	if s.By == "" {
		return Market
	}
	return s.By
}

// Next is where an event leads from a state when by brings it about. It is not
// ok if there is no such step.
func (t *Table[S]) Next(from S, e Event, by Actor) (to S, ok bool) {
	for _, s := range t.Steps {
		if s.Event == e && s.by() == by && slices.Contains(s.From, from) {
			return s.To, true
		}
	}
	return from, false
}

// Leads is where an event leads from a state, whoever brings it about: for tables
// in which no event is more than one actor's.
func (t *Table[S]) Leads(from S, e Event) (to S, ok bool) {
	for _, s := range t.Steps {
		if s.Event == e && slices.Contains(s.From, from) {
			return s.To, true
		}
	}
	return from, false
}

// Takers are the people who can bring an event about, in whatever state.
func (t *Table[S]) Takers(e Event) (all []Actor) {
	for _, s := range t.Steps {
		if s.Event == e && s.By != "" && !slices.Contains(all, s.By) {
			all = append(all, s.By)
		}
	}
	return all
}

// From are the steps that lead on from a state, in the order of the table.
func (t *Table[S]) From(state S) (on []Step[S]) {
	for _, s := range t.Steps {
		if slices.Contains(s.From, state) {
			on = append(on, s)
		}
	}
	return on
}

// Ended reports whether nothing leads on from a state.
func (t *Table[S]) Ended(state S) bool { return t.State(state).End }

// Money reports whether money waits in escrow for a thing in this state.
func (t *Table[S]) Money(state S) bool { return t.State(state).Money }

// State is what the table says of a state.
func (t *Table[S]) State(is S) State[S] {
	for _, s := range t.States {
		if s.Is == is {
			return s
		}
	}
	return State[S]{}
}
