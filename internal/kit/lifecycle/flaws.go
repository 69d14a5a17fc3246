package lifecycle

import (
	"fmt"
	"slices"
)

// Flaws are the reasons for which nobody could rely on t; there should be none.
func (t *Table[S]) Flaws() (flaws []string) {
	add := func(format string, args ...any) { flaws = append(flaws, t.Of+": "+fmt.Sprintf(format, args...)) }
	for i, s := range t.Steps {
		for _, flaw := range s.flaws() {
			add("“%s” to “%s” %s", s.Event, s.To, flaw)
		}
		for _, is := range append(slices.Clone(s.From), s.To) {
			if t.State(is).Is == "" {
				add("“%s” is a step of the state “%s”, which is not in the table", s.Event, is)
			}
		}
		for _, other := range t.Steps[:i] {
			if s.Event == other.Event && s.by() == other.by() && slices.ContainsFunc(s.From, func(f S) bool { return slices.Contains(other.From, f) }) {
				add("“%s” by the %s leads two ways", s.Event, s.by())
			}
		}
	}
	reach := t.reach(func(Step[S]) bool { return true })
	for i, s := range t.States {
		if i > 0 && !reach[t.States[0].Is][s.Is] {
			add("nothing leads to “%s”", s.Is)
		}
		for _, flaw := range t.stateFlaws(s) {
			add("“%s” %s", s.Is, flaw)
		}
	}
	return append(flaws, t.circles()...)
}

func (s Step[S]) flaws() (flaws []string) {
	causes := 0
	for _, is := range []bool{s.By != "", s.Clock != nil, s.Because != ""} {
		if is {
			causes++
		}
	}
	if causes != 1 {
		flaws = append(flaws, fmt.Sprintf("has %d causes; it takes a person, a clock or another act, and never two of them", causes))
	}
	if s.Opens != nil && s.By == "" {
		flaws = append(flaws, "opens at a date to nobody")
	}
	for _, c := range []*Clock{s.Clock, s.Opens} {
		if c != nil && (c.For == "" || c.Name == "" || c.Long == "") {
			flaws = append(flaws, "goes by a clock that does not say whom it favours, or how long it runs")
		}
	}
	if s.Says == "" {
		flaws = append(flaws, "does not say what happens")
	}
	return flaws
}

func (t *Table[S]) stateFlaws(s State[S]) (flaws []string) {
	on := t.From(s.Is)
	leave := slices.ContainsFunc(on, func(step Step[S]) bool { return step.To != s.Is })
	clocked := slices.ContainsFunc(on, func(step Step[S]) bool { return step.Clock != nil && step.To != s.Is })
	switch {
	case s.Means == "":
		flaws = append(flaws, "does not say what it means")
	case s.End && leave:
		flaws = append(flaws, "is an end, and leads on")
	case s.End && s.Money:
		flaws = append(flaws, "is an end with money left in escrow")
	case s.End:
	case !leave:
		flaws = append(flaws, "leads nowhere, and is no end")
	case !clocked && s.Reminds == "" && s.Rests == "":
		flaws = append(flaws, "could last for ever: it has no clock, reminds nobody, and does not say why")
	}
	return flaws
}

// circles are the ways to go round without end: those on which no step is
// bounded, and over which no clock runs that none of them sets anew.
func (t *Table[S]) circles() (flaws []string) {
	reach := t.reach(func(s Step[S]) bool { return s.Bound == "" })
	for _, s := range t.States {
		var round []S
		for _, other := range t.States {
			if reach[s.Is][other.Is] && reach[other.Is][s.Is] {
				round = append(round, other.Is)
			}
		}
		if len(round) > 1 && !t.clockOver(round) {
			flaws = append(flaws, fmt.Sprintf("%s: from “%s” one can go round for ever: %q", t.Of, s.Is, round))
		}
	}
	return flaws
}

// clockOver reports whether one fixed clock ends all of these states.
func (t *Table[S]) clockOver(states []S) bool {
	for _, s := range t.Steps {
		if s.Clock == nil || !s.Clock.Fixed {
			continue
		}
		ends := func(is S) bool {
			return slices.ContainsFunc(t.From(is), func(step Step[S]) bool { return step.Clock == s.Clock })
		}
		if !slices.ContainsFunc(states, func(is S) bool { return !ends(is) }) {
			return true
		}
	}
	return false
}

// reach is which states can be reached from which, by one or more of the steps
// that count, but for steps that stay where they are.
func (t *Table[S]) reach(counts func(Step[S]) bool) map[S]map[S]bool {
	reach := map[S]map[S]bool{}
	for _, s := range t.States {
		seen, from := map[S]bool{}, []S{s.Is}
		for i := 0; i < len(from); i++ {
			for _, step := range t.From(from[i]) {
				if counts(step) && step.To != from[i] && !seen[step.To] {
					seen[step.To] = true
					from = append(from, step.To)
				}
			}
		}
		reach[s.Is] = seen
	}
	return reach
}
