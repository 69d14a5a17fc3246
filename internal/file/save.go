package file

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/blob"
	"freehold/internal/kit/db"
	"freehold/internal/kit/limits"
)

// uploads is how many files one person can upload in an hour.
const uploads = 200

// Save keeps what r has as a loose file of by, up to MaxSize. It refuses empty
// files, programs, and more than anybody uploads by hand.
func Save(ctx context.Context, d *db.DB, store *blob.Store, by account.Actor, name string, r io.Reader) (File, error) {
	if err := limits.Allow(ctx, d, fmt.Sprintf("upload/%d", by.ID), uploads, time.Hour); err != nil {
		return File{}, err
	}
	name = cleanName(name)
	in := bufio.NewReaderSize(r, sniffed)
	head, err := in.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return File{}, err
	}
	if isProgram(name, head) {
		return File{}, ErrProgram.With(name)
	}
	kept, err := store.Put(ctx, in, MaxSize)
	switch {
	case errors.Is(err, blob.ErrEmpty):
		return File{}, ErrEmpty.With(name)
	case errors.Is(err, blob.ErrTooLarge):
		return File{}, ErrTooLarge.With(name)
	case err != nil:
		return File{}, err
	}
	f := File{Owner: by.ID, Name: name, Type: kept.Type, Size: kept.Size, Key: kept.Key}
	err = d.Update(ctx, func(tx *db.Tx) error {
		f, err = insert(ctx, tx, f)
		return err
	})
	return f, err
}
