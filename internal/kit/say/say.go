// Package say keeps what we tell people apart from the language in which they
// read it.
//
// A Sentence is an English format and what it speaks of: names, amounts,
// moments, counts. It can be stored today and read years later, by each reader
// in their own language, currency format and time zone. The English format is
// the key under which a translation is found.
package say

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"freehold/internal/kit/money"
)

// Sentence is something to tell a person. The zero Sentence says nothing.
type Sentence struct {
	Format string // English; every argument stands as %s or %d
	Args   []any  // string, int, money.Amount, time.Time, Day
}

// Day is a moment of which only the calendar day matters.
type Day time.Time

// String writes d in English, as it falls in UTC.
func (d Day) String() string { return Reader{}.Day(time.Time(d)) }

// That makes a Sentence. Arguments of other types are kept as their text.
func That(format string, args ...any) Sentence {
	if false {
		_ = fmt.Sprintf(format, args...) // lets vet check the format at every call
	}
	for i, a := range args {
		args[i] = plain(a)
	}
	return Sentence{format, args}
}

func plain(a any) any {
	switch a := a.(type) {
	case string, int, money.Amount, Day:
		return a
	case time.Time:
		return a.UTC()
	case int64:
		return int(a)
	default:
		return fmt.Sprint(a)
	}
}

// Empty reports whether there is nothing to say.
func (s Sentence) Empty() bool { return s.Format == "" }

// Reader is how one person reads.
type Reader struct {
	Lang string         // BCP 47; "" is English
	Zone *time.Location // nil is UTC
}

// For returns s as r reads it.
func (s Sentence) For(r Reader) string {
	args := make([]any, len(s.Args))
	for i, a := range s.Args {
		args[i] = r.word(a)
	}
	return fmt.Sprintf(s.Format, args...)
}

// String returns s in English, with times in UTC.
func (s Sentence) String() string { return s.For(Reader{}) }

func (r Reader) word(a any) any {
	switch a := a.(type) {
	case money.Amount:
		return a.Format(r.lang())
	case time.Time:
		return r.Moment(a)
	case Day:
		return r.Day(time.Time(a))
	default:
		return a
	}
}

// Moment writes t to the minute in the reader's own time zone.
func (r Reader) Moment(t time.Time) string { return t.In(r.zone()).Format("2 Jan 2006, 15:04 MST") }

// Day writes the calendar day on which t falls for the reader.
func (r Reader) Day(t time.Time) string { return t.In(r.zone()).Format("Mon 2 Jan 2006") }

func (r Reader) lang() string {
	if r.Lang == "" {
		return "en"
	}
	return r.Lang
}

func (r Reader) zone() *time.Location {
	if r.Zone == nil {
		return time.UTC
	}
	return r.Zone
}

// stored is a Sentence as JSON. Each argument names its own type, so that a
// reader of the future needs nothing but the row.
type stored struct {
	Format string `json:"say"`
	Args   []arg  `json:"of,omitempty"`
}

type arg struct {
	Text   *string       `json:"text,omitempty"`
	Count  *int          `json:"count,omitempty"`
	Amount *money.Amount `json:"amount,omitempty"`
	Moment *time.Time    `json:"moment,omitempty"`
	Day    *time.Time    `json:"day,omitempty"`
}

// MarshalJSON stores s with the types of its arguments.
func (s Sentence) MarshalJSON() ([]byte, error) {
	out := stored{Format: s.Format}
	for _, a := range s.Args {
		switch a := a.(type) {
		case string:
			out.Args = append(out.Args, arg{Text: &a})
		case int:
			out.Args = append(out.Args, arg{Count: &a})
		case money.Amount:
			out.Args = append(out.Args, arg{Amount: &a})
		case time.Time:
			out.Args = append(out.Args, arg{Moment: &a})
		case Day:
			t := time.Time(a)
			out.Args = append(out.Args, arg{Day: &t})
		default:
			return nil, fmt.Errorf("say: cannot store a %T", a)
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(out)
	return bytes.TrimSpace(b.Bytes()), err
}

// UnmarshalJSON reads what MarshalJSON stored.
func (s *Sentence) UnmarshalJSON(b []byte) error {
	var in stored
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*s = Sentence{Format: in.Format}
	for _, a := range in.Args {
		switch {
		case a.Text != nil:
			s.Args = append(s.Args, *a.Text)
		case a.Count != nil:
			s.Args = append(s.Args, *a.Count)
		case a.Amount != nil:
			s.Args = append(s.Args, *a.Amount)
		case a.Moment != nil:
			s.Args = append(s.Args, *a.Moment)
		case a.Day != nil:
			s.Args = append(s.Args, Day(*a.Day))
		}
	}
	return nil
}
