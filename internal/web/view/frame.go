// Package view is what pages look like: the components that recur, and a file
// of templates for each area. It decides nothing; handlers hand it what to show.
package view

import (
	"slices"
	"strings"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/profile"
)

// Frame is what every page needs to know besides its own subject.
type Frame struct {
	By       account.Actor // the zero Actor: nobody is signed in
	Now      time.Time
	Reader   say.Reader
	Path     string // of this page, for links back to it
	About    string // what the page is about, for search engines and link previews
	Theme    string // "light" or "dark"; "": as the reader's device has it
	Unread   int    // notices
	Messages int    // unread messages
	Face     profile.Portrait
	Flash    string // what was just done
	Sandbox  bool   // no real money moves here
	Demo     *Demo  // set on a demonstration market
	Asset    func(name string) string
}

// Demo is what a demonstration market shows besides: people to be, and its clock.
type Demo struct {
	People []DemoPerson
}

// DemoPerson is somebody whose log-in a visitor may use.
type DemoPerson struct {
	ID                           account.ID
	Name, Email, Password, About string
	Portrait                     profile.Portrait
	Lead                         bool // a visitor does well to begin with them
}

// SignedIn reports whether somebody is.
func (f Frame) SignedIn() bool { return f.By.ID != 0 }

// Describe returns f with what the page is about.
func (f Frame) Describe(about string) Frame {
	f.About = about
	return f
}

func (f Frame) description() string {
	if f.About != "" {
		return f.About
	}
	return f.T("A freelance market where every proposal is answered and every delivery is paid.")
}

// Money writes an amount as the reader does.
func (f Frame) Money(a money.Amount) string {
	return f.Reader.Show(a)
}

// Form is a form that nobody has filled in yet.
func (f Frame) Form() Form { return Form{Reader: f.Reader} }

// Form is a form as it was sent, and what was refused about it.
type Form struct {
	Values map[string][]string
	Faults []*fault.Error
	Reader say.Reader
}

// Value is what was typed into a field, so that it is never lost.
func (f Form) Value(field string) string {
	if v := f.Values[field]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// Has reports whether a field was sent with a value: a ticked box.
func (f Form) Has(field, value string) bool {
	return slices.Contains(f.Values[field], value)
}

// Fault is what is wrong with a field, or with one line of it; empty when
// nothing is.
func (f Form) Fault(field string) string {
	for _, e := range f.Faults {
		if e.Field == field || strings.HasPrefix(e.Field, field+".") {
			return e.Say.For(f.Reader)
		}
	}
	return ""
}

// own is what is wrong with a field as a whole, and not with one line of it.
func (f Form) own(field string) string {
	for _, e := range f.Faults {
		if e.Field == field {
			return e.Say.For(f.Reader)
		}
	}
	return ""
}

// anchor is the field of this form that a fault belongs to: a fault may be about
// one line of a field of many.
func (f Form) anchor(field string) string {
	if _, sent := f.Values[field]; sent {
		return field
	}
	if i := strings.LastIndexByte(field, '.'); i > 0 {
		if _, sent := f.Values[field[:i]]; sent {
			return field[:i]
		}
	}
	return field
}
