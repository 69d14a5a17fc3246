// Package say keeps what we tell people apart from the language in which they
// read it.
//
// A Sentence is an English format and what it speaks of: names, amounts,
// moments, counts, other Sentences. It can be stored today and read years later,
// by each reader in their own language, currency format and time zone.
//
// The English format is the key under which the catalogue of each language holds
// its translation, as a file that translators have tools for (gettext's PO). A
// text without one is read in English. What pages say besides, they say through
// Reader.T and Reader.N, with the same keys.
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
	One    string // English for one; only where the first argument is a count by which the words go
	Args   []any  // string, int, money.Amount, time.Time, Day, Sentence
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
	return Sentence{Format: format, Args: plain(args)}
}

// Count makes a Sentence whose words go by n, which is its first argument:
//
//	say.Count(n, "%d proposal to %s", "%d proposals to %s", title)
func Count(n int, one, other string, args ...any) Sentence {
	return Sentence{Format: other, One: one, Args: plain(append([]any{n}, args...))}
}

func plain(args []any) []any {
	kept := make([]any, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case string, int, money.Amount, Day, Sentence:
			kept[i] = a
		case time.Time:
			kept[i] = a.UTC()
		case int64:
			kept[i] = int(a)
		default:
			kept[i] = fmt.Sprint(a)
		}
	}
	return kept
}

// Empty reports whether there is nothing to say.
func (s Sentence) Empty() bool { return s.Format == "" }

// For returns s as r reads it.
func (s Sentence) For(r Reader) string {
	if s.One != "" && len(s.Args) > 0 {
		if n, ok := s.Args[0].(int); ok {
			return r.fill(r.Plural(n, s.One, s.Format), s.Args)
		}
	}
	return r.fill(r.Word(s.Format), s.Args)
}

// String returns s in English, with times in UTC.
func (s Sentence) String() string { return s.For(Reader{}) }

// stored is a Sentence as JSON. Each argument names its own type, so that a
// reader of the future needs nothing but the row.
type stored struct {
	Format string `json:"say"`
	One    string `json:"one,omitempty"`
	Args   []arg  `json:"of,omitempty"`
}

type arg struct {
	Text   *string       `json:"text,omitempty"`
	Count  *int          `json:"count,omitempty"`
	Amount *money.Amount `json:"amount,omitempty"`
	Moment *time.Time    `json:"moment,omitempty"`
	Day    *time.Time    `json:"day,omitempty"`
	Said   *Sentence     `json:"said,omitempty"`
}

// MarshalJSON stores s with the types of its arguments.
func (s Sentence) MarshalJSON() ([]byte, error) {
	out := stored{Format: s.Format, One: s.One}
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
		case Sentence:
			out.Args = append(out.Args, arg{Said: &a})
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
	*s = Sentence{Format: in.Format, One: in.One}
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
		case a.Said != nil:
			s.Args = append(s.Args, *a.Said)
		}
	}
	return nil
}
