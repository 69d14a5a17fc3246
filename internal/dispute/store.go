package dispute

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
)

const cols = `d.id, d.milestone, d.contract, d.client, d.freelancer, d.title, d.opened_by, d.reason, d.words, d.minor, d.currency, d.fallback AS falls, d.state, d.due,
	d.arbiter, d.missed, coalesce(d.how, '') AS how, d.award, d.opened_at, coalesce(d.asked_by, '') AS asked_by, coalesce(d.asked_for, '') AS asked_for, d.closed_at`

type row struct {
	Dispute
	Minor    int64
	Currency string
	Falls    int64
	Award    *int64
}

func (r row) dispute() *Dispute {
	d := r.Dispute
	d.Sum = money.Amount{Minor: r.Minor, Currency: r.Currency}
	d.Fallback = money.Amount{Minor: r.Falls, Currency: r.Currency}
	if r.Award != nil {
		d.Award = &money.Amount{Minor: *r.Award, Currency: r.Currency}
	}
	return &d
}

func insert(ctx context.Context, tx *db.Tx, d *Dispute) (err error) {
	d.ID, err = db.Value[ID](ctx, tx, `
		INSERT INTO dispute.disputes (milestone, contract, client, freelancer, title, opened_by, reason, words, minor, currency, state, due, opened_at, fallback)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id`,
		d.Milestone, d.Contract, d.Client, d.Freelancer, d.Title, d.OpenedBy, d.Reason, d.Words, d.Sum.Minor, d.Sum.Currency, d.State, d.Due, d.OpenedAt, d.Fallback.Minor)
	return err
}

func save(ctx context.Context, tx *db.Tx, d *Dispute) error {
	var award *int64
	if d.Award != nil {
		award = &d.Award.Minor
	}
	return db.Exec1(ctx, tx, `
		UPDATE dispute.disputes SET state = $2, due = $3, arbiter = $4, missed = $5, how = nullif($6, ''), award = $7,
			asked_by = nullif($8, ''), asked_for = nullif($9, ''), closed_at = $10
		WHERE id = $1`, d.ID, d.State, d.Due, d.Arbiter, d.Missed, d.How, award, d.AskedBy, d.AskedFor, d.ClosedAt)
}

// lock reads a dispute that by has a part in, and keeps it from changing until the
// transaction ends.
func lock(ctx context.Context, tx *db.Tx, by account.Actor, id ID) (*Dispute, error) {
	return read(ctx, tx, by, id, `FOR UPDATE`)
}

func read(ctx context.Context, tx *db.Tx, by account.Actor, id ID, locking string) (*Dispute, error) {
	r, err := db.One[row](ctx, tx, `SELECT `+cols+` FROM dispute.disputes d WHERE d.id = $1 `+locking, id)
	if errors.Is(err, db.NoRow) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	d := r.dispute()
	switch d.side(by) {
	case "":
		return nil, ErrNotFound
	case Arbiter:
		var theirs bool
		if theirs, err = isArbiterOf(ctx, tx, by.ID, d); err == nil && !theirs {
			err = ErrNotFound
		}
	}
	return d, err
}

// isArbiterOf reports whether somebody decides, decided or reviews a dispute.
func isArbiterOf(ctx context.Context, tx *db.Tx, who account.ID, d *Dispute) (bool, error) {
	return db.Value[bool](ctx, tx, `
		SELECT $1 = coalesce((SELECT arbiter FROM dispute.disputes WHERE id = $2), 0)
			OR EXISTS (SELECT FROM dispute.reviewers WHERE dispute = $2 AND arbiter = $1)`, who, d.ID)
}

