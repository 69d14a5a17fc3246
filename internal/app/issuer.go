package app

import (
	"cmp"
	"context"
	"path/filepath"
	"sync"

	"freehold/internal/credential"
)

// issuer is what credentials are signed with, once it was needed.
type issuer struct {
	sync.Mutex
	*credential.Issuer
}

// Issuer signs credentials. Its key lies in the data folder, and is made when it is
// first needed.
func (a *App) Issuer(context.Context) (*credential.Issuer, error) {
	a.issuer.Lock()
	defer a.issuer.Unlock()
	if a.issuer.Issuer != nil {
		return a.issuer.Issuer, nil
	}
	i, err := credential.OpenIssuer(filepath.Join(a.Data, "keys", "credential.pem"), cmp.Or(a.BaseURL, "http://localhost"), "Freehold")
	if err != nil {
		return nil, err
	}
	a.issuer.Issuer = i
	return i, nil
}
