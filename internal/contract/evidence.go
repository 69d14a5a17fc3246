package contract

import (
	"time"

	"freehold/internal/account"
)

// evidence is what is kept of how a text was signed, as data.
type evidence struct {
	Market     string              `json:"market"` // as its seal names it
	Contract   ID                  `json:"contract"`
	Text       string              `json:"text_sha256"` // of what each of them was shown, and signed
	Data       string              `json:"data_sha256"` // of the same as data; "" if it is older than those
	Signatures []SignatureEvidence `json:"signatures"`
}

// SignatureEvidence is what is kept of how one of the two signed.
type SignatureEvidence struct {
	Side          Side       `json:"side"`
	Person        account.ID `json:"person"`
	Name          string     `json:"name"`
	PostalAddress string     `json:"postal_address"`
	At            time.Time  `json:"at"`
	Session       int64      `json:"session"`
	Address       string     `json:"address"` // from where, on the network
	Agent         string     `json:"agent"`
	Proof         string     `json:"proof"`
}

// byPassword is how somebody shows that it is they who sign.
const byPassword = "the password, entered anew"

// evidenceOf gathers it. Names are those of the text, whatever people are called
// now.
func evidenceOf(market string, c *Contract, r revision, d deed, signatures []Signature) evidence {
	e := evidence{Market: market, Contract: c.ID, Text: r.SHA256}
	if r.Data != "" {
		e.Data = fingerprint(r.Data)
	}
	for _, s := range signatures {
		one := SignatureEvidence{
			Side: Client, Person: s.Person, Name: d.Client.Name, PostalAddress: s.PostalAddress,
			At: s.At.UTC(), Session: s.Session, Address: s.Address, Agent: s.Agent, Proof: byPassword,
		}
		if s.Person == c.Freelancer {
			one.Side, one.Name = Freelancer, d.Freelancer.Name
		}
		e.Signatures = append(e.Signatures, one)
	}
	return e
}

func (e evidence) of(s Side) SignatureEvidence {
	for _, one := range e.Signatures {
		if one.Side == s {
			return one
		}
	}
	return SignatureEvidence{}
}
