package web

import (
	"github.com/a-h/templ"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/mail"
	"freehold/internal/web/view"
)

func (s *Server) signUpForm(v *visit) error {
	if v.by.ID != 0 {
		return v.redirect("/", "")
	}
	return v.show(func(f view.Frame) templ.Component { return view.SignUpPage(f, f.Form()) })
}

// signUp sends everybody on to the sign-in page, with the same words whether
// or not their address was known to us.
func (s *Server) signUp(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	_, err = account.SignUp(v.ctx(), s.DB, account.SignUpInput{
		Name: in.Get("name"), Email: in.Get("email"), Password: in.Get("password"),
		Kind: account.Side(in.Get("kind")), Country: in.Get("country"),
		Language: v.reader.Language(), From: v.visitor(), Demo: s.Demo != nil,
	})
	if err != nil {
		return v.again(err, view.SignUpPage)
	}
	return v.redirect("/sign-in", "Welcome to Freehold. A mail is on its way to you; its link confirms your address. You can sign in right now.")
}

func (s *Server) signInForm(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	then := local(in.Get("then"))
	if v.by.ID != 0 {
		return v.redirect(then, "")
	}
	return v.show(func(f view.Frame) templ.Component { return view.SignInPage(f, f.Form(), then) })
}

func (s *Server) signIn(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	then := local(in.Get("then"))
	by, err := v.enter(in.Get("email"), in.Get("password"))
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.SignInPage(f, form, then) })
	}
	return v.redirect(landing(by, then), "")
}

// enter opens a session and hands its secret to the browser.
func (v *visit) enter(email, password string) (account.Actor, error) {
	secret, err := account.SignIn(v.ctx(), v.s.DB, email, password, v.visitor(), account.Browser)
	if err != nil {
		return account.Actor{}, err
	}
	v.setCookie(sessionCookie, secret, aYear)
	return account.Authenticate(v.ctx(), v.s.DB, secret, v.visitor())
}

// aYear in seconds: longer than any session, whose end account knows.
const aYear = 365 * 24 * 60 * 60

func (s *Server) signOut(v *visit) error {
	if err := account.SignOut(v.ctx(), s.DB, v.by); err != nil {
		return err
	}
	v.dropCookie(sessionCookie)
	return v.redirect("/", "You are signed out. See you soon.")
}

// confirmForm only asks: a program that looks into people's mail and follows
// each link must not confirm an address.
func (s *Server) confirmForm(v *visit) error {
	return v.show(func(f view.Frame) templ.Component { return view.ConfirmPage(f, v.r.PathValue("secret")) })
}

func (s *Server) confirm(v *visit) error {
	if _, err := account.Confirm(v.ctx(), s.DB, v.r.PathValue("secret")); err != nil {
		return err
	}
	return v.redirect("/", "Your address is confirmed. Nothing stands in your way now.")
}

func (s *Server) sendConfirmation(v *visit) error {
	if err := account.SendConfirmation(v.ctx(), s.DB, v.by); err != nil {
		return err
	}
	return v.redirect("/settings", "Another mail is on its way to %s. Follow the link in it.", v.by.Email)
}

func (s *Server) askResetForm(v *visit) error {
	return v.show(func(f view.Frame) templ.Component { return view.AskResetPage(f, f.Form()) })
}

func (s *Server) askReset(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	if err := account.AskReset(v.ctx(), s.DB, in.Get("email"), v.visitor()); err != nil {
		return v.again(err, view.AskResetPage)
	}
	return v.redirect("/sign-in", "If that address belongs to a member, a mail with a link to choose a new password is on its way to it.")
}

func (s *Server) resetForm(v *visit) error {
	return v.show(func(f view.Frame) templ.Component { return view.ResetPage(f, f.Form(), v.r.PathValue("secret")) })
}

func (s *Server) reset(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	secret := v.r.PathValue("secret")
	if err := account.ResetPassword(v.ctx(), s.DB, secret, in.Get("password")); err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.ResetPage(f, form, secret) })
	}
	v.dropCookie(sessionCookie)
	return v.redirect("/sign-in", "You have a new password, and were signed out everywhere. Sign in with it.")
}

func (s *Server) settings(v *visit) error {
	return s.settingsPage(v, nil)
}

// settingsPage shows what by has said about themselves, or refused as they sent it.
func (s *Server) settingsPage(v *visit, refused error) error {
	var p account.Person
	var lost *mail.Mail
	err := s.DB.View(v.ctx(), func(tx *db.Tx) (err error) {
		if p, err = account.PersonByID(v.ctx(), tx, v.by.ID); err != nil {
			return err
		}
		lost, err = mail.Undelivered(v.ctx(), tx, v.by.Email)
		return err
	})
	if err != nil {
		return err
	}
	page := func(f view.Frame, form view.Form) templ.Component { return view.SettingsPage(f, form, p, lost) }
	if refused != nil {
		return v.again(refused, page)
	}
	return v.show(func(f view.Frame) templ.Component { return page(f, f.Form()) })
}

func (s *Server) changeSettings(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	err = account.ChangeSettings(v.ctx(), s.DB, v.by, account.SettingsInput{
		Name: in.Get("name"), Country: in.Get("country"), TimeZone: in.Get("time_zone"), Language: in.Get("language"),
		Client: in.Has("client"), Freelancer: in.Has("freelancer"),
	})
	if err != nil {
		return s.settingsPage(v, err)
	}
	return v.redirect("/settings", "Your settings are saved.")
}

func (s *Server) passwordForm(v *visit) error {
	return v.show(func(f view.Frame) templ.Component { return view.PasswordPage(f, f.Form()) })
}

var errRepeated = fault.New(fault.Invalid, "passwords_differ", "The two new passwords are not the same. Type them again.").At("again")

func (s *Server) changePassword(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	if in.Get("new_password") != in.Get("again") {
		return v.again(errRepeated, view.PasswordPage)
	}
	if err := account.ChangePassword(v.ctx(), s.DB, v.by, in.Get("password"), in.Get("new_password")); err != nil {
		return v.again(err, view.PasswordPage)
	}
	return v.redirect("/settings", "Your password is changed, and you are signed out everywhere else.")
}

func (s *Server) sessions(v *visit) error {
	open, err := account.Sessions(v.ctx(), s.DB, v.by)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.SessionsPage(f, open) })
}

func (s *Server) endSession(v *visit) error {
	n, err := id[account.SessionID](v, "id")
	if err != nil {
		return err
	}
	if err := account.EndSession(v.ctx(), s.DB, v.by, n); err != nil {
		return err
	}
	return v.redirect("/settings/sessions", "That session has ended: whoever used it has to sign in again.")
}
