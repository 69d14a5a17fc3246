package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"freehold/internal/web/webtest"
)

func TestAWalletIsEmptyThenFilledAndItsHistorySaysHow(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	carl := s.Person("Carl", nothing)
	b := s.As(carl)

	if p := b.Get("/wallet"); !p.Says("There is no money here yet") || !p.Says("Nothing has moved in EUR yet") {
		t.Error(p)
	}
	if p := b.Get("/wallet/withdraw"); !p.Says("There is nothing in your wallet to withdraw") {
		t.Error(p)
	}
	if p := b.Post("/wallet/add", url.Values{"amount": {"1,250.50"}, "currency": {"EUR"}}); p.Path != "/wallet?currency=EUR" || !p.Says("€1,250.50 is in your wallet now.") || !p.Says("You added money") {
		t.Error(p)
	}
	if p := b.Post("/wallet/withdraw", url.Values{"amount": {"250.50"}, "currency": {"EUR"}}); !p.Says("has left your wallet") || !p.Says("on its way") || !p.Says("You withdrew money") {
		t.Error(p)
	}
	if got := s.Wallet(carl, "EUR"); got != euros(1000) {
		t.Errorf("Carl has %v", got)
	}
	if p := b.Post("/wallet/add", url.Values{"amount": {"700"}, "currency": {"JPY"}}); !p.Says("Every movement in JPY") || !p.Says("¥700") {
		t.Error(p)
	}
}

func TestAnAmountThatCannotBeIsRefusedAndKept(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	carl := s.Person("Carl", euros(100))
	b := s.As(carl)
	for _, test := range []struct {
		path, amount, currency, field string
		status                        int
	}{
		{"/wallet/add", "", "EUR", "amount", 422},
		{"/wallet/add", "a lot", "EUR", "amount", 422},
		{"/wallet/add", "-5", "EUR", "amount", 422},
		{"/wallet/add", "0", "EUR", "amount", 422},
		{"/wallet/add", "0.001", "EUR", "amount", 422},
		{"/wallet/add", "99999999999999999999999", "EUR", "amount", 422},
		{"/wallet/add", "5", "XXX", "amount", 422},
		{"/wallet/add", "5", "", "amount", 422},
		{"/wallet/add", "13.13", "EUR", "amount", 409},
		{"/wallet/withdraw", "100.01", "EUR", "amount", 409},
		{"/wallet/withdraw", "1", "USD", "amount", 409},
	} {
		p := b.Post(test.path, url.Values{"amount": {test.amount}, "currency": {test.currency}})
		typed, _ := p.Typed("amount")
		if p.Status != test.status || p.Fault(test.field) == "" || typed != test.amount {
			t.Errorf("%+v: kept %q, %s", test, typed, p)
		}
	}
	if got := s.Wallet(carl, "EUR"); got != euros(100) {
		t.Errorf("Carl has %v", got)
	}
}

func TestOnlyAConfirmedAddressWithdraws(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	b := s.Stranger()
	b.Post("/sign-up", ada())
	b.Post("/sign-in", url.Values{"email": {"ada@example.org"}, "password": ada()["password"]})
	b.Post("/wallet/add", url.Values{"amount": {"10"}, "currency": {"EUR"}})
	if p := b.Post("/wallet/withdraw", url.Values{"amount": {"10"}, "currency": {"EUR"}}); p.Status != http.StatusForbidden || !p.Says("Follow the link in the mail") {
		t.Error(p)
	}
}

func TestALongHistoryGoesOnOnTheNextPage(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	carl := s.Person("Carl", nothing)
	for range 21 {
		s.Deposit(carl, euros(1))
	}
	b := s.As(carl)
	p := b.Get("/wallet?currency=EUR&before=2")
	if !p.Says("€1.00") || p.Says("Show more") {
		t.Error(p)
	}
	if p := b.Get("/wallet"); !p.Says("Show more") {
		t.Error(p)
	}
	if p := b.Get("/wallet?before=x"); p.Status != http.StatusNotFound {
		t.Error(p)
	}
}
