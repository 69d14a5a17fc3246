package statement

import (
	"context"
	"fmt"
	"strings"
	"time"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/escrow"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/ledger"
)

// Period is a month or a year, in UTC, as the ledger counts days.
type Period struct {
	Name        string // "2026-11" or "2026"
	From, Until time.Time
}

// ErrPeriod says that there is no such month or year.
var ErrPeriod = fault.New(fault.NotFound, "period_unknown", "There is no such month or year.")

// ParsePeriod reads a month or a year.
func ParsePeriod(name string) (Period, error) {
	if from, err := time.Parse("2006-01", name); err == nil {
		return Period{name, from, from.AddDate(0, 1, 0)}, nil
	}
	from, err := time.Parse("2006", name)
	if err != nil {
		return Period{}, ErrPeriod
	}
	return Period{name, from, from.AddDate(1, 0, 0)}, nil
}

// Side is what somebody was in a piece of work.
type Side string

// The sides.
const (
	Client     Side = "client"
	Freelancer Side = "freelancer"
)

// Work is what was paid for work in one posting. Below zero it was returned.
type Work struct {
	Posting  string
	Kind     string
	Contract int64
	Title    string
	Side     Side // of the reader
	At       time.Time
	Paid     int64 // to the freelancer: the consideration
	Fee      int64 // to the operator, which the client pays on top
}

// Statement is one currency of a wallet over a period.
type Statement struct {
	Period
	Currency  string
	Opening   money.Amount
	Closing   money.Amount
	Movements []Movement // the oldest first
	Work      []Work     // the oldest first
}

// Movement is one line of a wallet, in words.
type Movement struct {
	At      time.Time
	Words   say.Sentence
	Link    string
	Posting string
	Amount  money.Amount // below zero when it went out
	Balance money.Amount
	Version int64
}

// Earned is what the reader was paid as a freelancer.
func (s Statement) Earned() money.Amount {
	return s.sum(Freelancer, func(w Work) int64 { return w.Paid })
}

// Spent is what the reader paid to freelancers as a client, and Fees what came on top
// of it for the operator.
func (s Statement) Spent() money.Amount { return s.sum(Client, func(w Work) int64 { return w.Paid }) }

// Fees is what the reader paid to the operator as a client.
func (s Statement) Fees() money.Amount { return s.sum(Client, func(w Work) int64 { return w.Fee }) }

func (s Statement) sum(side Side, of func(Work) int64) money.Amount {
	total := money.Zero(s.Currency)
	for _, w := range s.Work {
		if w.Side == side {
			total.Minor += of(w)
		}
	}
	return total
}

// most is how many movements one statement holds. Nobody has had as many in a year;
// whoever does reads it by the month.
const most = 20_000

// ErrTooMany asks for a shorter period.
var ErrTooMany = fault.New(fault.Conflict, "period_too_full", "This year holds more than %d movements. Read it month by month.").With(most)

// Of returns by's statement of one currency over a period.
func Of(ctx context.Context, d *db.DB, by account.Actor, currency string, p Period) (s Statement, err error) {
	if !money.Known(currency) {
		return s, ErrPeriod
	}
	err = d.View(ctx, func(tx *db.Tx) error {
		s = Statement{Period: p, Currency: currency, Opening: money.Zero(currency)}
		if err := s.readMovements(ctx, tx, by.ID); err != nil {
			return err
		}
		s.Work, err = workOf(ctx, tx, by.ID, currency, p)
		return err
	})
	return s, err
}

func (s *Statement) readMovements(ctx context.Context, tx *db.Tx, person account.ID) error {
	wallet := escrow.Wallet(person)
	before, err := ledger.BalanceBefore(ctx, tx, wallet, s.Currency, s.From)
	if err != nil {
		return err
	}
	s.Opening, s.Closing = before, before
	moved, err := ledger.MovementsBetween(ctx, tx, wallet, s.Currency, s.From, s.Until, most+1)
	if err != nil {
		return err
	}
	if len(moved) > most {
		return ErrTooMany
	}
	for _, m := range moved {
		words, link := banking.Explain(m)
		s.Movements = append(s.Movements, Movement{m.At, words, link, m.Name, m.Amount, m.Balance, m.Version})
		s.Closing = m.Balance
	}
	return nil
}

