package web

import (
	"github.com/a-h/templ"

	"freehold/internal/agenda"
	"freehold/internal/banking"
	"freehold/internal/promise"
	"freehold/internal/web/view"
)

// home tells strangers what is different here, and members whose turn it is.
func (s *Server) home(v *visit) error {
	if v.by.ID == 0 {
		figures, err := promise.Count(v.ctx(), s.DB)
		if err != nil {
			return err
		}
		return v.show(func(f view.Frame) templ.Component { return view.WelcomePage(f, figures) })
	}
	var h view.Home
	var err error
	if h.Items, err = agenda.Of(v.ctx(), s.DB, v.by); err != nil {
		return err
	}
	if h.Steps, err = agenda.FirstSteps(v.ctx(), s.DB, v.by); err != nil {
		return err
	}
	if h.Balances, err = banking.Balances(v.ctx(), s.DB, v.by); err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.HomePage(f, h) })
}
