package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/profile"
	"freehold/internal/review"
	"freehold/internal/standing"
	"freehold/internal/web/view"
)

func (s *Server) showPerson(v *visit) error {
	p, err := s.personOf(v)
	if err != nil {
		return err
	}
	shown := view.Person{View: p}
	if err := s.addRecord(v, &shown); err != nil {
		return err
	}
	if p.Client != nil {
		if err := s.addClient(v, &shown); err != nil {
			return err
		}
	}
	return v.show(func(f view.Frame) templ.Component { return view.PersonPage(f, shown) })
}

// personOf is whom the address names.
func (s *Server) personOf(v *visit) (profile.View, error) {
	n, err := id[account.ID](v, "id")
	if err != nil {
		return profile.View{}, err
	}
	return profile.Show(v.ctx(), s.DB, v.by, n)
}

// latestReviews is how many of them a person's page shows.
const latestReviews = 3

// addRecord adds how somebody stands, and what was last said about them.
func (s *Server) addRecord(v *visit, p *view.Person) error {
	return s.DB.View(v.ctx(), func(tx *db.Tx) error {
		facts, err := standing.Read(v.ctx(), tx, p.ID)
		if err != nil {
			return err
		}
		p.Standing = standing.Of(facts)
		p.Reviews, err = review.About(v.ctx(), tx, p.ID, 0, latestReviews)
		return err
	})
}

// addClient adds what somebody looks for now.
func (s *Server) addClient(v *visit, p *view.Person) error {
	return s.DB.View(v.ctx(), func(tx *db.Tx) (err error) {
		p.Posts, err = jobpost.PublicPosts(v.ctx(), tx, p.ID, pageSize)
		return err
	})
}

func (s *Server) me(v *visit) (profile.View, error) {
	return profile.Show(v.ctx(), s.DB, v.by, v.by.ID)
}

func (s *Server) myProfile(v *visit) error { return s.myProfilePage(v, nil) }

// myProfilePage shows what by says about themselves, or refused as they sent it.
func (s *Server) myProfilePage(v *visit, refused error) error {
	me, err := s.me(v)
	if err != nil {
		return err
	}
	words, err := s.vocabulary(v)
	if err != nil {
		return err
	}
	page := func(f view.Frame, form view.Form) templ.Component { return view.MyProfilePage(f, form, me, words) }
	if refused != nil {
		return v.again(refused, page)
	}
	return v.show(func(f view.Frame) templ.Component { return page(f, f.Form()) })
}

func (s *Server) saveProfile(v *visit) error {
	if _, err := v.form(); err != nil {
		return err
	}
	in, err := v.profileInput()
	if err == nil {
		err = profile.Save(v.ctx(), s.DB, v.by, in)
	}
	if err != nil {
		return s.myProfilePage(v, err)
	}
	return v.redirect("/my/profile", "Your profile is saved.")
}

func (v *visit) profileInput() (profile.Input, error) {
	form := v.r.Form
	rate, badRate := amount(form.Get("rate"), cmp.Or(form.Get("rate_currency"), usualCurrency), "rate")
	hours, badHours := number(form.Get("hours_per_week"), "hours_per_week")
	from, badFrom := day(form.Get("available_from"), "available_from")
	in := profile.Input{
		Headline: form.Get("headline"), About: form.Get("about"), Skills: commas(form.Get("skills")), Level: form.Get("level"),
		Country: form.Get("country"), TimeZone: form.Get("time_zone"), AvailableFrom: from,
	}
	if rate.Currency != "" {
		in.Rate = &rate
	}
	if strings.TrimSpace(form.Get("hours_per_week")) != "" {
		in.HoursPerWeek = &hours
	}
	for i := range view.MostLanguages {
		if code := form.Get(fmt.Sprintf("languages.%d.code", i)); code != "" {
			fluency := profile.Fluency(form.Get(fmt.Sprintf("languages.%d.fluency", i)))
			in.Languages = append(in.Languages, profile.Language{Code: code, Fluency: fluency})
		}
	}
	return in, joined([]error{badRate, badHours, badFrom})
}

func (s *Server) clientProfile(v *visit) error { return s.clientProfilePage(v, nil) }

func (s *Server) clientProfilePage(v *visit, refused error) error {
	me, err := s.me(v)
	if err != nil {
		return err
	}
	was := profile.Client{}
	if me.Client != nil {
		was = *me.Client
	}
	page := func(f view.Frame, form view.Form) templ.Component { return view.ClientProfilePage(f, form, was) }
	if refused != nil {
		return v.again(refused, page)
	}
	return v.show(func(f view.Frame) templ.Component { return page(f, f.Form()) })
}

