package credential

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/go-jose/go-jose/v4"
)

// Issuer signs credentials in the name of a market.
type Issuer struct {
	DID  string // did:web of the market
	URL  string // of the market
	Name string
	key  *rsa.PrivateKey
	id   string // of the key: its thumbprint (RFC 7638)
}

// OpenIssuer reads the key of a market's credentials from a file, or makes one.
func OpenIssuer(path, site, name string) (*Issuer, error) {
	u, err := url.Parse(site)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("credentials need the address of the market, and %q is none", site)
	}
	stored, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if stored, err = makeKey(path); err != nil {
			return nil, err
		}
	}
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(stored)
	if block == nil {
		return nil, errors.New("the key of the credentials is not one")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	key, ok := parsed.(*rsa.PrivateKey)
	if err != nil || !ok {
		return nil, errors.Join(errors.New("the key of the credentials is not one"), err)
	}
	i := &Issuer{DID: "did:web:" + url.QueryEscape(u.Host), URL: site, Name: name, key: key}
	thumb, err := i.public().Thumbprint(crypto.SHA256)
	i.id = base64.RawURLEncoding.EncodeToString(thumb)
	return i, err
}

func makeKey(path string) ([]byte, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	out := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	return out, os.WriteFile(path, out, 0o600)
}

func (i *Issuer) public() *jose.JSONWebKey {
	return &jose.JSONWebKey{Key: i.key.Public()}
}

// Document is the market's DID document (did:web), by which everybody learns its key.
func (i *Issuer) Document() map[string]any {
	key := map[string]any{"id": i.DID + "#" + i.id, "type": "JsonWebKey", "controller": i.DID, "publicKeyJwk": i.public()}
	return map[string]any{
		"@context": []string{"https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"},
		"id":       i.DID, "verificationMethod": []any{key}, "assertionMethod": []string{i.DID + "#" + i.id},
	}
}

// sign secures a credential as a compact JWS with its key inside.
func (i *Issuer) sign(payload []byte) (string, error) {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: i.key}, &jose.SignerOptions{EmbedJWK: true})
	if err != nil {
		return "", err
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		return "", err
	}
	return signed.CompactSerialize()
}
