package conduct

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
)

// MayConsider refuses whoever is not of the staff who keep the rules.
func MayConsider(by account.Actor) error {
	if !mayReview(by) {
		return ErrNotStaff
	}
	return nil
}

// mayReview reports whether somebody of the staff keeps the rules.
func mayReview(by account.Actor) bool { return by.Is(account.Reviewer) || by.Is(account.Admin) }

const reportCols = `id, subject, about, quote, rule, words, reporter, email, state, holder, held_until, version, opened_at, answer_by, outcome, closed_at`

func insertReport(ctx context.Context, tx *db.Tx, r Report) (ReportID, error) {
	return db.Value[ReportID](ctx, tx, `
		INSERT INTO conduct.reports (subject, about, quote, rule, words, reporter, email, state, opened_at, answer_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
		r.Subject, r.About, r.Quote, r.Rule, r.Words, r.Reporter, r.Email, r.State, r.OpenedAt, r.AnswerBy)
}

// saveReport writes a report that was locked. It has another version then.
func saveReport(ctx context.Context, tx *db.Tx, r *Report) error {
	r.Version++
	return db.Exec1(ctx, tx, `
		UPDATE conduct.reports SET state = $2, holder = $3, held_until = $4, version = $5, outcome = $6, closed_at = $7 WHERE id = $1`,
		r.ID, r.State, r.Holder, r.HeldUntil, r.Version, r.Outcome, r.ClosedAt)
}

func reportByID(ctx context.Context, tx *db.Tx, id ReportID, locking string) (*Report, error) {
	r, err := db.One[Report](ctx, tx, `SELECT `+reportCols+` FROM conduct.reports WHERE id = $1 `+locking, id)
	if errors.Is(err, db.NoRow) {
		err = ErrNoReport
	}
	return &r, err
}

// lockReport is reportByID for one of the staff, for whom alone it is there.
func lockReport(ctx context.Context, tx *db.Tx, by account.Actor, id ReportID) (*Report, error) {
	if !mayReview(by) {
		return nil, ErrNoReport
	}
	return reportByID(ctx, tx, id, `FOR UPDATE`)
}

const draftCols = `id, person, subject, report, rule, rule_version, measure, days, facts, why, urgent, by, state, drafted_at, hear_until, due, answer, answered_at, proved_at, dropped_for, ended_at`

func insertDraft(ctx context.Context, tx *db.Tx, d Draft) (ID, error) {
	return db.Value[ID](ctx, tx, `
		INSERT INTO conduct.drafts (person, subject, report, rule, rule_version, measure, days, facts, why, urgent, by, state, drafted_at, hear_until, due)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id`,
		d.Person, d.Subject, d.Report, d.Rule, d.RuleVersion, d.Measure, d.Days, d.Facts, d.Why, d.Urgent, d.By, d.State, d.DraftedAt, d.HearUntil, d.Due)
}

func saveDraft(ctx context.Context, tx *db.Tx, d *Draft) error {
	return db.Exec1(ctx, tx, `
		UPDATE conduct.drafts SET state = $2, hear_until = $3, due = $4, answer = $5, answered_at = $6, proved_at = $7, dropped_for = $8, ended_at = $9 WHERE id = $1`,
		d.ID, d.State, d.HearUntil, d.Due, d.Answer, d.AnsweredAt, d.ProvedAt, d.DroppedFor, d.EndedAt)
}

func draftByID(ctx context.Context, tx *db.Tx, id ID, locking string) (*Draft, error) {
	d, err := db.One[Draft](ctx, tx, `SELECT `+draftCols+` FROM conduct.drafts WHERE id = $1 `+locking, id)
	if errors.Is(err, db.NoRow) {
		err = ErrNotFound
	}
	return &d, err
}

// lockDraft is draftByID for the person and the staff. An emergency is not the
// person's to see before it is delivered.
func lockDraft(ctx context.Context, tx *db.Tx, by account.Actor, id ID) (*Draft, error) {
	d, err := draftByID(ctx, tx, id, `FOR UPDATE`)
	if err == nil && !d.visible(by) {
		err = ErrNotFound
	}
	return d, err
}

// visible reports whether somebody may see it. Those of the staff whom it is about
// see what anybody would.
func (d *Draft) visible(by account.Actor) bool {
	if by.ID == d.Person {
		return !d.Urgent || d.State == delivered
	}
	return mayReview(by)
}

func hasDraft(ctx context.Context, tx *db.Tx, r ReportID) (bool, error) {
	return db.Value[bool](ctx, tx, `SELECT EXISTS (SELECT FROM conduct.drafts WHERE report = $1 AND ended_at IS NULL)`, r)
}

func insertEvidence(ctx context.Context, tx *db.Tx, id ID, n int, e Exhibit) error {
	return db.Exec1(ctx, tx, `INSERT INTO conduct.evidence (draft, n, title, text, at) VALUES ($1, $2, $3, $4, $5)`, id, n, e.Title, e.Text, e.At)
}

func insertOpening(ctx context.Context, tx *db.Tx, id ID, n int, person account.ID) error {
	return db.Exec(ctx, tx, `INSERT INTO conduct.openings (draft, n, person, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, id, n, person, tx.Now)
}

// evidenceOf is all evidence, and which of it a reader of the staff has opened.
func evidenceOf(ctx context.Context, tx *db.Tx, id ID, reader account.ID) ([]Exhibit, error) {
	return db.All[Exhibit](ctx, tx, `
		SELECT e.n, e.title, e.text, e.at, o.at IS NOT NULL AS opened
		FROM conduct.evidence e LEFT JOIN conduct.openings o ON o.draft = e.draft AND o.n = e.n AND o.person = $2
		WHERE e.draft = $1 ORDER BY e.n`, id, reader)
}

const madeCols = `id, person, subject, rule, rule_version, rule_text, measure, facts, why, evidence, found_by, urgent, heard, decider, told_at, delivered_at, starts_at, until, appeal_until, entry`

func insertDecision(ctx context.Context, tx *db.Tx, m Made) error {
	print := m.print()
	return db.Exec1(ctx, tx, `
		INSERT INTO conduct.decisions (`+madeCols+`, by_machine, bands, print)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, false, $21, $22)`,
		m.ID, m.Person, m.Subject, m.Rule, m.RuleVersion, m.RuleText, m.Measure, m.Facts, m.Why, m.Evidence, m.FoundBy, m.Urgent, m.Heard, m.Decider,
		m.ToldAt, m.DeliveredAt, m.StartsAt, m.Until, m.AppealUntil, m.Entry, print.Bands(), print.Stored())
}

func madeByID(ctx context.Context, tx *db.Tx, id ID) (Made, error) {
	m, err := db.One[Made](ctx, tx, `SELECT `+madeCols+` FROM conduct.decisions WHERE id = $1`, id)
	if errors.Is(err, db.NoRow) {
		err = ErrNotFound
	}
	return m, err
}

// lockMade reads a decision with its appeal and how far it has come, and keeps both
// from changing until the transaction ends: who changes them locks its draft first.
func lockMade(ctx context.Context, tx *db.Tx, by account.Actor, id ID) (m Made, s State, a *Appeal, err error) {
	d, err := draftByID(ctx, tx, id, `FOR UPDATE`)
	if err != nil {
		return m, s, nil, err
	}
	if !by.IsSystem() && !d.visible(by) {
		return m, s, nil, ErrNotFound
	}
	if m, err = madeByID(ctx, tx, id); err != nil {
		return m, s, nil, err
	}
	e, err := endOf(ctx, tx, id)
	if err != nil {
		return m, s, nil, err
	}
	a, err = appealOf(ctx, tx, id)
	return m, stateOf(m, e, a, tx.Now), a, err
}

func endOf(ctx context.Context, tx *db.Tx, id ID) (*End, error) {
	e, err := db.One[End](ctx, tx, `SELECT how, by, why, at FROM conduct.ends WHERE decision = $1`, id)
	if errors.Is(err, db.NoRow) {
		return nil, nil //nolint:nilnil // it ends at its date
	}
	return &e, err
}

func endDecision(ctx context.Context, tx *db.Tx, m Made, e End) error {
	if err := logEnded(ctx, tx, m, e); err != nil {
		return err
	}
	return db.Exec1(ctx, tx, `INSERT INTO conduct.ends (decision, how, by, why, at) VALUES ($1, $2, $3, $4, $5)`, m.ID, e.How, e.By, e.Why, e.At)
}

const appealCols = `decision, decider, words, filed_at, due, reviewer, outcome, reasons, answered_by, answered_at`

func appealOf(ctx context.Context, tx *db.Tx, id ID) (*Appeal, error) {
	a, err := db.One[Appeal](ctx, tx, `SELECT `+appealCols+` FROM conduct.appeals WHERE decision = $1`, id)
	if errors.Is(err, db.NoRow) {
		return nil, nil //nolint:nilnil // there is none
	}
	return &a, err
}

func insertAppeal(ctx context.Context, tx *db.Tx, a Appeal) error {
	if err := logAppeal(ctx, tx, a); err != nil {
		return err
	}
	return db.Exec1(ctx, tx, `
		INSERT INTO conduct.appeals (decision, decider, words, filed_at, due, reviewer) VALUES ($1, $2, $3, $4, $5, $6)`,
		a.Decision, a.Decider, a.Words, a.FiledAt, a.Due, a.Reviewer)
}

func saveAppeal(ctx context.Context, tx *db.Tx, a Appeal) error {
	if err := logAppeal(ctx, tx, a); err != nil {
		return err
	}
	return db.Exec1(ctx, tx, `
		UPDATE conduct.appeals SET outcome = $2, reasons = $3, answered_by = $4, answered_at = $5 WHERE decision = $1 AND answered_at IS NULL`,
		a.Decision, a.Outcome, a.Reasons, a.AnsweredBy, a.AnsweredAt)
}

// staffMember is one who keeps the rules, with what waits for them.
type staffMember struct {
	ID   account.ID
	Open int // appeals
}

// reviewers are those who keep the rules, but for somebody, the one with the least
// to do first.
func reviewers(ctx context.Context, tx *db.Tx, but ...account.ID) ([]staffMember, error) {
	return db.All[staffMember](ctx, tx, `
		SELECT s.person AS id, (SELECT count(*)::int FROM conduct.appeals a WHERE a.reviewer = s.person AND a.answered_at IS NULL) AS open
		FROM (SELECT DISTINCT person FROM account.staff WHERE role IN ('reviewer', 'admin')) s
		WHERE s.person <> ALL ($1) ORDER BY open, s.person`, but)
}

// refusePartial refuses whoever it is about, and whoever has reported that person:
// others have to judge them.
func refusePartial(ctx context.Context, tx *db.Tx, by account.Actor, person account.ID) error {
	if partial, err := isPartial(ctx, tx, by, person); err != nil || !partial {
		return err
	}
	return ErrPartial
}

func isPartial(ctx context.Context, tx *db.Tx, by account.Actor, person account.ID) (bool, error) {
	if by.ID == person {
		return true, nil
	}
	return db.Value[bool](ctx, tx, `SELECT EXISTS (SELECT FROM conduct.reports WHERE reporter = $1 AND about = $2)`, by.ID, person)
}

// lastEmergency is when somebody was last restricted under a rule without a hearing.
func lastEmergency(ctx context.Context, tx *db.Tx, person account.ID, rule RuleKey) (*time.Time, error) {
	return db.Value[*time.Time](ctx, tx, `SELECT max(delivered_at) FROM conduct.decisions WHERE person = $1 AND rule = $2 AND urgent`, person, rule)
}

// chooseReviewer is who judges an appeal: nobody who decided it, has reported its
// person or is that person, and of the others who has the least to do. Nil if there is
// nobody, and then the decision lapses.
func chooseReviewer(ctx context.Context, tx *db.Tx, m Made) (*account.ID, error) {
	but := []account.ID{m.Decider, m.Person}
	reported, err := db.Values[account.ID](ctx, tx, `
		SELECT DISTINCT reporter FROM conduct.reports WHERE about = $1 AND reporter IS NOT NULL`, m.Person)
	if err != nil {
		return nil, err
	}
	among, err := reviewers(ctx, tx, append(but, reported...)...)
	if err != nil || len(among) == 0 {
		return nil, err
	}
	return &among[0].ID, nil
}
