package web

// theme is how the visitor has chosen to read: "light", "dark", or "" for what
// their device prefers.
func (v *visit) theme() string {
	c, err := v.cookie(themeCookie)
	if err != nil || (c.Value != "light" && c.Value != "dark") {
		return ""
	}
	return c.Value
}

// chooseTheme keeps the choice in the browser: it belongs to the screen, not to
// the person.
func (s *Server) chooseTheme(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	switch theme := form.Get("theme"); theme {
	case "light", "dark":
		v.setCookie(themeCookie, theme, aYear)
	default:
		v.dropCookie(themeCookie)
	}
	return v.redirect(v.cameFrom(), "")
}
