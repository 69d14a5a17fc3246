package api

import (
	"context"
	"net/http"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/money"
	"freehold/internal/statement"
)

func periods(a area) {
	add(a, private, "GET /wallet/statements", "The months in which something moved in my wallet, the latest first.", http.StatusOK, a.periods)
	add(a, private, "GET /wallet/statements/{currency}/{period}", "What my money did in a month (2026-11) or a year (2026), in UTC.", http.StatusOK, a.statement)
}

type heldMonth struct {
	Month     string `json:"month" doc:"2026-11"`
	Currency  string `json:"currency"`
	Movements int    `json:"movements"`
}

func (s *server) periods(ctx context.Context, by account.Actor, _ *nothing) (list[heldMonth], error) {
	all, err := statement.Periods(ctx, s.DB, by)
	return whole(all, func(h statement.Held) heldMonth { return heldMonth(h) }), err
}

type periodOf struct {
	Currency string `path:"currency"`
	Period   string `path:"period"`
}

type accountStatement struct {
	From      time.Time       `json:"from"`
	Until     time.Time       `json:"until"`
	Opening   money.Amount    `json:"opening"`
	Closing   money.Amount    `json:"closing"`
	Earned    money.Amount    `json:"earned" doc:"as a freelancer"`
	Spent     money.Amount    `json:"spent" doc:"to freelancers, as a client"`
	Fees      money.Amount    `json:"fees" doc:"to the operator, on top of it"`
	Work      []paidWork      `json:"work"`
	Movements []statementLine `json:"movements" doc:"the oldest first"`
}

type paidWork struct {
	At       time.Time      `json:"at"`
	Side     statement.Side `json:"side" doc:"mine: client or freelancer"`
	Contract int64          `json:"contract"`
	Title    string         `json:"title"`
	Kind     string         `json:"kind"`
	Paid     money.Amount   `json:"paid" doc:"to the freelancer; below zero when it was returned"`
	Fee      money.Amount   `json:"fee" doc:"to the operator"`
	Posting  string         `json:"posting"`
}

type statementLine struct {
	At      time.Time    `json:"at"`
	Words   string       `json:"words"`
	Amount  money.Amount `json:"amount"`
	Balance money.Amount `json:"balance"`
	Link    string       `json:"link,omitempty"`
	Posting string       `json:"posting"`
}

func (s *server) statement(ctx context.Context, by account.Actor, in *periodOf) (accountStatement, error) {
	p, err := statement.ParsePeriod(in.Period)
	if err != nil {
		return accountStatement{}, err
	}
	st, err := statement.Of(ctx, s.DB, by, in.Currency, p)
	r := readerOf(by)
	sum := func(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: st.Currency} }
	return accountStatement{
		From: st.From, Until: st.Until, Opening: st.Opening, Closing: st.Closing, Earned: st.Earned(), Spent: st.Spent(), Fees: st.Fees(),
		Work: each(st.Work, func(w statement.Work) paidWork {
			return paidWork{w.At, w.Side, w.Contract, w.Title, w.Kind, sum(w.Paid), sum(w.Fee), w.Posting}
		}),
		Movements: each(st.Movements, func(m statement.Movement) statementLine {
			return statementLine{m.At, m.Words.For(r), m.Amount, m.Balance, m.Link, m.Posting}
		}),
	}, err
}
