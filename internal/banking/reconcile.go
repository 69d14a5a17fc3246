package banking

import (
	"context"
	"errors"
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/due"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// LineID names a line of a provider's book.
type LineID int64

// FindingKind is in what a provider's book and ours differ.
type FindingKind string

// The kinds of finding.
const (
	NotOurs    FindingKind = "not ours"    // they have moved money, and we know nothing of it
	NotTheirs  FindingKind = "not theirs"  // we have booked money that they have not moved
	AnotherSum FindingKind = "another sum" // both have it, with different sums
	Changed    FindingKind = "changed"     // they tell it otherwise than before
	Unbalanced FindingKind = "balance"     // what they hold is not the sum of their lines, or of ours
)

var _ = say.Words(NotOurs, NotTheirs, AnotherSum, Changed, Unbalanced)

// Finding is one difference.
type Finding struct {
	ID       int64
	Rail     string
	Kind     FindingKind
	About    string // "line 7", "deposit/7", "EUR"
	Minor    int64
	Currency string
	Since    time.Time
}

// Amount is by how much they differ.
func (f Finding) Amount() money.Amount { return money.Amount{Minor: f.Minor, Currency: f.Currency} }

// Refusals of those who keep the books.
var (
	ErrNotFinance  = fault.New(fault.Forbidden, "not_of_finance", "Only those of finance can do that.")
	ErrNoLine      = fault.New(fault.NotFound, "line_not_found", "There is no such line in the book of any provider.")
	ErrClaimed     = fault.New(fault.Conflict, "line_settled", "This is settled already. Nothing was changed.")
	ErrNobodyThere = fault.New(fault.Invalid, "person_unknown", "Nobody here has that number.").At("person")
	ErrForYourself = fault.New(fault.Forbidden, "line_your_own", "Somebody else has to say that money is yours.").At("person")
	ErrExplain     = fault.New(fault.Invalid, "explanation_unknown", "Say what this payment was.").At("explanation")
	ErrReturnOf    = fault.New(fault.Invalid, "return_of_another_sum", "What came and what went back are not the same sum.")
)

func mayKeep(by account.Actor) bool { return by.Is(account.Finance) || by.Is(account.Admin) }

const (
	// reconcileEvery is how often each provider's book is read by itself.
	reconcileEvery = 24 * time.Hour
	// slack is how long a provider may take to list what it has done.
	slack = time.Hour
	// lookBackDays are for how long what we have booked is looked for in the provider's
	// book. What was missing before stays found until it is there.
	lookBackDays = 40
	// most is how many parts of a book are read at once.
	most = 10_000
)

// Reconcile reads the provider's book from where it was left, books what is new in it,
// and returns in what it differs from ours. While it does, no payout is handed to that
// provider; the market goes on.
func Reconcile(ctx context.Context, d *db.DB, rail Rail) (all []Finding, err error) {
	held, err := readBook(ctx, d, rail)
	if err != nil {
		return nil, fmt.Errorf("reading the book of %s: %w", rail.Name(), err)
	}
	if err := bookLines(ctx, d, rail); err != nil {
		return nil, err
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		r, err := lockRail(ctx, tx, rail.Name())
		if err != nil {
			return err
		}
		if all, err = compare(ctx, tx, rail.Name(), held); err != nil {
			return err
		}
		return settleRail(ctx, tx, r, all)
	})
	return all, err
}

// ReconcileNow is Reconcile, because somebody of finance wants to know.
func ReconcileNow(ctx context.Context, d *db.DB, rails Rails, by account.Actor, rail string) ([]Finding, error) {
	if !mayKeep(by) {
		return nil, ErrNotFinance
	}
	r, err := rails.Named(rail)
	if err != nil {
		return nil, err
	}
	return Reconcile(ctx, d, r)
}

// railRow is how far a provider's book was read.
type railRow struct {
	Name                        string
	Cursor                      string
	ReadAt, AgreedAt, StoppedAt *time.Time
}

func lockRail(ctx context.Context, tx *db.Tx, name string) (railRow, error) {
	if err := db.Exec(ctx, tx, `INSERT INTO banking.rails (name) VALUES ($1) ON CONFLICT DO NOTHING`, name); err != nil {
		return railRow{}, err
	}
	return db.One[railRow](ctx, tx, `SELECT name, cursor, read_at, agreed_at, stopped_at FROM banking.rails WHERE name = $1 FOR UPDATE`, name)
}

