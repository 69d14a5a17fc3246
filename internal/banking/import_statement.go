package banking

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/kit/statement"
)

// Refusals of statements.
var (
	ErrStatement   = fault.New(fault.Invalid, "statement_unreadable", "%s Nothing was taken over.").At("file")
	ErrKnown       = fault.New(fault.Conflict, "statement_known", "The statement “%s” was taken over before. Nothing was changed.").At("file")
	ErrOtherBank   = fault.New(fault.Invalid, "statement_of_another_account", "This statement is of another account than this market’s. Nothing was taken over.").At("file")
	ErrOtherMoney  = fault.New(fault.Invalid, "statement_in_another_currency", "This statement is in %s, and the account in %s. Nothing was taken over.").At("file")
	ErrNotFiled    = fault.New(fault.Conflict, "rail_not_filed", "This provider hands payouts over by itself.")
	ErrNothingDue  = fault.New(fault.Conflict, "nothing_to_hand_over", "No payout waits to be handed over.")
	ErrNoFile      = fault.New(fault.NotFound, "payment_file_not_found", "There is no such file.")
	ErrRejectWhy   = fault.New(fault.Invalid, "reject_why_missing", "Say why, as the bank says it, in at most 300 characters: the person reads it.").At("why")
	ErrStoppedRail = fault.New(fault.Conflict, "rail_stopped", "The book of this provider and ours differ. No payout is handed over until they agree.")
)

// Imported is what came of a file of statements.
type Imported struct {
	Statements int
	Lines      int
	Findings   []Finding
}

// ImportStatement takes over what a bank says about the operator's account: deposits
// arrive, payouts are known to have left, and the books are compared.
func ImportStatement(ctx context.Context, d *db.DB, rail FiledRail, by account.Actor, data []byte) (in Imported, err error) {
	if !mayKeep(by) {
		return in, ErrNotFinance
	}
	all, err := statement.Parse(data)
	if err != nil {
		if why, ok := errors.AsType[*statement.Refusal](err); ok {
			err = ErrStatement.With(why.Sentence)
		}
		return in, err
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		in = Imported{}
		if _, err := lockRail(ctx, tx, rail.Name()); err != nil { // two files, one after the other
			return err
		}
		for _, s := range all {
			switch {
			case s.Account != "" && s.Account != rail.Own().IBAN:
				return ErrOtherBank
			case !rail.Traits().Takes(s.Currency):
				return ErrOtherMoney.With(s.Currency, strings.Join(rail.Traits().Currencies, ", "))
			}
			if err := insertStatement(ctx, tx, rail.Name(), by, s); err != nil {
				return err
			}
			for _, e := range s.Entries {
				if err := insertLine(ctx, tx, rail.Name(), lineOf(e)); err != nil {
					return err
				}
			}
			in.Statements, in.Lines = in.Statements+1, in.Lines+len(s.Entries)
		}
		return journal.Append(ctx, tx, "rail/"+rail.Name(), by, say.That("%s took %d lines of the bank over.", by.Name, in.Lines), "a statement")
	})
	if err != nil {
		return in, err
	}
	in.Findings, err = Reconcile(ctx, d, rail)
	return in, err
}

// lineOf says what an entry of a bank statement is.
func lineOf(e statement.Entry) Line {
	l := Line{Ref: e.Ref, Kind: LineOther, Amount: e.Amount, Text: strings.TrimSpace(e.Party + " " + e.Text), At: e.At}
	payout := strings.HasPrefix(e.EndToEnd, "payout-")
	switch {
	case e.Charge:
		l.Kind = LineFee
	case payout && e.Amount.Minor < 0:
		l.Kind, l.Key = LinePayout, strings.Replace(e.EndToEnd, "-", "/", 1)
	case payout:
		l.Kind, l.Key, l.Text = LineReturned, strings.Replace(e.EndToEnd, "-", "/", 1), e.Text
	case e.Amount.Minor > 0:
		l.Kind, l.Key = LineDeposit, keyIn(e.Reference+" "+e.Text)
	}
	return l
}

func insertStatement(ctx context.Context, tx *db.Tx, rail string, by account.Actor, s statement.Statement) error {
	until := tx.Now
	if n := len(s.Entries); n > 0 {
		until = s.Entries[n-1].At
	}
	err := db.Exec1(ctx, tx, `
		INSERT INTO banking.statements (rail, name, currency, opening, closing, lines, until, by, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		rail, s.Name, s.Currency, s.Opening, s.Closing, len(s.Entries), until, by.ID, tx.Now)
	if db.Violates(err, "statements_rail_name_key") {
		err = ErrKnown.With(s.Name)
	}
	return err
}

// RejectPayout puts a payout that the bank has refused to carry out back into its
// owner's wallet.
func RejectPayout(ctx context.Context, d *db.DB, by account.Actor, id PayoutID, why string) error {
	why = strings.TrimSpace(why)
	return d.Update(ctx, func(tx *db.Tx) error {
		if !mayKeep(by) {
			return ErrNotFinance
		}
		p, err := lockPayout(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case p.Person == by.ID:
			return ErrForYourself
		case p.State != OnItsWay || p.File == nil:
			return ErrSettled
		case why == "" || len([]rune(why)) > 300:
			return ErrRejectWhy
		}
		if err := journal.Append(ctx, tx, p.key(), by, say.That("%s said that the bank refused it.", by.Name), why); err != nil {
			return err
		}
		return bookPayout(ctx, tx, &p, Answer{Refused: statement.Mask(why)})
	})
}

// key of a payout in a file of payments: 35 characters at most, and no slash.
func (p Payout) endToEnd() string { return fmt.Sprintf("payout-%d", p.ID) }
