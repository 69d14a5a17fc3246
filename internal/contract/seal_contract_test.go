package contract_test

import (
	"bytes"
	"crypto/x509"
	"encoding/json"
	"os"
	"strings"
	"sync"
	"testing"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/money"
	"freehold/internal/kit/paper"
	"freehold/internal/markettest"
)

func (d *deal) paper(by account.Actor) contract.Paper {
	d.Helper()
	seal, err := markettest.Seal(d.Context())
	d.OK(err)
	p, err := contract.SealContract(d.Context(), d.DB, by, d.id, seal)
	d.OK(err)
	return p
}

func anySeal(*x509.Certificate) bool { return true }

func TestASealedContractSaysWhatBothSigned(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.Next, euros(1000))
	p := d.paper(d.ada)
	v, err := contract.VerifyPaper(p.PDF, anySeal)
	d.OK(err)
	shown := d.show(d.carl)
	if v.Text != shown.Text || v.SHA256 != shown.SHA256 || v.Contract != d.id || v.Total != euros(500) || v.Market != "https://orchard.test" {
		t.Errorf("it says %+v", v)
	}
	if v.Client.Person != d.carl.ID || v.Freelancer.Person != d.ada.ID || v.Client.PostalAddress == "" || v.Client.Session != int64(d.carl.Session) {
		t.Errorf("signed by %+v and %+v", v.Client, v.Freelancer)
	}
	if len(v.Missing) > 0 {
		t.Errorf("it lacks %+v", v.Missing)
	}
	if out := os.Getenv("PAPER"); out != "" { // to look at it
		d.OK(os.WriteFile(out, p.PDF, 0o600))
	}
}

func TestAContractIsSealedOnceForBoth(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.Next, euros(1000))
	var papers [4]contract.Paper
	var wait sync.WaitGroup
	for i := range papers {
		wait.Go(func() { papers[i] = d.paper([]account.Actor{d.carl, d.ada}[i%2]) })
	}
	wait.Wait()
	for _, p := range papers {
		if len(p.PDF) == 0 || !bytes.Equal(p.PDF, papers[0].PDF) {
			t.Fatal("two files of one contract")
		}
	}
	seal, err := markettest.Seal(d.Context())
	d.OK(err)
	_, err = contract.SealContract(t.Context(), d.DB, d.Person("Eve", money.Amount{}), d.id, seal)
	refused(t, err, contract.ErrNotFound)
}

func TestOnlyASealOfThisMarketIsTrusted(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.Next, euros(1000))
	pdf := d.paper(d.carl).PDF
	_, err := contract.VerifyOurs(t.Context(), d.DB, pdf)
	refused(t, err, contract.ErrOtherSeal)
	seal, err := markettest.Seal(d.Context())
	d.OK(err)
	d.OK(contract.KeepSeal(t.Context(), d.DB, seal.Certificate))
	d.OK(contract.KeepSeal(t.Context(), d.DB, seal.Certificate)) // at every start
	_, err = contract.VerifyOurs(t.Context(), d.DB, pdf)
	d.OK(err)
	for _, file := range [][]byte{nil, []byte("%PDF-1.7"), pdf[:len(pdf)/2]} {
		_, err = contract.VerifyOurs(t.Context(), d.DB, file)
		refused(t, err, contract.ErrNoSealedPaper)
	}
	changed := bytes.Clone(pdf)
	changed[900] ^= 1
	_, err = contract.VerifyOurs(t.Context(), d.DB, changed)
	refused(t, err, contract.ErrPaperChanged)
}

// Who has the seal could seal anything. What lies inside has to fit together all
// the same.
func TestASealDoesNotMakeAContract(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.Next, euros(1000))
	opened, err := paper.Open(d.paper(d.carl).PDF)
	d.OK(err)
	files, err := opened.Files()
	d.OK(err)
	seal, err := markettest.Seal(d.Context())
	d.OK(err)
	for name, test := range map[string]struct {
		file   string
		change func(string) string
		want   error
	}{
		"another text":          {"contract.txt", func(s string) string { return strings.Replace(s, "200.00", "100.00", 1) }, contract.ErrPaperText},
		"other data":            {"contract.json", func(s string) string { return strings.Replace(s, "20000", "10000", 1) }, contract.ErrPaperData},
		"data in another form":  {"contract.json", func(s string) string { return " " + s }, contract.ErrPaperData},
		"no data":               {"contract.json", func(string) string { return "" }, contract.ErrPaperParts},
		"no text":               {"contract.txt", func(string) string { return "" }, contract.ErrPaperParts},
		"signed by one":         {"signatures.json", onlyFirst, contract.ErrPaperHands},
		"signed by somebody":    {"signatures.json", func(s string) string { return strings.Replace(s, `"name":"Ada"`, `"name":"Eve"`, 1) }, contract.ErrPaperHands},
		"signed at no time":     {"signatures.json", func(s string) string { return strings.ReplaceAll(s, `"at":"20`, `"when":"20`) }, contract.ErrPaperHands},
		"signatures of nothing": {"signatures.json", func(string) string { return "{}" }, contract.ErrPaperText},
	} {
		doc := paper.Document{Title: "Forged", Blocks: []paper.Block{{Text: "Nothing"}}}
		for _, f := range files {
			if f.Name == test.file {
				f.Content = []byte(test.change(string(f.Content)))
			}
			doc.Files = append(doc.Files, f)
		}
		plain, err := doc.Render()
		d.OK(err)
		forged, err := seal.Seal(plain, d.Clock.Now(), "")
		d.OK(err)
		if _, err := contract.VerifyPaper(forged, anySeal); err == nil || err.Error() != test.want.Error() {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

func onlyFirst(evidence string) string {
	var e map[string]any
	if err := json.Unmarshal([]byte(evidence), &e); err != nil {
		return err.Error()
	}
	e["signatures"] = e["signatures"].([]any)[:1]
	out, _ := json.Marshal(e)
	return string(out)
}
