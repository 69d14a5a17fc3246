package main

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"

	"freehold/internal/contract"
	"freehold/internal/credential"
	"freehold/internal/kit/paper"
	"freehold/internal/translog"
)

// verify checks what the market has handed out.
type verify struct {
	File verifyFile `cmd:"" default:"withargs" help:"Check the PDF of a contract, the proof of a decision or a credential, without a market and without a network."`
	Log  verifyLog  `cmd:"" help:"Read a market's whole transparency log, and see that it is the one that was signed."`
}

// verifyFile checks a contract's PDF, or a proof, without a market and without a network.
type verifyFile struct {
	File string `arg:"" help:"The PDF of a contract, the proof of a decision or a credential, as it was downloaded." type:"existingfile"`
	Key  string `help:"For a proof: the key of the market's log, as its page /log/key gives it."`
	DID  string `help:"For a credential: the market's DID document, as /.well-known/did.json gives it. Without it you have to know the key yourself." type:"existingfile"`
	Seal string `help:"The certificate of the market's seal, as its page /verify/seal.pem gives it. Without it you have to know the fingerprint yourself." type:"existingfile"`
	Text bool   `help:"Print the text that both signed, too."`
}

// Run prints what the contract is, or why it should not be relied on.
func (c *verifyFile) Run(context.Context) error {
	switch file, err := os.ReadFile(c.File); {
	case err != nil:
		return err
	case translog.IsProof(file):
		return c.proof(file)
	case credential.Is(string(file)):
		return c.credential(string(file))
	}
	trusted, err := c.trusted()
	if err != nil {
		return err
	}
	file, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	v, err := contract.VerifyPaper(file, trusted)
	if err != nil {
		return err
	}
	fmt.Printf("The seal is unbroken, the text is the one that both signed, and the data are those that the text names.\n\n")
	for _, line := range [][2]string{
		{"Contract", fmt.Sprintf("%d, %s", v.Contract, v.Title)},
		{"In all", v.Total.String()},
		{"Client", signed(v.Client)},
		{"Freelancer", signed(v.Freelancer)},
		{"Text", "SHA-256 " + v.SHA256},
		{"Data", "SHA-256 " + v.DataSHA256},
		{"Sealed by", fmt.Sprintf("%s on %s", v.Market, v.SealedAt.Format("2 January 2006 at 15:04 UTC"))},
		{"The seal", "SHA-256 " + v.Seal},
	} {
		fmt.Printf("%-11s %s\n", line[0], line[1])
	}
	for _, l := range []contract.Law{contract.NewYork, contract.California, contract.Illinois} {
		fmt.Printf("%-11s %s\n", l, v.Lacks(l))
	}
	if c.Seal == "" {
		fmt.Printf("\nWhether this is the seal of that market is for you to say: its page /verify/seal.pem has the certificate.\n")
	}
	if c.Text {
		fmt.Printf("\n%s", v.Text)
	}
	return nil
}

func signed(s contract.SignatureEvidence) string {
	return fmt.Sprintf("%s (person %d), signed on %s, %s", s.Name, s.Person, s.At.Format("2 January 2006 at 15:04:05 UTC"),
		strings.ReplaceAll(s.PostalAddress, "\n", ", "))
}

// trusted says which seals are: the one that was given, or any.
func (c *verifyFile) trusted() (func(*x509.Certificate) bool, error) {
	if c.Seal == "" {
		return func(*x509.Certificate) bool { return true }, nil
	}
	kept, err := os.ReadFile(c.Seal)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(kept)
	if block == nil || block.Type != "CERTIFICATE" {
		return nil, errors.New(c.Seal + " holds no certificate")
	}
	known, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, err
	}
	return func(one *x509.Certificate) bool { return paper.Fingerprint(one) == paper.Fingerprint(known) }, nil
}
