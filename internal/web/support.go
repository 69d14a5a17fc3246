package web

import (
	"net/url"

	"github.com/a-h/templ"

	"freehold/internal/conduct"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/support"
	"freehold/internal/web/view"
)

// talkForm is how anybody reaches a person. What somebody has asked already stands
// above it.
func (s *Server) talkForm(v *visit) error {
	page, err := s.talkPage(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return page(f, f.Form()) })
}

func (s *Server) talkPage(v *visit) (func(view.Frame, view.Form) templ.Component, error) {
	in, err := v.form()
	if err != nil {
		return nil, err
	}
	var mine []support.Listed
	if v.by.ID != 0 {
		if mine, err = support.ListMine(v.ctx(), s.DB, v.by); err != nil {
			return nil, err
		}
	}
	about := ""
	if v.by.ID != 0 {
		about = in.Get("about")
	}
	return func(f view.Frame, form view.Form) templ.Component { return view.TalkPage(f, form, about, mine) }, nil
}

func (s *Server) talk(v *visit) error {
	page, err := s.talkPage(v)
	if err != nil {
		return err
	}
	in := v.r.Form
	o := support.Opening{
		Name: in.Get("name"), Email: in.Get("email"), Language: v.reader.Language(), Kind: support.Kind(in.Get("kind")), About: in.Get("about"),
		Title: in.Get("subject"), Words: in.Get("words"), From: v.visitor(),
	}
	if v.by.ID != 0 {
		if o.Files, err = v.uploads("files"); err != nil {
			return v.again(err, page)
		}
	}
	made, err := support.OpenCase(v.ctx(), s.DB, v.by, o)
	if err != nil {
		return v.again(err, page)
	}
	where := made.ID.URL()
	if made.Secret != "" {
		where = "/talk/" + url.PathEscape(made.Secret)
	}
	return v.redirect(where, "%s, of the staff, has it, and answers you by %s.", made.Owner, made.Due)
}

// caseReader is who looks at a case: somebody signed in, or whoever followed the link in
// the receipt.
func (v *visit) caseReader() (support.Reader, support.ID, error) {
	if secret := v.r.PathValue("secret"); secret != "" {
		n, err := support.BySecret(v.ctx(), v.s.DB, secret)
		return support.Reader{Secret: secret}, n, err
	}
	n, err := id[support.ID](v, "id")
	return support.Reader{Actor: v.by}, n, err
}

func (s *Server) caseOf(v *visit) (support.View, support.Reader, error) {
	by, n, err := v.caseReader()
	if err != nil {
		return support.View{}, by, err
	}
	c, err := support.Show(v.ctx(), s.DB, by, n)
	return c, by, err
}

// caseURL is where the reader sees the case.
func caseURL(by support.Reader, c support.View) string {
	if by.Secret != "" {
		return "/talk/" + url.PathEscape(by.Secret)
	}
	return c.ID.URL()
}

func (s *Server) showCase(v *visit) error {
	c, by, err := s.caseOf(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.CasePage(f, f.Form(), c, caseURL(by, c)) })
}

// onCase does what a form on the page of a case asks for, or shows it again with
// what was refused.
func (s *Server) onCase(done say.Sentence, do func(*visit, support.Reader, support.View) error) handler {
	return func(v *visit) error {
		c, by, err := s.caseOf(v)
		if err != nil {
			return err
		}
		if _, err := v.form(); err != nil {
			return err
		}
		if err := do(v, by, c); err != nil {
			return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.CasePage(f, form, c, caseURL(by, c)) })
		}
		return v.redirect(caseURL(by, c), "%s", done)
	}
}

func (s *Server) askOn(v *visit, by support.Reader, c support.View) error {
	if by.Secret != "" {
		return support.AskOn(v.ctx(), s.DB, by, c.ID, v.r.Form.Get("words"), nil)
	}
	files, err := v.uploads("files")
	if err != nil {
		return err
	}
	return support.AskOn(v.ctx(), s.DB, by, c.ID, v.r.Form.Get("words"), files)
}

func (s *Server) closeCase(v *visit, by support.Reader, c support.View) error {
	return support.Close(v.ctx(), s.DB, by, c.ID)
}

func (s *Server) reopenCase(v *visit, by support.Reader, c support.View) error {
	return support.Reopen(v.ctx(), s.DB, by, c.ID)
}

func (s *Server) sayHelped(v *visit, by support.Reader, c support.View) error {
	return support.SayHelped(v.ctx(), s.DB, by, c.ID, v.r.Form.Get("helped"))
}

func (s *Server) answerCase(v *visit, _ support.Reader, c support.View) error {
	files, err := v.uploads("files")
	if err != nil {
		return err
	}
	in := support.Reply{Words: v.r.Form.Get("words"), Files: files}
	for _, key := range v.r.Form["rules"] {
		in.Rules = append(in.Rules, conduct.RuleKey(key))
	}
	return support.AnswerCase(v.ctx(), s.DB, v.by, c.ID, in)
}

func (s *Server) noteInCase(v *visit, _ support.Reader, c support.View) error {
	err := support.WriteNote(v.ctx(), s.DB, v.by, c.ID, v.r.Form.Get("note"))
	if f, refused := fault.Of(err); refused && f.Field == "words" {
		return f.At("note")
	}
	return err
}

func (s *Server) takeCase(v *visit, _ support.Reader, c support.View) error {
	_, err := support.Take(v.ctx(), s.DB, v.by, c.ID)
	return err
}

func (s *Server) myCases(v *visit) error {
	all, err := support.ListMine(v.ctx(), s.DB, v.by)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.MyCasesPage(f, all) })
}

// caseDesk is the desk of those who answer.
func (s *Server) caseDesk(v *visit) error {
	q, err := support.Desk(v.ctx(), s.DB, v.by)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.CaseDeskPage(f, q) })
}

// supportClock is how quickly and how truly people are answered, for everybody.
func (s *Server) supportClock(v *visit) error {
	c, err := support.ReadClock(v.ctx(), s.DB)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.SupportClockPage(f, c) })
}
