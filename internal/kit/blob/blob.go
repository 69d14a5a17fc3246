// Package blob keeps the bytes of files: in a folder, or wherever a URL that
// gocloud.dev/blob understands leads.
//
// What is kept never changes. The same bytes that come twice are kept twice, so
// that deleting them for one takes them from nobody else. Writing ends with one
// step that either happens or not.
package blob

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"regexp"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/gcerrors"
)

// Store keeps bytes.
type Store struct {
	bucket *blob.Bucket
	folder string // on this machine; empty when the bytes go elsewhere
}

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

// Open opens the store in a folder, given by its path or as file:///path, which
// is made, for this user alone, if need be. Any other URL needs its driver
// linked in.
func Open(ctx context.Context, where string) (*Store, error) {
	if !strings.Contains(where, "://") {
		return openFolder(where)
	}
	u, err := url.Parse(where)
	if err != nil {
		return nil, fmt.Errorf("the store for files: %w", err)
	}
	if u.Scheme == fileblob.Scheme {
		if u.Host != "" { // file://data is a slash short, and /data would not be meant
			return nil, fmt.Errorf("the store for files: %s names no folder of this machine", where)
		}
		return openFolder(u.Path)
	}
	bucket, err := blob.OpenBucket(ctx, where)
	if err != nil {
		return nil, fmt.Errorf("the store for files: %w", err)
	}
	return &Store{bucket: bucket}, nil
}

func openFolder(path string) (*Store, error) {
	if path == "" {
		return nil, errors.New("the folder for files: none is named")
	}
	bucket, err := fileblob.OpenBucket(path, &fileblob.Options{
		CreateDir:   true,
		DirFileMode: 0o700,
		NoTempDir:   true, // a file cannot be renamed from one disk to another
		Metadata:    fileblob.MetadataDontWrite,
	})
	if err != nil {
		return nil, fmt.Errorf("the folder for files: %w", err)
	}
	return &Store{bucket, path}, nil
}

// Close ends what Open began.
func (s *Store) Close() error { return s.bucket.Close() }

// Put keeps what r has, up to most bytes, under a key of its own. The bytes wait
// in a temporary file until they are whole and their name is known. When Put
// fails, nothing is kept; when it doesn't, the bytes have reached the disk.
func (s *Store) Put(ctx context.Context, r io.Reader, most int64) (Stored, error) {
	waiting, err := s.temporary()
	if err != nil {
		return Stored{}, err
	}
	defer waiting.Close() //nolint:errcheck // thrown away

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
	kept := Stored{Key: name[:2] + "/" + name + "-" + rand.Text(), Size: size, SHA256: name}
	if kept.Type, err = sniff(waiting); err != nil {
		return Stored{}, err
	}
	if err := s.write(ctx, kept, waiting); err != nil {
		return Stored{}, err
	}
	return kept, nil
}

// temporary returns a file that has no name any more, so that nothing is left of
// it, however this program ends.
func (s *Store) temporary() (*os.File, error) {
	f, err := os.CreateTemp(s.folder, ".incoming-")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func (s *Store) write(ctx context.Context, kept Stored, r io.Reader) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var file *os.File // when it is a file, on this machine
	w, err := s.bucket.NewWriter(ctx, kept.Key, &blob.WriterOptions{
		ContentType: kept.Type,
		BeforeWrite: func(as func(any) bool) error { as(&file); return nil },
	})
	if err != nil {
		return err
	}
	if _, err = io.Copy(w, r); err == nil && file != nil {
		err = file.Sync()
	}
	if err != nil {
		cancel() // Close now drops what was written
	}
	return errors.Join(err, w.Close())
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

// keys are what Put has named. Nothing else is asked for in the bucket, which
// could know the folder's other files by their paths.
var keys = regexp.MustCompile(`^[0-9a-f]{2}/[0-9a-f]{64}-[0-9A-Z]{26}$`)

// Reader reads what is kept under key, or returns ErrNone.
func (s *Store) Reader(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	if !keys.MatchString(key) {
		return nil, ErrNone
	}
	r, err := s.bucket.NewReader(ctx, key, nil)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil, ErrNone
	}
	if err != nil {
		return nil, err
	}
	return r, nil
}

// Has reports whether anything is kept under key.
func (s *Store) Has(ctx context.Context, key string) (bool, error) {
	if !keys.MatchString(key) {
		return false, nil
	}
	return s.bucket.Exists(ctx, key)
}

// Delete forgets what is kept under key. Forgetting it twice does no harm.
func (s *Store) Delete(ctx context.Context, key string) error {
	if !keys.MatchString(key) {
		return nil
	}
	err := s.bucket.Delete(ctx, key)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil
	}
	return err
}
