package statement

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"time"

	"freehold/internal/kit/money"
)

// camt is as much of camt.053 as is of use here; its versions from 2 to 12 agree on it.
type camt struct {
	Statements []struct {
		ID      string `xml:"Id"`
		Account struct {
			IBAN     string `xml:"Id>IBAN"`
			Currency string `xml:"Ccy"`
		} `xml:"Acct"`
		Balances []struct {
			Code string `xml:"Tp>CdOrPrtry>Cd"`
			camtAmount
		} `xml:"Bal"`
		Entries []camtEntry `xml:"Ntry"`
	} `xml:"BkToCstmrStmt>Stmt"`
}

type camtAmount struct {
	Amount struct {
		Value    string `xml:",chardata"`
		Currency string `xml:"Ccy,attr"`
	} `xml:"Amt"`
	Direction string `xml:"CdtDbtInd"`
}

// parse reads an amount as XML writes it: digits, and a point before the cents.
func (a camtAmount) parse() (money.Amount, error) {
	whole, cents, _ := strings.Cut(strings.TrimSpace(a.Amount.Value), ".")
	cents = strings.TrimRight(cents, "0")
	missing := money.Decimals(a.Amount.Currency) - len(cents)
	n, err := strconv.ParseUint(whole+cents+strings.Repeat("0", max(missing, 0)), 10, 50)
	if err != nil || missing < 0 || !money.Known(a.Amount.Currency) || a.Direction != "CRDT" && a.Direction != "DBIT" {
		return money.Amount{}, refuse("An amount cannot be read: %s %s.", a.Amount.Value, a.Amount.Currency)
	}
	sum := money.Amount{Minor: int64(n), Currency: a.Amount.Currency}
	if a.Direction == "DBIT" {
		sum = sum.Neg()
	}
	return sum, nil
}

type camtEntry struct {
	camtAmount
	Ref    string `xml:"AcctSvcrRef"`
	Status struct {
		Text string `xml:",chardata"`
		Code string `xml:"Cd"`
	} `xml:"Sts"`
	Booked struct {
		Day  string `xml:"Dt"`
		Time string `xml:"DtTm"`
	} `xml:"BookgDt"`
	Family  string   `xml:"BkTxCd>Domn>Fmly>SubFmlyCd"`
	Info    string   `xml:"AddtlNtryInf"`
	Details []camtTx `xml:"NtryDtls>TxDtls"`
}

type camtTx struct {
	Refs struct {
		Servicer string `xml:"AcctSvcrRef"`
		EndToEnd string `xml:"EndToEndId"`
	} `xml:"Refs"`
	camtAmount
	Detail struct {
		Amount camtAmount `xml:"TxAmt"`
	} `xml:"AmtDtls"`
	Parties struct {
		Debtor    string `xml:"Dbtr>Nm"`
		DebtorPty string `xml:"Dbtr>Pty>Nm"`
		Creditor  string `xml:"Cdtr>Nm"`
		CredPty   string `xml:"Cdtr>Pty>Nm"`
	} `xml:"RltdPties"`
	Text      []string `xml:"RmtInf>Ustrd"`
	Reference string   `xml:"RmtInf>Strd>CdtrRefInf>Ref"`
	Return    *struct {
		Code string   `xml:"Rsn>Cd"`
		Info []string `xml:"AddtlInf"`
	} `xml:"RtrInf"`
}

// charges are the codes of what a bank takes for itself (external code list of ISO 20022).
var charges = map[string]bool{"CHRG": true, "COMM": true, "FEES": true, "COME": true, "COMI": true, "COMT": true, "TAXE": true}

