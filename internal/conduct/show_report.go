package conduct

import (
	"context"
	"errors"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
)

// ReportView is a report as the staff sees it.
type ReportView struct {
	Report
	Rule     Rule
	Thing    *Thing // as it is now; nil: it is gone
	Names    map[account.ID]string
	Same     []ReportID // others about the same thing
	Before   []Mine     // decisions about the same person
	Draft    ID         // that is considered; 0: none
	Priority Priority
	Journal  []journal.Entry
	Held     bool // by the reader
	CanClaim bool
}

// ShowReport returns a report to the staff.
func ShowReport(ctx context.Context, d *db.DB, by account.Actor, id ReportID) (v ReportView, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		if !mayReview(by) {
			return ErrNoReport
		}
		r, err := reportByID(ctx, tx, id, "")
		if err != nil {
			return err
		}
		v = ReportView{Report: *r}
		if v.Rule, err = RuleNamed(r.Rule); err != nil {
			return err
		}
		if t, err := thing(ctx, tx, r.Subject); err == nil {
			v.Thing = &t
		} else if !errors.Is(err, ErrNoThing) {
			return err
		}
		if v.Same, err = db.Values[ReportID](ctx, tx, `SELECT id FROM conduct.reports WHERE subject = $1 AND id <> $2 ORDER BY id DESC LIMIT 50`, r.Subject, id); err != nil {
			return err
		}
		if v.Before, err = mine(ctx, tx, r.About); err != nil {
			return err
		}
		if v.Draft, err = db.Value[ID](ctx, tx, `SELECT coalesce(max(id), 0) FROM conduct.drafts WHERE report = $1 AND state <> 'dropped'`, id); err != nil {
			return err
		}
		who := []account.ID{r.About}
		for _, p := range []*account.ID{r.Reporter, r.Holder} {
			if p != nil {
				who = append(who, *p)
			}
		}
		if v.Names, err = account.Names(ctx, tx, who); err != nil {
			return err
		}
		v.Priority = PriorityOf(*r, len(v.Same)+1, tx.Now)
		v.Held = r.heldBy(by) == nil
		try := *r
		v.CanClaim = !v.Held && try.Claim(by, tx.Now) == nil
		v.Journal, err = journal.Of(ctx, tx, r.subject())
		return err
	})
	return v, err
}

// Queue is what waits for those who keep the rules.
type Queue struct {
	Reports  []Waiting // the most urgent first
	Drafts   []Waited  // what is considered, by date
	Appeals  []Waited  // that by can judge, by date
	Overdue  int       // reports whose date has passed
	Mine     int       // reports that by has taken on
	Answered int       // in the last 30 days
	Median   time.Duration
}

// Waiting is a report in the queue.
type Waiting struct {
	Report
	Name     string   // of who answers for it
	Holding  string   // who has taken it on; "": nobody
	Same     int      // reports about the same thing, with this one
	Priority Priority `db:"-"`
}

// Waited is a decision in the queue.
type Waited struct {
	ID      ID
	Name    string
	Measure string
	Due     time.Time
	Mine    bool // it waits for by
	Heard   bool
}

const queueLength = 200

// Desk returns what waits for the staff who keep the rules.
func Desk(ctx context.Context, d *db.DB, by account.Actor) (q Queue, err error) {
	if !mayReview(by) {
		return q, ErrNotStaff
	}
	err = d.View(ctx, func(tx *db.Tx) error {
		q = Queue{}
		if q.Reports, err = db.All[Waiting](ctx, tx, `
			SELECT r.id, r.subject, r.about, '' AS quote, r.rule, r.words, r.reporter, r.email, r.state, r.holder, r.held_until, r.version, r.opened_at, r.answer_by, r.outcome, r.closed_at,
				p.name, coalesce(h.name, '') AS holding, (SELECT count(*)::int FROM conduct.reports o WHERE o.subject = r.subject) AS same
			FROM conduct.reports r JOIN account.people p ON p.id = r.about LEFT JOIN account.people h ON h.id = r.holder
			WHERE r.closed_at IS NULL ORDER BY r.answer_by, r.id LIMIT $1`, queueLength); err != nil {
			return err
		}
		for i, r := range q.Reports {
			q.Reports[i].Priority = PriorityOf(r.Report, r.Same, tx.Now)
			if r.Holder != nil && *r.Holder == by.ID {
				q.Mine++
			}
			if !tx.Now.Before(r.AnswerBy) {
				q.Overdue++
			}
		}
		slices.SortStableFunc(q.Reports, func(a, b Waiting) int { return b.Priority.Points - a.Priority.Points })
		if q.Drafts, err = db.All[Waited](ctx, tx, `
			SELECT d.id, p.name, d.measure, d.due, d.by = $1 AS mine, d.answer IS NOT NULL AS heard
			FROM conduct.drafts d JOIN account.people p ON p.id = d.person WHERE d.ended_at IS NULL AND d.person <> $1 ORDER BY d.due LIMIT $2`, by.ID, queueLength); err != nil {
			return err
		}
		if q.Appeals, err = db.All[Waited](ctx, tx, `
			SELECT m.id, p.name, m.measure, a.due, coalesce(a.reviewer = $1, false) AS mine, m.heard
			FROM conduct.appeals a JOIN conduct.decisions m ON m.id = a.decision JOIN account.people p ON p.id = m.person
			WHERE a.answered_at IS NULL AND a.due > $2 AND m.decider <> $1 AND m.person <> $1 ORDER BY a.due LIMIT $3`, by.ID, tx.Now, queueLength); err != nil {
			return err
		}
		done, err := db.One[struct {
			N       int
			Seconds float64
		}](ctx, tx, `
			SELECT count(*)::int AS n, coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM closed_at - opened_at)), 0)::float8 AS seconds
			FROM conduct.reports WHERE closed_at > $1`, tx.Now.AddDate(0, 0, -30))
		q.Answered, q.Median = done.N, time.Duration(done.Seconds)*time.Second
		return err
	})
	return q, err
}

// Reported is a report as who made it sees it.
type Reported struct {
	ID       ReportID
	Subject  string
	Title    string
	Rule     RuleKey
	Words    string
	State    ReportState
	OpenedAt time.Time
	AnswerBy time.Time
	Outcome  *string
	ClosedAt *time.Time
}

// ListReported returns what by has reported, the latest first.
func ListReported(ctx context.Context, d *db.DB, by account.Actor) (all []Reported, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		all, err = db.All[Reported](ctx, tx, `
			SELECT r.id, r.subject, p.name AS title, r.rule, r.words, r.state, r.opened_at, r.answer_by, r.outcome, r.closed_at
			FROM conduct.reports r JOIN account.people p ON p.id = r.about WHERE r.reporter = $1 ORDER BY r.id DESC LIMIT 200`, by.ID)
		return err
	})
	return all, err
}

// ToReport returns what by is about to report, as they see it.
func ToReport(ctx context.Context, d *db.DB, by account.Actor, subject string) (t Thing, err error) {
	err = d.View(ctx, func(tx *db.Tx) error { t, err = readable(ctx, tx, by, subject); return err })
	return t, err
}
