package file_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/kit/blob"
	"freehold/internal/kit/db"
	"freehold/internal/kit/limits"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
)

const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"

// desk is a market with Ada and Eve in it, and a folder for their files.
type desk struct {
	*markettest.Market
	store    *blob.Store
	ada, eve account.Actor
}

func newDesk(t *testing.T) desk {
	t.Helper()
	m := markettest.New(t)
	store, err := blob.Open(t.Context(), t.TempDir())
	m.OK(err)
	t.Cleanup(func() { m.OK(store.Close()) })
	return desk{m, store, m.Person("Ada", money.Amount{}), m.Person("Eve", money.Amount{})}
}

func (d desk) save(by account.Actor, name, content string) file.File {
	d.Helper()
	f, err := file.Save(context.Background(), d.DB, d.store, by, name, strings.NewReader(content))
	d.OK(err)
	return f
}

func (d desk) attach(by account.Actor, subject string, ids ...file.ID) error {
	return d.DB.Update(context.Background(), func(tx *db.Tx) error {
		return file.Attach(context.Background(), tx, by, subject, ids)
	})
}

func (d desk) of(subject string) (files []file.File) {
	d.Helper()
	d.View(func(ctx context.Context, tx *db.Tx) (err error) {
		files, err = file.Of(ctx, tx, subject)
		return err
	})
	return files
}

func (d desk) bytes(f file.File) (string, error) {
	r, err := d.store.Reader(context.Background(), f.Key)
	if err != nil {
		return "", err
	}
	defer r.Close() //nolint:errcheck // only read
	b, err := io.ReadAll(r)
	return string(b), err
}

func TestAFileIsKeptAsItIs(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	f := d.save(d.ada, "shots/logo.png", png)

	if f.Name != "logo.png" || f.Type != "image/png" || f.Size != int64(len(png)) || f.Owner != d.ada.ID || f.Subject != "" {
		t.Errorf("kept as %+v", f)
	}
	if got, err := d.bytes(f); err != nil || got != png {
		t.Errorf("got %q, %v back", got, err)
	}
}

func TestAFileIsWhatItsBytesAreAndNotWhatItIsCalled(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, test := range []struct{ name, content, kind string }{
		{"photo.png", "<html><script>alert(1)</script></html>", "text/html"},
		{"photo.png", `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`, "image/svg+xml"},
		{"notes.txt", png, "image/png"},
	} {
		f := d.save(d.ada, test.name, test.content)
		if !strings.HasPrefix(f.Type, test.kind) {
			t.Errorf("%s is taken for %s, want %s", test.name, f.Type, test.kind)
		}
		if want := test.kind == "image/png"; f.InlineImage() != want {
			t.Errorf("%s as %s may be shown in a page: %v", test.name, f.Type, !want)
		}
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, test := range []struct {
		name string
		r    io.Reader
		want error
	}{
		{"empty.txt", strings.NewReader(""), file.ErrEmpty},
		{"huge.bin", io.LimitReader(zeros{}, file.MaxSize+1), file.ErrTooLarge},
		{"photo.jpg", strings.NewReader("MZ\x90\x00\x03\x00\x00\x00\x04\x00"), file.ErrProgram},
		{"setup.exe", strings.NewReader("not even one"), file.ErrProgram},
	} {
		if _, err := file.Save(t.Context(), d.DB, d.store, d.ada, test.name, test.r); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, err, test.want)
		}
	}
	if f, err := file.Save(t.Context(), d.DB, d.store, d.ada, "just.bin", io.LimitReader(zeros{}, file.MaxSize)); err != nil || f.Size != file.MaxSize {
		t.Errorf("a file that just fits: %+v, %v", f, err)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestAnUploadThatBreaksOffLeavesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	gone := errors.New("connection lost")
	for _, already := range []int{0, 10, 100_000} {
		r := io.MultiReader(bytes.NewReader(make([]byte, already)), iotest.ErrReader(gone))
		if _, err := file.Save(t.Context(), d.DB, d.store, d.ada, "plan.pdf", r); !errors.Is(err, gone) {
			t.Errorf("after %d bytes: got %v", already, err)
		}
	}
	d.View(func(ctx context.Context, tx *db.Tx) error {
		n, err := db.Value[int](ctx, tx, `SELECT count(*) FROM file.files`)
		if n != 0 {
			t.Errorf("%d files are there", n)
		}
		return err
	})
}

func TestNobodyUploadsWithoutEnd(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for range 200 {
		d.save(d.ada, "a.txt", "a")
	}
	if _, err := file.Save(t.Context(), d.DB, d.store, d.ada, "a.txt", strings.NewReader("a")); !errors.Is(err, limits.ErrTooMany) {
		t.Errorf("got %v", err)
	}
	d.save(d.eve, "a.txt", "a")
}

