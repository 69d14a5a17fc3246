package app_test

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/app"
	"freehold/internal/kit/db"
	"freehold/internal/kit/mail"
	"freehold/internal/markettest"
)

// market is the whole program, serving and working its queue as it would for
// anybody, on the database and the clock of one test.
type market struct {
	*markettest.Market
	app    *app.App
	url    string
	outage bool // is on purpose
}

func openMarket(t *testing.T) *market {
	t.Helper()
	m := markettest.New(t)
	a, err := app.Open(context.Background(), app.Config{Data: t.TempDir(), DatabaseURL: m.DB.Pool.Config().ConnString(),
		Connections: 8, Now: m.Clock.Now, Log: slog.New(loud{slog.NewTextHandler(t.Output(), nil), t})})
	m.OK(err)
	t.Cleanup(func() { m.OK(a.Close()) })
	return &market{Market: m, app: a, url: serve(t, a)}
}

// loud fails the test when the program says that something went wrong, be it in
// a page or in a job.
type loud struct {
	slog.Handler
	testing.TB
}

func (l loud) Handle(ctx context.Context, r slog.Record) error {
	if r.Level >= slog.LevelError {
		l.Errorf("the program says: %s", r.Message)
	}
	return l.Handler.Handle(ctx, r)
}

// serve lets a program answer until the test ends, and returns where it does.
func serve(t *testing.T, a *app.App) (url string) {
	t.Helper()
	ctx, end := context.WithCancel(context.Background())
	at, ended := make(chan string, 1), make(chan error, 1)
	pages := a.Pages()
	go func() { ended <- a.Serve(ctx, "localhost:0", pages, func(url string) { at <- url }) }()
	t.Cleanup(func() {
		end()
		if err := <-ended; err != nil {
			t.Errorf("the server ends: %v", err)
		}
	})
	select {
	case url = <-at:
	case err := <-ended:
		ended <- err
		t.Fatal("the server does not start")
	}
	return url
}

// wait lets time pass, and then what is due happen.
func (m *market) wait(d time.Duration) {
	m.Helper()
	m.Clock.Advance(d)
	m.OK(m.app.SweepDue(context.Background()))
}

const day = 24 * time.Hour

// mailTo is the latest mail to an address.
func (m *market) mailTo(address string) (latest mail.Mail) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) error {
		all, err := mail.Outbox(ctx, tx, 0, 1000)
		i := slices.IndexFunc(all, func(m mail.Mail) bool { return m.To == address })
		if i >= 0 {
			latest = all[i]
		}
		return err
	})
	if latest.ID == 0 {
		m.Fatalf("there is no mail to %s", address)
	}
	return latest
}

// newcomer is somebody who has never been here.
func (m *market) newcomer(name string) *browser {
	m.Helper()
	b := m.browser(name)
	b.email = strings.ToLower(name) + "@example.org"
	return b
}

// signedIn is somebody who joined before this story begins.
func (m *market) signedIn(by account.Actor) *browser {
	m.Helper()
	b := m.browser(by.Name)
	b.email = by.Email
	b.signIn(markettest.Password)
	return b
}

func (b *browser) signIn(password string) {
	b.Helper()
	b.open("/sign-in")
	b.fill("E-mail address", b.email)
	b.fill("Password", password)
	b.click("Sign in")
}

// join signs up, follows the link in the mail, and signs in.
func (b *browser) join(because string) {
	b.Helper()
	b.open("/")
	b.click("Join")
	b.tick(because)
	b.fill("Your name", b.who)
	b.fill("Your e-mail address", b.email)
	b.fill("A password", markettest.Password)
	b.click("Join")
	b.sees("A mail is on its way to you")
	b.signIn(markettest.Password)
	b.sees("Hello, "+b.who, "We have mailed a link to "+b.email)
	b.open(b.mailTo(b.email).Body.Link)
	b.click("Yes, this is my address")
	b.sees("Your address is confirmed")
}

// addMoney pays into the wallet.
func (b *browser) addMoney(currency, amount string) {
	b.Helper()
	b.click("Wallet")
	b.click("Add money")
	b.fill("Amount", amount)
	b.choose("Currency", currency)
	b.click("Add it to my wallet")
	b.sees("is in your wallet now.")
}

// owns looks into the wallet.
func (b *browser) owns(amount string) {
	b.Helper()
	b.click("Wallet")
	b.sees("Yours to use or withdraw " + amount)
}

// sign puts a signature under the offer that is open before somebody.
func (b *browser) sign() {
	b.Helper()
	b.fill("Your postal address", markettest.PostalAddress)
	b.fill("Your password", markettest.Password)
	b.click("Sign this text")
}
