package contract

import (
	"slices"
	"time"

	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/say"
)

// Prospect is what can happen next to a contract or to one of its milestones, as
// its lifecycle has it, with the real dates.
type Prospect struct {
	Milestone int    // its number; 0: the contract itself
	Of        string // the title
	State     string
	Means     say.Sentence
	Acts      []Way // what people can do
	Silence   []Way // what happens if nobody does anything
	Rests     say.Sentence
}

// Way is one step that can be taken.
type Way struct {
	By    Side // the market's happen by themselves
	Event string
	Says  say.Sentence
	From  *time.Time      // not before; nil: at any time
	At    *time.Time      // when it happens by itself
	For   lifecycle.Actor // whom that date favours
	Bound say.Sentence
	To    string // the state afterwards
}

// Prospects are what can happen next: to the contract, and to each milestone
// that is under way. There are none once it has ended.
func (c *Contract) Prospects() (all []Prospect) {
	l := under(c.Lifecycle)
	if l.Contract.Ended(c.State) {
		return nil
	}
	all = append(all, c.prospect(prospect(l.Contract, c.State, c.date)))
	all[0].Of = c.Title
	for i := range c.Milestones {
		if m := &c.Milestones[i]; m.live() {
			p := c.prospect(prospect(l.Milestone, m.State, m.date))
			p.Milestone, p.Of = m.N, m.Title
			if _, ok := c.Between(m); !ok {
				p.Acts = slices.DeleteFunc(p.Acts, func(w Way) bool { return w.Event == string(contestShare) })
			}
			all = append(all, p)
		}
	}
	if c.State == UnderNotice && c.Every == "" {
		c.endFirst(all)
	}
	return all
}

// onlyBy are the steps of work that is paid in one way: the lifecycles are those of
// all contracts.
var onlyBy = map[Span][]lifecycle.Event{
	"":      {submit, takeBack, askChanges, settleUp},
	Weekly:  {handIn},
	Monthly: {closeMonth},
}

// prospect leaves out what happens to work that is paid in another way.
func (c *Contract) prospect(p Prospect) Prospect {
	other := func(w Way) bool {
		for every, events := range onlyBy {
			if every != c.Every && slices.Contains(events, lifecycle.Event(w.Event)) {
				return true
			}
		}
		return c.Every != Monthly && p.State == string(Funded) && w.Event == string(contest)
	}
	if p.Acts = slices.DeleteFunc(p.Acts, other); c.Every != "" && p.State == string(UnderNotice) {
		p.Rests = say.That("The contract ends as soon as its last week or month is paid.")
	}
	p.Silence = slices.DeleteFunc(p.Silence, other)
	for i := range p.Acts {
		switch w := &p.Acts[i]; {
		case c.Every == "" || w.Event != string(giveNotice):
		case w.By == Client:
			w.Says = say.That("The client gives notice and says why. The contract ends with the week or month in which the notice has passed, and the ending fee returns to the client.")
		default:
			w.Says = say.That("The freelancer gives notice and says why. The contract ends with the week or month in which the notice has passed, and the ending fee returns to the client.")
		}
	}
	return p
}

// endFirst leaves out what cannot happen any more, because one side has given
// notice and the contract ends before.
func (c *Contract) endFirst(all []Prospect) {
	if c.anyDisputed() {
		all[0].Silence, all[0].Rests = nil, say.That("There is a dispute. The contract ends as soon as that is closed and the notice has passed.")
	}
	late := func(at *time.Time) bool { return at != nil && at.After(c.endsFrom()) && !c.anyDisputed() }
	for i := range all {
		p := &all[i]
		p.Acts = slices.DeleteFunc(p.Acts, func(w Way) bool { return late(w.From) || w.Event == string(agree) && w.By == c.NoticeBy })
		if p.Silence = slices.DeleteFunc(p.Silence, func(w Way) bool { return late(w.At) }); len(p.Silence) == 0 && p.Milestone > 0 && p.State != string(Disputed) {
			p.Rests = say.That("The contract ends before anything happens here by itself, and what was computed is paid.")
		}
	}
}

func prospect[S ~string](t *lifecycle.Table[S], is S, date func(*lifecycle.Clock) *time.Time) Prospect {
	state := t.State(is)
	p := Prospect{State: string(is), Means: words(state.Means), Rests: words(state.Rests)}
	for _, s := range t.From(is) {
		w := Way{By: s.By, Event: string(s.Event), Says: words(s.Says), Bound: words(s.Bound), To: string(s.To)}
		switch {
		case s.By != "":
			w.From = date(s.Opens)
			p.Acts = append(p.Acts, w)
		case s.Clock != nil:
			w.By, w.At, w.For = Market, date(s.Clock), s.Clock.For
			p.Silence = append(p.Silence, w)
		}
	}
	return p
}

// words are a sentence of a table, which speaks of nothing in particular.
func words(s string) say.Sentence { return say.Sentence{Format: s} }

// date is when a clock of the contract's lifecycle runs out; nil while it does
// not run.
func (c *Contract) date(k *lifecycle.Clock) *time.Time {
	switch {
	case k == funding && c.State == Signed:
		return &c.FundBy
	case k == starvation && c.State == Starved:
		return new(c.LeaveFrom())
	case k == notice && c.State == UnderNotice:
		return new(c.endsFrom())
	case k == forsaken && c.State == Starved:
		return new(c.ForsakenAt())
	default:
		return nil
	}
}

// date is when a clock of the milestone's lifecycle runs out; nil while it does
// not run.
func (m *Milestone) date(k *lifecycle.Clock) *time.Time {
	switch k {
	case grace, mending:
		return m.TakeBackFrom
	case forgotten:
		if m.TakeBackFrom != nil {
			return new(m.ReturnsAt())
		}
		return nil
	case acceptance:
		return m.ApproveBy
	case weekOver, monthOver:
		return m.Closes
	case ahead:
		if m.State == Planned && m.Starts != nil {
			return new(m.aheadFrom())
		}
		return nil
	default:
		return nil
	}
}
