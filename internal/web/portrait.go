package web

import (
	"github.com/a-h/templ"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/picture"
	"freehold/internal/profile"
	"freehold/internal/web/view"
)

func (s *Server) portrait(v *visit) error      { return s.sendPortrait(v, false) }
func (s *Server) smallPortrait(v *visit) error { return s.sendPortrait(v, true) }

// sendPortrait hands out a picture that will never change, to be kept for ever.
func (s *Server) sendPortrait(v *visit, small bool) error {
	made, err := profile.PortraitBytes(v.ctx(), s.DB, profile.Portrait(v.r.PathValue("name")), small)
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", picture.Type)
	h.Set("Cache-Control", forEver)
	v.w.Write(made) //nolint:errcheck // the visitor may leave
	return nil
}

func (s *Server) portraitForm(v *visit) error { return s.portraitPage(v, nil) }

// portraitPage shows the portrait of by, with what was refused about another.
func (s *Server) portraitPage(v *visit, refused error) error {
	me, err := s.me(v)
	if err != nil {
		return err
	}
	page := func(f view.Frame, form view.Form) templ.Component {
		return view.PortraitPage(f, form, view.Face{ID: me.ID, Name: me.Name, Portrait: me.Portrait})
	}
	if refused != nil {
		return v.again(refused, page)
	}
	return v.show(func(f view.Frame) templ.Component { return page(f, view.Form{Reader: v.reader}) })
}

var errNoPicture = fault.New(fault.Invalid, "picture_missing", "Choose a picture first.").At("portrait")

func (s *Server) setPortrait(v *visit) error {
	if _, err := v.form(); err != nil {
		return err
	}
	sent, _, err := v.r.FormFile("portrait")
	if err != nil {
		return s.portraitPage(v, errNoPicture)
	}
	defer sent.Close() //nolint:errcheck // only read
	if _, err := profile.SetPortrait(v.ctx(), s.DB, v.by, sent); err != nil {
		return s.portraitPage(v, err)
	}
	return v.redirect("/my/portrait", "This is how others see you now.")
}

func (s *Server) removePortrait(v *visit) error {
	if err := profile.RemovePortrait(v.ctx(), s.DB, v.by); err != nil {
		return err
	}
	return v.redirect("/my/portrait", "Your portrait is gone. Your initials stand for you.")
}
