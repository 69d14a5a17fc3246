package web_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/web/webtest"
)

const iban = "PT50 0002 0123 1234 5678 9015 4"

func accountForm(iban, password string) url.Values {
	return url.Values{"rail": {"manual"}, "iban": {iban}, "holder": {"Ada Lovelace"}, "password": {password}}
}

func TestAnAccountForWithdrawalsIsAddedUsedAndRemoved(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	ada := s.As(s.Person("Ada", money.Amount{Minor: 100_00, Currency: "EUR"}))
	for _, c := range []struct{ iban, password, fault string }{{"PT50", markettest.Password, "iban"}, {iban, "guess", "password"}} {
		if p := ada.Post("/wallet/accounts", accountForm(c.iban, c.password)); p.Status != http.StatusUnprocessableEntity || p.Fault(c.fault) == "" {
			t.Errorf("nothing stands beside %s: %s", c.fault, p)
		}
	}
	if p := ada.Post("/wallet/accounts", accountForm(iban, markettest.Password)); !p.Says("PT •••• 0154") || strings.Contains(p.Body, "00020123") {
		t.Errorf("it is added: %s", p)
	}
	out := url.Values{"amount": {"40"}, "currency": {"EUR"}, "account": {"manual/1"}}
	if p := ada.Post("/wallet/withdraw", out); !p.Says("until then you can call it back") || !p.Says("because the account is new here") {
		t.Errorf("it waits: %s", p)
	}
	if p := ada.Post("/wallet/withdraw", url.Values{"amount": {"40"}, "currency": {"EUR"}, "account": {"manual/7"}}); p.Status != http.StatusUnprocessableEntity || p.Fault("account") == "" {
		t.Errorf("to nowhere: %s", p)
	}
	if p := ada.Post("/wallet/payouts/1/call-back", nil); !p.Says("€40.00 is in your wallet again") {
		t.Errorf("called back: %s", p)
	}
	if p := ada.Post("/wallet/payouts/1/call-back", nil); p.Status != http.StatusConflict {
		t.Errorf("twice: %s", p)
	}
	every := url.Values{"every": {"month"}, "least": {"25"}, "account": {"manual/1"}}
	if p := ada.Post("/wallet/schedule", every); !p.Says("On the first of every month") || !p.Says("25.00") {
		t.Errorf("by itself: %s", p)
	}
	every.Set("least", "nothing")
	if p := ada.Post("/wallet/schedule", every); p.Status != http.StatusUnprocessableEntity || p.Fault("least") == "" {
		t.Errorf("from nothing on: %s", p)
	}
	if p := ada.Post("/wallet/accounts/1/remove", nil); !p.Says("There is none yet") || p.Says("On the first of every month") {
		t.Errorf("removed, and the schedule with it: %s", p)
	}
}

func TestSomebodyPaysByATransfer(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	carl, eve := s.As(s.Person("Carl", money.Amount{})), s.As(s.Person("Eve", money.Amount{}))
	p := carl.Post("/wallet/add", url.Values{"amount": {"640"}, "currency": {"EUR"}, "rail": {"manual"}})
	if p.Path != "/wallet/deposits/1" || !p.Says("DE89 3704 0044 0532 0130 00") || !p.Says("Orchard eG") {
		t.Fatalf("how to pay: %s", p)
	}
	if p := carl.Get("/wallet"); !p.Says("Waits for you to pay") {
		t.Errorf("the wallet: %s", p)
	}
	if p := carl.Post("/wallet/add", url.Values{"amount": {"640"}, "currency": {"USD"}, "rail": {"manual"}}); p.Status != http.StatusUnprocessableEntity || p.Fault("rail") == "" {
		t.Errorf("in dollars: %s", p)
	}
	for _, path := range []string{"/wallet/deposits/1", "/wallet/deposits/2"} {
		if p := eve.Get(path); p.Status != http.StatusNotFound {
			t.Errorf("Eve reads %s: %s", path, p)
		}
	}
	if p := eve.Post("/wallet/deposits/1/give-up", nil); p.Status != http.StatusNotFound {
		t.Errorf("Eve calls it off: %s", p)
	}
	if p := carl.Post("/wallet/deposits/1/give-up", nil); !p.Says("We no longer wait for it") {
		t.Errorf("Carl calls it off: %s", p)
	}
}

// table sends a file of the bank, as the form does.
func table(b *webtest.Browser, lines string) webtest.Page {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, _ := w.CreateFormFile("file", "bank.csv")
	part.Write([]byte(lines)) //nolint:errcheck // into memory
	w.Close()                 //nolint:errcheck // the same
	return b.Do(b.Request(http.MethodPost, "/staff/money/rails/manual/statements", w.FormDataContentType(), &body))
}