// readBook takes the provider's lines over, part by part, and returns what it holds.
// Of two that read at once, both take the same lines, and each is there once.
func readBook(ctx context.Context, d *db.DB, rail Rail) (held []money.Amount, err error) {
	var r railRow
	if err := d.Update(ctx, func(tx *db.Tx) error { r, err = lockRail(ctx, tx, rail.Name()); return err }); err != nil {
		return nil, err
	}
	for range most {
		b, err := rail.Book(ctx, r.Cursor)
		if err != nil {
			return nil, err
		}
		if b.Next == r.Cursor && len(b.Lines) == 0 {
			return b.Held, nil
		}
		err = d.Update(ctx, func(tx *db.Tx) error {
			for _, l := range b.Lines {
				if err := insertLine(ctx, tx, rail.Name(), l); err != nil {
					return err
				}
			}
			return db.Exec1(ctx, tx, `UPDATE banking.rails SET cursor = $2 WHERE name = $1`, rail.Name(), b.Next)
		})
		if err != nil {
			return nil, err
		}
		if b.Next == r.Cursor {
			return b.Held, nil
		}
		r.Cursor = b.Next
	}
	return nil, errors.New("it does not end")
}

// insertLine keeps a line. One that is there already, and says otherwise now, is a
// finding of its own, and stays as it was.
func insertLine(ctx context.Context, tx *db.Tx, rail string, l Line) error {
	tag, err := tx.Exec(ctx, `
		INSERT INTO banking.lines (rail, ref, kind, key, minor, currency, text, at, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (rail, ref) DO NOTHING`, rail, l.Ref, l.Kind, l.Key, l.Amount.Minor, l.Amount.Currency, l.Text, l.At, tx.Now)
	if err != nil || tag.RowsAffected() == 1 {
		return err
	}
	was, err := db.One[storedLine](ctx, tx, `SELECT `+lineCols+` FROM banking.lines l WHERE rail = $1 AND ref = $2`, rail, l.Ref)
	if err != nil || was.Minor == l.Amount.Minor && was.Currency == l.Amount.Currency && was.Kind == l.Kind {
		return err
	}
	return insertFinding(ctx, tx, Finding{Rail: rail, Kind: Changed, About: was.about(), Minor: l.Amount.Minor - was.Minor, Currency: was.Currency})
}

func insertFinding(ctx context.Context, tx *db.Tx, f Finding) error {
	return db.Exec(ctx, tx, `
		INSERT INTO banking.findings (rail, kind, about, minor, currency, since) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (rail, kind, about) WHERE gone_at IS NULL DO UPDATE SET minor = $4`, f.Rail, f.Kind, f.About, f.Minor, f.Currency, tx.Now)
}

// compare finds every difference there is now between what was read and what we have
// booked.
func compare(ctx context.Context, tx *db.Tx, rail string, held []money.Amount) ([]Finding, error) {
	found, err := db.All[Finding](ctx, tx, `
		SELECT CASE WHEN l.key ~ '^(deposit|payout)/[0-9]{1,18}$' THEN
				CASE WHEN EXISTS (SELECT FROM banking.deposits WHERE l.key LIKE 'deposit/%' AND id = split_part(l.key, '/', 2)::bigint)
					OR EXISTS (SELECT FROM banking.payouts WHERE l.key LIKE 'payout/%' AND id = split_part(l.key, '/', 2)::bigint) THEN 'another sum' ELSE 'not ours' END
			ELSE 'not ours' END AS kind,
			'line ' || l.id AS about, l.minor, l.currency, $1::text AS rail, 0::bigint AS id, $2::timestamptz AS since
		FROM banking.lines l WHERE l.rail = $1 AND NOT EXISTS (SELECT FROM banking.bookings b WHERE b.line = l.id)
		UNION ALL
		SELECT 'not theirs', o.about, o.minor, o.currency, $1, 0, $2 FROM (
			SELECT 'deposit/' || p.id AS about, p.minor, p.currency, p.settled_at, 'deposit/' || p.id AS posting
			FROM banking.deposits p WHERE p.rail = $1 AND p.state = 'confirmed' AND p.settled_at > $2 - make_interval(days => $4)
			UNION ALL
			SELECT 'payout/' || p.id, -p.minor, p.currency, p.handed_at, 'payout/' || p.id || '/sent'
			FROM banking.payouts p WHERE p.rail = $1 AND p.state = 'sent' AND p.settled_at > $2 - make_interval(days => $4)) o
		WHERE o.settled_at <= $2 - make_interval(secs => $3) AND NOT EXISTS (SELECT FROM banking.bookings b WHERE b.posting = o.posting)
		UNION ALL
		SELECT kind, about, minor, currency, rail, id, since FROM banking.findings f
		WHERE rail = $1 AND gone_at IS NULL AND (kind = 'changed' OR kind = 'not theirs' AND since <= $2 - make_interval(days => $4)
			AND NOT EXISTS (SELECT FROM banking.bookings b WHERE b.posting IN (f.about, f.about || '/sent')))
		ORDER BY about, kind`, rail, tx.Now, slack.Seconds(), lookBackDays)
	if err != nil {
		return nil, err
	}
	sums, err := sumsOf(ctx, tx, rail)
	if err != nil {
		return nil, err
	}
	for _, s := range sums {
		if off := s.off(held); off != 0 {
			found = append(found, Finding{Rail: rail, Kind: Unbalanced, About: s.Currency, Minor: off, Currency: s.Currency})
		}
	}
	return found, nil
}

