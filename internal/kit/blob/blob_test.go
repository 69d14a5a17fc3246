package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"freehold/internal/kit/blob"
)

const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"

// open returns a store and the folder in which it keeps its bytes.
func open(t *testing.T) (*blob.Store, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "files")
	s, err := blob.Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, folder
}

func put(t *testing.T, s *blob.Store, content string) blob.Stored {
	t.Helper()
	kept, err := s.Put(t.Context(), strings.NewReader(content), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func read(t *testing.T, s *blob.Store, key string) string {
	t.Helper()
	r, err := s.Reader(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close() //nolint:errcheck // only read
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func filesIn(t *testing.T, folder string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestBytesComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	for _, test := range []struct{ content, kind string }{
		{png, "image/png"},
		{"%PDF-1.7\n", "application/pdf"},
		{"<html><script>alert(1)</script></html>", "text/html; charset=utf-8"},
		{"x", "text/plain; charset=utf-8"},
		{"\x00", "application/octet-stream"},
		{strings.Repeat("a long story ", 50_000), "text/plain; charset=utf-8"},
	} {
		kept := put(t, s, test.content)
		sum := sha256.Sum256([]byte(test.content))
		if kept.SHA256 != hex.EncodeToString(sum[:]) || kept.Size != int64(len(test.content)) || kept.Type != test.kind {
			t.Errorf("%.20q is kept as %+v, want %s", test.content, kept, test.kind)
		}
		if got := read(t, s, kept.Key); got != test.content {
			t.Errorf("%.20q comes back as %.20q, %d bytes", test.content, got, len(got))
		}
		if there, err := s.Has(t.Context(), kept.Key); !there || err != nil {
			t.Errorf("%.20q is not there: %v", test.content, err)
		}
	}
}

func TestAReaderCanGoBackAndForth(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	r, err := s.Reader(t.Context(), put(t, s, "0123456789").Key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close() //nolint:errcheck // only read
	if err := iotest.TestReader(r, []byte("0123456789")); err != nil {
		t.Error(err)
	}
}

func TestWhatIsRefusedLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	s, folder := open(t)
	broken, gone := errors.New("the line is cut"), errors.New("the visitor is gone")
	left, leave := context.WithCancelCause(t.Context())
	leave(gone)
	for _, test := range []struct {
		name string
		ctx  context.Context
		r    io.Reader
		most int64
		want error
	}{
		{"nothing", t.Context(), strings.NewReader(""), 10, blob.ErrEmpty},
		{"a byte too many", t.Context(), strings.NewReader("12345678901"), 10, blob.ErrTooLarge},
		{"without end", t.Context(), forever{}, 1 << 20, blob.ErrTooLarge},
		{"a broken upload", t.Context(), io.MultiReader(strings.NewReader("123"), iotest.ErrReader(broken)), 10, broken},
		{"nobody waits any more", left, strings.NewReader("123"), 10, context.Canceled},
	} {
		if kept, err := s.Put(test.ctx, test.r, test.most); !errors.Is(err, test.want) || kept != (blob.Stored{}) {
			t.Errorf("%s: got %+v, %v, want %v", test.name, kept, err, test.want)
		}
	}
	if names := filesIn(t, folder); len(names) > 0 {
		t.Errorf("left behind: %v", names)
	}
	if _, err := s.Put(t.Context(), strings.NewReader("1234567890"), 10); err != nil {
		t.Errorf("as much as is allowed: %v", err)
	}
}

type forever struct{}

func (forever) Read(p []byte) (int, error) { return len(p), nil }

func TestTheSameBytesTwiceAtOnceAreKeptForEach(t *testing.T) {
	t.Parallel()
	s, folder := open(t)
	kept := make([]blob.Stored, 8)
	var all sync.WaitGroup
	for i := range kept {
		all.Go(func() {
			var err error
			if kept[i], err = s.Put(t.Context(), strings.NewReader(png), 100); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, one := range kept[1:] {
		if err := s.Delete(t.Context(), one.Key); err != nil {
			t.Error(err)
		}
	}
	if got := read(t, s, kept[0].Key); got != png {
		t.Errorf("got %q", got)
	}
	if names := filesIn(t, folder); len(names) != 1 {
		t.Errorf("%d files are left: %v", len(names), names)
	}
}

func TestWhatIsDeletedIsGone(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	kept := put(t, s, png)
	for range 2 {
		if err := s.Delete(t.Context(), kept.Key); err != nil {
			t.Error(err)
		}
	}
	mustBeMissing(t, s, kept.Key)
}

func TestNoKeyLeadsOutOfTheStore(t *testing.T) {
	t.Parallel()
	s, folder := open(t)
	secret := filepath.Join(filepath.Dir(folder), "secret")
	for _, path := range []string{secret, filepath.Join(folder, "secret")} {
		if err := os.WriteFile(path, []byte("secret"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, key := range []string{"", ".", "/", "secret", "../secret", "ab/../../secret", secret, "\x00", "ab/\xff", strings.Repeat("a", 5000)} {
		mustBeMissing(t, s, key)
		if err := s.Delete(t.Context(), key); err != nil {
			t.Errorf("deleting %.20q: %v", key, err)
		}
	}
	if b, err := os.ReadFile(secret); !bytes.Equal(b, []byte("secret")) {
		t.Errorf("the file beside the store is now %q, %v", b, err)
	}
}

func mustBeMissing(t *testing.T, s *blob.Store, key string) {
	t.Helper()
	if r, err := s.Reader(t.Context(), key); !errors.Is(err, blob.ErrNone) || !errors.Is(err, fs.ErrNotExist) || r != nil {
		t.Errorf("reading %.20q: %v, %v", key, r, err)
	}
	if there, err := s.Has(t.Context(), key); there || err != nil {
		t.Errorf("%.20q is there: %v, %v", key, there, err)
	}
}

func TestAFolderIsMadeForItsOwnerAlone(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	for where, folder := range map[string]string{
		filepath.Join(parent, "a b", "c"):   filepath.Join(parent, "a b", "c"),
		"file://" + parent + "/by%20url/of": filepath.Join(parent, "by url", "of"),
	} {
		s, err := blob.Open(t.Context(), where)
		if err != nil {
			t.Fatalf("%s: %v", where, err)
		}
		put(t, s, png)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		again, err := blob.Open(t.Context(), where)
		if err != nil {
			t.Fatalf("%s again: %v", where, err)
		}
		defer again.Close() //nolint:errcheck // nothing was written
		names := filesIn(t, folder)
		if len(names) != 1 {
			t.Fatalf("%s holds %v", folder, names)
		}
		for _, dir := range []string{folder, filepath.Dir(names[0])} {
			if d, err := os.Stat(dir); err != nil || d.Mode().Perm() != 0o700 {
				t.Errorf("%s: %v, %v", dir, d.Mode(), err)
			}
		}
	}
}

func TestAStoreThatCannotBeOpenedSaysSo(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, where := range []string{"", "file://", "file://data/files", "moon://crater", "://", file, file + "/under"} {
		if s, err := blob.Open(t.Context(), where); err == nil {
			s.Close() //nolint:errcheck // it should not be there
			t.Errorf("%q was opened", where)
		}
	}
}
