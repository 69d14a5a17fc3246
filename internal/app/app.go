// Package app puts everything together: a database, files, mail, money, pages,
// the API, and the jobs and clocks that run behind them.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"freehold/internal/banking"
	"freehold/internal/credential"
	"freehold/internal/kit/blob"
	"freehold/internal/kit/db"
	"freehold/internal/kit/localpg"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/paper"
	"freehold/internal/kit/postbox"
	"freehold/internal/kit/vault"
	"freehold/internal/skill"
	"freehold/internal/terms"
	"freehold/internal/translog"
)

// Config is what an operator may set. Each has a flag and an environment
// variable; see cmd/freehold.
type Config struct {
	Data        string           // the folder for the database and files
	DatabaseURL string           // another PostgreSQL; empty: a private one in the data folder
	BaseURL     string           // how people reach us, for links in mail
	Proxies     []netip.Prefix   // of our own, whose word is taken for where visitors come from
	SMTP        string           // smtp://user:password@host:587?from=…; empty: mail stays in the outbox
	Rails       string           // how money moves: "sandbox", "manual", "stripe", several of them with commas; empty: sandbox
	Bank        string           // the account of the manual rail: holder=…&iban=…&bic=…&currency=…
	Live        bool             // real money moves: then no sandbox
	MailIn      string           // lmtp://host:port?domain=…; empty: mail cannot be answered by mail
	Connections int32            // to PostgreSQL, at most
	Now         func() time.Time // the market's clock; nil: the world's
	Fast        bool             // give up durability for speed: for tests and throw-away markets
	Beside      bool             // another program may have this market open: then use its database
	Log         *slog.Logger
}

// App is a market that is open: its database is up to date and its files at hand.
type App struct {
	Config
	DB      *db.DB
	Files   *blob.Store
	Rails   banking.Rails
	Vault   *vault.Vault // what lies in the database and must not be read there
	Mail    mail.Sender
	postbox postbox.Setting
	pg      *localpg.Server
	seal    *once[paper.Sealer]
	keeper  *once[*translog.Keeper]
	issuer  *once[*credential.Issuer]
}

// Open brings up the database and everything that stands on it. Close it when done.
func Open(ctx context.Context, c Config) (a *App, err error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Connections == 0 {
		c.Connections = 16
	}
	a = &App{
		Config: c,
		seal:   &once[paper.Sealer]{}, keeper: &once[*translog.Keeper]{}, issuer: &once[*credential.Issuer]{},
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	if err := os.MkdirAll(c.Data, 0o755); err != nil { //nolint:gosec // PostgreSQL's own user passes through it; what is inside is private
		return a, fmt.Errorf("the data folder: %w", err)
	}
	if a.Mail, err = mail.NewSender(c.SMTP); err != nil {
		return a, err
	}
	if a.postbox, err = postbox.Parse(c.MailIn); err != nil {
		return a, err
	}
	if a.Files, err = blob.Open(ctx, filepath.Join(c.Data, "files")); err != nil {
		return a, err
	}
	url, err := a.database(ctx)
	if err != nil {
		return a, err
	}
	if a.DB, err = db.OpenSized(ctx, url, c.Connections, c.Now); err != nil {
		return a, err
	}
	if err := a.DB.Migrate(ctx); err != nil {
		return a, fmt.Errorf("bringing the database up to date: %w", err)
	}
	if err := skill.Load(ctx, a.DB); err != nil {
		return a, err
	}
	if a.Vault, err = vault.Open(filepath.Join(c.Data, "keys", "vault.key")); err != nil {
		return a, err
	}
	if err := a.openRails(); err != nil {
		return a, err
	}
	return a, terms.Load(ctx, a.DB)
}

// database returns where the database is, and starts a private one if need be.
func (a *App) database(ctx context.Context) (url string, err error) {
	if a.DatabaseURL != "" {
		return a.DatabaseURL, nil
	}
	dir, log := filepath.Join(a.Data, "postgres"), io.Writer(os.Stderr)
	if a.Fast {
		log = io.Discard
	}
	if a.Beside {
		if url, running, err := localpg.Join(dir); running || err != nil {
			return url, err
		}
		log = io.Discard // the command itself is what people want to read
	}
	if a.pg, err = localpg.Start(ctx, localpg.Config{Dir: dir, Fast: a.Fast, Log: log}); err != nil {
		return "", err
	}
	return a.pg.URL(), nil
}

// Close ends the connections and then the private database, if there is one.
func (a *App) Close() (err error) {
	if a.DB != nil {
		a.DB.Close()
	}
	if a.Files != nil {
		err = a.Files.Close()
	}
	if a.pg != nil {
		err = errors.Join(err, a.pg.Stop())
	}
	return err
}
