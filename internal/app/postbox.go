package app

import (
	"context"

	"freehold/internal/kit/postbox"
	"freehold/internal/support"
)

// takeMail takes in what people answer by mail, if the operator has said where.
func (a *App) takeMail(ctx context.Context) (stop func() error, err error) {
	if a.postbox.Domain == "" {
		return func() error { return nil }, nil
	}
	addr, stop, err := postbox.Serve(ctx, a.postbox, a.Log, func(ctx context.Context, box string, m postbox.Mail) error {
		return support.AskByMail(ctx, a.DB, box, m)
	})
	if err != nil {
		return nil, err
	}
	a.Log.Info("mail comes in", "at", addr.String(), "for", a.postbox.Domain)
	return stop, nil
}
