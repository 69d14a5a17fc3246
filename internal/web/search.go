package web

import (
	"cmp"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/search"
	"freehold/internal/skill"
	"freehold/internal/terms"
	"freehold/internal/web/view"
)

// searchPosts finds posts by what stands in the address, so that a search can
// be kept as a link.
func (s *Server) searchPosts(v *visit) error {
	if _, err := v.form(); err != nil {
		return err
	}
	words, err := s.vocabulary(v)
	if err != nil {
		return err
	}
	found := view.Found{Vocabulary: words}
	q, err := v.query()
	if err == nil {
		found.Page, err = search.Posts(v.ctx(), s.DB, v.by, q)
	}
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.SearchPage(f, form, found) })
	}
	found.Next, found.Query = v.onward(found.Page.Next), q
	return v.show(func(f view.Frame) templ.Component { return view.SearchPage(f, v.sent(), found) })
}

// findPeople finds freelancers by what stands in the address.
func (s *Server) findPeople(v *visit) error {
	if _, err := v.form(); err != nil {
		return err
	}
	words, err := s.vocabulary(v)
	if err != nil {
		return err
	}
	found := view.FoundPeople{Vocabulary: words}
	if v.by.Client {
		if found.Mine, err = s.openPosts(v); err != nil {
			return err
		}
	}
	q, err := v.peopleQuery()
	if err == nil {
		found.Page, err = search.People(v.ctx(), s.DB, v.by, q)
	}
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.PeoplePage(f, form, found) })
	}
	found.Next = v.onward(found.Page.Next)
	return v.show(func(f view.Frame) templ.Component { return view.PeoplePage(f, v.sent(), found) })
}

// peopleQuery reads whom to look for.
func (v *visit) peopleQuery() (search.PeopleQuery, error) {
	get := v.r.Form.Get
	hours, badHours := number(get("hours"), "hours")
	post, badPost := number(get("for"), "for")
	q := search.PeopleQuery{
		Text: get("q"), Category: skill.Key(get("category")), Skill: get("skill"), Level: skill.Level(get("level")),
		Hours: hours, Country: get("country"), Worked: get("worked") != "", For: jobpost.ID(post), Cursor: get("cursor"), N: pageSize,
	}
	most, badRate := amount(get("max_rate"), cmp.Or(get("currency"), usualCurrency), "max_rate")
	if most.Currency != "" {
		q.MaxRate = &most
	}
	return q, joined([]error{badHours, badPost, badRate})
}

// vocabulary is what people choose from when they describe work or look for it.
func (s *Server) vocabulary(v *visit) (c view.Vocabulary, err error) {
	err = s.DB.View(v.ctx(), func(tx *db.Tx) error {
		if c.Categories, err = skill.Categories(v.ctx(), tx); err != nil {
			return err
		}
		c.Currencies, err = terms.Currencies(v.ctx(), tx)
		return err
	})
	return c, err
}

// usualCurrency is the one a form begins with.
const usualCurrency = "EUR"

// query reads what to look for.
func (v *visit) query() (search.Query, error) {
	get := v.r.Form.Get
	var faults []error
	whole := func(field string) int {
		n, err := number(get(field), field)
		faults = append(faults, err)
		return n
	}
	price := func(field string) *money.Amount {
		a, err := amount(get(field), cmp.Or(get("currency"), usualCurrency), field)
		faults = append(faults, err)
		if a.Currency == "" {
			return nil
		}
		return &a
	}
	days := max(0, min(whole("within"), 3650))
	return search.Query{
		Text: get("q"), Category: skill.Key(get("category")), Skill: get("skill"),
		Kind: jobpost.Kind(get("kind")), Level: skill.Level(get("level")), Min: price("min"), Max: price("max"),
		Within: time.Duration(days) * 24 * time.Hour, Country: get("country"), MinAnswerRate: whole("min_answer_rate"),
		Sort: search.Sort(get("sort")), Cursor: get("cursor"), N: pageSize,
	}, joined(faults)
}

// onward is the address of this list from a place on; empty for the end.
func (v *visit) onward(cursor string) string {
	if cursor == "" {
		return ""
	}
	q := url.Values{}
	for field, values := range v.r.URL.Query() {
		if values[0] != "" {
			q.Set(field, values[0])
		}
	}
	q.Set("cursor", cursor)
	return v.r.URL.Path + "?" + q.Encode()
}

// feed shows a freelancer the posts that suit them; everybody else searches.
func (s *Server) feed(v *visit) error {
	if !v.by.Freelancer {
		return v.redirect("/posts", "")
	}
	form, err := v.form()
	if err != nil {
		return err
	}
	feed, err := search.FeedFor(v.ctx(), s.DB, v.by, form.Get("cursor"), pageSize)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.FeedPage(f, feed.Items, v.onward(feed.Next)) })
}

func (s *Server) howWeRank(v *visit) error { return v.show(view.RankingPage) }
