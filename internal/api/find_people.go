package api

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/profile"
	"freehold/internal/search"
	"freehold/internal/skill"
)

// peopleQuery is whom somebody looks for, as it stands in an address.
type peopleQuery struct {
	Q        string      `query:"q" doc:"Words of a profile, a skill by any of its names, or the beginning of a name."`
	Category skill.Key   `query:"category"`
	Skill    string      `query:"skill" doc:"A name or an alias."`
	Level    skill.Level `query:"level" doc:"entry, intermediate or expert; this one or above"`
	MaxRate  int64       `query:"max_rate" doc:"The most that they ask for an hour, in minor units of currency."`
	Currency string      `query:"currency" default:"EUR" doc:"Of max_rate. Rates in other currencies are compared by the reference rates."`
	Hours    int         `query:"hours" minimum:"0" maximum:"80" doc:"Free in a week, from now on."`
	Country  string      `query:"country" doc:"ISO 3166-1"`
	Worked   bool        `query:"worked" doc:"Only who has worked with me."`
	For      jobpost.ID  `query:"for" doc:"A post of mine: those who fit it best come first."`
	Cursor   string      `query:"cursor" doc:"The next of the part before."`
	Limit    int         `query:"limit" default:"20" minimum:"1" maximum:"100"`
}

// foundPerson is a freelancer in a list.
type foundPerson struct {
	ID            account.ID    `json:"id"`
	Name          string        `json:"name"`
	Portrait      string        `json:"portrait,omitempty"`
	Headline      string        `json:"headline"`
	Level         *skill.Level  `json:"level"`
	Country       *string       `json:"country"`
	Rate          *money.Amount `json:"rate" doc:"for one hour; null: not said"`
	HoursPerWeek  *int          `json:"hours_per_week"`
	AvailableFrom *string       `json:"available_from" doc:"null: now"`
	RestsUntil    *string       `json:"rests_until" doc:"They take no invitations before this day; null: at any time."`
	Skills        []string      `json:"skills"`
	Completed     int           `json:"completed" doc:"Contracts here."`
	Worked        bool          `json:"worked" doc:"With me."`
	Invited       bool          `json:"invited" doc:"To the post for which I look."`
	Proposed      bool          `json:"proposed" doc:"To it."`
	Fit           *fit          `json:"fit,omitempty" doc:"With that post."`
}

type peopleResults struct {
	Items []foundPerson `json:"items"`
	Next  *string       `json:"next" doc:"Pass it as cursor for the following part; null at the end."`
	Total int           `json:"total" doc:"Who match, counted up to 1000."`
	More  bool          `json:"more" doc:"There are more than total."`
}

func (s *server) findPeople(ctx context.Context, by account.Actor, in *peopleQuery) (peopleResults, error) {
	q := search.PeopleQuery{Text: in.Q, Category: in.Category, Skill: in.Skill, Level: in.Level, Hours: in.Hours, Country: in.Country,
		Worked: in.Worked, For: in.For, Cursor: in.Cursor, N: in.Limit}
	if in.MaxRate != 0 {
		a, err := money.New(in.MaxRate, in.Currency)
		if err != nil {
			return peopleResults{}, errAmount.At("max_rate")
		}
		q.MaxRate = &a
	}
	p, err := search.People(ctx, s.DB, by, q)
	return peopleResults{each(p.People, foundPersonOf(readerOf(by))), nextOf(p.Next), p.Total, p.More}, err
}

func foundPersonOf(r say.Reader) func(search.Somebody) foundPerson {
	return func(p search.Somebody) foundPerson {
		out := foundPerson{p.ID, p.Name, p.Portrait.URL(), p.Headline, p.Level, p.Country, p.Rate, p.HoursPerWeek, dayText(p.AvailableFrom),
			dayText(p.RestsUntil), each(p.Skills, same), p.Completed, p.Worked, p.Invited, p.Proposed, nil}
		if p.Fit != nil {
			out.Fit = &fit{p.Fit.Total, each(p.Fit.Terms, termOf(r))}
		}
		return out
	}
}

// wishes are what a freelancer does not want to be invited to.
type wishes struct {
	RestsUntil *string     `json:"rests_until" doc:"No invitations before this day; null: at any time."`
	Least      *sum        `json:"least" doc:"No work at a fixed price below this; null: any."`
	Unwanted   []skill.Key `json:"unwanted" doc:"No work in these categories."`
}

type wishesShown struct {
	RestsUntil *string       `json:"rests_until"`
	Least      *money.Amount `json:"least"`
	Unwanted   []skill.Key   `json:"unwanted"`
}

func (s *server) myWishes(ctx context.Context, by account.Actor, _ *nothing) (wishesShown, error) {
	w, err := profile.ShowWishes(ctx, s.DB, by)
	return wishesShown{dayText(w.RestsUntil), w.Least, each(w.Unwanted, same)}, err
}

func (s *server) saveWishes(ctx context.Context, by account.Actor, in *body[wishes]) (wishesShown, error) {
	w := profile.Wishes{Unwanted: in.Body.Unwanted}
	var err error
	if in.Body.RestsUntil != nil {
		if w.RestsUntil, err = day(*in.Body.RestsUntil, "rests_until"); err != nil {
			return wishesShown{}, err
		}
	}
	if in.Body.Least != nil {
		least, err := in.Body.Least.at("least")
		if err != nil {
			return wishesShown{}, err
		}
		w.Least = &least
	}
	if err := profile.SaveWishes(ctx, s.DB, by, w); err != nil {
		return wishesShown{}, err
	}
	return s.myWishes(ctx, by, nil)
}