func (s *Server) saveClientProfile(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	in := profile.ClientInput{Company: form.Get("company"), About: form.Get("about"), Website: form.Get("website")}
	if err := profile.SaveClient(v.ctx(), s.DB, v.by, in); err != nil {
		return s.clientProfilePage(v, err)
	}
	return v.redirect(profile.URL(v.by.ID), "Saved. This is what freelancers see of you.")
}

func (s *Server) newPiece(v *visit) error {
	return v.show(func(f view.Frame) templ.Component {
		return view.PiecePage(f, f.Form(), profile.Piece{})
	})
}

func (s *Server) addPiece(v *visit) error {
	return s.savePiece(v, profile.Piece{}, func(in profile.PieceInput) error {
		_, err := profile.AddPiece(v.ctx(), s.DB, v.by, in)
		return err
	})
}

func (s *Server) editPieceForm(v *visit) error {
	p, err := s.ownPiece(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.PiecePage(f, f.Form(), p) })
}

// ownPiece is the piece of the visitor's portfolio that the address names.
func (s *Server) ownPiece(v *visit) (profile.Piece, error) {
	n, err := id[profile.PieceID](v, "id")
	if err != nil {
		return profile.Piece{}, err
	}
	me, err := s.me(v)
	if err != nil {
		return profile.Piece{}, err
	}
	i := slices.IndexFunc(me.Pieces, func(p profile.Piece) bool { return p.ID == n })
	if i < 0 {
		return profile.Piece{}, profile.ErrPieceNotFound
	}
	return me.Pieces[i], nil
}

func (s *Server) editPiece(v *visit) error {
	p, err := s.ownPiece(v)
	if err != nil {
		return err
	}
	return s.savePiece(v, p, func(in profile.PieceInput) error { return profile.EditPiece(v.ctx(), s.DB, v.by, p.ID, in) })
}

// savePiece saves what the form says, or shows it again.
func (s *Server) savePiece(v *visit, was profile.Piece, save func(profile.PieceInput) error) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	pictures, badPictures := v.uploads("pictures")
	files, badFiles := v.uploads("files")
	err = joined([]error{badPictures, badFiles})
	if err == nil {
		err = save(profile.PieceInput{
			Title: form.Get("title"), About: form.Get("about"), URL: form.Get("url"),
			Pictures: pictures, Files: files, Drop: numbers[file.ID](form["drop"]),
		})
	}
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.PiecePage(f, form, was) })
	}
	return v.redirect("/my/profile#portfolio", "Your portfolio is saved.")
}

func (s *Server) removePiece(v *visit) error {
	n, err := id[profile.PieceID](v, "id")
	if err != nil {
		return err
	}
	if err := profile.RemovePiece(v.ctx(), s.DB, v.by, n); err != nil {
		return err
	}
	return v.redirect("/my/profile#portfolio", "The piece is off your profile. Proposals that were sent with it keep it.")
}

func (s *Server) newEmployment(v *visit) error {
	return v.show(func(f view.Frame) templ.Component { return view.EmploymentPage(f, f.Form()) })
}

func (s *Server) addEmployment(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	from, badFrom := month(form.Get("from"), "from")
	to, badTo := month(form.Get("to"), "to")
	err = joined([]error{badFrom, badTo})
	if err == nil {
		in := profile.EmploymentInput{Title: form.Get("title"), Company: form.Get("company"), About: form.Get("about"), To: to}
		if from != nil {
			in.From = *from
		}
		_, err = profile.AddEmployment(v.ctx(), s.DB, v.by, in)
	}
	if err != nil {
		return v.again(err, view.EmploymentPage)
	}
	return v.redirect("/my/profile#history", "Added to your history.")
}

// month reads a month as month fields send it, or a day of it. An empty field is none.
func month(typed, field string) (*time.Time, error) {
	t, err := time.Parse("2006-01", strings.TrimSpace(typed))
	if err != nil {
		return day(typed, field)
	}
	return &t, nil
}

func (s *Server) removeEmployment(v *visit) error {
	n, err := id[profile.EmploymentID](v, "id")
	if err != nil {
		return err
	}
	if err := profile.RemoveEmployment(v.ctx(), s.DB, v.by, n); err != nil {
		return err
	}
	return v.redirect("/my/profile#history", "Removed from your history.")
}
