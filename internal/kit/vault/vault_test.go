package vault_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"freehold/internal/kit/vault"
)

func open(t *testing.T, file string) *vault.Vault {
	t.Helper()
	v, err := vault.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestWhatIsSealedIsOpenedByTheSameKeyForTheSameThingAlone(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "keys", "vault.key")
	v := open(t, file)
	sealed := v.Seal("PT50 0002", "method of 7")
	if bytes.Contains(sealed, []byte("0002")) || bytes.Equal(sealed, v.Seal("PT50 0002", "method of 7")) {
		t.Error("it can be read, or compared")
	}
	if plain, err := open(t, file).Open(sealed, "method of 7"); err != nil || plain != "PT50 0002" {
		t.Errorf("it says %q, %v", plain, err)
	}
	if _, err := v.Open(sealed, "method of 8"); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("for somebody else: %v", err)
	}
	sealed[len(sealed)-1] ^= 1
	if _, err := v.Open(sealed, "method of 7"); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("changed: %v", err)
	}
	if _, err := v.Open(nil, "method of 7"); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("nothing: %v", err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key can be read by others: %v, %v", info, err)
	}
}

func TestProgramsThatStartAtOnceHaveOneKey(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "keys", "vault.key")
	vaults := make([]*vault.Vault, 8)
	var all sync.WaitGroup
	for i := range vaults {
		all.Go(func() { vaults[i], _ = vault.Open(file) })
	}
	all.Wait()
	sealed := vaults[0].Seal("x", "y")
	for i, v := range vaults {
		if _, err := v.Open(sealed, "y"); err != nil {
			t.Errorf("number %d: %v", i, err)
		}
	}
	if err := os.WriteFile(file, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Open(file); err == nil {
		t.Error("a key that is none")
	}
}
