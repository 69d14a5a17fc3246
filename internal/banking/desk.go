package banking

import (
	"context"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
)

// Desk is how things stand with the money, for those who keep the books.
type Desk struct {
	Rails       []RailState
	Findings    []Finding
	Unclaimed   []OpenLine // money that came, and whose it is nobody knows
	Unexplained []OpenLine // money that left, and why nobody knows
	Waiting     []Waiting  // payouts that are handed over in files, by rail and currency
	Files       []PaymentFile
	Handed      []Payout // to a bank in files, and not heard of since
	Chargebacks []Chargeback
	Sums        []Sum
	Days        []Day // the last 30, oldest first
	Names       map[account.ID]string
}

// RailState is how far the book of one provider was read.
type RailState struct {
	Name      string
	ReadAt    *time.Time
	AgreedAt  *time.Time
	StoppedAt *time.Time
	Waiting   int // payouts that are not handed over yet
}

// OpenLine is a line that somebody has to look at.
type OpenLine struct {
	ID       LineID
	Rail     string
	Minor    int64
	Currency string
	Text     string
	At       time.Time
	Perhaps  []Perhaps `db:"-"` // whose it could be, the likeliest first
}

// Amount is what came, or left.
func (l OpenLine) Amount() money.Amount { return money.Amount{Minor: l.Minor, Currency: l.Currency} }

// Perhaps is somebody whose money a line could be: they have said that they would
// transfer as much, or their name stands in it.
type Perhaps struct {
	Line    LineID
	Person  account.ID
	Deposit *DepositID
	Points  int
}

// Waiting is payouts that wait to be handed over.
type Waiting struct {
	Rail     string
	Payouts  int
	Minor    int64
	Currency string
}

// Amount is their sum.
func (w Waiting) Amount() money.Amount { return money.Amount{Minor: w.Minor, Currency: w.Currency} }

// Sum is what all accounts of one kind hold in one currency.
type Sum struct {
	Of       string // "wallet", "escrow", "fees"
	Minor    int64
	Currency string
}

// Amount is what they hold.
func (s Sum) Amount() money.Amount { return money.Amount{Minor: s.Minor, Currency: s.Currency} }

// Day is what moved on one day in one currency.
type Day struct {
	Day      time.Time
	Currency string
	In       int64 // from the world into wallets
	Out      int64 // from the market into the world
	Times    int
}

const deskShows = 100

// ShowDesk returns how things stand.
func ShowDesk(ctx context.Context, d *db.DB, rails Rails, by account.Actor) (desk Desk, err error) {
	if !mayKeep(by) {
		return desk, ErrNotFinance
	}
	err = d.View(ctx, func(tx *db.Tx) error {
		desk = Desk{}
		names := make([]string, len(rails))
		for i, r := range rails {
			names[i] = r.Name()
		}
		if err := desk.read(ctx, tx, names); err != nil {
			return err
		}
		return desk.name(ctx, tx)
	})
	return desk, err
}

func (k *Desk) read(ctx context.Context, tx *db.Tx, rails []string) error {
	if err := tx.Ask(ctx, func(ask *db.Ask) { k.ask(ask, rails) }); err != nil {
		return err
	}
	return k.propose(ctx, tx)
}