func TestAFileIsAttachedOnceAndByItsOwner(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	a, b := d.save(d.ada, "a.txt", "a"), d.save(d.ada, "b.txt", "b")

	if err := d.attach(d.eve, "message/1", a.ID); !errors.Is(err, file.ErrNotLoose) {
		t.Errorf("Eve attached Ada's file: %v", err)
	}
	if err := d.attach(d.ada, "message/1", a.ID, 999); !errors.Is(err, file.ErrNotLoose) {
		t.Errorf("a file that is not there was attached: %v", err)
	}
	d.OK(d.attach(d.ada, "message/1", b.ID, a.ID))
	if err := d.attach(d.ada, "message/2", a.ID); !errors.Is(err, file.ErrNotLoose) {
		t.Errorf("attached twice: %v", err)
	}
	d.OK(d.attach(d.ada, "message/2"))

	if files := d.of("message/1"); len(files) != 2 || files[0].Name != "a.txt" || files[1].Name != "b.txt" {
		t.Errorf("message/1 has %v", files)
	}
	if files := d.of("message/2"); len(files) != 0 {
		t.Errorf("message/2 has %v", files)
	}
}

func TestAttachingTwiceAtOnceAttachesOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	f := d.save(d.ada, "a.txt", "a")

	var wg sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wg.Go(func() { errs[i] = d.attach(d.ada, fmt.Sprintf("message/%d", i), f.ID) })
	}
	wg.Wait()
	won := 0
	for i, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, file.ErrNotLoose):
			t.Errorf("%d: %v", i, err)
		}
	}
	if won != 1 {
		t.Errorf("%d of 4 won: %v", won, errs)
	}
}

func TestAThingCarriesTenFiles(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var ids []file.ID
	for range file.MaxAttached + 1 {
		ids = append(ids, d.save(d.ada, "a.txt", "a").ID)
	}
	if err := d.attach(d.ada, "message/1", ids...); !errors.Is(err, file.ErrTooMany) {
		t.Errorf("eleven at once: %v", err)
	}
	d.OK(d.attach(d.ada, "message/1", ids[:10]...))
	if err := d.attach(d.ada, "message/1", ids[10]); !errors.Is(err, file.ErrTooMany) {
		t.Errorf("an eleventh: %v", err)
	}
}

func TestLooseFilesAreSweptAfterADay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	loose, kept, twin := d.save(d.ada, "a.txt", "same"), d.save(d.ada, "b.txt", "kept"), d.save(d.eve, "c.txt", "same")
	d.OK(d.attach(d.ada, "message/1", kept.ID))
	d.OK(d.attach(d.eve, "message/2", twin.ID))

	d.Clock.Advance(file.Looseness)
	d.OK(file.Sweep(t.Context(), d.DB, d.store))
	if _, err := d.bytes(loose); err != nil {
		t.Errorf("swept too early: %v", err)
	}
	fresh := d.save(d.ada, "d.txt", "same")
	d.Clock.Advance(time.Second)
	d.OK(file.Sweep(t.Context(), d.DB, d.store))

	if _, err := d.bytes(loose); !errors.Is(err, blob.ErrNone) {
		t.Errorf("the bytes are still there: %v", err)
	}
	for _, f := range []file.File{kept, twin, fresh} {
		if _, err := d.bytes(f); err != nil {
			t.Errorf("%s was swept along: %v", f.Name, err)
		}
	}
	if err := d.attach(d.ada, "message/3", loose.ID); !errors.Is(err, file.ErrNotLoose) {
		t.Errorf("a swept file was attached: %v", err)
	}
	d.View(func(ctx context.Context, tx *db.Tx) error {
		if _, err := file.Find(ctx, tx, loose.ID); !errors.Is(err, file.ErrNotFound) {
			t.Errorf("a swept file was found: %v", err)
		}
		return nil
	})
}

func TestADetachedFileIsLooseAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	f := d.save(d.ada, "a.txt", "a")
	d.OK(d.attach(d.ada, "piece/1", f.ID))
	detach := func(by account.Actor) {
		d.OK(d.DB.Update(t.Context(), func(tx *db.Tx) error {
			return file.Detach(t.Context(), tx, by, "piece/1", []file.ID{f.ID})
		}))
	}

	d.Clock.Advance(30 * 24 * time.Hour)
	detach(d.eve)
	if len(d.of("piece/1")) != 1 {
		t.Fatal("Eve took off Ada's file")
	}
	detach(d.ada)
	d.OK(file.Sweep(t.Context(), d.DB, d.store))
	d.OK(d.attach(d.ada, "piece/2", f.ID))
}
