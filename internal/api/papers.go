package api

import (
	"context"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/credential"
	"freehold/internal/kit/money"
)

// paper registers what hands out a contract as a sealed PDF.
func (a area) paper() {
	op := a.operation(private, "GET /contracts/{id}/contract.pdf", "A contract as PDF, with both signatures and a seal that anybody can check.", http.StatusOK)
	op.Responses = map[string]*huma.Response{"200": {Description: "The PDF, the same at every time.", Content: map[string]*huma.MediaType{
		"application/pdf": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
	}}}
	huma.Register(a.API, op, func(ctx context.Context, in *of) (*content, error) {
		p, err := a.sealed(ctx, contract.ID(in.ID))
		if err != nil {
			return nil, a.refusal(ctx, err)
		}
		return &content{func(hc huma.Context) {
			hc.SetHeader("Content-Type", "application/pdf")
			hc.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": p.Name()}))
			_, _ = hc.BodyWriter().Write(p.PDF) // whoever hung up does not want it
		}}, nil
	})
}

func (s *server) sealed(ctx context.Context, id contract.ID) (contract.Paper, error) {
	seal, err := s.Seal(ctx)
	if err != nil {
		return contract.Paper{}, err
	}
	return contract.SealContract(ctx, s.DB, caller(ctx), id, seal)
}

type verdict struct {
	Contract   contract.ID  `json:"contract"`
	Title      string       `json:"title"`
	Total      money.Amount `json:"total"`
	Client     hand         `json:"client"`
	Freelancer hand         `json:"freelancer"`
	SHA256     string       `json:"sha256" doc:"of the text that both signed"`
	Data       string       `json:"data_sha256" doc:"of the same as data, in JSON in the form of RFC 8785"`
	Seal       string       `json:"seal" doc:"the SHA-256 of the certificate of our seal"`
	SealedAt   time.Time    `json:"sealed_at"`
	Missing    []missing    `json:"missing" doc:"what some laws ask for, and what the contract lacks"`
}

type hand struct {
	Person account.ID `json:"person"`
	Name   string     `json:"name"`
	At     time.Time  `json:"at"`
}

type missing struct {
	Element string         `json:"element"`
	Laws    []contract.Law `json:"laws"`
}

// largestPaper is more than any contract that we have sealed.
const largestPaper = 8 << 20

type paperSent struct{ bytesSent }

func (s *server) verify(ctx context.Context, _ account.Actor, in *paperSent) (verdict, error) {
	file, err := io.ReadAll(io.LimitReader(in.bytes, largestPaper+1))
	if err = in.whole(err); err != nil {
		return verdict{}, err
	}
	if len(file) > largestPaper {
		return verdict{}, contract.ErrNoSealedPaper
	}
	v, err := contract.VerifyOurs(ctx, s.DB, file)
	if err != nil {
		return verdict{}, err
	}
	out := verdict{
		Contract: v.Contract, Title: v.Title, Total: v.Total, Client: handOf(v.Client), Freelancer: handOf(v.Freelancer),
		SHA256: v.SHA256, Data: v.DataSHA256, Seal: v.Seal, SealedAt: v.SealedAt, Missing: []missing{},
	}
	for _, e := range v.Missing {
		out.Missing = append(out.Missing, missing{e.Key, e.Laws})
	}
	return out, nil
}

func handOf(s contract.SignatureEvidence) hand { return hand{s.Person, s.Name, s.At} }

type credentialShown struct {
	Credential string `json:"credential" doc:"A W3C Verifiable Credential 2.0 and an Open Badges 3.0 credential, as one compact JWS with its key inside."`
}

func (s *server) credential(ctx context.Context, by account.Actor, in *of) (credentialShown, error) {
	i, err := s.Issuer(ctx)
	if err != nil {
		return credentialShown{}, err
	}
	token, err := credential.Issue(ctx, s.DB, by, contract.ID(in.ID), i)
	return credentialShown{token}, err
}
