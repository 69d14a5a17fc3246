package statement

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"

	"freehold/internal/kit/paper"
	"freehold/internal/kit/say"
)

// WriteTable writes the movements as CSV, amounts in decimals with a point.
func (s Statement) WriteTable(w io.Writer, r say.Reader) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"at", "what", "amount", "balance", "currency", "posting"}}
	for _, m := range s.Movements {
		rows = append(rows, []string{m.At.UTC().Format(time.RFC3339), m.Words.For(r), m.Amount.Decimal(), m.Balance.Decimal(), s.Currency, m.Posting})
	}
	if err := out.WriteAll(rows); err != nil {
		return err
	}
	return out.Error()
}

// WriteWork writes what was paid for work as CSV, with the fee apart from it.
func (s Statement) WriteWork(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"at", "side", "contract", "title", "kind", "paid_minor", "fee_minor", "currency", "posting"}}
	for _, k := range s.Work {
		rows = append(rows, []string{k.At.UTC().Format(time.RFC3339), string(k.Side), strconv.FormatInt(k.Contract, 10), k.Title, k.Kind,
			strconv.FormatInt(k.Paid, 10), strconv.FormatInt(k.Fee, 10), s.Currency, k.Posting})
	}
	if err := out.WriteAll(rows); err != nil {
		return err
	}
	return out.Error()
}

// Paper is the statement laid out for printing.
func (s Statement) Paper(r say.Reader, market, name string, at time.Time) paper.Document {
	table := func(rows ...paper.Row) paper.Block { return paper.Block{Kind: paper.Table, Rows: rows} }
	title := r.T("Statement %s, %s", s.Name, s.Currency)
	doc := paper.Document{Title: title, Author: market, At: at, Foot: fmt.Sprintf("%s · %s · %s", market, name, title)}
	doc.Blocks = []paper.Block{
		{Kind: paper.Title, Text: title},
		{Kind: paper.Paragraph, Text: r.T("For %s, by %s. Made on %s from the ledger; days are those of UTC.", name, market, say.Day(at))},
		table(
			paper.Row{Key: r.T("At the beginning"), Value: r.Show(s.Opening)}, paper.Row{Key: r.T("At the end"), Value: r.Show(s.Closing)},
			paper.Row{Key: r.T("Earned"), Value: r.Show(s.Earned())}, paper.Row{Key: r.T("Paid for work"), Value: r.Show(s.Spent())}, paper.Row{Key: r.T("Fees on it"), Value: r.Show(s.Fees())},
		),
	}
	if len(s.Work) > 0 {
		doc.Blocks = append(doc.Blocks, paper.Block{Kind: paper.Heading, Text: r.T("Work")})
		for _, w := range s.Work {
			doc.Blocks = append(doc.Blocks, table(paper.Row{Key: w.At.UTC().Format(time.DateOnly),
				Value: r.T("%s (contract %d, as %s): %s, fee %s", w.Title, w.Contract, say.Sentence{Format: string(w.Side)}, s.in(w.Paid), s.in(w.Fee))}))
		}
	}
	doc.Blocks = append(doc.Blocks, paper.Block{Kind: paper.Heading, Text: r.T("Every movement")})
	for _, m := range s.Movements {
		doc.Blocks = append(doc.Blocks, table(paper.Row{Key: m.At.UTC().Format(time.DateOnly), Value: fmt.Sprintf("%s: %s → %s", m.Words.For(r), r.Show(m.Amount), r.Show(m.Balance))}))
	}
	return doc
}
