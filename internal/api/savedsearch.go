package api

import (
	"context"
	"strings"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/savedsearch"
	"freehold/internal/search"
	"freehold/internal/skill"
)

// criteria are what a saved search asks for, which is what GET /job-posts can be
// asked for without an order.
type criteria struct {
	Q             string       `json:"q" required:"false" doc:"Words, \"a phrase\", -without."`
	Category      skill.Key    `json:"category" required:"false"`
	Skill         string       `json:"skill" required:"false" doc:"A name or an alias."`
	Kind          jobpost.Kind `json:"kind" required:"false" doc:"fixed, hourly or retainer"`
	Level         skill.Level  `json:"level" required:"false" doc:"entry, intermediate or expert"`
	Min           *sum         `json:"min" required:"false" doc:"The least it should pay."`
	Max           *sum         `json:"max" required:"false" doc:"The most it should pay, in the same currency."`
	Country       string       `json:"country" required:"false" doc:"Of the client, ISO 3166-1."`
	MinAnswerRate int          `json:"min_answer_rate" required:"false" doc:"Of the client, in percent."`
}

func (c criteria) search() (search.Query, error) {
	q := search.Query{Text: c.Q, Category: c.Category, Skill: c.Skill, Kind: c.Kind, Level: c.Level, Country: c.Country, MinAnswerRate: c.MinAnswerRate}
	for field, bound := range map[string]struct {
		sum  *sum
		into **money.Amount
	}{"min": {c.Min, &q.Min}, "max": {c.Max, &q.Max}} {
		if bound.sum == nil {
			continue
		}
		a, err := bound.sum.at(field)
		if err != nil {
			return q, err
		}
		*bound.into = &a
	}
	return q, nil
}

// searchKept is how somebody keeps a search.
type searchKept struct {
	Name string `json:"name"`
	Pace string `json:"pace" doc:"When we tell you: at_once, daily, weekly or never."`
}

func (k searchKept) input() savedsearch.Input {
	return savedsearch.Input{Name: k.Name, Pace: savedsearch.Pace(strings.ReplaceAll(k.Pace, "_", " "))}
}

type newSearch struct {
	searchKept
	Query criteria `json:"query"`
}

// savedSearch is a search that somebody keeps.
type savedSearch struct {
	ID    savedsearch.ID `json:"id"`
	Name  string         `json:"name"`
	Pace  string         `json:"pace"`
	Query criteriaShown  `json:"query"`
	Week  int            `json:"found_in_7_days"`
	Total int            `json:"found_in_30_days"`
}

type criteriaShown struct {
	Q             string        `json:"q"`
	Category      skill.Key     `json:"category"`
	Skill         string        `json:"skill"`
	Kind          jobpost.Kind  `json:"kind"`
	Level         skill.Level   `json:"level"`
	Min           *money.Amount `json:"min"`
	Max           *money.Amount `json:"max"`
	Country       string        `json:"country"`
	MinAnswerRate int           `json:"min_answer_rate"`
}

func savedSearchOf(s savedsearch.Search) savedSearch {
	q := s.Query
	return savedSearch{s.ID, s.Name, strings.ReplaceAll(string(s.Pace), " ", "_"),
		criteriaShown{q.Text, q.Category, q.Skill, q.Kind, q.Level, q.Min, q.Max, q.Country, q.MinAnswerRate}, s.Week, s.Total}
}

func (s *server) savedSearches(ctx context.Context, by account.Actor, _ *nothing) (list[savedSearch], error) {
	all, err := savedsearch.List(ctx, s.DB, by)
	return whole(all, savedSearchOf), err
}

func (s *server) saveSearch(ctx context.Context, by account.Actor, in *body[newSearch]) (savedSearch, error) {
	q, err := in.Body.Query.search()
	if err != nil {
		return savedSearch{}, err
	}
	id, err := savedsearch.Save(ctx, s.DB, by, in.Body.input(), q)
	if err != nil {
		return savedSearch{}, err
	}
	saved, err := savedsearch.Find(ctx, s.DB, by, id)
	return savedSearchOf(saved), err
}

func (s *server) changeSearch(ctx context.Context, by account.Actor, in *to[searchKept]) (savedSearch, error) {
	id := savedsearch.ID(in.ID)
	if err := savedsearch.Change(ctx, s.DB, by, id, in.Body.input()); err != nil {
		return savedSearch{}, err
	}
	saved, err := savedsearch.Find(ctx, s.DB, by, id)
	return savedSearchOf(saved), err
}

func (s *server) removeSearch(ctx context.Context, by account.Actor, in *of) error {
	return savedsearch.Remove(ctx, s.DB, by, savedsearch.ID(in.ID))
}
