package web

import (
	"encoding/pem"
	"errors"
	"io"

	"github.com/a-h/templ"

	"freehold/internal/contract"
	"freehold/internal/kit/fault"
	"freehold/internal/web/view"
)

// papers is a contract as a sealed PDF, which goes out as it is.
const papers = "GET /contracts/{id}/contract.pdf"

func (s *Server) paper(v *visit) error {
	n, err := id[contract.ID](v, "id")
	if err != nil {
		return err
	}
	seal, err := s.Seal(v.ctx())
	if err != nil {
		return err
	}
	p, err := contract.SealContract(v.ctx(), s.DB, v.by, n, seal)
	if err != nil {
		return err
	}
	v.handOut("attachment", "application/pdf", p.Name())
	_, err = v.w.Write(p.PDF)
	return err
}

func (s *Server) verifyForm(v *visit) error {
	return v.show(func(f view.Frame) templ.Component { return view.VerifyPage(f, f.Form(), contract.Verdict{}) })
}

var errNoPaper = fault.New(fault.Invalid, "paper_missing", "Choose the PDF of a contract first.").At("paper")

// verify says of a PDF that anybody sends whether it is a contract of this market.
func (s *Server) verify(v *visit) error {
	if shown, is, err := s.credentialSent(v); is && err == nil {
		return v.show(func(f view.Frame) templ.Component { return view.VerifiedCredentialPage(f, shown) })
	} else if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component {
			return view.VerifyPage(f, form, contract.Verdict{})
		})
	}
	found, err := s.verdict(v)
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component {
			return view.VerifyPage(f, form, contract.Verdict{})
		})
	}
	return v.show(func(f view.Frame) templ.Component { return view.VerifyPage(f, f.Form(), found) })
}

func (s *Server) verdict(v *visit) (contract.Verdict, error) {
	if _, err := v.form(); err != nil {
		return contract.Verdict{}, err
	}
	sent, _, err := v.r.FormFile("paper")
	if err != nil {
		return contract.Verdict{}, errNoPaper
	}
	file, err := io.ReadAll(sent)
	if err := errors.Join(err, sent.Close()); err != nil {
		return contract.Verdict{}, err
	}
	found, err := contract.VerifyOurs(v.ctx(), s.DB, file)
	if f, refused := fault.Of(err); refused {
		return found, f.At("paper")
	}
	return found, err
}

// sealOf hands out the certificate by which others can know our seal.
func (s *Server) sealOf(v *visit) error {
	seal, err := s.Seal(v.ctx())
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/x-pem-file")
	v.w.Header().Set("Content-Disposition", `attachment; filename="seal.pem"`)
	return pem.Encode(v.w, &pem.Block{Type: "CERTIFICATE", Bytes: seal.Certificate.Raw})
}
