package say

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"freehold/internal/kit/money"
)

// Reader is how one person reads.
type Reader struct {
	Lang string         // BCP 47; "" is English
	Zone *time.Location // nil is UTC
}

// T writes a text: the English format is the key of its translation, and every
// argument is written as r reads it. Translations may take the arguments in
// another order, as %[2]s.
func (r Reader) T(format string, args ...any) string {
	if false {
		_ = fmt.Sprintf(format, args...) // lets vet check the format at every call
	}
	return r.fill(r.Word(format), args)
}

// N writes a text whose words go by n, which is its first argument:
//
//	r.N(days, "%d day for %s", "%d days for %s", name)
func (r Reader) N(n int, one, other string, args ...any) string {
	return r.fill(r.Plural(n, one, other), append([]any{n}, args...))
}

// Moment writes t to the minute in the reader's own time zone.
func (r Reader) Moment(t time.Time) string {
	t = t.In(r.zone())
	return t.Format("2 ") + r.Word(t.Format("Jan")) + t.Format(" 2006, 15:04 MST")
}

// Day writes the calendar day on which t falls for the reader.
func (r Reader) Day(t time.Time) string {
	t = t.In(r.zone())
	return r.Word(t.Format("Mon")) + t.Format(" 2 ") + r.Word(t.Format("Jan")) + t.Format(" 2006")
}

// Dates are put together from these.
var (
	_ = Words("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
	_ = Words("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
)

// Number writes n with the digits and separators of the reader's language.
func (r Reader) Number(n int) string {
	all, ok := printers.Load(r.lang())
	if !ok {
		lang := tag(r.lang())
		all, _ = printers.LoadOrStore(r.lang(), &sync.Pool{New: func() any { return message.NewPrinter(lang) }})
	}
	pool := all.(*sync.Pool)           //nolint:forcetypeassert // nothing else is stored there
	p := pool.Get().(*message.Printer) //nolint:forcetypeassert // nor here
	defer pool.Put(p)
	return p.Sprint(n)
}

// printers write numbers, by language: to make one takes longer than what it
// writes.
var printers sync.Map

// tags are the languages that were asked for: reading one takes longer than
// writing a number in it.
var tags sync.Map

func tag(lang string) language.Tag {
	if t, ok := tags.Load(lang); ok {
		return t.(language.Tag) //nolint:forcetypeassert // nothing else is stored there
	}
	t := language.Make(lang)
	tags.Store(lang, t)
	return t
}

// fill writes a format that is translated already. An argument that is missing
// leaves a gap, and one too many is left out.
func (r Reader) fill(format string, args []any) string {
	var b strings.Builder
	for _, p := range Parts(format) {
		switch {
		case p.Arg == 0:
			b.WriteString(p.Text)
		case p.Arg <= len(args):
			b.WriteString(r.Show(args[p.Arg-1]))
		default:
			b.WriteString("…")
		}
	}
	return b.String()
}

// Show writes one argument as r reads it.
func (r Reader) Show(a any) string {
	switch a := a.(type) {
	case string:
		return a
	case int:
		return r.Number(a)
	case money.Amount:
		return a.Format(r.lang())
	case time.Time:
		return r.Moment(a)
	case Day:
		return r.Day(time.Time(a))
	case Sentence:
		return a.For(r)
	default:
		return fmt.Sprint(a)
	}
}

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
