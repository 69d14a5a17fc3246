// Package pain writes files of payments that a bank carries out: pain.001 (ISO 20022),
// version 9, as the single euro payments area takes them.
package pain

import (
	"encoding/xml"
	"time"

	"freehold/internal/kit/money"
)

// File is payments out of one account.
type File struct {
	Name     string // unique, at most 35 characters
	At       time.Time
	From     Account
	Payments []Payment
}

// Account is one at a bank.
type Account struct {
	Holder string
	IBAN   string
	BIC    string // may be empty
}

// Payment is one amount to somebody.
type Payment struct {
	EndToEnd string // our name for it, which comes back in statements; at most 35 characters
	To       Account
	Amount   money.Amount
	Text     string // what its reader sees; at most 140 characters
}

const namespace = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"

type document struct {
	XMLName xml.Name `xml:"Document"`
	Space   string   `xml:"xmlns,attr"`
	Header  struct {
		Name  string `xml:"MsgId"`
		At    string `xml:"CreDtTm"`
		Count int    `xml:"NbOfTxs"`
		Sum   string `xml:"CtrlSum"`
		By    string `xml:"InitgPty>Nm"`
	} `xml:"CstmrCdtTrfInitn>GrpHdr"`
	Order struct {
		Name   string     `xml:"PmtInfId"`
		Method string     `xml:"PmtMtd"`
		Batch  bool       `xml:"BtchBookg"` // each payment is a line of its own in the statement
		Count  int        `xml:"NbOfTxs"`
		Sum    string     `xml:"CtrlSum"`
		Level  string     `xml:"PmtTpInf>SvcLvl>Cd"`
		Day    string     `xml:"ReqdExctnDt>Dt"`
		Holder string     `xml:"Dbtr>Nm"`
		IBAN   string     `xml:"DbtrAcct>Id>IBAN"`
		Agent  agent      `xml:"DbtrAgt>FinInstnId"`
		Bearer string     `xml:"ChrgBr"`
		To     []transfer `xml:"CdtTrfTxInf"`
	} `xml:"CstmrCdtTrfInitn>PmtInf"`
}

type agent struct {
	BIC   string `xml:"BICFI,omitempty"`
	Other string `xml:"Othr>Id,omitempty"`
}

type transfer struct {
	EndToEnd string `xml:"PmtId>EndToEndId"`
	Amount   struct {
		Currency string `xml:"Ccy,attr"`
		Value    string `xml:",chardata"`
	} `xml:"Amt>InstdAmt"`
	Holder string `xml:"Cdtr>Nm"`
	IBAN   string `xml:"CdtrAcct>Id>IBAN"`
	Text   string `xml:"RmtInf>Ustrd"`
}

// XML returns the file as a bank takes it. All payments are in one currency.
func (f File) XML() ([]byte, error) {
	d := document{Space: namespace}
	sum := money.Zero(f.Payments[0].Amount.Currency)
	for _, p := range f.Payments {
		t := transfer{EndToEnd: p.EndToEnd, Holder: p.To.Holder, IBAN: p.To.IBAN, Text: p.Text}
		t.Amount.Currency, t.Amount.Value = p.Amount.Currency, p.Amount.Decimal()
		d.Order.To = append(d.Order.To, t)
		sum = sum.Add(p.Amount)
	}
	d.Header.Name, d.Header.At, d.Header.By = f.Name, f.At.UTC().Format("2006-01-02T15:04:05Z"), f.From.Holder
	d.Header.Count, d.Header.Sum = len(f.Payments), sum.Decimal()
	o := &d.Order
	o.Name, o.Method, o.Level, o.Bearer, o.Day = f.Name, "TRF", "SEPA", "SLEV", f.At.UTC().Format(time.DateOnly)
	o.Count, o.Sum = d.Header.Count, d.Header.Sum
	o.Holder, o.IBAN, o.Agent = f.From.Holder, f.From.IBAN, agent{BIC: f.From.BIC}
	if f.From.BIC == "" {
		o.Agent.Other = "NOTPROVIDED"
	}
	out, err := xml.MarshalIndent(d, "", "  ")
	return append([]byte(xml.Header), append(out, '\n')...), err
}
