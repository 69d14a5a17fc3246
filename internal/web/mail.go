package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"freehold/internal/banking"
	"freehold/internal/kit/db"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/web/view"
)

// MailSite is this market as its mail shows it, to people who reach it at url.
func MailSite(url string, rails banking.Rails) mail.Site {
	s := mail.Site{URL: url, Name: "Freehold", Links: []mail.Link{{Text: say.That("Talk to a person"), Path: "/talk"}}}
	if isSandbox(rails) {
		s.Mark = say.That("Sandbox: no real money moves on this market.")
	}
	return s
}

// isSandbox reports whether some of the money of this market is only pretended.
func isSandbox(rails banking.Rails) bool {
	return slices.ContainsFunc(rails, func(r banking.Rail) bool { return r.Name() == "sandbox" })
}

// unsubscribeForm only asks: a program that looks into people's mail and follows
// each link must not change what they get.
func (s *Server) unsubscribeForm(v *visit) error {
	secret := v.r.PathValue("secret")
	kind, subscribed, err := notify.Subscribed(v.ctx(), s.DB, secret)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.UnsubscribePage(f, secret, kind, subscribed) })
}

// unsubscribe is pressed by people, and by their mail programs, which follow
// nowhere (RFC 8058): so the answer is the page itself.
func (s *Server) unsubscribe(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	do := notify.Unsubscribe
	if in.Get("again") == "yes" {
		do = notify.Resubscribe
	}
	if err := do(v.ctx(), s.DB, v.r.PathValue("secret")); err != nil {
		return err
	}
	return s.unsubscribeForm(v)
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

func (s *Server) demoLetter(v *visit) error {
	m, letter, err := v.letter()
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Security-Policy", policy+"; frame-src 'self'")
	return v.show(func(f view.Frame) templ.Component { return view.DemoLetterPage(f, m, letter) })
}

// letterPolicy is that of a mail in a frame of ours: it has styles, as mails do,
// and links, which lead out of the frame. Nothing else in it works.
const letterPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; " +
	"sandbox allow-top-navigation-by-user-activation"

func (s *Server) demoLetterHTML(v *visit) error {
	_, letter, err := v.letter()
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Security-Policy", letterPolicy)
	return v.write(http.StatusOK, templ.Raw(letter.HTML))
}

// letter is the mail that the path names, as its reader gets it. Its links lead
// to wherever the visitor found us.
func (v *visit) letter() (m mail.Mail, l mail.Letter, err error) {
	n, err := id[mail.ID](v, "id")
	if err != nil {
		return m, l, err
	}
	err = v.s.DB.View(v.ctx(), func(tx *db.Tx) error { m, err = mail.ByID(v.ctx(), tx, n); return err })
	if errors.Is(err, db.NoRow) {
		err = errMissing
	}
	if err != nil {
		return m, l, err
	}
	site := MailSite(v.site(), v.s.Rails)
	site.Target = "_top"
	l, err = m.From(site)
	return m, l, err
}
