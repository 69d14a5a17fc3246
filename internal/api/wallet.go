package api

import (
	"context"
	"net/http"
	"time"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

func wallet(a area) {
	add(a, private, "GET /wallet", "What I have, in each currency.", http.StatusOK, a.balances)
	add(a, private, "POST /wallet/deposits", "Add money.", http.StatusCreated, a.deposit)
	add(a, private, "POST /wallet/payouts", "Withdraw money.", http.StatusCreated, a.withdraw)
	add(a, private, "GET /wallet/payouts", "My latest withdrawals.", http.StatusOK, a.payouts)
	add(a, private, "GET /wallet/rails", "How money moves in and out here.", http.StatusOK, a.rails)
	add(a, private, "GET /wallet/deposits/{id}", "A deposit of mine. The provider is asked whether one that waits was paid.", http.StatusOK, a.showDeposit)
	act(a, private, "POST /wallet/deposits/{id}/give-up", "Call a deposit off that waits for me to pay.", a.giveUpDeposit)
	add(a, private, "POST /wallet/payouts/{id}/call-back", "Put a withdrawal that has not left yet back into my wallet.", http.StatusOK, a.callBack)
	add(a, private, "GET /wallet/accounts", "Where my withdrawals can go.", http.StatusOK, a.accounts)
	add(a, private, "POST /wallet/accounts", "Add an account at a bank. Nothing leaves for it for three days.", http.StatusCreated, a.addAccount)
	act(a, private, "POST /wallet/accounts/{id}/remove", "Remove an account. What waits to go there comes back.", a.removeAccount)
	add(a, private, "GET /wallet/schedule", "How my money goes out by itself: one schedule, or none.", http.StatusOK, a.schedule)
	add(a, private, "POST /wallet/schedule", "Have my money go out by itself.", http.StatusOK, a.setSchedule)
	act(a, private, "POST /wallet/schedule/end", "Let my money lie until I withdraw it.", a.endSchedule)
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
	Amount *sum             `json:"amount"`
	Rail   string           `json:"rail,omitempty" doc:"How it moves: one of GET /wallet/rails. Left out: the usual way."`
	Method banking.MethodID `json:"account,omitempty" doc:"Where it goes: one of GET /wallet/accounts. Left out: the only one there is."`
}

// order is money on its way in or out.
type order struct {
	ID        int64         `json:"id"`
	State     banking.State `json:"state" doc:"in: pending, confirmed, failed; out: on its way, sent, failed, called back"`
	Amount    money.Amount  `json:"amount"`
	Failure   *string       `json:"failure" doc:"why it failed"`
	AskedAt   time.Time     `json:"asked_at"`
	SettledAt *time.Time    `json:"settled_at"`
	Rail      string        `json:"rail"`
	Pay       *payment      `json:"pay,omitempty" doc:"how to pay a deposit that waits for me"`
	NotBefore *time.Time    `json:"not_before,omitempty" doc:"when a withdrawal leaves; until it has, it can be called back"`
	HandedAt  *time.Time    `json:"handed_at,omitempty" doc:"when the bank got it"`
}

// payment is how somebody pays: at an address, or by a transfer.
type payment struct {
	Go        string `json:"go,omitempty" doc:"the address of the provider's page"`
	Holder    string `json:"holder,omitempty"`
	IBAN      string `json:"iban,omitempty"`
	BIC       string `json:"bic,omitempty"`
	Reference string `json:"reference,omitempty" doc:"has to stand in the transfer"`
}

func (s *server) deposit(ctx context.Context, by account.Actor, in *body[amountOf]) (order, error) {
	a, err := in.Body.Amount.at("amount")
	if err != nil {
		return order{}, err
	}
	rail, err := s.Rails.Named(in.Body.Rail)
	if err != nil {
		return order{}, err
	}
	p, err := banking.AddMoney(ctx, s.DB, rail, by, a)
	return depositOf(p), err
}

func depositOf(p banking.Deposit) order {
	o := order{ID: int64(p.ID), State: p.State, Amount: p.Amount(), Failure: p.Failure, AskedAt: p.AskedAt, SettledAt: p.SettledAt, Rail: p.Rail}
	switch t := p.Transfer; {
	case t != nil:
		o.Pay = &payment{Holder: t.Holder, IBAN: t.IBAN, BIC: t.BIC, Reference: t.Reference}
	case p.Go != "":
		o.Pay = &payment{Go: p.Go}
	}
	return o
}

func (s *server) showDeposit(ctx context.Context, by account.Actor, in *of) (order, error) {
	p, err := banking.ShowDeposit(ctx, s.DB, s.Rails, by, banking.DepositID(in.ID))
	return depositOf(p), err
}

func (s *server) giveUpDeposit(ctx context.Context, by account.Actor, in *of) error {
	return banking.GiveUpDeposit(ctx, s.DB, by, banking.DepositID(in.ID))
}

func (s *server) withdraw(ctx context.Context, by account.Actor, in *body[amountOf]) (order, error) {
	a, err := in.Body.Amount.at("amount")
	if err != nil {
		return order{}, err
	}
	rail, err := s.Rails.Named(in.Body.Rail)
	if err != nil {
		return order{}, err
	}
	p, err := banking.Withdraw(ctx, s.DB, rail, by, a, in.Body.Method)
	return payoutOf(p), err
}

func (s *server) callBack(ctx context.Context, by account.Actor, in *of) (order, error) {
	p, err := banking.CallBack(ctx, s.DB, by, banking.PayoutID(in.ID))
	return payoutOf(p), err
}

func payoutOf(p banking.Payout) order {
	return order{ID: int64(p.ID), State: p.State, Amount: p.Amount(), Failure: p.Failure, AskedAt: p.AskedAt, SettledAt: p.SettledAt, Rail: p.Rail,
		NotBefore: &p.NotBefore, HandedAt: p.HandedAt}
}

// rail is a way on which money moves here.
type rail struct {
	Name       string   `json:"name"`
	Words      string   `json:"words"`
	Currencies []string `json:"currencies" doc:"empty: all of the market"`
	Account    bool     `json:"account" doc:"withdrawals need an account of mine"`
}

func (s *server) rails(_ context.Context, by account.Actor, _ *nothing) (list[rail], error) {
	r := readerOf(by)
	return whole(s.Rails, func(way banking.Rail) rail {
		t := way.Traits()
		return rail{way.Name(), say.Sentence{Format: t.Words}.For(r), each(t.Currencies, same), t.Method != banking.NoMethod}
	}), nil
}

// bankAccount is where withdrawals go.
type bankAccount struct {
	ID         banking.MethodID `json:"id"`
	Rail       string           `json:"rail"`
	Label      string           `json:"label" doc:"its country and last four characters; the rest is not shown again"`
	Holder     string           `json:"holder"`
	AddedAt    time.Time        `json:"added_at"`
	UsableFrom time.Time        `json:"usable_from" doc:"nothing leaves for it before"`
}

func accountOf(m banking.Method) bankAccount {
	return bankAccount{m.ID, m.Rail, m.Label, m.Holder, m.AddedAt, m.UsableFrom}
}

func (s *server) accounts(ctx context.Context, by account.Actor, _ *nothing) (list[bankAccount], error) {
	all, err := banking.Methods(ctx, s.DB, by)
	return whole(all, accountOf), err
}

type newAccount struct {
	Rail     string `json:"rail"`
	IBAN     string `json:"iban"`
	Holder   string `json:"holder" doc:"whose account it is, as the bank writes it"`
	Password string `json:"password" doc:"mine: an account for my money takes more than a token"`
}

func (s *server) addAccount(ctx context.Context, by account.Actor, in *body[newAccount]) (bankAccount, error) {
	rail, err := s.Rails.Named(in.Body.Rail)
	if err != nil {
		return bankAccount{}, err
	}
	m, err := banking.AddAccount(ctx, s.DB, s.Vault, rail, by, in.Body.Password, in.Body.IBAN, in.Body.Holder)
	return accountOf(m), err
}

func (s *server) removeAccount(ctx context.Context, by account.Actor, in *of) error {
	return banking.RemoveMethod(ctx, s.DB, by, banking.MethodID(in.ID))
}

// schedule is how money goes out by itself.
type schedule struct {
	Every  banking.Every     `json:"every" doc:"week or month"`
	Least  int64             `json:"least" doc:"minor units: below that it waits"`
	Rail   string            `json:"rail"`
	Method *banking.MethodID `json:"account"`
	NextAt time.Time         `json:"next_at"`
}

func scheduleOf(s banking.Schedule) schedule {
	return schedule{s.Every, s.Least, s.Rail, s.Method, s.NextAt}
}

func (s *server) schedule(ctx context.Context, by account.Actor, _ *nothing) (list[schedule], error) {
	mine, err := banking.ScheduleOf(ctx, s.DB, by)
	if mine == nil {
		return whole([]banking.Schedule{}, scheduleOf), err
	}
	return whole([]banking.Schedule{*mine}, scheduleOf), err
}

type newSchedule struct {
	Every  banking.Every    `json:"every" doc:"week or month"`
	Least  int64            `json:"least" doc:"minor units: below that it waits"`
	Rail   string           `json:"rail,omitempty"`
	Method banking.MethodID `json:"account,omitempty"`
}

func (s *server) setSchedule(ctx context.Context, by account.Actor, in *body[newSchedule]) (schedule, error) {
	rail, err := s.Rails.Named(in.Body.Rail)
	if err != nil {
		return schedule{}, err
	}
	set, err := banking.SetSchedule(ctx, s.DB, rail, by, in.Body.Every, in.Body.Least, in.Body.Method)
	return scheduleOf(set), err
}

func (s *server) endSchedule(ctx context.Context, by account.Actor, _ *nothing) error {
	return banking.EndSchedule(ctx, s.DB, by)
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
