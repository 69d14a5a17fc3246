package main

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"os"

	"freehold/internal/app"
)

// market says which market a command works on.
type market struct {
	Data        string `help:"Folder of the database and the files." default:"data" env:"FREEHOLD_DATA" type:"path"`
	DatabaseURL string `help:"Another PostgreSQL instead of the embedded one." env:"DATABASE_URL" name:"database-url"`
	SMTP        string `help:"Mail server, as smtp://user:password@host:587?from=market@example.org. Without it mail stays in the outbox." env:"FREEHOLD_SMTP"`
	MailIn      string `help:"Where a mail server hands over what people answer by mail, as lmtp://localhost:2424?domain=reply.example.org." env:"FREEHOLD_MAIL_IN"`
	Rails       string `help:"How money moves: sandbox, manual, or several with commas; the first is the usual way." default:"sandbox" env:"FREEHOLD_RAILS"`
	Bank        string `help:"The bank account of the rail manual, as holder=Orchard+eG&iban=PT50…&bic=…&currency=EUR." env:"FREEHOLD_BANK"`
	Live        bool   `help:"Real money moves on this market: then it cannot have the sandbox." env:"FREEHOLD_LIVE"`
	Connections int32  `help:"Connections to PostgreSQL, at most." default:"16" env:"FREEHOLD_CONNECTIONS"`
}

// address says where the pages are served.
type address struct {
	Addr    string         `help:"Where to listen." default:"localhost:8080" env:"FREEHOLD_ADDR"`
	BaseURL string         `help:"How people reach us, for links in mail; such as https://market.example.org." env:"FREEHOLD_BASE_URL"`
	Proxies []netip.Prefix `help:"Proxies of our own, whose X-Forwarded-For is believed; such as 127.0.0.1/32." env:"FREEHOLD_PROXIES"`
}

func (m market) config() app.Config {
	return app.Config{
		Data: m.Data, DatabaseURL: m.DatabaseURL, SMTP: m.SMTP, MailIn: m.MailIn, Rails: m.Rails, Bank: m.Bank, Live: m.Live, Connections: m.Connections,
		Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	}
}

// place names the market's database, so that nobody trusts an answer about another.
func (m market) place() string {
	if m.DatabaseURL != "" {
		return "the database of DATABASE_URL"
	}
	return m.Data
}

// beside is config for commands that may run while the market is open.
func (m market) beside() app.Config {
	c := m.config()
	c.Beside = true
	return c
}

// open opens the market, hands it to do, and closes it again.
func open(ctx context.Context, c app.Config, do func(*app.App) error) error {
	a, err := app.Open(ctx, c)
	if err != nil {
		return err
	}
	return errors.Join(do(a), a.Close())
}

// scratch makes a folder to throw away. Others may pass through it but not look
// into it: started by root, PostgreSQL runs as somebody else.
func scratch(prefix string) (string, error) {
	dir, err := os.MkdirTemp("", prefix)
	if err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o711) //nolint:gosec // see above
}
