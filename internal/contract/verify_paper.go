package contract

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/paper"
)

// Verdict is what a paper says, once everything in it has been found in order.
type Verdict struct {
	Market     string // as the seal names it
	Seal       string // the SHA-256 of its certificate
	SealedAt   time.Time
	Contract   ID
	Title      string
	Text       string // as both signed it
	SHA256     string // of Text
	DataSHA256 string
	Client     SignatureEvidence
	Freelancer SignatureEvidence
	Total      money.Amount
	Missing    []Element // that some law asks for
}

// Lacks says in words what a contract lacks by a law.
func (v Verdict) Lacks(l Law) string { return lacking(l, v.Missing) }

// The refusals of papers: each says what is not as it should be.
var (
	ErrNoSealedPaper = fault.New(fault.Invalid, "paper_not_sealed", "This is not a contract sealed by Freehold. Send the PDF as you downloaded it: a copy that was printed or saved anew has lost its seal.")
	ErrPaperChanged  = fault.New(fault.Invalid, "paper_changed", "This file was changed after it was sealed. Do not rely on what it says.")
	ErrOtherSeal     = fault.New(fault.Invalid, "paper_of_another_market", "The seal is unbroken, but it is not a seal of this market: it calls itself “%s”. Check it where that market is.")
	ErrPaperParts    = fault.New(fault.Invalid, "paper_without_parts", "The seal is unbroken, but the text, the data or the signatures do not lie inside. It is no contract.")
	ErrPaperText     = fault.New(fault.Invalid, "paper_text_not_signed", "The seal is unbroken, but the text inside is not the one that was signed. Do not rely on what it says.")
	ErrPaperData     = fault.New(fault.Invalid, "paper_data_not_named", "The seal is unbroken, but the data inside are not those that the signed text names. Do not rely on them.")
	ErrPaperHands    = fault.New(fault.Invalid, "paper_not_signed_by_both", "The seal is unbroken, but the signatures inside are not those of the two whose contract it is. Do not rely on what it says.")
)

// VerifyPaper checks a paper without asking anybody: that its seal is unbroken and
// trusted, that the text is the one both signed, that the data are those that the
// text names, and that the signatures are of the two whose contract it is.
func VerifyPaper(file []byte, trusted func(*x509.Certificate) bool) (Verdict, error) {
	opened, err := paper.Open(file)
	switch {
	case errors.Is(err, paper.ErrBroken):
		return Verdict{}, ErrPaperChanged
	case err != nil:
		return Verdict{}, ErrNoSealedPaper
	}
	market := opened.Certificate.Subject.CommonName
	if !trusted(opened.Certificate) {
		return Verdict{}, ErrOtherSeal.With(market)
	}
	in, err := inside(opened)
	if err != nil {
		return Verdict{}, err
	}
	if err := in.check(); err != nil {
		return Verdict{}, err
	}
	return Verdict{
		Market: market, Seal: paper.Fingerprint(opened.Certificate), SealedAt: opened.At,
		Contract: in.evidence.Contract, Title: in.deed.PostTitle, Text: in.text, SHA256: in.evidence.Text, DataSHA256: in.evidence.Data,
		Client: in.evidence.of(Client), Freelancer: in.evidence.of(Freelancer),
		Total: in.deed.Terms.Total(), Missing: lint(in.deed, in.evidence),
	}, nil
}

// contents are what lies inside a paper.
type contents struct {
	text, data string
	deed       deed
	evidence   evidence
}

func inside(o paper.Opened) (in contents, err error) {
	files, err := o.Files()
	if err != nil {
		return in, ErrPaperParts
	}
	how := ""
	for _, f := range files {
		switch f.Name {
		case textFile:
			in.text = string(f.Content)
		case dataFile:
			in.data = string(f.Content)
		case evidenceFile:
			how = string(f.Content)
		}
	}
	in.deed, err = readDeed(in.data)
	if err = errors.Join(err, json.Unmarshal([]byte(how), &in.evidence)); err != nil || in.text == "" {
		return in, ErrPaperParts
	}
	return in, nil
}

// check refuses contents that do not fit together.
func (in contents) check() error {
	form, err := canonical(json.RawMessage(in.data))
	switch {
	case fingerprint(in.text) != in.evidence.Text:
		return ErrPaperText
	case err != nil || form != in.data || fingerprint(in.data) != in.evidence.Data || !strings.Contains(in.text, in.evidence.Data):
		return ErrPaperData
	case len(in.evidence.Signatures) != 2:
		return ErrPaperHands
	}
	for side, p := range map[Side]party{Client: in.deed.Client, Freelancer: in.deed.Freelancer} {
		if s := in.evidence.of(side); s.Person != p.ID || s.Name != p.Name || s.At.IsZero() {
			return ErrPaperHands
		}
	}
	return nil
}

// VerifyOurs is VerifyPaper for the seals that this market has, or ever had.
func VerifyOurs(ctx context.Context, d *db.DB, file []byte) (Verdict, error) {
	var ours []string
	err := d.View(ctx, func(tx *db.Tx) (err error) {
		ours, err = sealsOf(ctx, tx)
		return err
	})
	if err != nil {
		return Verdict{}, err
	}
	return VerifyPaper(file, func(c *x509.Certificate) bool { return slices.Contains(ours, paper.Fingerprint(c)) })
}
