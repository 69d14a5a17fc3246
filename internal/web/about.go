package web

import (
	"github.com/a-h/templ"

	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/promise"
	"freehold/internal/skill"
	"freehold/internal/support"
	"freehold/internal/terms"
	"freehold/internal/web/view"
)

func (s *Server) howItWorks(v *visit) error {
	now, err := s.termsNow(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.HowItWorksPage(f, now.Values) })
}

func (s *Server) howItEnds(v *visit) error {
	return v.show(func(f view.Frame) templ.Component { return view.HowItEndsPage(f, support.TellLifecycles()) })
}

func (s *Server) termsNow(v *visit) (now terms.Settings, err error) {
	err = s.DB.View(v.ctx(), func(tx *db.Tx) error { now, err = terms.Current(v.ctx(), tx); return err })
	return now, err
}

func (s *Server) fees(v *visit) error {
	var line terms.Timeline
	var bonds []money.Amount
	err := s.DB.View(v.ctx(), func(tx *db.Tx) error {
		versions, err := terms.History(v.ctx(), tx)
		if err != nil {
			return err
		}
		line = terms.Arrange(versions, tx.Now)
		bonds, err = terms.Bonds(v.ctx(), tx)
		return err
	})
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.FeesPage(f, line, bonds) })
}

func (s *Server) floors(v *visit) error {
	var p view.Floors
	err := s.DB.View(v.ctx(), func(tx *db.Tx) (err error) {
		if p.Categories, err = skill.Categories(v.ctx(), tx); err != nil {
			return err
		}
		if p.Work, err = terms.CategoryFloors(v.ctx(), tx); err != nil {
			return err
		}
		p.Countries, err = terms.CountryFloors(v.ctx(), tx)
		return err
	})
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.FloorsPage(f, p) })
}

func (s *Server) promises(v *visit) error {
	standings, err := promise.Latest(v.ctx(), s.DB)
	if err != nil {
		return err
	}
	figures, err := promise.Count(v.ctx(), s.DB)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.PromisesPage(f, standings, figures) })
}

func (s *Server) design(v *visit) error {
	sent, err := v.form()
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.DesignPage(f, view.DesignSample(f.Reader, sent)) })
}
