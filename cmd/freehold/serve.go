package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"freehold/internal/app"
	demomarket "freehold/internal/demo"
	"freehold/internal/web/view"
)

type serve struct {
	market
	address
}

// Run serves the market until it is told to stop.
func (c *serve) Run(ctx context.Context) error {
	conf := c.config()
	conf.BaseURL, conf.Proxies = c.BaseURL, c.Proxies
	return open(ctx, conf, func(a *app.App) error {
		if c.SMTP == "" {
			a.Log.Warn("no mail server is set (FREEHOLD_SMTP): mail stays in the outbox")
		}
		pages := a.Pages()
		pages.Secure = strings.HasPrefix(c.BaseURL, "https:")
		return a.Serve(ctx, c.Addr, pages, func(url string) { a.Log.Info("the market is open", "at", url) })
	})
}

type demo struct {
	address
	Data string `help:"Keep the market in this folder. Without it, it is gone with the program." type:"path" env:"FREEHOLD_DATA"`
}

// Run fills a market with demonstration data, unless it has some, and serves it.
func (c *demo) Run(ctx context.Context) (err error) {
	clock := new(demomarket.Clock)
	conf := (&serve{}).config()
	conf.Rails, conf.Bank = demomarket.Rails, demomarket.Bank
	conf.Data, conf.Now, conf.BaseURL, conf.Proxies, conf.Connections = c.Data, clock.Now, c.BaseURL, c.Proxies, 16
	if c.Data == "" {
		if conf.Data, err = scratch("freehold-demo-"); err != nil {
			return err
		}
		conf.Fast = true
		defer os.RemoveAll(conf.Data) //nolint:errcheck // a scratch folder
	}
	return open(ctx, conf, func(a *app.App) error {
		if err := clock.Load(ctx, a.DB); err != nil {
			return err
		}
		start := time.Now()
		people, err := demomarket.Fill(ctx, demomarket.Market{DB: a.DB, Files: a.Files, Rails: a.Rails, Vault: a.Vault, Clock: clock, Sweep: a.SweepDue})
		if err != nil {
			return fmt.Errorf("filling the demonstration market: %w", err)
		}
		if err := a.CheckPromises(ctx); err != nil {
			return err
		}
		a.Log.Info("the demonstration market is ready", "took", time.Since(start).Round(time.Millisecond))
		pages := a.Pages()
		pages.Demo = &view.Demo{People: people}
		pages.Advance = func(ctx context.Context, by time.Duration) error {
			return errors.Join(clock.Advance(ctx, a.DB, by, a.SweepDue), a.CheckPromises(ctx))
		}
		return a.Serve(ctx, c.Addr, pages, func(url string) { welcome(url, people) })
	})
}

func welcome(url string, people []view.DemoPerson) {
	fmt.Printf("\nThe market is open at %s\n\nEverybody's password is %q. You can be:\n", url, people[0].Password)
	for _, p := range people {
		fmt.Printf("  %-17s %-16s %s\n", p.Email, p.Name, p.About)
	}
	fmt.Printf("\nMail that is sent: %s/demo/mail\nPress Ctrl-C to close the market.\n", url)
}

type migrate struct{ market }

// Run opens the market, which brings its database up to date.
func (c *migrate) Run(ctx context.Context) error {
	return open(ctx, c.config(), func(a *app.App) error {
		a.Log.Info("the database is up to date")
		return nil
	})
}
