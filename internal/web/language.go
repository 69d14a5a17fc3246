package web

import (
	"freehold/internal/account"
	"freehold/internal/kit/say"
)

const languageCookie = "freehold_language"

// strangersLanguage is what somebody chose who is not signed in, or else what
// their browser asks for.
func (v *visit) strangersLanguage() string {
	if c, err := v.cookie(languageCookie); err == nil && say.Speaks(c.Value) {
		return c.Value
	}
	return say.Match(v.r.Header.Get("Accept-Language"))
}

// chooseLanguage keeps the choice in the browser, and with the account of
// whoever is signed in.
func (s *Server) chooseLanguage(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	chosen := in.Get("language")
	if !say.Speaks(chosen) {
		return account.ErrLanguage
	}
	if v.by.ID != 0 {
		if err := account.ChooseLanguage(v.ctx(), s.DB, v.by, chosen); err != nil {
			return err
		}
	}
	v.setCookie(languageCookie, chosen, aYear)
	return v.redirect(v.cameFrom(), "")
}
