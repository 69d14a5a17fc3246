package statement_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"freehold/internal/kit/money"
	"freehold/internal/kit/statement"
)

const camt = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt>
<Id>2030-7</Id><Acct><Id><IBAN>FI2112345600000785</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">%s</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Ntry><Amt Ccy="EUR">640.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2030-01-02</Dt></BookgDt><AcctSvcrRef>A1</AcctSvcrRef>
 <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>Sofia Rossi</Nm></Pty></Dbtr></RltdPties>
 <RmtInf><Ustrd>From PT50 0002 0123 1234 5678 9015 4</Ustrd><Strd><CdtrRefInf><Ref>RF57D7</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">50.5</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>2030-01-02T10:00:00+01:00</DtTm></BookgDt><AcctSvcrRef>A2</AcctSvcrRef>
 <NtryDtls><TxDtls><Refs><EndToEndId>payout-1</EndToEndId></Refs><Amt Ccy="EUR">20.00</Amt></TxDtls><TxDtls><Refs><EndToEndId>payout-2</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="EUR">30.50</Amt></TxAmt></AmtDtls></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">20.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2030-01-03</Dt></BookgDt>
 <NtryDtls><TxDtls><Refs><EndToEndId>payout-1</EndToEndId></Refs><RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Closed account</AddtlInf></RtrInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">1.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2030-01-03</Dt></BookgDt><BkTxCd><Domn><Cd>ACMT</Cd><Fmly><Cd>MDOP</Cd><SubFmlyCd>CHRG</SubFmlyCd></Fmly></Domn></BkTxCd></Ntry>
<Ntry><Amt Ccy="EUR">9.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts><BookgDt><Dt>2030-01-03</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>`

func euros(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "EUR"} }

func TestACamtStatementIsRead(t *testing.T) {
	t.Parallel()
	all, err := statement.Parse([]byte("\ufeff" + fmt.Sprintf(camt, "708.00")))
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	s := all[0]
	if s.Name != "2030-7" || s.Account != "FI2112345600000785" || *s.Opening != 100_00 || *s.Closing != 708_00 || len(s.Entries) != 5 {
		t.Fatalf("it is %+v", s)
	}
	for i, want := range []statement.Entry{
		{Ref: "A1", Amount: euros(640_00), Reference: "RF57D7", Text: "From •••• 0154", Party: "Sofia Rossi"},
		{Ref: "A2/1", Amount: euros(-20_00), EndToEnd: "payout-1"},
		{Ref: "A2/2", Amount: euros(-30_50), EndToEnd: "payout-2"},
		{Ref: "2030-01-03 2000 payout-1 ", Amount: euros(20_00), EndToEnd: "payout-1", Returned: true, Text: "AC04 Closed account"},
		{Ref: "2030-01-03 -150  ", Amount: euros(-1_50), Charge: true},
	} {
		got := s.Entries[i]
		if got.At.Year() != 2030 {
			t.Errorf("entry %d is of %v", i, got.At)
		}
		got.At = want.At
		if got != want {
			t.Errorf("entry %d is %+v, want %+v", i, got, want)
		}
	}
}

func TestATableIsRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		table   string
		amounts []int64
		closing int64
	}{
		"in English":        {"Date,Amount,Currency,Description,Name,Balance\n2030-01-02,640.00,EUR,RF57 D7,Sofia,740.00\n2030-01-03,-1.5,EUR,Fee,,738.50\n", []int64{640_00, -1_50}, 738_50},
		"in German":         {"Buchungstag;Betrag;Währung;Verwendungszweck\n02.01.2030;1.640,00;EUR;RF57D7\n03.01.2030;−1,50;EUR;\"Gebühr; Januar\"\n", []int64{1640_00, -1_50}, 0},
		"with a mark ahead": {"\ufeffdate,amount\n2030/01/02,7\n", []int64{7_00}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all, err := statement.Parse([]byte(c.table))
			if err != nil {
				t.Fatal(err)
			}
			var got []int64
			for _, e := range all[0].Entries {
				got = append(got, e.Amount.Minor)
			}
			if fmt.Sprint(got) != fmt.Sprint(c.amounts) || (c.closing != 0) != (all[0].Closing != nil) || c.closing != 0 && *all[0].Closing != c.closing {
				t.Errorf("it says %v, and %v at the end", got, all[0].Closing)
			}
			again, err := statement.Parse([]byte(c.table))
			if err != nil || again[0].Name != all[0].Name {
				t.Error("the same table has another name the second time")
			}
		})
	}
}

func TestWhatIsNoStatementIsRefusedInASentence(t *testing.T) {
	t.Parallel()
	whole := fmt.Sprintf(camt, "708.00")
	for name, c := range map[string]struct{ data, says string }{
		"nothing":                 {"", "neither"},
		"a letter":                {"Dear bank,\nhello", "has to name the columns"},
		"cut off":                 {whole[:len(whole)/2], "cannot be read to its end"},
		"another document":        {`<Document xmlns="x"><Other/></Document>`, "no statement"},
		"it does not add up":      {fmt.Sprintf(camt, "709.00"), "do not add up"},
		"an amount with letters":  {strings.Replace(whole, "640.00", "6x0.00", 1), "cannot be read"},
		"too fine":                {strings.Replace(whole, "640.00", "640.001", 1), "cannot be read"},
		"no direction":            {strings.Replace(whole, "<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<Sts>", 1), "cannot be read"},
		"parts that do not match": {strings.Replace(whole, "30.50", "30.49", 1), "add up to something else"},
		"no date":                 {strings.Replace(whole, "<Dt>2030-01-02</Dt>", "<Dt></Dt>", 1), "date"},
		"two currencies":          {"date,amount,currency\n2030-01-02,7,EUR\n2030-01-02,7,USD\n", "has an entry in"},
		"no amount":               {"date,amount\n2030-01-02,\n", "no amount"},
		"a date like no other":    {"date,amount\nyesterday,7\n", "no date"},
		"no such currency":        {"date,amount,currency\n2030-01-02,7,BEE\n", "no currency"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := statement.Parse([]byte(c.data))
			why, ok := errors.AsType[*statement.Refusal](err)
			if !ok || !strings.Contains(strings.ToLower(why.Sentence), c.says) {
				t.Errorf("it says %v", err)
			}
		})
	}
}

func TestNumbersOfAccountsAndCardsAreMasked(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"PT50000201231234567890154":           "•••• 0154",
		"to DE89 3704 0044 0532 0130 00 asap": "to •••• 3000 asap",
		"card 4111 1111 1111 1111":            "card •••• 1111",
		"RF57D7 for the website":              "RF57D7 for the website",
		"RF18 5390 0754 7034":                 "RF18 5390 0754 7034",
		"invoice 2030-17 of 3 January":        "invoice 2030-17 of 3 January",
	} {
		if got := statement.Mask(text); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(fmt.Sprintf(camt, "708.00")))
	f.Add([]byte("date;amount;text\n02.01.2030;1.640,00;x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		all, err := statement.Parse(data)
		if _, ok := errors.AsType[*statement.Refusal](err); err != nil && !ok {
			t.Errorf("an accident: %v", err)
		}
		for _, s := range all {
			for _, e := range s.Entries {
				if e.Ref == "" || e.At.IsZero() || e.Amount.Currency != s.Currency {
					t.Errorf("half an entry: %+v", e)
				}
			}
		}
	})
}
