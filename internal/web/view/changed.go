package view

import (
	"cmp"
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
	"znkr.io/diff"
)

// stretch is a part of a text, and how it came there.
type stretch struct {
	words string
	op    diff.Op
}

// changes are the parts of now, and those of was that are no longer in it,
// word by word.
func changes(was, now string) (all []stretch) {
	for _, e := range diff.Edits(inWords(was), inWords(now)) {
		word := e.Y
		if e.Op == diff.Delete {
			word = e.X
		}
		if n := len(all); n > 0 && all[n-1].op == e.Op {
			all[n-1].words += word
			continue
		}
		all = append(all, stretch{word, e.Op})
	}
	return all
}

// inWords is a text cut after each space, so that together they are the text.
func inWords(text string) (all []string) {
	for text != "" {
		end := strings.IndexAny(text, " \n") + 1
		if end == 0 {
			end = len(text)
		}
		all = append(all, text[:end])
		text = text[end:]
	}
	return all
}

// marked is a text with what is new in it marked, and what is gone.
func marked(was, now string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		for _, s := range changes(was, now) {
			text := strings.TrimRight(s.words, " \n")
			space := s.words[len(text):]
			text = templ.EscapeString(text)
			switch s.op {
			case diff.Delete:
				text, space = "<del>"+text+"</del>", cmp.Or(space, " ") // what comes instead must not touch it
			case diff.Insert:
				text = "<ins>" + text + "</ins>"
			}
			b.WriteString(text + space)
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}