func parseCamt(data []byte) ([]Statement, error) {
	var doc camt
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = true
	if err := d.Decode(&doc); err != nil {
		return nil, refuse("This is XML, and no statement: it cannot be read to its end.")
	}
	var all []Statement
	for _, in := range doc.Statements {
		s := Statement{Name: strings.TrimSpace(in.ID), Account: in.Account.IBAN, Currency: in.Account.Currency}
		for _, b := range in.Balances {
			a, err := b.parse()
			if err != nil {
				return nil, err
			}
			s.Currency = a.Currency
			switch b.Code {
			case "OPBD", "PRCD":
				s.Opening = &a.Minor
			case "CLBD":
				s.Closing = &a.Minor
			}
		}
		for _, e := range in.Entries {
			entries, err := e.parse()
			if err != nil {
				return nil, err
			}
			s.Entries = append(s.Entries, entries...)
		}
		all = append(all, s)
	}
	return all, nil
}

// parse returns an entry, or one for each of the payments it holds. What is not booked
// yet is left out.
func (e camtEntry) parse() ([]Entry, error) {
	status := strings.TrimSpace(e.Status.Text) + e.Status.Code
	if status != "" && status != "BOOK" {
		return nil, nil
	}
	whole, err := e.camtAmount.parse()
	if err != nil {
		return nil, err
	}
	at, err := e.at()
	if err != nil {
		return nil, err
	}
	one := Entry{Ref: e.Ref, Amount: whole, At: at, Text: e.Info, Charge: charges[e.Family]}
	if len(e.Details) == 0 {
		return []Entry{one}, nil
	}
	var all []Entry
	sum := int64(0)
	for i, tx := range e.Details {
		each := tx.fill(one)
		if each.Amount, err = tx.amount(e, len(e.Details)); err != nil {
			return nil, err
		}
		switch {
		case tx.Refs.Servicer != "":
			each.Ref = tx.Refs.Servicer
		case len(e.Details) > 1 && e.Ref != "":
			each.Ref = fmt.Sprintf("%s/%d", e.Ref, i+1)
		}
		sum += each.Amount.Minor
		all = append(all, each)
	}
	if sum != whole.Minor {
		return nil, refuse("The payments of an entry of %s add up to something else.", whole)
	}
	return all, nil
}

func (e camtEntry) at() (time.Time, error) {
	if at, err := time.Parse(time.RFC3339, e.Booked.Time); err == nil {
		return at.UTC(), nil
	}
	day := e.Booked.Day
	if day == "" && len(e.Booked.Time) >= len(time.DateOnly) {
		day = e.Booked.Time[:len(time.DateOnly)]
	}
	if len(day) > len(time.DateOnly) { // with a time zone
		day = day[:len(time.DateOnly)]
	}
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		err = refuse("The date of an entry cannot be read: %q.", day)
	}
	return at, err
}

// amount is that of one payment of an entry, in the entry's direction where it has none.
func (tx camtTx) amount(e camtEntry, of int) (money.Amount, error) {
	a := tx.camtAmount
	if a.Amount.Value == "" {
		a.Amount = tx.Detail.Amount.Amount
	}
	if a.Direction == "" {
		a.Direction = e.Direction
	}
	if of == 1 {
		a = e.camtAmount // the entry itself is what was booked
	}
	return a.parse()
}

// fill adds what is known of one payment.
func (tx camtTx) fill(e Entry) Entry {
	e.EndToEnd, e.Reference = strings.TrimSpace(tx.Refs.EndToEnd), strings.TrimSpace(tx.Reference)
	if e.EndToEnd == "NOTPROVIDED" {
		e.EndToEnd = ""
	}
	for _, name := range []string{tx.Parties.Debtor, tx.Parties.DebtorPty, tx.Parties.Creditor, tx.Parties.CredPty} {
		if e.Party == "" {
			e.Party = strings.TrimSpace(name)
		}
	}
	if text := strings.Join(tx.Text, " "); text != "" {
		e.Text = text
	}
	if tx.Return != nil {
		e.Returned = true
		e.Text = strings.TrimSpace(strings.Join(append([]string{tx.Return.Code}, tx.Return.Info...), " "))
	}
	return e
}
