package api

import (
	"context"
	"net/http"

	"freehold/internal/account"
	"freehold/internal/skill"
	"freehold/internal/terms"
)

func operators(a area) {
	add(a, private, "PUT /terms", "Set a new version of the terms, which holds when everybody has had 15 days’ notice of it.", http.StatusOK, a.changeTerms)
	act(a, private, "PUT /bonds", "Set the answer bond in a currency.", a.setBond)
	act(a, private, "PUT /rates/{currency}", "Set what one US dollar is worth in a currency, for comparing prices with floors.", a.setRate)
	act(a, private, "PUT /floors/categories/{category}/{level}", "Set the floor of a category at a level.", a.setCategoryFloor)
	act(a, private, "POST /people/{id}/claim", "Mail the owner of an imported account a link to it.", a.mailClaim)
	act(a, private, "PUT /floors/countries/{country}", "Set the floor for freelancers in a country.", a.setCountryFloor)
}

type termsChange struct {
	From   int         `json:"from" doc:"The version that you have looked at."`
	Reason string      `json:"reason" doc:"Everybody can read it beside the new terms."`
	Values termsValues `json:"values" doc:"All of them, as they are to be."`
}

func (s *server) changeTerms(ctx context.Context, by account.Actor, in *body[termsChange]) (termsShown, error) {
	c := terms.Change{From: in.Body.From, Reason: in.Body.Reason, Values: terms.Values(in.Body.Values)}
	if c.MilestoneDays == 0 { // programs of before it was one of the terms leave it out
		c.MilestoneDays = terms.AnyMilestoneDays
	}
	now, err := terms.ChangeSettings(ctx, s.DB, by, c)
	return termsOf(now), err
}

type bondInput struct {
	Bond   *sum   `json:"bond"`
	Reason string `json:"reason"`
}

func (s *server) setBond(ctx context.Context, by account.Actor, in *body[bondInput]) error {
	bond, err := in.Body.Bond.at("bond")
	if err != nil {
		return err
	}
	return terms.SetBond(ctx, s.DB, by, bond, in.Body.Reason)
}

func (s *server) setRate(ctx context.Context, by account.Actor, in *struct {
	Currency string `path:"currency"`
	Body     rateInput
}) error {
	return terms.SetRate(ctx, s.DB, by, in.Currency, in.Body.PerUSD, in.Body.Reason)
}

type rateInput struct {
	PerUSD string `json:"per_usd" doc:"In digits with a point, such as 0.92."`
	Reason string `json:"reason" doc:"Where the figure comes from; shown as its source."`
}

type floorInput struct {
	Hourly *sum   `json:"hourly" doc:"In US dollars."`
	Reason string `json:"reason" doc:"Where the figure comes from; shown as its source."`
}

func (s *server) setCategoryFloor(ctx context.Context, by account.Actor, in *struct {
	Category skill.Key   `path:"category"`
	Level    skill.Level `path:"level"`
	Body     floorInput
}) error {
	hourly, err := in.Body.Hourly.at("hourly")
	if err != nil {
		return err
	}
	return terms.SetCategoryFloor(ctx, s.DB, by, in.Category, in.Level, hourly, in.Body.Reason)
}

func (s *server) setCountryFloor(ctx context.Context, by account.Actor, in *struct {
	Country string `path:"country"`
	Body    floorInput
}) error {
	hourly, err := in.Body.Hourly.at("hourly")
	if err != nil {
		return err
	}
	return terms.SetCountryFloor(ctx, s.DB, by, in.Country, hourly, in.Body.Reason)
}

func (s *server) mailClaim(ctx context.Context, by account.Actor, in *to[address]) error {
	return account.Claim(ctx, s.DB, by, account.ID(in.ID), in.Body.Email)
}