// sums are what a provider's lines and our books say of one currency.
type sums struct {
	Currency string
	Lines    int64 // of all of the provider's lines
	Open     int64 // of those that stand under no posting
	Books    int64 // what our books say the provider holds
	Ahead    int64 // of what we have booked and the provider has not listed
}

// off is by how much the provider holds something else than its lines add up to, or
// else our books than theirs, once what is known to differ is left out.
func (s sums) off(held []money.Amount) int64 {
	if held != nil {
		has := int64(0)
		for _, a := range held {
			if a.Currency == s.Currency {
				has = a.Minor
			}
		}
		if has != s.Lines {
			return has - s.Lines
		}
	}
	return s.Lines - s.Open + s.Ahead - s.Books
}

func sumsOf(ctx context.Context, tx *db.Tx, rail string) ([]sums, error) {
	return db.All[sums](ctx, tx, `
		WITH books AS (SELECT a.currency, -b.minor AS books FROM ledger.accounts a JOIN ledger.balances b ON b.account = a.id WHERE a.code = 'outside/' || $1),
		lines AS (
			SELECT l.currency, sum(l.minor)::bigint AS lines, coalesce(sum(l.minor) FILTER (WHERE b.line IS NULL), 0)::bigint AS open
			FROM banking.lines l LEFT JOIN banking.bookings b ON b.line = l.id WHERE l.rail = $1 GROUP BY l.currency),
		ahead AS (
			SELECT currency, sum(minor)::bigint AS ahead FROM (
				SELECT 'deposit/' || id AS posting, minor, currency FROM banking.deposits WHERE rail = $1 AND state = 'confirmed'
				UNION ALL SELECT 'payout/' || id || '/sent', -minor, currency FROM banking.payouts WHERE rail = $1 AND state = 'sent') o
			WHERE NOT EXISTS (SELECT FROM banking.bookings b WHERE b.posting = o.posting) GROUP BY currency)
		SELECT coalesce(l.currency, b.currency) AS currency, coalesce(lines, 0) AS lines, coalesce(open, 0) AS open, coalesce(books, 0) AS books, coalesce(ahead, 0) AS ahead
		FROM lines l FULL JOIN books b ON b.currency = l.currency LEFT JOIN ahead a ON a.currency = coalesce(l.currency, b.currency) ORDER BY 1`, rail)
}