func TestTheBooksAreKept(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	finn := s.Person("Finn", money.Amount{})
	s.OK(account.Grant(t.Context(), s.DB, account.System, finn.ID, account.Finance))
	b, carl := s.As(finn), s.As(s.Person("Carl", money.Amount{Minor: 100_00, Currency: "EUR"}))
	carl.Post("/wallet/accounts", accountForm(iban, markettest.Password))
	s.Clock.Advance(73 * time.Hour)
	carl.Post("/wallet/withdraw", url.Values{"amount": {"40"}, "currency": {"EUR"}, "account": {"manual/1"}})
	if p := carl.Get("/staff/money"); p.Status != http.StatusForbidden {
		t.Errorf("Carl reads the desk: %s", p)
	}
	if p := b.Post("/staff/money/rails/sandbox/reconcile", nil); !p.Says("the books agree") {
		t.Errorf("compared: %s", p)
	}
	if p := b.Post("/staff/money/rails/manual/files", nil); !p.Says("File 1 holds 1 payouts, €40.00 together") {
		t.Errorf("the file: %s", p)
	}
	if p := b.Get("/staff/money/files/1"); !strings.Contains(p.Body, "PT50000201231234567890154") || p.Header.Get("Content-Disposition") == "" {
		t.Errorf("fetched: %s", p)
	}
	if p := carl.Get("/staff/money/files/1"); p.Status != http.StatusForbidden {
		t.Errorf("Carl fetches it: %s", p)
	}
	day := s.DB.Now().Format(time.DateOnly)
	if p := table(b, "Hello"); p.Status != http.StatusUnprocessableEntity || p.Fault("file") == "" {
		t.Errorf("no statement: %s", p)
	}
	if p := table(b, fmt.Sprintf("date,amount,text,end to end id\n%s,12.50,From a friend of the house,\n%s,-3.00,Fee,\n", day, day)); !p.Says("2 lines are taken over") || !p.Says("From a friend of the house") || !p.Says("Payments that nobody ordered") {
		t.Errorf("taken over: %s", p)
	}
	if p := b.Post("/staff/money/lines/2/assign", url.Values{"person": {"many"}}); p.Status != http.StatusUnprocessableEntity || p.Fault("person") == "" {
		t.Errorf("to nobody: %s", p)
	}
	if p := b.Post("/staff/money/lines/2/assign", url.Values{"person": {"2"}}); !p.Says("The money is in its owner’s wallet") {
		t.Errorf("to Carl: %s", p)
	}
	if p := b.Post("/staff/money/lines/3/explain", url.Values{"explanation": {"cost"}}); !p.Says("Explained") {
		t.Errorf("explained: %s", p)
	}
	if p := b.Post("/staff/money/payouts/1/reject", url.Values{"why": {""}}); p.Status != http.StatusUnprocessableEntity || p.Fault("why") == "" {
		t.Errorf("rejected without a word: %s", p)
	}
	if p := b.Post("/staff/money/payouts/1/reject", url.Values{"why": {"No such account"}}); !p.Says("The money is in its owner’s wallet again") {
		t.Errorf("rejected: %s", p)
	}
	if p := b.Post("/staff/money/rails/manual/reconcile", nil); !p.Says("the books agree") {
		t.Errorf("compared again: %s", p)
	}
	if p := carl.Get("/wallet"); !p.Says("No such account") || !p.Says("€112.50") {
		t.Errorf("Carl reads %s", p)
	}
}

func TestStatementsAreReadOnAPageAsPDFAndAsTables(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	carl := s.As(s.Person("Carl", money.Amount{Minor: 100_00, Currency: "EUR"}))
	if p := carl.Get("/wallet/statements"); !p.Says("The whole year in EUR") || !strings.Contains(p.Body, "/wallet/statements/EUR/2030-01") {
		t.Errorf("the list: %s", p)
	}
	if p := carl.Get("/wallet/statements/EUR/2030-01"); !p.Says("You added money") || !p.Says("No work was paid in this time") {
		t.Errorf("January: %s", p)
	}
	for file, begins := range map[string]string{"statement.pdf": "%PDF-", "movements.csv": "at,what,amount", "work.csv": "at,side,contract"} {
		if p := carl.Get("/wallet/statements/EUR/2030/" + file); !strings.HasPrefix(p.Body, begins) || !strings.HasPrefix(p.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s is %.80s", file, p.Body)
		}
	}
	for _, path := range []string{"/wallet/statements/EUR/2030-13", "/wallet/statements/BEE/2030", "/wallet/statements/EUR/2030/passwords.csv"} {
		if p := carl.Get(path); p.Status != http.StatusNotFound {
			t.Errorf("%s: %s", path, p)
		}
	}
}
