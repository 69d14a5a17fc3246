package statement

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"freehold/internal/kit/money"
)

// columns are what a table needs and may have, by the names that banks give them.
var columns = map[string][]string{
	"date":      {"date", "booking date", "booked", "buchungstag", "buchungsdatum", "fecha", "data", "tarikh"},
	"amount":    {"amount", "betrag", "importe", "valor", "montante", "jumlah"},
	"currency":  {"currency", "währung", "waehrung", "moneda", "moeda", "mata wang"},
	"text":      {"text", "description", "purpose", "verwendungszweck", "concepto", "descrição", "keterangan"},
	"reference": {"reference", "creditor reference", "referenz", "referencia", "referência", "rujukan"},
	"party":     {"name", "payer", "counterparty", "auftraggeber", "nombre", "nome", "nama"},
	"id":        {"id", "transaction id", "entry reference", "bank reference"},
	"end":       {"end to end id", "end-to-end id", "endtoendid", "ende-zu-ende-referenz"},
	"balance":   {"balance", "saldo", "baki"},
}

var days = []string{time.DateOnly, "02.01.2006", "02/01/2006", "2006/01/02"}

// parseCSV reads a table with a line of names at its top. It is called by what it
// holds, so that the same file twice is the same statement.
func parseCSV(data []byte) ([]Statement, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	r := csv.NewReader(bytes.NewReader(data))
	if top, _, _ := bytes.Cut(data, []byte("\n")); bytes.Count(top, []byte(";")) > bytes.Count(top, []byte(",")) {
		r.Comma = ';'
	}
	r.FieldsPerRecord = -1
	names, err := r.Read()
	if err != nil {
		return nil, refuse("This is neither a camt.053 statement nor a table.")
	}
	at := place(names)
	if at["date"] < 0 || at["amount"] < 0 {
		return nil, refuse("The first line has to name the columns; there are none named date and amount.")
	}
	sum := sha256.Sum256(data)
	s := Statement{Name: "table " + hex.EncodeToString(sum[:8])}
	var balances []string
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, refuse("Line %d of the table cannot be read.", len(s.Entries)+2)
		}
		cell := func(name string) string {
			if i := at[name]; i >= 0 && i < len(row) {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		e, err := entryOf(cell)
		if err != nil {
			return nil, refuse("Line %d of the table: %s", len(s.Entries)+2, err)
		}
		s.Currency = e.Amount.Currency
		s.Entries = append(s.Entries, e)
		balances = append(balances, cell("balance"))
	}
	s.balances(balances)
	return []Statement{s}, nil
}

func place(names []string) map[string]int {
	at := map[string]int{}
	for column, known := range columns {
		at[column] = slices.IndexFunc(names, func(n string) bool { return slices.Contains(known, strings.ToLower(strings.TrimSpace(n))) })
	}
	return at
}

func entryOf(cell func(string) string) (e Entry, err error) {
	currency := strings.ToUpper(cell("currency"))
	if currency == "" {
		currency = "EUR"
	}
	if !money.Known(currency) {
		return e, refuse("%q is no currency.", currency)
	}
	e.Amount, err = signed(cell("amount"), currency)
	if err != nil || e.Amount.Minor == 0 {
		return e, refuse("%q is no amount.", cell("amount"))
	}
	for _, form := range days {
		if e.At, err = time.Parse(form, cell("date")); err == nil {
			break
		}
	}
	if err != nil {
		return e, refuse("%q is no date. Write it like 2030-01-31.", cell("date"))
	}
	e.Ref, e.Text, e.Reference, e.Party, e.EndToEnd = cell("id"), cell("text"), cell("reference"), cell("party"), cell("end")
	return e, nil
}

// balances reads the balance before the first entry and after the last one, if the
// table has a balance after each, oldest first.
func (s *Statement) balances(after []string) {
	if len(after) == 0 {
		return
	}
	first, err1 := signed(after[0], s.Currency)
	last, err2 := signed(after[len(after)-1], s.Currency)
	if err1 != nil || err2 != nil {
		return
	}
	first.Minor -= s.Entries[0].Amount.Minor
	s.Opening, s.Closing = &first.Minor, &last.Minor
}

// signed reads an amount as people type it, below zero too.
func signed(typed, currency string) (money.Amount, error) {
	rest, negative := strings.CutPrefix(strings.TrimPrefix(strings.ReplaceAll(typed, "−", "-"), "+"), "-")
	a, err := money.Parse(rest, currency)
	if negative {
		a = a.Neg()
	}
	return a, err
}
