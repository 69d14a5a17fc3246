package app

import (
	"cmp"
	"context"
	"path/filepath"

	"freehold/internal/translog"
)

// Keeper signs the transparency log. Its key lies in the data folder, and is made
// when it is first needed; beside it lies what was signed last.
func (a *App) Keeper(context.Context) (*translog.Keeper, error) {
	return a.keeper.get(func() (*translog.Keeper, error) {
		return translog.OpenKeeper(filepath.Join(a.Data, "keys"), cmp.Or(a.BaseURL, "freehold"))
	})
}

// logGoesOn refuses to open a market whose transparency log does not go on from what
// was signed before: its database was rolled back, or changed.
func (a *App) logGoesOn(ctx context.Context) error {
	k, err := a.Keeper(ctx)
	if err != nil {
		return err
	}
	_, err = k.Checkpoint(ctx, a.DB)
	return err
}
