package app

import (
	"cmp"
	"context"
	"path/filepath"
	"sync"

	"freehold/internal/translog"
)

// keeper is what the transparency log is signed with, once it was needed.
type keeper struct {
	sync.Mutex
	*translog.Keeper
}

// Keeper signs the transparency log. Its key lies in the data folder, and is made
// when it is first needed; beside it lies what was signed last.
func (a *App) Keeper(context.Context) (*translog.Keeper, error) {
	a.keeper.Lock()
	defer a.keeper.Unlock()
	if a.keeper.Keeper != nil {
		return a.keeper.Keeper, nil
	}
	k, err := translog.OpenKeeper(filepath.Join(a.Data, "keys"), cmp.Or(a.BaseURL, "freehold"))
	if err != nil {
		return nil, err
	}
	a.keeper.Keeper = k
	return k, nil
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
