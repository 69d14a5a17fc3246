package jobpost

import "time"

// Event is something that happens to a post.
type Event string

// The events of a post.
const (
	publishes Event = "publish"
	hires     Event = "hire somebody, places are left"
	hiresLast Event = "hire for the last place"
	closes    Event = "close"
	lapses    Event = "the answer-by date passes, somebody waits for an answer"
	runsOut   Event = "the answer-by date passes, nobody waits for an answer"
	removes   Event = "remove"
)

// Step is one way on from a state.
type Step struct {
	From  State
	Event Event
	By    string // who may; empty: nobody, a date does it
	For   string // whom the date favours
	To    State
}

// Lifecycle is every way on there is. What is not in it cannot happen. An offer
// can outlive its post, so somebody can be hired for a post that has ended.
var Lifecycle = []Step{
	{From: Draft, Event: publishes, By: "client", To: Open},
	{From: Open, Event: hires, By: "client", To: Open},
	{From: Open, Event: hiresLast, By: "client", To: Filled},
	{From: Open, Event: closes, By: "client", To: Closed},
	{From: Open, Event: lapses, For: "freelancers", To: Lapsed},
	{From: Open, Event: runsOut, For: "client", To: Closed},
	{From: Open, Event: removes, By: "decision", To: Removed},
	{From: Closed, Event: hires, By: "client", To: Closed},
	{From: Closed, Event: hiresLast, By: "client", To: Closed},
	{From: Lapsed, Event: hires, By: "client", To: Lapsed},
	{From: Lapsed, Event: hiresLast, By: "client", To: Lapsed},
}

// move makes e happen, or says why it cannot.
func (p *Post) move(e Event, at time.Time) error {
	for _, s := range Lifecycle {
		if s.From != p.State || s.Event != e {
			continue
		}
		if p.State = s.To; s.To != s.From && s.To != Open {
			p.EndedAt = &at
		}
		return nil
	}
	if e == publishes {
		return ErrNotDraft
	}
	return p.mustBeOpen()
}
