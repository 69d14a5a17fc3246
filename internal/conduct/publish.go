package conduct

import (
	"context"
	"time"

	"freehold/internal/kit/db"
	"freehold/internal/restriction"
)

// Published is a decision as everybody can read it. It is made of what was chosen
// from lists and of dates alone: nothing in it was written about anybody, so
// nothing in it can name them.
type Published struct {
	ID          ID
	Kind        string // of what it is about: "post", "person", "proposal", "message" or "review"
	Rule        RuleKey
	RuleVersion int
	Measure     restriction.Measure
	FoundBy     string
	Urgent      bool
	Heard       bool
	Days        int // from when it took effect to its date
	DeliveredAt time.Time
	State       State
	Appeal      *AppealState
}

// Publish returns up to n decisions from before the given one, the latest first. A
// before of 0 starts with the latest. Anybody may read them.
func Publish(ctx context.Context, d *db.DB, before ID, n int) (all []Published, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		rows, err := db.All[struct {
			Published
			StartsAt time.Time
			Until    time.Time
			How      *State
			Due      *time.Time
		}](ctx, tx, `
			SELECT m.id, split_part(m.subject, '/', 1) AS kind, m.rule, m.rule_version, m.measure, m.found_by, m.urgent, m.heard,
				ceil(extract(epoch FROM m.until - m.starts_at) / 86400)::int AS days, m.delivered_at, '' AS state, m.starts_at, m.until, e.how,
				CASE WHEN a.decision IS NOT NULL THEN coalesce(a.outcome, 'filed') END AS appeal, CASE WHEN a.answered_at IS NULL THEN a.due END AS due
			FROM conduct.decisions m LEFT JOIN conduct.ends e ON e.decision = m.id LEFT JOIN conduct.appeals a ON a.decision = m.id
			WHERE $1::bigint = 0 OR m.id < $1 ORDER BY m.id DESC LIMIT $2`, int64(before), n)
		all = make([]Published, len(rows))
		for i, r := range rows {
			all[i] = r.Published
			var e *End
			var a *Appeal
			if r.How != nil {
				e = &End{How: *r.How}
			}
			if r.Due != nil {
				a = &Appeal{Due: *r.Due}
			}
			all[i].State = stateOf(Made{StartsAt: r.StartsAt, Until: r.Until}, e, a, tx.Now)
		}
		return err
	})
	return all, err
}

// Figures are how rules were kept in the last year.
type Figures struct {
	Reports    int
	Overdue    int // reports now
	Decisions  int
	InForce    int // now
	Appeals    int
	Upheld     int
	LapsedLate int
	ByMachine  int // always 0: there is no such thing here
}

// Count returns the figures of the year before now. Anybody may read them.
func Count(ctx context.Context, d *db.DB) (f Figures, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		f, err = db.One[Figures](ctx, tx, `
			SELECT (SELECT count(*)::int FROM conduct.reports WHERE opened_at > $1) AS reports,
				(SELECT count(*)::int FROM conduct.reports WHERE closed_at IS NULL AND answer_by <= $2) AS overdue,
				(SELECT count(*)::int FROM conduct.decisions WHERE delivered_at > $1) AS decisions,
				(SELECT count(*)::int FROM conduct.effects WHERE starts_at <= $2 AND $2 < until AND measure <> 'warning') AS in_force,
				(SELECT count(*)::int FROM conduct.appeals WHERE filed_at > $1) AS appeals,
				(SELECT count(*)::int FROM conduct.appeals WHERE filed_at > $1 AND outcome = 'upheld') AS upheld,
				(SELECT count(*)::int FROM conduct.appeals WHERE filed_at > $1 AND (outcome = 'lapsed' OR answered_at IS NULL AND due <= $2)) AS lapsed_late,
				(SELECT count(*)::int FROM conduct.decisions WHERE by_machine) AS by_machine`, tx.Now.AddDate(-1, 0, 0), tx.Now)
		return err
	})
	return f, err
}
