package api

import (
	"context"
	"strings"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/search"
	"freehold/internal/skill"
)

// query is what somebody looks for, as it stands in an address.
type query struct {
	Q             string       `query:"q" doc:"Words, \"a phrase\", -without."`
	Category      skill.Key    `query:"category"`
	Skill         string       `query:"skill" doc:"A name or an alias."`
	Kind          jobpost.Kind `query:"kind" doc:"fixed, hourly or retainer"`
	Level         skill.Level  `query:"level" doc:"entry, intermediate or expert"`
	Min           int64        `query:"min" doc:"The least it should pay, in minor units of currency."`
	Max           int64        `query:"max" doc:"The most it should pay, likewise."`
	Currency      string       `query:"currency" default:"EUR" doc:"Of min and max. Posts in other currencies are compared by the reference rates."`
	WithinDays    int          `query:"within_days" minimum:"0" maximum:"3650" doc:"Published no longer ago than this."`
	Country       string       `query:"country" doc:"Of the client, ISO 3166-1."`
	MinAnswerRate int          `query:"min_answer_rate" doc:"Of the client, in percent."`
	Sort          string       `query:"sort" doc:"fit, newest, answer_rate or price"`
	Cursor        string       `query:"cursor" doc:"The next of the part before."`
	Limit         int          `query:"limit" default:"20" minimum:"1" maximum:"100"`
}

func (q query) search() (search.Query, error) {
	out := search.Query{
		Text: q.Q, Category: q.Category, Skill: q.Skill, Kind: q.Kind, Level: q.Level, Country: q.Country,
		Within: time.Duration(q.WithinDays) * 24 * time.Hour, MinAnswerRate: q.MinAnswerRate,
		Sort: search.Sort(strings.ReplaceAll(q.Sort, "_", " ")), Cursor: q.Cursor, N: q.Limit,
	}
	for field, bound := range map[string]struct {
		minor int64
		into  **money.Amount
	}{"min": {q.Min, &out.Min}, "max": {q.Max, &out.Max}} {
		if bound.minor == 0 {
			continue
		}
		a, err := money.New(bound.minor, q.Currency)
		if err != nil {
			return out, errAmount.At(field)
		}
		*bound.into = &a
	}
	return out, nil
}

// found is a post in a list.
type found struct {
	ID          jobpost.ID    `json:"id"`
	Title       string        `json:"title"`
	Snippet     string        `json:"snippet"`
	Category    skill.Key     `json:"category"`
	Skills      []string      `json:"skills"`
	Level       skill.Level   `json:"level"`
	Kind        jobpost.Kind  `json:"kind"`
	Budget      *money.Amount `json:"budget" doc:"null: not said"`
	BudgetMax   *money.Amount `json:"budget_max"`
	Hours       int           `json:"hours"`
	PublishedAt time.Time     `json:"published_at"`
	AnswerBy    time.Time     `json:"answer_by"`
	Proposals   int           `json:"proposals" doc:"before the client so far"`
	Cap         int           `json:"cap" doc:"How many that can be; then there is a waiting list."`
	Imported    bool          `json:"imported"`
	Client      foundClient   `json:"client"`
	Suits       *suits        `json:"suits,omitempty" doc:"In the feed: why it stands where it does."`
}

type foundClient struct {
	ID              account.ID `json:"id"`
	Name            string     `json:"name"`
	Portrait        string     `json:"portrait,omitempty"`
	Country         *string    `json:"country"`
	PaymentVerified bool       `json:"payment_verified"`
	AnswerRate      *int       `json:"answer_rate" doc:"percent; null: no answer was owed yet"`
	MedianAnswer    *float64   `json:"median_hours_to_answer"`
}

func foundOf(i search.Item) found {
	return found{
		ID: i.ID, Title: i.Title, Snippet: i.Snippet, Category: i.Category, Skills: each(i.Skills, same), Level: i.Level, Kind: i.Kind,
		Budget: i.Min, BudgetMax: i.Max, Hours: i.Hours, PublishedAt: i.PublishedAt, AnswerBy: i.AnswerBy,
		Proposals: i.Proposals, Cap: i.Cap, Imported: i.Imported,
		Client: foundClient{i.Client.ID, i.Client.Name, i.Client.Portrait.URL(), i.Client.Country, i.Client.PaymentVerified, i.Client.AnswerRate, hours(i.Client.MedianAnswer)},
	}
}

