package banking

import (
	"context"
	"errors"
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/pain"
	"freehold/internal/kit/say"
)

// FileID names a file of payments.
type FileID int64

// PaymentFile is payouts that were handed over together.
type PaymentFile struct {
	ID       FileID
	Rail     string
	Payouts  int
	Minor    int64
	Currency string
	By       account.ID
	At       time.Time
	Waiting  int // of them, that the bank has not carried out yet
}

// Amount is the sum of its payouts.
func (f PaymentFile) Amount() money.Amount { return money.Amount{Minor: f.Minor, Currency: f.Currency} }

// perFile is how many payouts one file takes.
const perFile = 1000

// Vault hides and shows again.
type Vault interface {
	Sealer
	Opener
}

// MakePaymentFile hands every payout that waits over to the bank, in a file that is
// kept sealed and can be fetched again. What is in it can no longer be called back.
// Each is in one file, however many make files at once.
func MakePaymentFile(ctx context.Context, d *db.DB, v Vault, rail FiledRail, by account.Actor) (f PaymentFile, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		if !mayKeep(by) {
			return ErrNotFinance
		}
		r, err := lockRail(ctx, tx, rail.Name())
		if err != nil {
			return err
		}
		if r.StoppedAt != nil {
			return ErrStoppedRail
		}
		all, err := db.All[Payout](ctx, tx, `
			SELECT `+payoutCols+` FROM banking.payouts
			WHERE rail = $1 AND state = 'on its way' AND handed_at IS NULL AND not_before <= $2 ORDER BY not_before, id LIMIT $3 FOR UPDATE`, rail.Name(), tx.Now, perFile)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return ErrNothingDue
		}
		f = PaymentFile{Rail: rail.Name(), Payouts: len(all), Currency: all[0].Currency, By: by.ID, At: tx.Now}
		out := pain.File{At: tx.Now, From: rail.Own()}
		for _, p := range all {
			o, err := p.order(ctx, tx, v)
			if err != nil {
				return err
			}
			f.Minor += p.Minor
			out.Payments = append(out.Payments, pain.Payment{EndToEnd: p.endToEnd(), To: pain.Account{Holder: o.Name, IBAN: o.Method}, Amount: p.Amount(),
				Text: fmt.Sprintf("Freehold, payout %d", p.ID)})
		}
		return f.save(ctx, tx, v, out, by)
	})
	return f, err
}

func (f *PaymentFile) save(ctx context.Context, tx *db.Tx, v Sealer, out pain.File, by account.Actor) (err error) {
	f.ID, err = db.Value[FileID](ctx, tx, `SELECT nextval(pg_get_serial_sequence('banking.payment_files', 'id'))`)
	if err != nil {
		return err
	}
	out.Name = fmt.Sprintf("FREEHOLD-%d", f.ID)
	xml, err := out.XML()
	if err != nil {
		return err
	}
	if err := db.Exec1(ctx, tx, `
		INSERT INTO banking.payment_files (id, rail, payouts, minor, currency, sealed, by, at) OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		f.ID, f.Rail, f.Payouts, f.Minor, f.Currency, v.Seal(string(xml), f.ID.sealed()), f.By, f.At); err != nil {
		return err
	}
	if err := db.Exec(ctx, tx, `
		UPDATE banking.payouts SET handed_at = $2, file = $3
		WHERE id IN (SELECT id FROM banking.payouts WHERE rail = $1 AND state = 'on its way' AND handed_at IS NULL AND not_before <= $2 ORDER BY not_before, id LIMIT $4)`,
		f.Rail, f.At, f.ID, perFile); err != nil {
		return err
	}
	return journal.Append(ctx, tx, "rail/"+f.Rail, by, say.That("%s handed %d payouts over to the bank: %s.", by.Name, f.Payouts, f.Amount()), out.Name)
}

func (id FileID) sealed() string { return fmt.Sprintf("payment file %d", id) }

// FetchPaymentFile returns a file as the bank takes it. That somebody has fetched it is
// on record.
func FetchPaymentFile(ctx context.Context, d *db.DB, v Opener, by account.Actor, id FileID) (xml string, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		if !mayKeep(by) {
			return ErrNotFinance
		}
		f, err := db.One[struct {
			Rail   string
			Sealed []byte
		}](ctx, tx, `SELECT rail, sealed FROM banking.payment_files WHERE id = $1`, id)
		if errors.Is(err, db.NoRow) {
			return ErrNoFile
		}
		if err != nil {
			return err
		}
		if xml, err = v.Open(f.Sealed, id.sealed()); err != nil {
			return err
		}
		return journal.Append(ctx, tx, "rail/"+f.Rail, by, say.That("%s fetched payment file %d.", by.Name, int64(id)), "to take it to the bank")
	})
	return xml, err
}
