package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"freehold/internal/credential"
	"freehold/internal/translog"
)

// verifyLog reads a whole transparency log, from a market or from a folder to which
// somebody has copied it.
type verifyLog struct {
	From string `arg:"" help:"Where the log is: https://market.example.org/log, or a folder with the same files."`
	Key  string `help:"The key of the log, as its page /log/key gave it when you first looked. Without it the log's own is taken, which shows only that it agrees with itself."`
}

// Run prints what is in the log, or why it should not be relied on.
func (c *verifyLog) Run(ctx context.Context) error {
	fetch := fetchFrom(ctx, c.From)
	key := c.Key
	if key == "" {
		own, err := fetch("key")
		if err != nil {
			return err
		}
		key = string(own)
	}
	found, err := translog.Verify(fetch, key)
	if err != nil {
		return err
	}
	fmt.Printf("The log is the one that was signed, whole and unchanged.\n\nLog      %s\nEntries  %d\nRoot     %s\n", found.Origin, found.Size, found.Root)
	for _, kind := range slices.Sorted(maps.Keys(found.ByKind)) {
		fmt.Printf("         %d × %s\n", found.ByKind[kind], kind)
	}
	if c.Key == "" {
		fmt.Printf("\nThis is by the log's own key: %s\nKeep it, and give it with --key the next time.\n", strings.TrimSpace(key))
	}
	if len(found.Refused) > 0 {
		return errors.New(strings.Join(found.Refused, "; "))
	}
	return nil
}

// fetchFrom reads the files of a log from an address or a folder.
func fetchFrom(ctx context.Context, from string) translog.Fetch {
	if !strings.HasPrefix(from, "http://") && !strings.HasPrefix(from, "https://") {
		return func(path string) ([]byte, error) { return os.ReadFile(filepath.Join(from, filepath.FromSlash(path))) }
	}
	client := &http.Client{Timeout: 30 * time.Second}
	return func(path string) ([]byte, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(from, "/")+"/"+path, nil)
		if err != nil {
			return nil, err
		}
		got, err := client.Do(r)
		if err != nil {
			return nil, err
		}
		defer got.Body.Close() //nolint:errcheck // only read
		if got.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("%s is answered %s", path, got.Status)
		}
		return io.ReadAll(io.LimitReader(got.Body, 32<<20)) // a tile of 256 entries of 64 KB, at most
	}
}

// proof checks the proof of a decision.
func (c *verifyFile) proof(file []byte) error {
	if c.Key == "" {
		return errors.New("a proof takes the key of the log that it is about: --key, as the market's page /log/key gives it")
	}
	p, err := translog.VerifyProof(file, c.Key)
	if err != nil {
		return err
	}
	fmt.Printf("It was in the log %s, as entry %d of the %d that were signed:\n\n", p.Origin, p.Index, p.Size)
	for _, name := range slices.Sorted(maps.Keys(p.Entry)) {
		fmt.Printf("%-15s %s\n", name, p.Entry[name])
	}
	if p.Private != "" {
		fmt.Printf("\nAnd it binds these words:\n\n%s", p.Private)
	}
	return nil
}

// credential checks a statement about work that was done and paid.
func (c *verifyFile) credential(token string) error {
	trusted := func(string, string) bool { return true }
	if c.DID != "" {
		document, err := os.ReadFile(c.DID)
		if err != nil {
			return err
		}
		did, keys, err := credential.KeysOf(document)
		if err != nil {
			return err
		}
		trusted = func(of, key string) bool { return of == did && slices.Contains(keys, key) }
	}
	shown, err := credential.Verify(token, trusted)
	if err != nil {
		return err
	}
	fmt.Printf("The credential is whole and unchanged.\n\n%-10s %s\n%-10s %s\n%-10s %s\n%-10s %s\n%-10s %s\n", "About", shown.Subject.ID, "Work", shown.Subject.Achievement.Name,
		"Says", shown.Subject.Achievement.Description, "Issuer", shown.Issuer.ID, "Key", shown.Key)
	for _, e := range shown.Evidence {
		fmt.Printf("\n%s\n%s\n", e.Name, e.Description)
	}
	if c.DID == "" {
		fmt.Printf("\nWhether this key is that market's is for you to say: its /.well-known/did.json has it.\n")
	}
	return nil
}
