package export_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/export"
	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/kit/blob"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/markettest"
	"freehold/internal/profile"
)

// market is one with files.
type market struct {
	*markettest.Market
	files *blob.Store
}

func open(t *testing.T) market {
	t.Helper()
	m := market{Market: markettest.New(t)}
	var err error
	m.files, err = blob.Open(t.Context(), t.TempDir())
	m.OK(err)
	t.Cleanup(func() { m.OK(m.files.Close()) })
	return m
}

// take returns what somebody's record is packed from: by path.
func (m market) take(by account.Actor) map[string]string {
	m.Helper()
	r, err := export.Take(m.Context(), m.DB, by)
	m.OK(err)
	var packed bytes.Buffer
	m.OK(r.Zip(m.Context(), &packed, export.Market{DB: m.DB, Files: m.files, Seal: markettest.Seal}, say.Reader{}))
	z, err := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	m.OK(err)
	parts := map[string]string{}
	for _, f := range z.File {
		content, err := f.Open()
		m.OK(err)
		b, err := io.ReadAll(content)
		m.OK(err)
		parts[f.Name] = string(b)
	}
	return parts
}

func TestSomebodyTakesEverythingAlong(t *testing.T) {
	t.Parallel()
	m := open(t)
	ada := m.Person("Ada", money.Amount{Minor: 100_00, Currency: "EUR"})
	bea := m.Person("Bea", money.Amount{})
	m.OK(profile.Save(m.Context(), m.DB, ada, profile.Input{Headline: "=HYPERLINK(\"x\")", Skills: []string{"Go", "CSS"}}))
	_, err := jobpost.SaveDraft(m.Context(), m.DB, bea, 0, jobpost.Input{Title: "A plan of Bea’s", Kind: jobpost.Fixed, Currency: "EUR"})
	m.OK(err)
	mine, err := file.Save(m.Context(), m.DB, m.files, ada, "../../etc/passwd.txt", strings.NewReader("eleven coffees"))
	m.OK(err)

	parts := m.take(ada)
	manifest := struct {
		Format string     `json:"format"`
		Person account.ID `json:"person"`
		Files  []struct {
			Path   string `json:"path"`
			Bytes  int    `json:"bytes"`
			SHA256 string `json:"sha256"`
		} `json:"files"`
		Missing []file.ID `json:"missing"`
	}{}
	m.OK(json.Unmarshal([]byte(parts["manifest.json"]), &manifest))
	if manifest.Format != "freehold-export/1" || manifest.Person != ada.ID || len(manifest.Files) != len(parts)-1 || len(manifest.Missing) != 0 {
		t.Errorf("the manifest says %+v of %d files", manifest, len(parts))
	}
	for _, f := range manifest.Files {
		sum := sha256.Sum256([]byte(parts[f.Path]))
		if hex.EncodeToString(sum[:]) != f.SHA256 || len(parts[f.Path]) != f.Bytes {
			t.Errorf("%s is not as the manifest says", f.Path)
		}
		if strings.Contains(f.Path, "..") || strings.HasPrefix(f.Path, "/") {
			t.Errorf("%s leads out of the folder", f.Path)
		}
	}
	if parts["files/1-passwd.txt"] != "eleven coffees" {
		t.Errorf("the file %d is not there: %v", mine.ID, manifest.Files)
	}
	var wallet []struct {
		Amount   int64  `json:"amount_minor"`
		Balance  int64  `json:"balance_minor"`
		Currency string `json:"currency"`
	}
	m.OK(json.Unmarshal([]byte(parts["data/money.json"]), &wallet))
	if len(wallet) != 1 || wallet[0].Amount != 100_00 || wallet[0].Balance != 100_00 || wallet[0].Currency != "EUR" {
		t.Errorf("her wallet: %+v", wallet)
	}
	rows, err := csv.NewReader(strings.NewReader(parts["data/profile.csv"])).ReadAll()
	m.OK(err)
	if len(rows) != 2 || rows[0][0] != "headline" || rows[1][0] != `'=HYPERLINK("x")` {
		t.Errorf("her profile as a table, with a formula: %q", rows)
	}
	for _, words := range []string{"Everything of Ada", "ada@demo.test", "Go\nCSS", "€100.00", "passwd.txt"} {
		if !strings.Contains(parts["index.html"], words) {
			t.Errorf("the page does not say %q", words)
		}
	}
	for name, content := range parts {
		for _, foreign := range []string{"Bea", "bea@demo.test", "argon2id", "secret_hash"} {
			if strings.Contains(content, foreign) {
				t.Errorf("%s holds %q", name, foreign)
			}
		}
	}
}

func TestWhoTakesEverythingAlongIsTold(t *testing.T) {
	t.Parallel()
	m := open(t)
	ada := m.Person("Ada", money.Amount{})
	m.take(ada)
	second := m.take(ada)
	if n := strings.Count(second["data/record.csv"], "took a copy of everything along"); n != 2 {
		t.Errorf("it is on record %d times", n)
	}
	if n := strings.Count(second["data/notices.csv"], "exported"); n != 2 {
		t.Errorf("she is told %d times", n)
	}
}

func TestTakingEverythingAlongOverAndOverIsRefused(t *testing.T) {
	t.Parallel()
	m := open(t)
	ada := m.Person("Ada", money.Amount{})
	for range 20 {
		_, err := export.Take(m.Context(), m.DB, ada)
		m.OK(err)
	}
	_, err := export.Take(m.Context(), m.DB, ada)
	if f, ok := fault.Of(err); !ok || f.Kind != fault.TooMany {
		t.Errorf("the 21st is answered %v", err)
	}
}

func TestAFileThatIsGoneSpoilsNothingElse(t *testing.T) {
	t.Parallel()
	m := open(t)
	ada := m.Person("Ada", money.Amount{})
	f, err := file.Save(m.Context(), m.DB, m.files, ada, "a.txt", strings.NewReader("a"))
	m.OK(err)
	_, err = file.Save(m.Context(), m.DB, m.files, ada, "b.txt", strings.NewReader("b"))
	m.OK(err)
	m.OK(m.files.Delete(m.Context(), f.Key))
	parts := m.take(ada)
	if parts["files/2-b.txt"] != "b" || !strings.Contains(parts["manifest.json"], "\"missing\": [\n\t\t1\n\t]") {
		t.Errorf("what is missing: %s", parts["manifest.json"])
	}
}

// broken fails after some bytes, as a connection does.
type broken struct{ left int }

func (b *broken) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errors.New("gone")
	}
	return len(p), nil
}

func TestAPackThatCannotBeWrittenIsNoPack(t *testing.T) {
	t.Parallel()
	m := open(t)
	r, err := export.TakeFor(m.Context(), m.DB, m.Person("Ada", money.Amount{}).ID)
	m.OK(err)
	if err := r.Zip(m.Context(), &broken{2000}, export.Market{DB: m.DB, Files: m.files, Seal: markettest.Seal}, say.Reader{}); err == nil {
		t.Error("half a record is handed out as if it were whole")
	}
}

func TestNobodyIsExportedWhoIsNotThere(t *testing.T) {
	t.Parallel()
	m := open(t)
	if _, err := export.TakeFor(context.Background(), m.DB, 99); !errors.Is(err, account.ErrNotFound) {
		t.Errorf("nobody's record: %v", err)
	}
}
