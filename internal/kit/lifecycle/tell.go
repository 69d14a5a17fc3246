package lifecycle

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Told is a table in words.
type Told struct {
	Of     string
	States []ToldState
}

// ToldState is a state with the ways on from it.
type ToldState struct {
	Name, Means  string
	End, Money   bool
	Reminds      Actor
	Rests        string
	Acts         []ToldStep // what people can do
	Consequences []ToldStep // what follows from other acts
	Silence      []ToldStep // what happens if nobody does anything; more than one way where the first date depends
}

// ToldStep is one way on.
type ToldStep struct {
	Event   Event
	By      Actor
	Opens   *Clock
	Clock   *Clock
	Because string
	To      string
	Says    string
	Bound   string
}

// Tell says the table in words.
func (t *Table[S]) Tell() Told {
	told := Told{Of: t.Of}
	for _, s := range t.States {
		state := ToldState{Name: string(s.Is), Means: s.Means, End: s.End, Money: s.Money, Reminds: s.Reminds, Rests: s.Rests}
		for _, step := range t.From(s.Is) {
			one := ToldStep{step.Event, step.by(), step.Opens, step.Clock, step.Because, string(step.To), step.Says, step.Bound}
			switch {
			case step.By != "":
				state.Acts = append(state.Acts, one)
			case step.Clock != nil:
				state.Silence = append(state.Silence, one)
			default:
				state.Consequences = append(state.Consequences, one)
			}
		}
		told.States = append(told.States, state)
	}
	return told
}

// Fingerprint is the SHA-256 of what t allows, whatever its words: two tables
// with the same one let the same things happen.
func (t *Table[S]) Fingerprint() string {
	var b strings.Builder
	for _, s := range t.States {
		fmt.Fprintf(&b, "%s end=%v money=%v\n", s.Is, s.End, s.Money)
		for _, step := range t.From(s.Is) {
			fmt.Fprintf(&b, "\t%s by=%s clock=%s opens=%s to=%s\n", step.Event, step.by(), step.Clock.key(), step.Opens.key(), step.To)
		}
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}

func (c *Clock) key() string {
	if c == nil {
		return ""
	}
	return fmt.Sprintf("%s for the %s", c.Name, c.For)
}
