package message

import (
	"errors"
	"strings"
	"testing"
	"time"

	"freehold/internal/file"
	"freehold/internal/kit/prose"
)

func TestAMessageSaysSomething(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		in   Input
		want error
	}{
		{"a text", Input{Text: "Hello"}, nil},
		{"files only", Input{Files: []file.ID{1}}, nil},
		{"nothing", Input{}, ErrEmpty},
		{"spaces", Input{Text: " \n\t"}, ErrEmpty},
		{"as long as can be", Input{Text: strings.Repeat("é", maxText)}, nil},
		{"too long", Input{Text: strings.Repeat("é", maxText+1)}, ErrLong},
		{"not text", Input{Text: "\xff"}, prose.ErrNotText},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if _, err := test.in.check(); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func FuzzAPlaceIsReadBackAsItWasWritten(f *testing.F) {
	for _, s := range []string{"", "1-2", "-", "-1--1", "1", "x-1", "99999999999999999999-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePlace(s)
		if err != nil {
			if p != (Place{}) {
				t.Errorf("%q is refused, and yet it is %v", s, p)
			}
			return
		}
		again, err := ParsePlace(p.String())
		if err != nil || !again.At.Equal(p.At) || again.ID != p.ID {
			t.Errorf("%q is %v, and then %v (%v)", s, p, again, err)
		}
	})
}

func TestAPlaceGoesIntoALinkAndBack(t *testing.T) {
	t.Parallel()
	p := Place{time.Date(2030, 1, 1, 12, 0, 0, 123000, time.UTC), 7}
	if got, err := ParsePlace(p.String()); err != nil || got != p {
		t.Errorf("got %v, %v", got, err)
	}
}
