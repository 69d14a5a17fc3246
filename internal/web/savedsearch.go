package web

import (
	"cmp"
	"fmt"

	"github.com/a-h/templ"
	ics "github.com/arran4/golang-ical"
	"github.com/gorilla/feeds"

	"freehold/internal/savedsearch"
	"freehold/internal/search"
	"freehold/internal/web/view"
)

// savedSearches are the searches that somebody keeps.
func (s *Server) savedSearches(v *visit) error {
	all, err := savedsearch.List(v.ctx(), s.DB, v.by)
	if err != nil {
		return err
	}
	words, err := s.vocabulary(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.SavedSearchesPage(f, all, words) })
}

// saveSearchForm asks how a search, which stands in the address, is to be kept.
func (s *Server) saveSearchForm(v *visit) error {
	if _, err := v.form(); err != nil {
		return err
	}
	q, err := v.query()
	if err != nil {
		return err
	}
	words, err := s.vocabulary(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.SaveSearchPage(f, f.Form(), q, words) })
}

func (s *Server) saveSearch(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	q, err := v.query()
	if err == nil {
		_, err = savedsearch.Save(v.ctx(), s.DB, v.by, savedSearchInput(in.Get), q)
	}
	if err != nil {
		words, wrong := s.vocabulary(v)
		if wrong != nil {
			return wrong
		}
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.SaveSearchPage(f, form, q, words) })
	}
	return v.redirect("/my/searches", "Saved. From now on we look through every new post for you.")
}

func savedSearchInput(get func(string) string) savedsearch.Input {
	return savedsearch.Input{Name: get("name"), Pace: savedsearch.Pace(get("pace"))}
}

// openSavedSearch leads to what a search finds now, the latest first.
func (s *Server) openSavedSearch(v *visit) error {
	saved, err := s.savedSearch(v)
	if err != nil {
		return err
	}
	saved.Query.Sort = search.Newest
	return v.redirect("/posts?"+view.SearchAddress(saved.Query), "")
}

// savedSearch is the one that the path names.
func (s *Server) savedSearch(v *visit) (savedsearch.Search, error) {
	n, err := id[savedsearch.ID](v, "id")
	if err != nil {
		return savedsearch.Search{}, err
	}
	return savedsearch.Find(v.ctx(), s.DB, v.by, n)
}

func (s *Server) changeSearchForm(v *visit) error {
	shown, err := s.changeSearchPage(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return shown(f, f.Form()) })
}

func (s *Server) changeSearchPage(v *visit) (func(view.Frame, view.Form) templ.Component, error) {
	saved, err := s.savedSearch(v)
	if err != nil {
		return nil, err
	}
	words, err := s.vocabulary(v)
	return func(f view.Frame, form view.Form) templ.Component {
		return view.ChangeSearchPage(f, form, saved, words)
	}, err
}

func (s *Server) changeSearch(v *visit) error {
	again, err := s.changeSearchPage(v)
	if err != nil {
		return err
	}
	n, err := id[savedsearch.ID](v, "id")
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	if err := savedsearch.Change(v.ctx(), s.DB, v.by, n, savedSearchInput(in.Get)); err != nil {
		return v.again(err, again)
	}
	return v.redirect("/my/searches", "Changed.")
}

func (s *Server) removeSavedSearch(v *visit) error {
	n, err := id[savedsearch.ID](v, "id")
	if err != nil {
		return err
	}
	if err := savedsearch.Remove(v.ctx(), s.DB, v.by, n); err != nil {
		return err
	}
	return v.redirect("/my/searches", "Removed. We do not tell you of such posts any more.")
}

// inFeed is how many posts a feed or a calendar holds.
const inFeed = 50

// latest finds the newest posts that answer what stands in the address, for a
// program that asks again and again. Nobody signs in for that: there is nothing
// in it that is not public.
func (s *Server) latest(v *visit) ([]search.Item, search.Query, error) {
	if _, err := v.form(); err != nil {
		return nil, search.Query{}, err
	}
	q, err := v.query()
	if err != nil {
		return nil, q, err
	}
	q.Sort, q.N, q.Cursor = search.Newest, inFeed, ""
	found, err := search.Posts(v.ctx(), s.DB, v.by, q)
	return found.Items, q, err
}

// feedName is what a feed of a search calls itself.
func feedName(v *visit, q search.Query) string {
	return v.reader.T("Freehold: %s", cmp.Or(q.Text, q.Skill, v.reader.T("new job posts")))
}

// feedLives is how long, in seconds, a program may keep a feed before it asks
// again. It is in the reader's language, so nothing between us may keep it.
const feedLives = "private, max-age=600"

// atomFeed is a search for programs that follow sites (RFC 4287).
func (s *Server) atomFeed(v *visit) error {
	posts, q, err := s.latest(v)
	if err != nil {
		return err
	}
	site := v.site()
	feed := feeds.Feed{
		Title: feedName(v, q), Id: site + "/posts?" + view.SearchAddress(q), Link: &feeds.Link{Href: site + "/posts?" + view.SearchAddress(q)},
		Updated: s.DB.Now(), Author: &feeds.Author{Name: "Freehold"},
	}
	if len(posts) > 0 {
		feed.Updated = posts[0].PublishedAt
	}
	for _, p := range posts {
		feed.Add(&feeds.Item{
			Title: p.Title, Id: site + p.URL(), Link: &feeds.Link{Href: site + p.URL()}, Author: &feeds.Author{Name: p.Client.Name},
			Description: p.Snippet, Created: p.PublishedAt, Updated: p.PublishedAt,
		})
	}
	v.w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	v.w.Header().Set("Cache-Control", feedLives)
	return feed.WriteAtom(v.w)
}

// datesFeed is when the posts that a search finds have their answers, for
// calendars (RFC 5545).
func (s *Server) datesFeed(v *visit) error {
	posts, q, err := s.latest(v)
	if err != nil {
		return err
	}
	calendar := ics.NewCalendarFor("Freehold")
	calendar.SetProductId("-//Freehold//Job posts//EN")
	calendar.SetMethod(ics.MethodPublish)
	calendar.SetXWRCalName(feedName(v, q))
	for _, p := range posts {
		event := calendar.AddEvent(fmt.Sprintf("post-%d@%s", p.ID, v.r.Host))
		event.SetDtStampTime(p.PublishedAt)
		event.SetStartAt(p.AnswerBy)
		event.SetEndAt(p.AnswerBy)
		event.SetSummary(v.reader.T("Answers are due: %s", p.Title))
		event.SetDescription(v.reader.T("Until then you can propose, and everybody who does has an answer by then."))
		event.SetURL(v.site() + p.URL())
		event.SetTimeTransparency(ics.TransparencyTransparent)
	}
	v.w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	v.w.Header().Set("Cache-Control", feedLives)
	return calendar.SerializeTo(v.w, ics.WithNewLineWindows)
}
