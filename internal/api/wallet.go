package api

import (
	"context"
	"net/http"
	"time"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/kit/money"
)

func wallet(a area) {
	add(a, private, "GET /wallet", "What I have, in each currency.", http.StatusOK, a.balances)
	add(a, private, "POST /wallet/deposits", "Add money.", http.StatusCreated, a.deposit)
	add(a, private, "POST /wallet/payouts", "Withdraw money.", http.StatusCreated, a.withdraw)
	add(a, private, "GET /wallet/payouts", "My latest withdrawals.", http.StatusOK, a.payouts)
	add(a, private, "GET /wallet/transfers", "Every movement in one currency, newest first.", http.StatusOK, a.transfers)
}

type balance struct {
	Available money.Amount `json:"available" doc:"to use or withdraw"`
	Secured   money.Amount `json:"secured" doc:"mine, set aside in escrow"`
	Coming    money.Amount `json:"coming" doc:"others' money in escrow for work that is mine to do"`
}

type balances struct {
	Balances []balance `json:"balances"`
}

func (s *server) balances(ctx context.Context, by account.Actor, _ *nothing) (balances, error) {
	all, err := banking.Balances(ctx, s.DB, by)
	return balances{each(all, func(b banking.Balance) balance { return balance(b) })}, err
}

type amountOf struct {
	Amount *sum `json:"amount"`
}

// order is money on its way in or out.
type order struct {
	ID        int64         `json:"id"`
	State     banking.State `json:"state" doc:"in: pending, confirmed, failed; out: on its way, sent, failed"`
	Amount    money.Amount  `json:"amount"`
	Failure   *string       `json:"failure" doc:"why it failed"`
	AskedAt   time.Time     `json:"asked_at"`
	SettledAt *time.Time    `json:"settled_at"`
}

func (s *server) deposit(ctx context.Context, by account.Actor, in *body[amountOf]) (order, error) {
	a, err := in.Body.Amount.at("amount")
	if err != nil {
		return order{}, err
	}
	p, err := banking.AddMoney(ctx, s.DB, s.Rail, by, a)
	return order{int64(p.ID), p.State, p.Amount(), p.Failure, p.AskedAt, p.SettledAt}, err
}

func (s *server) withdraw(ctx context.Context, by account.Actor, in *body[amountOf]) (order, error) {
	a, err := in.Body.Amount.at("amount")
	if err != nil {
		return order{}, err
	}
	p, err := banking.Withdraw(ctx, s.DB, s.Rail, by, a)
	return payoutOf(p), err
}

func payoutOf(p banking.Payout) order {
	return order{int64(p.ID), p.State, p.Amount(), p.Failure, p.AskedAt, p.SettledAt}
}

// payoutsShown is how many withdrawals are listed.
const payoutsShown = 100

func (s *server) payouts(ctx context.Context, by account.Actor, _ *nothing) (list[order], error) {
	latest, err := banking.PayoutsOf(ctx, s.DB, by, payoutsShown)
	return whole(latest, payoutOf), err
}

// transfer is one line of a wallet's history.
type transfer struct {
	At      time.Time    `json:"at"`
	Kind    string       `json:"kind"`
	Words   string       `json:"words"`
	Amount  money.Amount `json:"amount" doc:"below zero when it went out"`
	Balance money.Amount `json:"balance" doc:"right after it"`
	Link    string       `json:"link,omitempty" doc:"the page of what it was for"`
}

func (s *server) transfers(ctx context.Context, by account.Actor, in *struct {
	Currency string `query:"currency" doc:"Left out: the first one of the wallet."`
	Cursor   string `query:"cursor"`
	Limit    int    `query:"limit" default:"20" minimum:"1" maximum:"100"`
}) (list[transfer], error) {
	p := part{in.Cursor, in.Limit}
	start, err := before[int64](p)
	if err != nil {
		return list[transfer]{}, err
	}
	currency := in.Currency
	if currency == "" {
		if currency, err = s.firstCurrency(ctx, by); err != nil {
			return list[transfer]{}, err
		}
	}
	moved, err := banking.History(ctx, s.DB, by, currency, start, p.Limit+1)
	r := readerOf(by)
	return parted(p, moved, func(m banking.Movement) transfer {
		return transfer{m.At, m.Kind, m.Words.For(r), m.Amount, m.Balance, m.Link}
	}, func(m banking.Movement) string { return number(m.Version) }), err
}

func (s *server) firstCurrency(ctx context.Context, by account.Actor) (string, error) {
	all, err := banking.Balances(ctx, s.DB, by)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0].Available.Currency, nil
}
