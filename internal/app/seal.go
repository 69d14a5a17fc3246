package app

import (
	"cmp"
	"context"
	"path/filepath"
	"sync"

	"freehold/internal/contract"
	"freehold/internal/kit/paper"
)

// seal is what contracts are sealed with, once it was needed.
type seal struct {
	sync.Mutex
	*paper.Sealer
}

// Seal is with what contracts are sealed. Its key lies in the data folder, and is
// made when it is first needed.
func (a *App) Seal(ctx context.Context) (paper.Sealer, error) {
	a.seal.Lock()
	defer a.seal.Unlock()
	if a.seal.Sealer != nil {
		return *a.seal.Sealer, nil
	}
	s, err := paper.OpenSealer(filepath.Join(a.Data, "keys", "seal.pem"), cmp.Or(a.BaseURL, "Freehold"))
	if err != nil {
		return s, err
	}
	if err := contract.KeepSeal(ctx, a.DB, s.Certificate); err != nil {
		return s, err
	}
	a.seal.Sealer = &s
	return s, nil
}
