package app

import (
	"context"

	"freehold/internal/kit/db"
	"freehold/internal/kit/postbox"
	"freehold/internal/support"
)

// boxes are the addresses at which cases are answered by mail.
type boxes struct{ db *db.DB }

func (b boxes) Has(ctx context.Context, box string) error { return support.IsBox(ctx, b.db, box) }

func (b boxes) Take(ctx context.Context, box string, m postbox.Mail) error {
	return support.AskByMail(ctx, b.db, box, m)
}

// takeMail takes in what people answer by mail, if the operator has said where.
func (a *App) takeMail(ctx context.Context) (stop func() error, err error) {
	if a.postbox.Domain == "" {
		return func() error { return nil }, nil
	}
	addr, stop, err := postbox.Serve(ctx, a.postbox, a.Log, boxes{a.DB})
	if err != nil {
		return nil, err
	}
	a.Log.Info("mail comes in", "at", addr.String(), "for", a.postbox.Domain)
	return stop, nil
}