// results are a part of what was found.
type results struct {
	Items  []found `json:"items"`
	Next   *string `json:"next" doc:"Pass it as cursor for the following part; null at the end."`
	Total  int     `json:"total" doc:"Posts that match, counted up to 1000."`
	More   bool    `json:"more" doc:"There are more than total."`
	Counts counts  `json:"counts" doc:"How many posts there would be for each choice of a filter, all others as they are."`
	Text   string  `json:"text" doc:"The words that were looked for in the end."`
	Note   string  `json:"note,omitempty" doc:"Why they are not those that were asked for."`
}

func (s *server) search(ctx context.Context, by account.Actor, in *query) (results, error) {
	q, err := in.search()
	if err != nil {
		return results{}, err
	}
	p, err := search.Posts(ctx, s.DB, by, q)
	return results{each(p.Items, foundOf), nextOf(p.Next), p.Total, p.More, counts(p.Counts), p.Text, p.Note.For(readerOf(by))}, err
}

// nextOf is null for the last part.
func nextOf(cursor string) *string {
	if cursor == "" {
		return nil
	}
	return &cursor
}

// counts say how many posts there would be for each choice of a filter.
type counts struct {
	Categories map[skill.Key]int    `json:"categories"`
	Kinds      map[jobpost.Kind]int `json:"kinds"`
	Levels     map[skill.Level]int  `json:"levels"`
}

// suits is how well a post suits a freelancer, and why.
type suits struct {
	Score int      `json:"score" doc:"0 to 100: four fifths of the fit, and the freshness"`
	Fit   fit      `json:"fit"`
	Fresh term     `json:"fresh"`
	Why   []string `json:"why" doc:"The reasons, the weightiest first."`
}

// fit is how well a freelancer and a post go together; its terms add up to it.
type fit struct {
	Total int    `json:"total" doc:"0 to 100"`
	Terms []term `json:"terms"`
}

type term struct {
	Points int    `json:"points"`
	Of     int    `json:"of"`
	Why    string `json:"why"`
}

func termOf(r say.Reader) func(jobpost.FitTerm) term {
	return func(t jobpost.FitTerm) term { return term{t.Points, t.Of, t.Why.For(r)} }
}

func (s *server) feed(ctx context.Context, by account.Actor, in *part) (list[found], error) {
	f, err := search.FeedFor(ctx, s.DB, by, in.Cursor, in.Limit)
	return list[found]{each(f.Items, suitedOf(readerOf(by))), nextOf(f.Next)}, err
}

func suitedOf(r say.Reader) func(search.Suited) found {
	return func(i search.Suited) found {
		f := foundOf(i.Item)
		f.Suits = &suits{
			i.Score, fit{i.Fit.Total, each(i.Fit.Terms, termOf(r))}, termOf(r)(i.Fresh),
			each(i.Why(), func(why say.Sentence) string { return why.For(r) }),
		}
		return f
	}
}

type category struct {
	Key  skill.Key `json:"key"`
	Name string    `json:"name"`
}

func (s *server) categories(ctx context.Context, _ account.Actor, _ *nothing) (out list[category], err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		all, err := skill.Categories(ctx, tx)
		out = whole(all, func(c skill.Category) category { return category(c) })
		return err
	})
	return out, err
}

// skillNamed is something people are hired for.
type skillNamed struct {
	ID       skill.ID  `json:"id"`
	Name     string    `json:"name"`
	Category skill.Key `json:"category"`
}

func (s *server) skills(ctx context.Context, _ account.Actor, in *struct {
	Q     string `query:"q" doc:"What was typed so far."`
	Limit int    `query:"limit" default:"20" minimum:"1" maximum:"100"`
}) (out list[skillNamed], err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		suggested, err := skill.Suggest(ctx, tx, in.Q, in.Limit)
		out = whole(suggested, func(k skill.Skill) skillNamed { return skillNamed(k) })
		return err
	})
	return out, err
}
