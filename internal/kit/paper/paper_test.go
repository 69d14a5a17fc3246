package paper_test

import (
	"bytes"
	"encoding/pem"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"freehold/internal/kit/paper"
)

var noon = time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sealer is made once: a key takes a while.
var sealer = sync.OnceValues(func() (paper.Sealer, error) {
	dir, err := os.MkdirTemp("", "seal-")
	if err != nil {
		return paper.Sealer{}, err
	}
	defer os.RemoveAll(dir)
	return paper.OpenSealer(filepath.Join(dir, "seal.pem"), "Freehold at örchard.test")
})

func sealed(t *testing.T) []byte {
	t.Helper()
	s, err := sealer()
	must(t, err)
	plain, err := paper.Document{
		Title: "Contract 7", Author: "A market", Foot: "Contract 7", At: noon,
		Blocks: []paper.Block{
			{Kind: paper.Title, Text: "Contract"},
			{Kind: paper.Heading, Text: "1. The work"},
			{Kind: paper.Quote, Text: "A logo für Łódź, Ελλάδα, Привет — “€5”. 日本 \U0001F600"},
			{Kind: paper.Table, Rows: []paper.Row{{"Client", "Carl"}, {"Freelancer", strings.Repeat("Ada ", 60)}}},
			{Kind: paper.NewPage},
			{Kind: paper.Paragraph, Text: strings.Repeat("It goes on over several pages. ", 400)},
		},
		Files: []paper.File{{"contract.txt", []byte("The text, with 日本.\n")}, {"contract.json", []byte(`{"a":1}`)}},
	}.Render()
	must(t, err)
	file, err := s.Seal(plain, noon, "Both have signed")
	must(t, err)
	return file
}

func TestASealedDocumentGivesBackItsFiles(t *testing.T) {
	t.Parallel()
	s, err := sealer()
	must(t, err)
	o, err := paper.Open(sealed(t))
	must(t, err)
	if !o.Certificate.Equal(s.Certificate) || !o.At.Equal(noon) {
		t.Errorf("sealed by %s at %s", o.Certificate.Subject, o.At)
	}
	files, err := o.Files()
	must(t, err)
	if len(files) != 2 {
		t.Fatalf("%d files", len(files))
	}
	inside := map[string]string{}
	for _, f := range files {
		inside[f.Name] = string(f.Content)
	}
	if inside["contract.txt"] != "The text, with 日本.\n" || inside["contract.json"] != `{"a":1}` {
		t.Errorf("got %q", inside)
	}
}

func TestEveryByteIsUnderTheSeal(t *testing.T) {
	t.Parallel()
	whole := sealed(t)
	open := bytes.LastIndex(whole, []byte("/Contents <")) + len("/Contents <")
	for at := 0; at < len(whole); at += 97 {
		if at >= open-1 && at < open+20_000 { // the seal itself, tried below
			continue
		}
		changed := bytes.Clone(whole)
		changed[at] ^= 1
		if _, err := paper.Open(changed); err == nil {
			t.Fatalf("byte %d was changed, and nobody noticed", at)
		}
	}
	for name, forged := range map[string][]byte{
		"appended":          append(bytes.Clone(whole), "\n% more"...),
		"cut":               whole[:len(whole)-3],
		"another signature": bytes.Replace(bytes.Clone(whole), whole[open+200:open+220], []byte(strings.Repeat("0", 20)), 1),
		"padding with more": replaceAt(whole, open+2*(8<<10)-2, "ff"),
		"a second range":    append(bytes.Clone(whole), "/ByteRange [0 1 2 3]"...),
		"no seal":           []byte("%PDF-1.7 nothing"),
		"nothing":           nil,
	} {
		if _, err := paper.Open(forged); !errors.Is(err, paper.ErrBroken) && !errors.Is(err, paper.ErrNotSealed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func replaceAt(file []byte, at int, with string) []byte {
	out := bytes.Clone(file)
	copy(out[at:], with)
	return out
}

// What others make of it: pdfsig of poppler, without anything of ours.
func TestPopplerFindsTheSealGood(t *testing.T) {
	t.Parallel()
	tool, err := exec.LookPath("pdfsig")
	if err != nil {
		t.Fatal("pdfsig is missing: run scripts/setup all, which installs poppler-utils")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "contract.pdf")
	must(t, os.WriteFile(file, sealed(t), 0o600))
	says, err := exec.Command(tool, "-nocert", file).CombinedOutput()
	must(t, err)
	for _, want := range []string{"Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "SHA-256"} {
		if !strings.Contains(string(says), want) {
			t.Errorf("pdfsig does not say %q:\n%s", want, says)
		}
	}
	must(t, os.WriteFile(file, replaceAt(sealed(t), 700, "X"), 0o600))
	if says, _ = exec.Command(tool, "-nocert", file).CombinedOutput(); strings.Contains(string(says), "Signature is Valid") {
		t.Errorf("pdfsig finds a changed file good:\n%s", says)
	}
}

func TestASealIsKeptAndNeverMadeTwice(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "keys", "seal.pem")
	var all [3]paper.Sealer
	var wait sync.WaitGroup
	for i := range all {
		wait.Go(func() {
			s, err := paper.OpenSealer(path, "a market")
			if err != nil {
				t.Error(err)
			}
			all[i] = s
		})
	}
	wait.Wait()
	again, err := paper.OpenSealer(path, "a market")
	must(t, err)
	for _, s := range all {
		if s.Certificate == nil || !s.Certificate.Equal(again.Certificate) {
			t.Fatal("several seals were made")
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the key: %v, %v", info.Mode(), err)
	}
	kept, err := os.ReadFile(path)
	must(t, err)
	certificate, _ := pem.Decode(kept)
	must(t, os.WriteFile(path, pem.EncodeToMemory(certificate), 0o600))
	if _, err := paper.OpenSealer(path, "a market"); err == nil {
		t.Error("a seal without its key is taken")
	}
}

func TestLettersThatCannotBePrintedAreKnown(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"Zoë – “€”": true, "Łódź\nПривет": true, "日本": false, "\U0001F600": false} {
		if paper.Prints(text) != want {
			t.Errorf("%q: got %v", text, !want)
		}
	}
}
