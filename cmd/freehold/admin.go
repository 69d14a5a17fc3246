package main

import (
	"context"
	"errors"
	"fmt"

	"freehold/internal/account"
	"freehold/internal/app"
	"freehold/internal/kit/db"
)

type grant struct {
	market
	Email string `arg:"" help:"The member's address."`
	Role  string `arg:"" help:"What they may do: ${enum}." enum:"admin,support,reviewer,arbiter,finance"`
}

// Run makes a member one of the staff.
func (c *grant) Run(ctx context.Context) error {
	return open(ctx, c.beside(), func(a *app.App) error {
		var p account.Person
		err := a.DB.View(ctx, func(tx *db.Tx) (err error) {
			p, err = account.PersonByEmail(ctx, tx, c.Email)
			return err
		})
		if errors.Is(err, account.ErrNotFound) {
			return fmt.Errorf("nobody has joined with %s yet: they join like everybody, then run this again", c.Email)
		}
		if err != nil {
			return err
		}
		if err := account.Grant(ctx, a.DB, account.System, p.ID, account.Role(c.Role)); err != nil {
			return err
		}
		fmt.Printf("%s is %s now\n", p.Name, c.Role)
		return nil
	})
}

type claim struct {
	market
	Person int64  `arg:"" help:"The number of the imported person, as in the address of their page: /people/1234."`
	Email  string `arg:"" help:"Where to reach them."`
}

// Run mails an imported person a link that makes the account theirs.
func (c *claim) Run(ctx context.Context) error {
	return open(ctx, c.beside(), func(a *app.App) error {
		if err := account.Claim(ctx, a.DB, account.System, account.ID(c.Person), c.Email); err != nil {
			return err
		}
		fmt.Println("The mail is in the outbox. The market sends it when it is open and FREEHOLD_SMTP is set.")
		return nil
	})
}