// workOf finds every posting in which money went from what waits for a contract of the
// person, or from its client, to its freelancer, and what went to the operator with it.
func workOf(ctx context.Context, tx *db.Tx, person account.ID, currency string, p Period) ([]Work, error) {
	return db.All[Work](ctx, tx, `
		WITH mine AS (SELECT id, client, freelancer FROM contract.contracts WHERE client = $1 OR freelancer = $1),
		holders AS (
			SELECT a.id FROM mine c JOIN contract.milestones m ON m.contract = c.id
			JOIN ledger.accounts a ON a.code IN ('escrow/milestone/' || m.id, 'escrow/dispute/' || m.id) AND a.currency = $2
			UNION ALL SELECT a.id FROM mine c JOIN ledger.accounts a ON a.code = 'escrow/ending/' || c.id AND a.currency = $2
			UNION ALL SELECT a.id FROM ledger.accounts a WHERE a.code = $5 AND a.currency = $2),
		touched AS (
			SELECT t.posting FROM ledger.transfers t JOIN holders h ON h.id = t.source
			UNION SELECT t.posting FROM ledger.transfers t JOIN ledger.accounts a ON a.id = t.target WHERE a.code = $5 AND a.currency = $2)
		SELECT p.name AS posting, p.kind, c.id AS contract, p.memo AS title, CASE WHEN c.client = $1 THEN 'client' ELSE 'freelancer' END AS side, p.at,
			sum(CASE WHEN target.code = 'wallet/' || c.freelancer THEN t.minor WHEN source.code = 'wallet/' || c.freelancer THEN -t.minor ELSE 0 END)::bigint AS paid,
			sum(CASE WHEN target.code LIKE 'fees/%' THEN t.minor WHEN source.code LIKE 'fees/%' THEN -t.minor ELSE 0 END)::bigint AS fee
		FROM touched x JOIN ledger.postings p ON p.id = x.posting AND p.at >= $3 AND p.at < $4
			AND p.kind IN ('release', 'divide', 'contest', 'award', 'forfeit', 'bonus', 'refund')
		JOIN mine c ON p.subject = 'contract/' || c.id
		JOIN ledger.transfers t ON t.posting = p.id JOIN ledger.accounts source ON source.id = t.source JOIN ledger.accounts target ON target.id = t.target
		GROUP BY p.id, p.name, p.kind, c.id, p.memo, c.client, p.at
		HAVING sum(CASE WHEN 'wallet/' || c.freelancer IN (source.code, target.code) OR source.code LIKE 'fees/%' OR target.code LIKE 'fees/%' THEN 1 ELSE 0 END) > 0
		ORDER BY p.at, p.id`, person, currency, p.From, p.Until, string(escrow.Wallet(person)))
}

// in is a sum in the statement's currency.
func (s Statement) in(minor int64) money.Amount {
	return money.Amount{Minor: minor, Currency: s.Currency}
}

// Periods are the months, and the currencies, in which anything moved in by's wallet,
// the latest first.
func Periods(ctx context.Context, d *db.DB, by account.Actor) (all []Held, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		all, err = db.All[Held](ctx, tx, `
			WITH wallets AS (SELECT id, currency FROM ledger.accounts WHERE code = $1)
			SELECT to_char(p.at AT TIME ZONE 'UTC', 'YYYY-MM') AS month, w.currency, count(*)::int AS movements
			FROM wallets w JOIN LATERAL (
				SELECT posting FROM ledger.transfers WHERE source = w.id UNION ALL SELECT posting FROM ledger.transfers WHERE target = w.id) t ON true
			JOIN ledger.postings p ON p.id = t.posting GROUP BY 1, 2 ORDER BY 1 DESC, 2`, string(escrow.Wallet(by.ID)))
		return err
	})
	return all, err
}

// Held is a month in which something moved.
type Held struct {
	Month     string // "2026-11"
	Currency  string
	Movements int
}

// Year is the year of the month.
func (h Held) Year() string { year, _, _ := strings.Cut(h.Month, "-"); return year }

// URL is where a statement stands.
func URL(currency, period string) string {
	return fmt.Sprintf("/wallet/statements/%s/%s", currency, period)
}
