package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"freehold/internal/contract"
	"freehold/internal/web/webtest"
)

// checked sends a file to the page that checks contracts.
func checked(b *webtest.Browser, file []byte) webtest.Page {
	b.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("paper", "contract.pdf")
	b.OK(err)
	_, err = part.Write(file)
	b.OK(err)
	b.OK(form.Close())
	return b.Do(b.Request(http.MethodPost, "/verify", form.FormDataContentType(), &body))
}

func TestAContractLeavesAsAPaperThatAnybodyCanCheck(t *testing.T) {
	t.Parallel()
	m := busy(t)
	carl := m.As(m.carl)
	if p := carl.Get("/contracts/1/signed"); !p.Says("Download the PDF") || !p.Says("1 Orchard Lane") {
		t.Errorf("the signed terms lead to no paper: %s", p.Body)
	}
	p := carl.Get("/contracts/1/contract.pdf")
	if p.Status != http.StatusOK || !strings.HasPrefix(p.Body, "%PDF-") || p.Header.Get("Content-Disposition") != "attachment; filename=contract-1.pdf" {
		t.Fatalf("got %d, %v", p.Status, p.Header)
	}
	file := []byte(p.Body)
	if again := m.As(m.ada).Get("/contracts/1/contract.pdf"); again.Body != p.Body {
		t.Error("the two have different files")
	}
	for who, b := range map[string]*webtest.Browser{"somebody else": m.As(m.grace)} {
		if p := b.Get("/contracts/1/contract.pdf"); p.Status != http.StatusNotFound {
			t.Errorf("%s gets %d", who, p.Status)
		}
	}
	stranger := m.Stranger()
	if p := checked(stranger, file); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Fault("paper"), "not a seal of this market") {
		t.Errorf("a seal that this market does not have: %d, %q", p.Status, p.Fault("paper"))
	}
	m.keepsSeal()
	if p := checked(stranger, file); p.Status != http.StatusOK || !p.Says("This is a contract that was signed here") || !p.Says("Carl") || p.Says("What some laws ask for") {
		t.Errorf("it is not recognised: %d, %s", p.Status, p.Body)
	}
	changed := bytes.Clone(file)
	changed[len(changed)/3] ^= 1
	if p := checked(stranger, changed); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Fault("paper"), "changed") {
		t.Errorf("a change: %d, %q", p.Status, p.Fault("paper"))
	}
	for name, sent := range map[string][]byte{"nothing": nil, "a picture": []byte("\x89PNG\r\n"), "a lot": bytes.Repeat([]byte("%PDF"), 1<<18)} {
		if p := checked(stranger, sent); p.Status < 400 || p.Status >= 500 {
			t.Errorf("%s: %d", name, p.Status)
		}
	}
	if p := stranger.Get("/verify/seal.pem"); !strings.HasPrefix(p.Body, "-----BEGIN CERTIFICATE-----") || strings.Contains(p.Body, "PRIVATE") {
		t.Errorf("the certificate is %q", p.Body)
	}
}

// keepsSeal does what a market does at its start.
func (m market) keepsSeal() {
	m.Helper()
	s, err := m.Server.Seal(m.Context())
	m.OK(err)
	m.OK(contract.KeepSeal(m.Context(), m.DB, s.Certificate))
}
