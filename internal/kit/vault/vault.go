// Package vault keeps short secrets that have to be read again, such as the number
// of a bank account: sealed with a key that lies outside of the database, so that
// whoever copies the database alone has nothing.
package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

const keySize = 32

// Vault seals and opens.
type Vault struct{ aead cipher.AEAD }

// Open opens the vault whose key is in a file, and makes the key the first time. Two
// programs that do so at once have the same.
func Open(file string) (*Vault, error) {
	key, err := os.ReadFile(file) //nolint:gosec // our own
	if errors.Is(err, fs.ErrNotExist) {
		key, err = makeKey(file)
	}
	if err != nil {
		return nil, fmt.Errorf("the key of the vault: %w", err)
	}
	if len(key) != keySize {
		return nil, fmt.Errorf("the key of the vault: %s is no key", file)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return &Vault{aead}, err
}

// makeKey writes the key beside its place and links it there, which only one of
// several programs can do.
func makeKey(file string) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	key := make([]byte, keySize)
	rand.Read(key) //nolint:errcheck // it never fails
	f, err := os.CreateTemp(filepath.Dir(file), ".vault-")
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // it is linked, or of no use
	_, err = f.Write(key)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(f.Name(), file); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return os.ReadFile(file) //nolint:gosec // our own
}

// Seal hides plain. About says what it belongs to, and is asked for again: what was
// sealed for one thing cannot be put under another.
func (v *Vault) Seal(plain, about string) []byte {
	return v.aead.Seal(nil, nil, []byte(plain), []byte(about))
}

// ErrSealed says that something was sealed with another key, for something else, or
// changed since.
var ErrSealed = errors.New("the vault cannot open this")

// Open returns what was sealed.
func (v *Vault) Open(sealed []byte, about string) (string, error) {
	plain, err := v.aead.Open(nil, nil, sealed, []byte(about))
	if err != nil {
		return "", ErrSealed
	}
	return string(plain), nil
}
