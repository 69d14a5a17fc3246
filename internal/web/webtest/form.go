package webtest

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"freehold/internal/markettest"
)

// Form is one that stands in a page.
type Form struct {
	Method string // POST or GET
	Action string
	Values url.Values        // as the browser would send it if nobody typed anything
	typed  map[string]string // the fields into which people type, and what is asked for there
}

// Asks reports whether there is anything to type.
func (f Form) Asks() bool { return len(f.typed) > 0 }

// Texts are the fields into which people type and whose content comes back when
// it is refused: all but passwords.
func (f Form) Texts() (names []string) {
	for field, kind := range f.typed {
		if kind != "password" {
			names = append(names, field)
		}
	}
	slices.Sort(names)
	return names
}

// Flooded is the form with the same text in every field.
func (f Form) Flooded(text string) url.Values {
	values := maps.Clone(f.Values)
	for field := range f.typed {
		values.Set(field, text)
	}
	return values
}

// Filled is the form with a text wherever a text is asked for, and with
// something sensible everywhere else.
func (f Form) Filled(text string) url.Values {
	values := maps.Clone(f.Values)
	for field, kind := range f.typed {
		if sensible, ok := answers[kind]; ok && values.Get(field) == "" {
			values.Set(field, sensible)
		} else if !ok {
			values.Set(field, text)
		}
	}
	return values
}

// answers are what to type where no free text is asked for.
var answers = map[string]string{
	"decimal": "500", "numeric": "10", "number": "10", "date": "2030-02-01", "month": "2029-02",
	"email": "somebody@example.org", "url": "https://example.org/", "password": markettest.Password,
}

// Forms are all forms of the page.
func (p Page) Forms() (forms []Form) {
	for n := range parse(p.Body).Descendants() {
		if n.Type == html.ElementNode && n.Data == "form" {
			forms = append(forms, readForm(n))
		}
	}
	return forms
}

func readForm(form *html.Node) Form {
	f := Form{Method: cmp.Or(strings.ToUpper(attr(form, "method")), "GET"), Action: attr(form, "action"), Values: url.Values{}, typed: map[string]string{}}
	for n := range form.Descendants() {
		name := attr(n, "name")
		if n.Type != html.ElementNode || name == "" {
			continue
		}
		switch kind := attr(n, "type"); {
		case n.Data == "textarea":
			f.Values.Add(name, textOf(n))
			f.typed[name] = "text"
		case n.Data == "select":
			f.Values.Add(name, choice(n))
		case n.Data == "input" && (kind == "radio" || kind == "checkbox"):
			if has(n, "checked") || kind == "radio" && !f.Values.Has(name) {
				f.Values.Add(name, attr(n, "value"))
			}
		case n.Data == "input" && kind != "file":
			f.Values.Add(name, attr(n, "value"))
			if kind != "hidden" {
				f.typed[name] = cmp.Or(attr(n, "inputmode"), kind)
			}
		}
	}
	return f
}

// choice is what a select sends: what is selected, or else its first option.
func choice(menu *html.Node) string {
	first, found := "", false
	for n := range menu.Descendants() {
		if n.Data != "option" {
			continue
		}
		if has(n, "selected") {
			return attr(n, "value")
		}
		if !found {
			first, found = attr(n, "value"), true
		}
	}
	return first
}
