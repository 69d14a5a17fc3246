package web

import (
	"fmt"

	"github.com/a-h/templ"

	"freehold/internal/kit/db"
	"freehold/internal/kit/mail"
	"freehold/internal/notify"
	"freehold/internal/web/view"
)

func (s *Server) notices(v *visit) error {
	before, err := v.before()
	if err != nil {
		return err
	}
	list, err := notify.List(v.ctx(), s.DB, v.by, notify.ID(before), pageSize+1)
	if err != nil {
		return err
	}
	list, next := page(list, func(n notify.Notice) string { return fmt.Sprintf("/notices?before=%d", n.ID) })
	return v.show(func(f view.Frame) templ.Component { return view.NoticesPage(f, list, next) })
}

// openNotice marks a notice as read and goes where it leads.
func (s *Server) openNotice(v *visit) error {
	n, err := id[notify.ID](v, "id")
	if err != nil {
		return err
	}
	notice, err := notify.MarkRead(v.ctx(), s.DB, v.by, n)
	if err != nil {
		return err
	}
	return v.redirect(local(notice.Link), "")
}

func (s *Server) readNotices(v *visit) error {
	if err := notify.MarkAllRead(v.ctx(), s.DB, v.by); err != nil {
		return err
	}
	return v.redirect("/notices", "All notices are marked as read.")
}

func (s *Server) mailSettings(v *visit) error {
	var muted []string
	var lost *mail.Mail
	err := s.DB.View(v.ctx(), func(tx *db.Tx) (err error) {
		if muted, err = notify.Muted(v.ctx(), tx, v.by.ID); err != nil {
			return err
		}
		lost, err = mail.Undelivered(v.ctx(), tx, v.by.Email)
		return err
	})
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.MailSettingsPage(f, muted, lost) })
}

// changeMailSettings mutes every kind of notice that was not ticked.
func (s *Server) changeMailSettings(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	form, muted := view.Form{Values: in}, []string{}
	for _, k := range notify.Kinds {
		if !form.Has("mail", k.Name) {
			muted = append(muted, k.Name)
		}
	}
	if err := notify.MuteOnly(v.ctx(), s.DB, v.by, muted); err != nil {
		return err
	}
	return v.redirect("/settings/mail", "Saved. We mail you about what is ticked, and about nothing else.")
}
