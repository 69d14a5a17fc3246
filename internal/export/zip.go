package export

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strconv"
	"strings"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/file"
	"freehold/internal/kit/blob"
	"freehold/internal/kit/db"
	"freehold/internal/kit/paper"
	"freehold/internal/kit/say"
)

// Market is where a record comes from.
type Market struct {
	DB    *db.DB
	Files *blob.Store
	Seal  func(context.Context) (paper.Sealer, error)
}

// Name is that of the record's file.
func (r Record) Name() string {
	return fmt.Sprintf("freehold-%d-%s.zip", r.Of.ID, r.At.Format("2006-01-02"))
}

// manifest says what is in a record, so that a program can tell whether it has
// all of it.
type manifest struct {
	Format  string     `json:"format"`
	Person  account.ID `json:"person"`
	At      time.Time  `json:"at"`
	Files   []packed   `json:"files"`
	Missing []file.ID  `json:"missing"` // files that we no longer have
}

type packed struct {
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// parcel is a zip file in the making.
type parcel struct {
	*zip.Writer
	manifest
}

// Pack packs a record into a file that is gone when it is closed: whoever
// downloads it has all of it or is told that it failed.
func (r Record) Pack(ctx context.Context, from Market, reader say.Reader) (*os.File, error) {
	f, err := os.CreateTemp("", "export-")
	if err != nil {
		return nil, err
	}
	err = errors.Join(os.Remove(f.Name()), r.Zip(ctx, f, from, reader))
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// Zip packs a record: index.html to read, data/ for programs, files/ and
// contracts/, and at the end manifest.json. Its texts are for reader.
func (r Record) Zip(ctx context.Context, w io.Writer, from Market, reader say.Reader) error {
	p := &parcel{zip.NewWriter(w), manifest{Format: "freehold-export/1", Person: r.Of.ID, At: r.At, Files: []packed{}, Missing: []file.ID{}}}
	for _, t := range r.Tables {
		if err := errors.Join(p.json("data/"+t.Name+".json", r.At, t.objects(reader)), p.csv("data/"+t.Name+".csv", r.At, t, reader)); err != nil {
			return err
		}
	}
	if err := p.json("data/standing.json", r.At, r.Standing); err != nil {
		return err
	}
	if err := r.papers(ctx, p, from); err != nil {
		return err
	}
	if err := r.files(ctx, p, from.Files); err != nil {
		return err
	}
	if err := p.add("index.html", r.At, func(w io.Writer) error { return r.page(w, reader, p.Missing) }); err != nil {
		return err
	}
	if err := p.json("manifest.json", r.At, p.manifest); err != nil {
		return err
	}
	return p.Close()
}

// papers adds the sealed contracts. One from before papers has none; its text is
// among the offers.
func (r Record) papers(ctx context.Context, p *parcel, from Market) error {
	if len(r.Contracts) == 0 {
		return nil
	}
	seal, err := from.Seal(ctx)
	if err != nil {
		return err
	}
	for _, id := range r.Contracts {
		sealed, err := contract.SealContract(ctx, from.DB, account.Actor{ID: r.Of.ID, Name: r.Of.Name}, id, seal)
		if errors.Is(err, contract.ErrNoPaper) {
			continue
		}
		if err != nil {
			return err
		}
		if err := p.add("contracts/"+sealed.Name(), r.At, func(w io.Writer) error { _, err := w.Write(sealed.PDF); return err }); err != nil {
			return err
		}
	}
	return nil
}

// files adds those that are still there. One that was deleted meanwhile is named
// as missing, and spoils nothing else.
func (r Record) files(ctx context.Context, p *parcel, store *blob.Store) error {
	for _, f := range r.Files {
		there, err := store.Has(ctx, f.Key)
		if err != nil {
			return err
		}
		if !there {
			p.Missing = append(p.Missing, f.ID)
			continue
		}
		err = p.add(pathOf(f.ID, f.Name), f.At, func(w io.Writer) error {
			content, err := store.Reader(ctx, f.Key)
			if err != nil {
				return err
			}
			defer content.Close() //nolint:errcheck // only read
			_, err = io.Copy(w, content)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// pathOf leaves nothing in a name that could lead out of the folder.
func pathOf(id file.ID, name string) string {
	name = path.Base(strings.ReplaceAll("/"+name, `\`, "/"))
	return fmt.Sprintf("files/%d-%s", id, strings.Trim(name, "/"))
}

// add packs one file, and notes it in the manifest.
func (p *parcel) add(name string, at time.Time, write func(io.Writer) error) error {
	w, err := p.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
	if err != nil {
		return err
	}
	h, size := sha256.New(), new(counter)
	if err := write(io.MultiWriter(w, h, size)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	p.Files = append(p.Files, packed{name, int64(*size), hex.EncodeToString(h.Sum(nil))})
	return nil
}

type counter int64

func (c *counter) Write(b []byte) (int, error) { *c += counter(len(b)); return len(b), nil }

func (p *parcel) json(name string, at time.Time, v any) error {
	return p.add(name, at, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "\t")
		return e.Encode(v)
	})
}

func (p *parcel) csv(name string, at time.Time, t Table, reader say.Reader) error {
	return p.add(name, at, func(w io.Writer) error {
		c := csv.NewWriter(w)
		if err := c.Write(t.Columns); err != nil {
			return err
		}
		for _, row := range t.Rows {
			cells := make([]string, len(row))
			for i, v := range row {
				cells[i] = cell(v, reader)
			}
			if err := c.Write(cells); err != nil {
				return err
			}
		}
		c.Flush()
		return c.Error()
	})
}

// objects are the rows as JSON has them.
func (t Table) objects(reader say.Reader) []object {
	rows := make([]object, len(t.Rows))
	for i, row := range t.Rows {
		rows[i] = object{t.Columns, written(row, reader)}
	}
	return rows
}

func written(row []any, reader say.Reader) []any {
	values := make([]any, len(row))
	for i, v := range row {
		if s, ok := v.(say.Sentence); ok {
			v = s.For(reader)
		}
		values[i] = v
	}
	return values
}

// object is a JSON object whose members stand in the order of the columns.
type object struct {
	names  []string
	values []any
}

// MarshalJSON implements json.Marshaler.
func (o object) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, name := range o.names {
		if i > 0 {
			out = append(out, ',')
		}
		value, err := json.Marshal(o.values[i])
		if err != nil {
			return nil, err
		}
		out = append(strconv.AppendQuote(out, name), ':')
		out = append(out, value...)
	}
	return append(out, '}'), nil
}

// cell writes a value for a spreadsheet. A text that one would take for a formula
// is held back by an apostrophe: others wrote some of these.
func cell(v any, reader say.Reader) string {
	switch v := v.(type) {
	case nil:
		return ""
	case time.Time:
		return v.UTC().Format(time.RFC3339)
	case []string:
		return harmless(strings.Join(v, "; "))
	case say.Sentence:
		return harmless(v.For(reader))
	case string:
		return harmless(v)
	default:
		return fmt.Sprint(v)
	}
}

func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
