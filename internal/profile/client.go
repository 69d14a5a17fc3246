package profile

import (
	"context"
	"errors"

	"freehold/internal/account"
	"freehold/internal/kit/db"
)

// Client is how somebody presents themselves who has work to give.
type Client struct {
	Company         string
	About           string // Markdown
	Website         string
	PaymentVerified bool // they have shown that they can pay
}

const maxCompany = 120 // characters

// ClientInput is a client's part of a profile as its owner fills it in.
type ClientInput struct{ Company, About, Website string }

func (in *ClientInput) clean() error {
	return errors.Join(
		line("company", &in.Company, maxCompany),
		text("about", &in.About, maxStory),
		address("website", &in.Website))
}

// SaveClient writes the whole client's part of the profile of by.
func SaveClient(ctx context.Context, d *db.DB, by account.Actor, in ClientInput) error {
	if err := in.clean(); err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error { return saveClient(ctx, tx, by.ID, in) })
}
