package web

import (
	"github.com/a-h/templ"

	"freehold/internal/agenda"
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
	items, err := agenda.Of(v.ctx(), s.DB, v.by)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.HomePage(f, items) })
}