// candidates are the arbiters who have no part in a dispute, nor had one in another
// of either of the two within a year, nor a contract with them, nor have missed a
// date of this one.
//
// Who asks for them names one of them in the same transaction, and until its end
// nobody else can: two disputes of the same person that are due at the same moment
// would otherwise get the same arbiter.
func candidates(ctx context.Context, tx *db.Tx, d *Dispute) ([]Candidate, error) {
	if err := db.LockName(ctx, tx, "naming arbiters"); err != nil {
		return nil, err
	}
	return db.All[Candidate](ctx, tx, `
		SELECT r.person AS id, (SELECT count(*)::int FROM dispute.disputes o WHERE o.arbiter = r.person AND o.state = 'deciding')
			+ (SELECT count(*)::int FROM dispute.reviewers v JOIN dispute.disputes o ON o.id = v.dispute
			   WHERE v.arbiter = r.person AND o.state = 'reviewing'
				AND NOT EXISTS (SELECT FROM dispute.votes b WHERE b.dispute = v.dispute AND b.arbiter = v.arbiter)) AS open
		FROM (SELECT DISTINCT ON (person) person, held FROM account.grants WHERE role = 'arbiter' ORDER BY person, id DESC) r
		WHERE r.held AND r.person NOT IN ($2, $3)
			AND NOT EXISTS (SELECT FROM dispute.disputes o WHERE o.id = $1 AND o.arbiter = r.person)
			AND NOT EXISTS (SELECT FROM dispute.misses m WHERE m.dispute = $1 AND m.arbiter = r.person)
			AND NOT EXISTS (
				SELECT FROM dispute.disputes o
				WHERE o.id <> $1 AND o.opened_at > $4 AND (o.client IN ($2, $3) OR o.freelancer IN ($2, $3))
					AND (o.arbiter = r.person OR EXISTS (SELECT FROM dispute.reviewers v WHERE v.dispute = o.id AND v.arbiter = r.person)
						OR EXISTS (SELECT FROM dispute.misses m WHERE m.dispute = o.id AND m.arbiter = r.person)))
			AND NOT EXISTS (
				SELECT FROM contract.contracts c
				WHERE (c.client = r.person AND c.freelancer IN ($2, $3)) OR (c.freelancer = r.person AND c.client IN ($2, $3)))
		ORDER BY r.person`, d.ID, d.Client, d.Freelancer, tx.Now.AddDate(-1, 0, 0))
}

// Offered is a split that one side would agree to.
type Offered struct {
	Side  contract.Side
	Split money.Amount `db:"-"` // to the freelancer
	Minor int64
	Words string
	At    time.Time
}

// splitsOf are all that were named, oldest first.
func splitsOf(ctx context.Context, tx *db.Tx, d *Dispute) ([]Offered, error) {
	all, err := db.All[Offered](ctx, tx, `SELECT side, minor, words, at FROM dispute.splits WHERE dispute = $1 ORDER BY id`, d.ID)
	for i := range all {
		all[i].Split = money.Amount{Minor: all[i].Minor, Currency: d.Sum.Currency}
	}
	return all, err
}

// latest is what a side named last; nil if it has named nothing.
func latest(all []Offered, s contract.Side) *Offered {
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Side == s {
			return &all[i]
		}
	}
	return nil
}

// Decision is what an arbiter decided, and why.
type Decision struct {
	Arbiter  account.ID
	Award    money.Amount `db:"-"` // to the freelancer
	Words    string
	Criteria []int // of the milestone, from 0, that it rests on
	Evidence []int // cited, by number
	At       time.Time
}

func decisionOf(ctx context.Context, tx *db.Tx, d *Dispute) (*Decision, error) {
	r, err := db.One[struct {
		Decision
		Award int64
	}](ctx, tx, `SELECT arbiter, award, words, criteria, evidence, at FROM dispute.decisions WHERE dispute = $1`, d.ID)
	if errors.Is(err, db.NoRow) {
		return nil, nil //nolint:nilnil // there is none yet
	}
	out := r.Decision
	out.Award = money.Amount{Minor: r.Award, Currency: d.Sum.Currency}
	return &out, err
}

// Vote is what one of those who review would have decided, and why.
type Vote struct {
	Arbiter account.ID
	Award   money.Amount `db:"-"`
	Words   string
	At      time.Time
}

func votesOf(ctx context.Context, tx *db.Tx, d *Dispute) ([]Vote, error) {
	rows, err := db.All[struct {
		Vote
		Award int64
	}](ctx, tx, `SELECT arbiter, award, words, at FROM dispute.votes WHERE dispute = $1 ORDER BY at, arbiter`, d.ID)
	all := make([]Vote, len(rows))
	for i, r := range rows {
		all[i] = r.Vote
		all[i].Award = money.Amount{Minor: r.Award, Currency: d.Sum.Currency}
	}
	return all, err
}

func reviewersOf(ctx context.Context, tx *db.Tx, d *Dispute) ([]account.ID, error) {
	return db.Values[account.ID](ctx, tx, `SELECT arbiter FROM dispute.reviewers WHERE dispute = $1 ORDER BY arbiter`, d.ID)
}
