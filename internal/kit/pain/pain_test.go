package pain_test

import (
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"freehold/internal/kit/money"
	"freehold/internal/kit/pain"
)

func TestAFileSaysWhoIsPaidWhat(t *testing.T) {
	t.Parallel()
	pay := func(name, holder, iban string, minor int64) pain.Payment {
		return pain.Payment{EndToEnd: name, To: pain.Account{Holder: holder, IBAN: iban}, Amount: money.Amount{Minor: minor, Currency: "EUR"}, Text: "Payout"}
	}
	out, err := pain.File{Name: "FREEHOLD-1", At: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC), From: pain.Account{Holder: "Orchard <eG>", IBAN: "FI2112345600000785"},
		Payments: []pain.Payment{pay("payout-1", "Ada & Sons", "PT50000201231234567890154", 20_00), pay("payout-2", "Hana", "MT84MALT011000012345MTLCAST001S", 5)}}.XML()
	if err != nil {
		t.Fatal(err)
	}
	text := string(out)
	at := 0
	for _, want := range []string{ // in the order in which the schema wants them
		`<?xml version="1.0" encoding="UTF-8"?>`, `xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"`,
		"<GrpHdr>", "<MsgId>FREEHOLD-1</MsgId>", "<CreDtTm>2030-01-02T03:04:05Z</CreDtTm>", "<NbOfTxs>2</NbOfTxs>", "<CtrlSum>20.05</CtrlSum>", "<Nm>Orchard &lt;eG&gt;</Nm>",
		"<PmtInf>", "<PmtMtd>TRF</PmtMtd>", "<BtchBookg>false</BtchBookg>", "<Cd>SEPA</Cd>", "<Dt>2030-01-02</Dt>", "<IBAN>FI2112345600000785</IBAN>", "<Id>NOTPROVIDED</Id>", "<ChrgBr>SLEV</ChrgBr>",
		"<CdtTrfTxInf>", "<EndToEndId>payout-1</EndToEndId>", `<InstdAmt Ccy="EUR">20.00</InstdAmt>`, "<Nm>Ada &amp; Sons</Nm>", "<IBAN>PT50000201231234567890154</IBAN>", "<Ustrd>Payout</Ustrd>",
		"<EndToEndId>payout-2</EndToEndId>", `<InstdAmt Ccy="EUR">0.05</InstdAmt>`,
	} {
		i := strings.Index(text[at:], want)
		if i < 0 {
			t.Fatalf("%s is missing, or stands too early:\n%s", want, text)
		}
		at += i
	}
	if strings.Count(text, "<PmtInf>") != 1 || strings.Count(text, "<CdtTrfTxInf>") != 2 || strings.Count(text, "<DbtrAcct>") != 1 {
		t.Errorf("it is parted:\n%s", text)
	}
	var any struct{}
	if err := xml.Unmarshal(out, &any); err != nil {
		t.Error(err)
	}
}
