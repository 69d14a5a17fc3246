package credential

import (
	"crypto"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"
)

// Shown is what a credential says, once everything in it was found in order.
type Shown struct {
	Credential
	Key string // the thumbprint of the key that signed it (RFC 7638)
}

// compact is what a credential looks like.
var compact = regexp.MustCompile(`^eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$`)

// Is reports whether a text looks like a credential.
func Is(text string) bool { return compact.MatchString(strings.TrimSpace(text)) }

// Verify returns what a credential says, without asking anybody. Whether its key is
// that of the market it names is for trusted to say, which is given the market's DID
// and the thumbprint of the key.
func Verify(token string, trusted func(did, key string) bool) (s Shown, err error) {
	signed, err := jose.ParseSignedCompact(strings.TrimSpace(token), []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return s, errors.New("this is no credential")
	}
	key := signed.Signatures[0].Header.JSONWebKey
	if key == nil || !key.Valid() || !key.IsPublic() {
		return s, errors.New("the credential does not hold the key that signed it")
	}
	payload, err := signed.Verify(key)
	if err != nil {
		return s, errors.New("the credential was changed after it was signed")
	}
	thumb, err := key.Thumbprint(crypto.SHA256)
	if err != nil {
		return s, err
	}
	s.Key = base64.RawURLEncoding.EncodeToString(thumb)
	if err := json.Unmarshal(payload, &s.Credential); err != nil {
		return s, errors.New("this is signed, and no credential")
	}
	if wrong := s.wrong(); wrong != "" {
		return s, fmt.Errorf("this is signed, and no credential: %s", wrong)
	}
	if !trusted(s.Issuer.ID, s.Key) {
		return s, fmt.Errorf("the credential names %s, and is signed with a key that is not theirs", s.Issuer.ID)
	}
	return s, nil
}

// wrong is what keeps c from being a credential of both kinds.
func (c Credential) wrong() string {
	switch {
	case len(c.Context) == 0 || c.Context[0] != "https://www.w3.org/ns/credentials/v2":
		return "the context"
	case !slices.Contains(c.Type, "VerifiableCredential") || !slices.Contains(c.Type, "OpenBadgeCredential"):
		return "the type"
	case c.Iss != c.Issuer.ID || c.Iss == "":
		return "the issuer"
	case c.Jti != c.ID || c.Sub != c.Subject.ID || c.Sub == "":
		return "whom it is about"
	case c.ValidFrom == "":
		return "the date"
	default:
		return ""
	}
}

// KeysOf are the thumbprints of the keys in a market's DID document, and its DID.
func KeysOf(document []byte) (did string, keys []string, err error) {
	var doc struct {
		ID                 string `json:"id"`
		VerificationMethod []struct {
			PublicKeyJwk jose.JSONWebKey `json:"publicKeyJwk"`
		} `json:"verificationMethod"`
	}
	if err := json.Unmarshal(document, &doc); err != nil {
		return "", nil, errors.New("this is no DID document")
	}
	for _, m := range doc.VerificationMethod {
		thumb, err := m.PublicKeyJwk.Thumbprint(crypto.SHA256)
		if err != nil {
			return "", nil, err
		}
		keys = append(keys, base64.RawURLEncoding.EncodeToString(thumb))
	}
	return doc.ID, keys, nil
}
