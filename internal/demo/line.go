package demo

import (
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// line is one thing that happens in the story of a post, as it is written in
// market/posts:
//
//   - 17 carl reads tom
//   - 16 carl declines mai (skills): Thank you for the offer.
//
// It says how many days ago, who, what they do, and if need be with whom, with
// which part of it, and in which words.
type line struct {
	ago   int
	who   string
	verb  string
	whom  string
	part  string // in brackets: a reason, a number, some numbers
	words string
}

// UnmarshalYAML reads a line that says no words as a text, and one that does as
// a mapping of the line to them.
func (l *line) UnmarshalYAML(n *yaml.Node) error {
	text := n.Value
	if n.Kind == yaml.MappingNode && len(n.Content) == 2 {
		text, l.words = n.Content[0].Value, strings.TrimSpace(n.Content[1].Value)
	}
	parts := strings.Fields(text)
	if open := strings.IndexByte(text, '('); open >= 0 {
		part, _, closed := strings.Cut(text[open+1:], ")")
		if !closed {
			return fmt.Errorf("line %d: a bracket stays open in %q", n.Line, text)
		}
		l.part, parts = part, strings.Fields(text[:open])
	}
	if len(parts) < 3 {
		return fmt.Errorf("line %d: %q does not say how many days ago who did what", n.Line, text)
	}
	ago, err := strconv.Atoi(parts[0])
	if err != nil {
		return fmt.Errorf("line %d: %q does not begin with how many days ago", n.Line, text)
	}
	l.ago, l.who, l.verb, l.whom = ago, parts[1], parts[2], strings.Join(parts[3:], " ")
	return nil
}

func (l line) String() string {
	return strings.TrimSpace(fmt.Sprintf("%d days ago %s %s %s", l.ago, l.who, l.verb, l.whom))
}
