package skill

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
)

// ID is a skill's number.
type ID int64

// Skill is something people are hired for.
type Skill struct {
	ID       ID
	Name     string
	Category Key
}

// Level is how far somebody has come, or has to.
type Level string

// The levels.
const (
	Entry        Level = "entry"
	Intermediate Level = "intermediate"
	Expert       Level = "expert"
)

// Levels are all levels, lowest first.
var Levels = say.Words(Entry, Intermediate, Expert)

// ErrUnknownLevel refuses a level that does not exist.
var ErrUnknownLevel = fault.New(fault.Invalid, "unknown_level", "Please choose a level: entry, intermediate or expert.").At("level")

// ParseLevel reads a level as forms and programs send it.
func ParseLevel(s string) (Level, error) {
	if l := Level(s); slices.Contains(Levels, l) {
		return l, nil
	}
	return "", ErrUnknownLevel
}

// maxName is how long a skill's name or alias can be, in characters. The
// database checks it too.
const maxName = 80

// fold writes a name such that all ways to write it look the same: "Node.js",
// "NodeJS" and "node js" are nodejs, "Español" is espanol. Plus and hash stay,
// for C, C++ and C# are three languages. The vowel signs of Indian scripts are
// marks and stay too.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case '\u0300' <= r && r <= '\u036f': // accents, once they stand apart
			return -1
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), r == '+', r == '#':
			return unicode.ToLower(r)
		default:
			return -1
		}
	}, norm.NFKD.String(name))
}
