// Package statement reads what a bank says about an account: camt.053 (ISO 20022) as
// banks give it out, and a table in CSV for those that give nothing better. It keeps
// no number of anybody's account.
package statement

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"time"

	"freehold/internal/kit/money"
)

// Statement is what a bank says about one account in one currency.
type Statement struct {
	Name             string // the bank's, unique for the account
	Account          string // its IBAN; empty: it does not say
	Currency         string
	Opening, Closing *int64 // minor units; nil: it does not say
	Entries          []Entry
}

// Entry is one movement on the account.
type Entry struct {
	Ref       string       // unique on the account
	Amount    money.Amount // above zero: it came in
	At        time.Time
	EndToEnd  string // the name that whoever ordered it gave it
	Reference string // the creditor's reference, where it stands by itself
	Text      string // what the payer wrote, and their name, without account numbers
	Party     string // the other side's name
	Returned  bool   // it is a payment that came back
	Charge    bool   // the bank charges for something
}

// Refusal is why something is no statement, for a person to read.
type Refusal struct{ Sentence string }

func (r *Refusal) Error() string { return r.Sentence }

func refuse(format string, args ...any) error { return &Refusal{fmt.Sprintf(format, args...)} }

// most is how many entries one file may have.
const most = 20_000

// Parse reads a file, which may hold several statements.
func Parse(data []byte) (all []Statement, err error) {
	if bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n"), []byte("<")) {
		all, err = parseCamt(data)
	} else {
		all, err = parseCSV(data)
	}
	if err != nil {
		return nil, err
	}
	n := 0
	for i := range all {
		n += len(all[i].Entries)
		if err := all[i].check(); err != nil {
			return nil, err
		}
	}
	if len(all) == 0 {
		return nil, refuse("There is no statement in this file.")
	}
	if n > most {
		return nil, refuse("This file has %d entries. Cut it into files of at most %d.", n, most)
	}
	return all, nil
}

// check refuses a statement that contradicts itself, and names entries that have no
// name of their own.
func (s *Statement) check() error {
	if s.Name == "" || !money.Known(s.Currency) {
		return refuse("A statement in this file says neither what it is called nor in which currency it is.")
	}
	sum, seen := int64(0), map[string]int{}
	for i := range s.Entries {
		e := &s.Entries[i]
		if e.Amount.Currency != s.Currency {
			return refuse("The statement %s is in %s and has an entry in %s.", s.Name, s.Currency, e.Amount.Currency)
		}
		if e.At.IsZero() {
			return refuse("An entry of %s has no date.", e.Amount)
		}
		sum += e.Amount.Minor
		if e.Ref == "" {
			e.Ref = fmt.Sprintf("%s %d %s %s", e.At.Format(time.DateOnly), e.Amount.Minor, e.EndToEnd, e.Reference)
		}
		if seen[e.Ref]++; seen[e.Ref] > 1 {
			e.Ref = fmt.Sprintf("%s (%d)", e.Ref, seen[e.Ref])
		}
		e.Text, e.Party = Mask(clip(e.Text, 300)), Mask(clip(e.Party, 140))
	}
	if s.Opening != nil && s.Closing != nil && *s.Opening+sum != *s.Closing {
		return refuse("The entries of the statement %s do not add up to its balances. It was cut, or changed.", s.Name)
	}
	return nil
}

func clip(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// account is what could be the number of an account (two letters, two digits, then
// groups of four) or of a card.
var account = regexp.MustCompile(`(?i)\b[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?\b|\b[0-9](?:[ -]?[0-9]){11,}\b`)

// Mask leaves the last four characters of whatever looks like the number of an account
// or a card. A creditor's reference stays: it is ours.
func Mask(text string) string {
	return account.ReplaceAllStringFunc(text, func(s string) string {
		bare := strings.NewReplacer(" ", "", "-", "").Replace(s)
		digits := strings.IndexFunc(bare[4:], func(r rune) bool { return r >= '0' && r <= '9' }) >= 0
		if strings.HasPrefix(strings.ToUpper(bare), "RF") || !digits {
			return s
		}
		return "•••• " + bare[len(bare)-4:]
	})
}
