package say

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// Part is a piece of a format: words as they stand, or the place of an argument.
type Part struct {
	Text string
	Arg  int // counted from 1; 0 is no argument
}

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?[sd]|%%`)

// Parts takes a format apart. As in package fmt, %[2]s is the second argument,
// and the next plain verb the one after it.
func Parts(format string) []Part {
	if !strings.Contains(format, "%") { // as most
		return []Part{{Text: format}}
	}
	if known, ok := taken.Load(format); ok {
		return known.([]Part) //nolint:forcetypeassert // nothing else is stored there
	}
	parts := takeApart(format)
	taken.Store(format, parts)
	return parts
}

// taken are the formats that were taken apart. There are as many as stand in the
// code and its translations.
var taken sync.Map

func takeApart(format string) (parts []Part) {
	next, end := 1, 0
	for _, at := range verb.FindAllStringSubmatchIndex(format, -1) {
		if at[0] > end {
			parts = append(parts, Part{Text: format[end:at[0]]})
		}
		end = at[1]
		if format[at[0]:at[1]] == "%%" {
			parts = append(parts, Part{Text: "%"})
			continue
		}
		if at[2] >= 0 {
			next, _ = strconv.Atoi(format[at[2]:at[3]]) // digits; too many of them are no argument that anybody gives
		}
		parts = append(parts, Part{Arg: next})
		next++
	}
	if end < len(format) {
		parts = append(parts, Part{Text: format[end:]})
	}
	return parts
}