// settleRail writes down what was found and what is gone, and stops the rail or lets it
// go on.
func settleRail(ctx context.Context, tx *db.Tx, r railRow, found []Finding) error {
	for _, f := range found {
		if err := insertFinding(ctx, tx, f); err != nil {
			return err
		}
	}
	kinds, abouts := make([]string, len(found)), make([]string, len(found))
	for i, f := range found {
		kinds[i], abouts[i] = string(f.Kind), f.About
	}
	if err := db.Exec(ctx, tx, `
		UPDATE banking.findings SET gone_at = $2 WHERE rail = $1 AND gone_at IS NULL
			AND NOT EXISTS (SELECT FROM unnest($3::text[], $4::text[]) AS o (kind, about) WHERE o.kind = findings.kind AND o.about = findings.about)`,
		r.Name, tx.Now, kinds, abouts); err != nil {
		return err
	}
	was := r.StoppedAt != nil
	r.ReadAt = &tx.Now
	if len(found) == 0 {
		r.AgreedAt, r.StoppedAt = &tx.Now, nil
	} else if !was {
		r.StoppedAt = &tx.Now
	}
	if err := db.Exec1(ctx, tx, `UPDATE banking.rails SET read_at = $2, agreed_at = $3, stopped_at = $4 WHERE name = $1`, r.Name, r.ReadAt, r.AgreedAt, r.StoppedAt); err != nil {
		return err
	}
	switch {
	case len(found) > 0 && !was:
		return tellFinance(ctx, tx, say.That("The book of %s and ours differ, in %d places. No payout is handed over there until they agree. Look at where.", r.Name, len(found)))
	case len(found) == 0 && was:
		if err := tellFinance(ctx, tx, say.That("The book of %s and ours agree again. Payouts are handed over as before.", r.Name)); err != nil {
			return err
		}
		return handOver(ctx, tx, r.Name)
	}
	return nil
}

// handOver has everything that has waited for a rail handed over now.
func handOver(ctx context.Context, tx *db.Tx, rail string) error {
	ids, err := db.Values[PayoutID](ctx, tx, `
		SELECT id FROM banking.payouts WHERE rail = $1 AND state = 'on its way' AND handed_at IS NULL AND not_before <= $2 ORDER BY id`, rail, tx.Now)
	for _, id := range ids {
		if err := tx.Enqueue(ctx, SettlePayout{id}); err != nil {
			return err
		}
	}
	return err
}

func tellFinance(ctx context.Context, tx *db.Tx, text say.Sentence) error {
	staff, err := db.Values[account.ID](ctx, tx, `SELECT DISTINCT person FROM account.staff WHERE role IN ('finance', 'admin') ORDER BY person`)
	for _, who := range staff {
		if err := notify.Send(ctx, tx, notify.Notice{Reader: who, Kind: "books_differ", Text: text, Link: "/staff/money"}); err != nil {
			return err
		}
	}
	return err
}

// SweepDue hands over payouts whose time has come, sends out what goes out by itself,
// gives up deposits that nobody has paid, and reads the book of every provider once a
// day. It returns how many times it acted.
func SweepDue(ctx context.Context, d *db.DB, rails Rails) (int, error) {
	handed, err1 := due.Sweep(ctx, d, func(ctx context.Context, id PayoutID) error { return enqueueDue(ctx, d, id) }, `
		SELECT id FROM banking.payouts WHERE state = 'on its way' AND handed_at IS NULL AND not_before <= $1 AND not_before > asked_at
			AND NOT EXISTS (SELECT FROM banking.rails r WHERE r.name = rail AND r.stopped_at IS NOT NULL) ORDER BY not_before, id LIMIT 1000`)
	sent, err2 := due.Sweep(ctx, d, func(ctx context.Context, id account.ID) error { return followSchedule(ctx, d, rails, id) }, `
		SELECT person FROM banking.schedules WHERE next_at <= $1 ORDER BY next_at, person`)
	unpaid, err3 := due.Sweep(ctx, d, func(ctx context.Context, id DepositID) error { return giveUpUnpaid(ctx, d, id) }, `
		SELECT id FROM banking.deposits WHERE state = 'pending' AND waits AND asked_at <= $1::timestamptz - interval '30 days' ORDER BY asked_at, id`)
	errs := []error{err1, err2, err3}
	for _, r := range rails {
		is, err := isDue(ctx, d, r.Name())
		if err == nil && is {
			_, err = Reconcile(ctx, d, r)
		}
		errs = append(errs, err)
	}
	return handed + sent + unpaid, errors.Join(errs...)
}

func isDue(ctx context.Context, d *db.DB, rail string) (is bool, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		is, err = db.Value[bool](ctx, tx, `SELECT NOT EXISTS (SELECT FROM banking.rails WHERE name = $1 AND read_at > $2)`, rail, tx.Now.Add(-reconcileEvery))
		return err
	})
	return is, err
}

// enqueueDue has a payout whose method may be used now handed over.
func enqueueDue(ctx context.Context, d *db.DB, id PayoutID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		p, err := lockPayout(ctx, tx, id)
		if err != nil {
			return err
		}
		if p.State != OnItsWay || p.HandedAt != nil {
			return ErrSettled
		}
		return tx.Enqueue(ctx, SettlePayout{id})
	})
}
