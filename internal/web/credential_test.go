package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"freehold/internal/contract"
	"freehold/internal/credential"
)

func TestACredentialIsTakenAlongAndChecked(t *testing.T) {
	t.Parallel()
	m := busy(t)
	ada := m.As(m.ada)
	if p := ada.Get("/contracts/1/credential"); p.Status != http.StatusConflict || !p.Says("A credential is made once a contract has ended") {
		t.Errorf("before it has ended: %s", p)
	}
	v, err := contract.Show(t.Context(), m.DB, m.carl, 1)
	m.OK(err)
	m.OK(contract.ApproveMilestone(t.Context(), m.DB, m.carl, v.Work[0].ID))
	_, err = contract.SubmitMilestone(t.Context(), m.DB, m.ada, v.Work[1].ID, contract.Work{Note: "Here.", Met: []bool{true}})
	m.OK(err)
	m.OK(contract.ApproveMilestone(t.Context(), m.DB, m.carl, v.Work[1].ID))
	if p := ada.Get("/contracts/1"); !p.Says("Take along that it was done") {
		t.Error("there is no way to take it along")
	}
	p := ada.Get("/contracts/1/credential")
	if p.Status != http.StatusOK || !credential.Is(p.Body) || !strings.HasPrefix(p.Header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("it is %d %v", p.Status, p.Header)
	}
	// Whatever is decided about her afterwards, it is still hers.
	m.suspends(m.ada)
	if p := ada.Get("/contracts/1/credential"); !credential.Is(p.Body) {
		t.Errorf("suspended, she has no credential: %s", p)
	}
	stranger := m.Stranger()
	checked := stranger.Upload("/verify", url.Values{}, "paper", map[string][]byte{"contract-1.vc.jwt": []byte(p.Body)})
	if !checked.Says("This is a credential of this market") {
		t.Errorf("it is checked: %s", checked)
	}
	spoilt := strings.Replace(p.Body, ".", ".A", 1)
	if checked := stranger.Upload("/verify", url.Values{}, "paper", map[string][]byte{"x.jwt": []byte(spoilt)}); checked.Fault("paper") == "" {
		t.Errorf("spoilt, it is checked: %s", checked)
	}
	if did := stranger.Get("/.well-known/did.json"); !json.Valid([]byte(did.Body)) || !strings.Contains(did.Body, "did:web:orchard.test") {
		t.Errorf("the document: %s", did.Body)
	}
	if p := m.As(m.grace).Get("/contracts/1/credential"); p.Status != http.StatusNotFound {
		t.Errorf("Grace: %s", p)
	}
}
