package web

import (
	"fmt"
	"strconv"

	"github.com/a-h/templ"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/review"
	"freehold/internal/standing"
	"freehold/internal/web/view"
)

func (s *Server) reviewOf(v *visit) (review.View, contract.View, error) {
	c, err := s.contractOf(v)
	if err != nil {
		return review.View{}, c, err
	}
	r, err := review.Show(v.ctx(), s.DB, v.by, c.ID)
	return r, c, err
}

func (s *Server) showReview(v *visit) error {
	r, c, err := s.reviewOf(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.ReviewPage(f, f.Form(), c, r) })
}

// reviewing does what one of the forms about a review asks for, or shows the page again.
func (s *Server) reviewing(done say.Sentence, do func(*visit, review.View) error) handler {
	return func(v *visit) error {
		r, c, err := s.reviewOf(v)
		if err != nil {
			return err
		}
		if _, err := v.form(); err != nil {
			return err
		}
		if r.Window == nil {
			return r.Why
		}
		if err := do(v, r); err != nil {
			return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.ReviewPage(f, form, c, r) })
		}
		return v.redirect(r.URL(), "%s", done)
	}
}

func (s *Server) writeReview(v *visit, r review.View) error {
	in := review.Input{Marks: map[string]int{}, Words: v.r.Form.Get("words")}
	for _, c := range standing.Criteria(r.You) {
		if mark, err := strconv.Atoi(v.r.Form.Get("marks." + c.Code)); err == nil {
			in.Marks[c.Code] = mark
		}
	}
	_, err := review.Write(v.ctx(), s.DB, v.by, r.Contract, in)
	return err
}

func (s *Server) respondReview(v *visit, r review.View) error {
	if r.Theirs == nil {
		return review.ErrNotRevealed
	}
	return review.Respond(v.ctx(), s.DB, v.by, r.Theirs.ID, v.r.Form.Get("words"))
}

// reviewsOf lists what people said about somebody.
func (s *Server) reviewsOf(v *visit) error {
	p, err := s.personOf(v)
	if err != nil {
		return err
	}
	before, err := v.before()
	if err != nil {
		return err
	}
	var all []review.Received
	err = s.DB.View(v.ctx(), func(tx *db.Tx) error {
		all, err = review.About(v.ctx(), tx, p.ID, review.ID(before), pageSize+1)
		return err
	})
	if err != nil {
		return err
	}
	all, next := page(all, func(r review.Received) string { return fmt.Sprintf("/people/%d/reviews?before=%d", p.ID, r.ID) })
	return v.show(func(f view.Frame) templ.Component { return view.ReviewsPage(f, p, all, next) })
}

// showStanding is how somebody stands, with what it is counted from.
func (s *Server) showStanding(v *visit) error {
	p, err := s.personOf(v)
	if err != nil {
		return err
	}
	var facts standing.Facts
	err = s.DB.View(v.ctx(), func(tx *db.Tx) error { facts, err = standing.Read(v.ctx(), tx, p.ID); return err })
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.PersonStandingPage(f, p, standing.Of(facts)) })
}

// standingFacts leads to the facts behind a standing, where programs find them.
func (s *Server) standingFacts(v *visit) error {
	n, err := id[account.ID](v, "id")
	if err != nil {
		return err
	}
	return v.redirect(fmt.Sprintf("/api/v1/people/%d/standing", n), "")
}

func (s *Server) howStandingIsCounted(v *visit) error {
	return v.show(view.StandingPage)
}
