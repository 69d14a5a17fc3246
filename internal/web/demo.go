package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/mail"
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
	return v.show(func(f view.Frame) templ.Component { return view.DemoPage(f, view.Form{}) })
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
		if err := v.enter(p.Email, p.Password); err != nil {
			return err
		}
		return v.redirect(local(in.Get("then")), "You are "+p.Name+" now.")
	}
	return errMissing
}

func (s *Server) demoMail(v *visit) error {
	before, err := v.before()
	if err != nil {
		return err
	}
	var mails []mail.Mail
	err = s.DB.View(v.ctx(), func(tx *db.Tx) error {
		mails, err = mail.Outbox(v.ctx(), tx, mail.ID(before), pageSize+1)
		return err
	})
	if err != nil {
		return err
	}
	mails, next := page(mails, func(m mail.Mail) string { return fmt.Sprintf("/demo/mail?before=%d", m.ID) })
	return v.show(func(f view.Frame) templ.Component { return view.DemoMailPage(f, mails, next) })
}

var errAdvance = fault.New(fault.Invalid, "advance_unreadable",
	"Say by how much to move the clock, such as 1h for an hour or 168h for a week.").At("advance")

// moveClock is for the button and for programs, which send and get JSON.
func (s *Server) moveClock(v *visit) error {
	if v.r.Header.Get("Content-Type") == "application/json" {
		return s.moveClockForPrograms(v)
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	if err := s.advance(v, in.Get("advance")); err != nil {
		return v.again(err, view.DemoPage)
	}
	return v.redirect("/demo#clock", "The clock is moved, and what fell due on the way has happened.")
}

func (s *Server) advance(v *visit, typed string) error {
	by, err := time.ParseDuration(strings.TrimSpace(typed))
	if err != nil {
		return errAdvance
	}
	return s.Advance(v.ctx(), by)
}

func (s *Server) moveClockForPrograms(v *visit) error {
	var in struct {
		Advance string `json:"advance"`
	}
	err := json.NewDecoder(http.MaxBytesReader(v.w, v.r.Body, 1<<10)).Decode(&in)
	if err == nil {
		err = s.advance(v, in.Advance)
	} else {
		err = errAdvance
	}
	f, refused := fault.Of(err)
	switch {
	case refused:
		return v.json(status(f.Kind), "application/problem+json", map[string]any{"status": status(f.Kind), "code": f.Code, "detail": f.Say.String()})
	case err != nil:
		return err
	default:
		return v.json(http.StatusOK, "application/json", map[string]any{"now": s.DB.Now().UTC()})
	}
}

func (v *visit) json(status int, kind string, answer any) error {
	b, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", kind)
	v.w.WriteHeader(status)
	v.w.Write(b) //nolint:errcheck // the visitor may leave
	return nil
}
