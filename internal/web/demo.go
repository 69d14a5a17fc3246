package web

import (
	"strings"
	"time"

	"github.com/a-h/templ"

	"freehold/internal/kit/fault"
	"freehold/internal/web/view"
)

// onlyDemo keeps a page out of markets that are no demonstration.
func onlyDemo(h handler) handler {
	return func(v *visit) error {
		if v.s.Demo == nil {
			return errMissing
		}
		return h(v)
	}
}

func (s *Server) demo(v *visit) error {
	return v.show(func(f view.Frame) templ.Component { return view.DemoPage(f, f.Form()) })
}

// demoSignIn lets a visitor be one of the people made up for that, and nobody else.
func (s *Server) demoSignIn(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	for _, p := range s.Demo.People {
		if p.Email != in.Get("email") {
			continue
		}
		by, err := v.enter(p.Email, p.Password)
		if err != nil {
			return err
		}
		return v.redirect(landing(by, local(in.Get("then"))), "You are %s now.", p.Name)
	}
	return errMissing
}

var errAdvance = fault.New(fault.Invalid, "advance_unreadable",
	"Say by how much to move the clock, such as 1h for an hour or 168h for a week.").At("advance")

// moveClock is for the button. Programs send JSON, which the API answers.
func (s *Server) moveClock(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	if err := s.advance(v, in.Get("advance")); err != nil {
		return v.again(err, view.DemoPage)
	}
	return v.redirect("/demo", "The clock is moved, and what fell due on the way has happened.")
}

func (s *Server) advance(v *visit, typed string) error {
	by, err := time.ParseDuration(strings.TrimSpace(typed))
	if err != nil {
		return errAdvance
	}
	return s.Advance(v.ctx(), by)
}
