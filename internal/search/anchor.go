package search

import (
	"fmt"
	"strings"
)

// anchorsOf returns words of which a post must have one to answer a tsquery, in
// PostgreSQL's own writing. Where there is a choice, the words that fewer posts
// have are taken. It returns none when a post can answer without any word, as it
// can an exclusion.
func anchorsOf(tsquery string, posts map[string]int) ([]string, error) {
	p := queryParser{rest: tsquery, posts: posts}
	anchors := p.either()
	if p.skip(); p.rest != "" {
		return nil, fmt.Errorf("not a tsquery: %s", tsquery)
	}
	return anchors, nil
}

// queryParser reads a tsquery. Of its operators ! binds most, then <->, & and |.
type queryParser struct {
	rest  string
	posts map[string]int
	words []string // all that it came by
}

func (p *queryParser) skip() { p.rest = strings.TrimLeft(p.rest, " ") }

// take reads on if the sign comes next.
func (p *queryParser) take(sign string) bool {
	p.skip()
	after, ok := strings.CutPrefix(p.rest, sign)
	if ok {
		p.rest = after
	}
	return ok
}

// either is of both sides what is needed for one of them; nothing, if one side
// needs nothing.
func (p *queryParser) either() []string {
	anchors := p.both()
	for p.take("|") {
		more := p.both()
		if anchors == nil || more == nil {
			anchors = nil
			continue
		}
		anchors = append(anchors, more...)
	}
	return anchors
}

func (p *queryParser) both() []string {
	anchors := p.phrase()
	for p.take("&") {
		anchors = p.rarer(anchors, p.phrase())
	}
	return anchors
}

func (p *queryParser) phrase() []string {
	anchors := p.one()
	for p.take("<") {
		if i := strings.IndexByte(p.rest, '>'); i >= 0 {
			p.rest = p.rest[i+1:]
		}
		anchors = p.rarer(anchors, p.one())
	}
	return anchors
}

// rarer is the one of two that fewer posts have.
func (p *queryParser) rarer(a, b []string) []string {
	if a == nil || b != nil && p.users(b) < p.users(a) {
		return b
	}
	return a
}

func (p *queryParser) users(words []string) (n int) {
	for _, w := range words {
		n += p.posts[w]
	}
	return n
}

func (p *queryParser) one() []string {
	switch {
	case p.take("!"):
		p.one()
		return nil
	case p.take("("):
		anchors := p.either()
		p.take(")")
		return anchors
	default:
		return p.word()
	}
}

// word reads 'word', in which quotes and backslashes are doubled, and the marks
// behind it.
func (p *queryParser) word() []string {
	if !p.take("'") {
		return nil
	}
	var word strings.Builder
	for i := 0; i < len(p.rest); i++ {
		switch c := p.rest[i]; {
		case c != '\'' && c != '\\':
			word.WriteByte(c)
		case i+1 < len(p.rest) && p.rest[i+1] == c:
			word.WriteByte(c)
			i++
		default:
			p.rest = strings.TrimLeft(p.rest[i+1:], ":*ABCD")
			p.words = append(p.words, word.String())
			return []string{word.String()}
		}
	}
	return nil
}
