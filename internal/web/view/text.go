package view

import (
	"bytes"
	"context"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

// Wrap is a component that takes children: what stands around words of a Text.
type Wrap struct{ templ.Component }

// Link wraps words into a link.
func Link(href string) Wrap { return Wrap{link(href)} }

// Strong makes words stand out.
func Strong() Wrap { return Wrap{strong()} }

// Quiet makes words stand back.
func Quiet() Wrap { return Wrap{quiet()} }

// Text is a whole sentence with markup inside, translated as one:
//
//	@Text(f, "Nothing may be below the [floor]. It is due %s.", Link("/floors"), Moment(f, t))
//
// Words between brackets go into the next Wrap among the arguments, and each
// verb takes the next of the others: components as they are, anything else as
// the reader reads it, and harmless. A translation may take them in another
// order, as [2|words] and %[2]s.
func Text(f Frame, format string, args ...any) templ.Component {
	return sentence(f, f.Word(format), args)
}

// TextN is a Text whose words go by n, which is its first verb's argument.
func TextN(f Frame, n int, one, other string, args ...any) templ.Component {
	return sentence(f, f.Reader.Plural(n, one, other), append([]any{n}, args...))
}

func sentence(f Frame, translated string, args []any) templ.Component {
	var wraps []Wrap
	var others []any
	for _, a := range args {
		if w, ok := a.(Wrap); ok {
			wraps = append(wraps, w)
		} else {
			others = append(others, a)
		}
	}
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		b := builder{ctx: templ.ClearChildren(ctx), f: f, wraps: wraps, open: []bracket{{}}}
		for _, p := range say.Parts(translated) {
			switch {
			case p.Arg == 0:
				b.words(p.Text)
			case p.Arg <= len(others):
				b.argument(others[p.Arg-1])
			}
		}
		for len(b.open) > 1 {
			b.close()
		}
		if b.err != nil {
			return b.err
		}
		_, err := io.WriteString(w, b.open[0].html)
		return err
	})
}

// builder writes a sentence from its beginning to its end.
type builder struct {
	ctx   context.Context
	f     Frame
	wraps []Wrap
	next  int       // of the wraps
	open  []bracket // those that are not closed yet; the first is the sentence
	err   error
}

// bracket is what stands between two so far, and in what it will be wrapped.
type bracket struct {
	wrap int
	html string
}

func (b *builder) write(html string) { b.open[len(b.open)-1].html += html }

var numbered = regexp.MustCompile(`^(\d+)\|`)

func (b *builder) words(text string) {
	for text != "" {
		at := strings.IndexAny(text, "[]")
		if at < 0 {
			b.write(templ.EscapeString(text))
			return
		}
		b.write(templ.EscapeString(text[:at]))
		sign := text[at]
		text = text[at+1:]
		switch {
		case sign == '[':
			if m := numbered.FindStringSubmatch(text); m != nil {
				n, _ := strconv.Atoi(m[1]) // digits; too many of them are no wrap that anybody gives
				b.next, text = n-1, text[len(m[0]):]
			}
			b.open = append(b.open, bracket{wrap: b.next})
			b.next++
		case len(b.open) > 1:
			b.close()
		default:
			b.write("]")
		}
	}
}

// close wraps what stands in the innermost bracket.
func (b *builder) close() {
	inner := b.open[len(b.open)-1]
	b.open = b.open[:len(b.open)-1]
	if inner.wrap < 0 || inner.wrap >= len(b.wraps) {
		b.write(inner.html)
		return
	}
	b.render(b.wraps[inner.wrap], templ.WithChildren(b.ctx, templ.Raw(inner.html)))
}

func (b *builder) argument(a any) {
	switch a := a.(type) {
	case templ.Component:
		b.render(a, b.ctx)
	case money.Amount:
		b.render(sum(b.f, a), b.ctx)
	case time.Time:
		b.render(Moment(b.f, a), b.ctx)
	case say.Day:
		b.render(Date(b.f, time.Time(a)), b.ctx)
	default:
		b.write(templ.EscapeString(b.f.Reader.Show(a)))
	}
}

// render writes a component. The sentence has its own spaces, so those around
// the component go.
func (b *builder) render(c templ.Component, ctx context.Context) { //nolint:revive // ctx is an argument of c
	var out bytes.Buffer
	if err := c.Render(ctx, &out); err != nil && b.err == nil {
		b.err = err
	}
	b.write(strings.TrimSpace(out.String()))
}
