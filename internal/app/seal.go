package app

import (
	"cmp"
	"context"
	"path/filepath"

	"freehold/internal/contract"
	"freehold/internal/kit/paper"
)

// Seal is with what contracts are sealed. Its key lies in the data folder, and is
// made when it is first needed.
func (a *App) Seal(ctx context.Context) (paper.Sealer, error) {
	return a.seal.get(func() (paper.Sealer, error) {
		s, err := paper.OpenSealer(filepath.Join(a.Data, "keys", "seal.pem"), cmp.Or(a.BaseURL, "Freehold"))
		if err != nil {
			return s, err
		}
		return s, contract.KeepSeal(ctx, a.DB, s.Certificate)
	})
}
