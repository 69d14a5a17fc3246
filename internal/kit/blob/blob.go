// Package blob keeps the bytes of files: in a folder, or wherever a URL that
// gocloud.dev/blob understands leads.
//
// Bytes are kept under their SHA-256, so the same file is kept once, and what is
// kept never changes. Writing ends with one step that either happens or not.
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	"gocloud.dev/blob"
	_ "gocloud.dev/blob/fileblob" // folders
	"gocloud.dev/gcerrors"
)

// Store keeps bytes.
type Store struct{ bucket *blob.Bucket }

// Stored is what is known of bytes that are kept.
type Stored struct {
	Key    string // where: give it to Reader
	Size   int64
	SHA256 string // hexadecimal
	Type   string // MIME, as the bytes themselves show
}

// What Put and Reader refuse.
var (
	ErrEmpty    = errors.New("the file is empty")
	ErrTooLarge = errors.New("the file is too large")
	ErrNone     = fs.ErrNotExist
)

// Open opens the store at a URL, or in a folder, which is made if need be.
func Open(ctx context.Context, where string) (*Store, error) {
	if !strings.Contains(where, "://") {
		dir, err := filepath.Abs(where)
		if err != nil {
			return nil, err
		}
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("the folder for files: %w", err)
		}
		where = (&url.URL{Scheme: "file", Path: filepath.ToSlash(dir), RawQuery: "no_tmp_dir=1&metadata=skip&dir_file_mode=0700"}).String()
	}
	bucket, err := blob.OpenBucket(ctx, where)
	if err != nil {
		return nil, fmt.Errorf("the store for files: %w", err)
	}
	return &Store{bucket}, nil
}

// Close ends what Open began.
func (s *Store) Close() error { return s.bucket.Close() }

// Put keeps what r has, up to most bytes. The bytes wait in a temporary file
// until they are whole and their name is known.
func (s *Store) Put(ctx context.Context, r io.Reader, most int64) (Stored, error) {
	waiting, err := os.CreateTemp("", "freehold-upload-")
	if err != nil {
		return Stored{}, err
	}
	defer os.Remove(waiting.Name()) //nolint:errcheck // the system clears what we cannot
	defer waiting.Close()           //nolint:errcheck // thrown away

	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(waiting, sum), io.LimitReader(r, most+1))
	switch {
	case err != nil:
		return Stored{}, err
	case size > most:
		return Stored{}, ErrTooLarge
	case size == 0:
		return Stored{}, ErrEmpty
	}
	name := hex.EncodeToString(sum.Sum(nil))
	kept := Stored{Key: name[:2] + "/" + name, Size: size, SHA256: name}
	if kept.Type, err = sniff(waiting); err != nil {
		return Stored{}, err
	}
	return kept, s.keep(ctx, kept, waiting)
}

func sniff(r io.ReadSeeker) (string, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	seen, err := mimetype.DetectReader(r)
	if err != nil {
		return "", err
	}
	_, err = r.Seek(0, io.SeekStart)
	return seen.String(), err
}

func (s *Store) keep(ctx context.Context, kept Stored, r io.Reader) error {
	if there, err := s.bucket.Exists(ctx, kept.Key); err != nil || there {
		return err
	}
	return s.bucket.Upload(ctx, kept.Key, r, &blob.WriterOptions{ContentType: kept.Type})
}

// Reader reads what is kept under key, or returns ErrNone.
func (s *Store) Reader(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	r, err := s.bucket.NewReader(ctx, key, nil)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil, ErrNone
	}
	return r, err
}

// Has reports whether anything is kept under key.
func (s *Store) Has(ctx context.Context, key string) (bool, error) { return s.bucket.Exists(ctx, key) }

// Delete forgets what is kept under key. Forgetting it twice does no harm.
func (s *Store) Delete(ctx context.Context, key string) error {
	err := s.bucket.Delete(ctx, key)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil
	}
	return err
}