// ask asks for all of it at once.
func (k *Desk) ask(ask *db.Ask, rails []string) {
	db.AskAll(ask, &k.Rails, `
		SELECT n.name, r.read_at, r.agreed_at, r.stopped_at,
			(SELECT count(*)::int FROM banking.payouts p WHERE p.rail = n.name AND p.state = 'on its way' AND p.handed_at IS NULL) AS waiting
		FROM unnest($1::text[]) WITH ORDINALITY AS n (name, i) LEFT JOIN banking.rails r ON r.name = n.name ORDER BY n.i`, rails)
	db.AskAll(ask, &k.Findings, `SELECT id, rail, kind, about, minor, currency, since FROM banking.findings WHERE gone_at IS NULL ORDER BY since DESC, id DESC LIMIT $1`, deskShows)
	db.AskAll(ask, &k.Unclaimed, `
		SELECT l.id, l.rail, l.minor, l.currency, l.text, l.at FROM banking.lines l JOIN banking.bookings b ON b.line = l.id
		WHERE b.posting = 'line/' || l.id AND l.minor > 0 AND l.kind <> 'fee'
			AND NOT EXISTS (SELECT FROM ledger.postings p WHERE p.name IN ('line/' || l.id || '/assigned', 'line/' || l.id || '/returned'))
		ORDER BY l.id LIMIT $1`, deskShows)
	db.AskAll(ask, &k.Unexplained, `
		SELECT l.id, l.rail, l.minor, l.currency, l.text, l.at FROM banking.lines l
		WHERE l.minor < 0 AND NOT EXISTS (SELECT FROM banking.bookings b WHERE b.line = l.id) ORDER BY l.id LIMIT $1`, deskShows)
	db.AskAll(ask, &k.Waiting, `
		SELECT rail, count(*)::int AS payouts, sum(minor)::bigint AS minor, currency FROM banking.payouts
		WHERE state = 'on its way' AND handed_at IS NULL AND not_before <= $1 GROUP BY rail, currency ORDER BY rail, currency`, ask.Now)
	db.AskAll(ask, &k.Files, `
		SELECT f.id, f.rail, f.payouts, f.minor, f.currency, f.by, f.at, (SELECT count(*)::int FROM banking.payouts p WHERE p.file = f.id AND p.state = 'on its way') AS waiting
		FROM banking.payment_files f ORDER BY f.id DESC LIMIT 10`)
	db.AskAll(ask, &k.Handed, `SELECT `+payoutCols+` FROM banking.payouts WHERE state = 'on its way' AND file IS NOT NULL ORDER BY handed_at, id LIMIT $1`, deskShows)
	db.AskAll(ask, &k.Chargebacks, `SELECT id, deposit, person, minor, currency, from_fund, at, won_at FROM banking.chargebacks ORDER BY id DESC LIMIT 20`)
	db.AskAll(ask, &k.Sums, `
		SELECT split_part(a.code, '/', 1) AS of, sum(b.minor)::bigint AS minor, a.currency
		FROM ledger.accounts a JOIN ledger.balances b ON b.account = a.id GROUP BY 1, 3 HAVING sum(b.minor) <> 0 ORDER BY 3, 1`)
	db.AskAll(ask, &k.Days, `
		SELECT day, currency, sum(come)::bigint AS in, sum(gone)::bigint AS out, count(*)::int AS times FROM (
			SELECT date_trunc('day', settled_at) AS day, currency, minor AS come, 0 AS gone FROM banking.deposits WHERE state = 'confirmed' AND settled_at > $1
			UNION ALL SELECT date_trunc('day', settled_at), currency, 0, minor FROM banking.payouts WHERE state = 'sent' AND settled_at > $1) o
		GROUP BY day, currency ORDER BY day, currency`, ask.Now.AddDate(0, 0, -30))
}

// propose says whose unclaimed money could be.
func (k *Desk) propose(ctx context.Context, tx *db.Tx) error {
	if len(k.Unclaimed) == 0 {
		return nil
	}
	ids := make([]LineID, len(k.Unclaimed))
	for i, l := range k.Unclaimed {
		ids[i] = l.ID
	}
	all, err := db.All[Perhaps](ctx, tx, `
		SELECT l.id AS line, p.person, p.id AS deposit, (CASE WHEN p.minor = l.minor THEN 2 ELSE 0 END
			+ CASE WHEN strpos(lower(l.text), lower(w.name)) > 0 THEN 3 ELSE 0 END)::int AS points
		FROM banking.lines l JOIN banking.deposits p ON p.rail = l.rail AND p.currency = l.currency AND p.state <> 'confirmed' AND p.asked_at <= l.at + interval '1 day'
			AND p.asked_at > l.at - interval '60 days'
		JOIN account.people w ON w.id = p.person
		WHERE l.id = ANY ($1) AND (p.minor = l.minor OR strpos(lower(l.text), lower(w.name)) > 0)
		ORDER BY line, points DESC, p.id DESC LIMIT 500`, ids)
	for _, p := range all {
		i := slices.Index(ids, p.Line)
		if len(k.Unclaimed[i].Perhaps) < 3 {
			k.Unclaimed[i].Perhaps = append(k.Unclaimed[i].Perhaps, p)
		}
	}
	return err
}

// name looks up what everybody is called.
func (k *Desk) name(ctx context.Context, tx *db.Tx) (err error) {
	var who []account.ID
	for _, l := range k.Unclaimed {
		for _, p := range l.Perhaps {
			who = append(who, p.Person)
		}
	}
	for _, p := range k.Handed {
		who = append(who, p.Person)
	}
	for _, c := range k.Chargebacks {
		who = append(who, c.Person)
	}
	for _, f := range k.Files {
		who = append(who, f.By)
	}
	k.Names, err = account.Names(ctx, tx, who)
	return err
}
