package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"freehold/internal/contract"
	"freehold/internal/credential"
	"freehold/internal/kit/fault"
)

// credentialOf hands out the signed statement about one side of a contract.
func (s *Server) credentialOf(v *visit) error {
	n, err := id[contract.ID](v, "id")
	if err != nil {
		return err
	}
	i, err := s.Issuer(v.ctx())
	if err != nil {
		return err
	}
	token, err := credential.Issue(v.ctx(), s.DB, v.by, n, i)
	if err != nil {
		return err
	}
	v.handOut("attachment", "application/vc+jwt", fmt.Sprintf("contract-%d.vc.jwt", n))
	_, err = v.w.Write([]byte(token))
	return err
}

// didDocument is by what everybody learns the key of our credentials (did:web).
func (s *Server) didDocument(v *visit) error {
	i, err := s.Issuer(v.ctx())
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/did+json")
	return json.NewEncoder(v.w).Encode(i.Document())
}

// ours reports whether a credential names this market and is signed by its key.
func ours(i *credential.Issuer) func(did, key string) bool {
	document, err := json.Marshal(i.Document())
	if err != nil {
		return func(string, string) bool { return false }
	}
	mine, keys, err := credential.KeysOf(document)
	return func(did, key string) bool { return err == nil && did == mine && slices.Contains(keys, key) }
}

var errCredential = fault.New(fault.Invalid, "credential_invalid", "This is not a credential of this market, or it was changed after it was signed. Do not rely on what it says.").At("paper")

// credentialSent looks whether what somebody sends to be checked is a credential, and
// if so, whether it is one of ours and unchanged.
func (s *Server) credentialSent(v *visit) (shown credential.Shown, is bool, err error) {
	if _, err := v.form(); err != nil {
		return shown, false, err
	}
	sent, head, err := v.r.FormFile("paper")
	if err != nil || head.Size > 64<<10 {
		return shown, false, nil //nolint:nilerr // a paper is missing, or this is one
	}
	text, err := io.ReadAll(sent)
	if err := errors.Join(err, sent.Close()); err != nil || !credential.Is(string(text)) {
		return shown, false, err
	}
	i, err := s.Issuer(v.ctx())
	if err != nil {
		return shown, true, err
	}
	shown, err = credential.Verify(string(text), ours(i))
	if err != nil {
		err = errCredential
	}
	return shown, true, err
}
