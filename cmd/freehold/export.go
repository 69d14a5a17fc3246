package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"

	"freehold/internal/account"
	"freehold/internal/app"
	"freehold/internal/export"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

type exportPerson struct {
	market
	Person string `arg:"" help:"Their number, as in the address of their page, or their mail address."`
	To     string `help:"The ZIP file to write. Without it, it is named after the person and the day." type:"path"`
}

// Run writes what the person could download themselves. They find on their record
// that it was done.
func (c *exportPerson) Run(ctx context.Context) error {
	return open(ctx, c.beside(), func(a *app.App) error {
		of, err := c.id(ctx, a.DB)
		if err != nil {
			return err
		}
		r, err := export.TakeFor(ctx, a.DB, of)
		if err != nil {
			return err
		}
		packed, err := r.Pack(ctx, export.Market{DB: a.DB, Files: a.Files, Seal: a.Seal}, say.Reader{Lang: r.Of.Language})
		if err != nil {
			return err
		}
		defer packed.Close() //nolint:errcheck // thrown away
		to := c.To
		if to == "" {
			to = r.Name()
		}
		size, err := write(to, packed)
		if err != nil {
			return err
		}
		fmt.Printf("Everything of %s is in %s, %d kB.\n", r.Of.Name, to, size/1024)
		return nil
	})
}

func (c *exportPerson) id(ctx context.Context, d *db.DB) (id account.ID, err error) {
	if n, err := strconv.ParseInt(c.Person, 10, 64); err == nil {
		return account.ID(n), nil
	}
	err = d.View(ctx, func(tx *db.Tx) error {
		p, err := account.PersonByEmail(ctx, tx, c.Person)
		id = p.ID
		return err
	})
	return id, err
}

// write keeps a file that is whole and its owner's alone, and overwrites none.
func write(to string, content io.Reader) (int64, error) {
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	size, err := io.Copy(f, content)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		_ = os.Remove(to) // half of it is nothing
	}
	return size, err
}
