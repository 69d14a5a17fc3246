// Package sandbox is a rail on which no real money moves: for trying Freehold
// out. Every page of a market on it says so. Its pretended bank keeps a book of its
// own, in tables of its own, so that everything that goes by a bank's book goes by
// this one.
package sandbox

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"freehold/internal/banking"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/terms"
)

// Rail does at once whatever it is asked, but for two amounts.
type Rail struct{ DB *db.DB }

const (
	// unlucky is the amount that is always refused, so that people can see what a
	// refusal looks like: 13.13 in a currency with cents.
	unlucky = 1313
	// regretted is the amount that its payer takes back after three days: 14.14.
	regretted = 1414

	regretDays terms.Days = 3

	// part is how many lines one reading of the book returns.
	part = 500
)

const refusal = "The sandbox's pretended bank refuses this one amount."

// Name is "sandbox".
func (Rail) Name() string { return "sandbox" }

// Traits are those of a card, which can be charged and taken back.
func (Rail) Traits() banking.Traits {
	return banking.Traits{Words: say.Key("Pretended card"), Pulls: true, Reversible: true}
}

// Collect pretends that a card was charged.
func (r Rail) Collect(ctx context.Context, o banking.Order) (banking.Answer, error) {
	return r.act(ctx, o, banking.LineDeposit, o.Amount.Minor)
}

// Send pretends that a bank transfer arrived.
func (r Rail) Send(ctx context.Context, o banking.Order) (banking.Answer, error) {
	return r.act(ctx, o, banking.LinePayout, -o.Amount.Minor)
}

func (r Rail) act(ctx context.Context, o banking.Order, kind banking.LineKind, minor int64) (a banking.Answer, err error) {
	a.Reference = "sandbox/" + o.Key
	err = r.DB.Update(ctx, func(tx *db.Tx) error {
		a.Refused = ""
		was, err := db.All[order](ctx, tx, `SELECT minor, currency, refused FROM sandbox.orders WHERE key = $1`, o.Key)
		if err != nil {
			return err
		}
		now := order{minor, o.Amount.Currency, o.Amount.Minor == unlucky}
		if now.Refused {
			a.Refused = refusal
		}
		if len(was) == 1 {
			if was[0] != now {
				return fmt.Errorf("the sandbox was asked for %s before, with another sum", o.Key)
			}
			return nil
		}
		if err := db.Exec1(ctx, tx, `INSERT INTO sandbox.orders VALUES ($1, $2, $3, $4, $5)`, o.Key, minor, o.Amount.Currency, now.Refused, tx.Now); err != nil || now.Refused {
			return err
		}
		return db.Exec1(ctx, tx, `INSERT INTO sandbox.lines (key, kind, minor, currency, at) VALUES ($1, $2, $3, $4, $5)`, o.Key, kind, minor, o.Amount.Currency, tx.Now)
	})
	return a, err
}

type order struct {
	Minor    int64
	Currency string
	Refused  bool
}

// Book is the pretended bank's, in which regretted payments are taken back.
func (r Rail) Book(ctx context.Context, after string) (b banking.Book, err error) {
	from, err := strconv.ParseInt("0"+after, 10, 64)
	if err != nil {
		return b, err
	}
	err = r.DB.Update(ctx, func(tx *db.Tx) error {
		b = banking.Book{Next: after}
		if err := db.Exec(ctx, tx, `
			INSERT INTO sandbox.lines (key, kind, minor, currency, at)
			SELECT key, 'chargeback', -minor, currency, $1 FROM sandbox.lines WHERE kind = 'deposit' AND minor = $2 AND at <= $3
			ON CONFLICT DO NOTHING`, tx.Now, regretted, tx.Now.AddDate(0, 0, -int(regretDays))); err != nil {
			return err
		}
		lines, err := db.All[struct {
			ID, Minor     int64
			Key, Currency string
			Kind          banking.LineKind
			At            time.Time
		}](ctx, tx, `SELECT id, key, kind, minor, currency, at FROM sandbox.lines WHERE id > $1 ORDER BY id LIMIT $2`, from, part)
		if err != nil {
			return err
		}
		for _, l := range lines {
			b.Next = strconv.FormatInt(l.ID, 10)
			b.Lines = append(b.Lines, banking.Line{Ref: "sandbox/" + b.Next, Kind: l.Kind, Key: l.Key, Amount: money.Amount{Minor: l.Minor, Currency: l.Currency}, At: l.At})
		}
		b.Held, err = db.All[money.Amount](ctx, tx, `SELECT sum(minor)::bigint AS minor, currency FROM sandbox.lines GROUP BY currency ORDER BY currency`)
		return err
	})
	return b, err
}
