package app

import (
	"cmp"
	"context"
	"path/filepath"

	"freehold/internal/credential"
)

// Issuer signs credentials. Its key lies in the data folder, and is made when it is
// first needed.
func (a *App) Issuer(context.Context) (*credential.Issuer, error) {
	return a.issuer.get(func() (*credential.Issuer, error) {
		return credential.OpenIssuer(filepath.Join(a.Data, "keys", "credential.pem"), cmp.Or(a.BaseURL, "http://localhost"), "Freehold")
	})
}
