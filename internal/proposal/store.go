package proposal

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/profile"
	"freehold/internal/terms"
)

const proposalCols = `p.id, p.post, p.freelancer, a.name, p.state, p.letter, p.currency, p.price_minor, p.hours, p.floor_minor,
	p.start_on, p.fit, p.fit_reasons, p.at, p.edited_at, p.submitted_at, p.read_at, p.answered_at, p.ended_at,
	p.decline_reason, p.decline_words`

const fromProposals = ` FROM proposal.proposals p JOIN account.people a ON a.id = p.freelancer `

func proposalByID(ctx context.Context, tx *db.Tx, id ID) (Proposal, error) {
	p, err := db.One[Proposal](ctx, tx, `SELECT `+proposalCols+fromProposals+`WHERE p.id = $1`, id)
	if errors.Is(err, db.NoRow) {
		err = ErrNotFound
	}
	return p, err
}

// postOf returns the post that a proposal answers. It never changes, so it is
// read without a lock, to lock the post first.
func postOf(ctx context.Context, tx *db.Tx, id ID) (jobpost.ID, error) {
	post, err := db.Value[jobpost.ID](ctx, tx, `SELECT post FROM proposal.proposals WHERE id = $1`, id)
	if errors.Is(err, db.NoRow) {
		err = ErrNotFound
	}
	return post, err
}

func lockProposal(ctx context.Context, tx *db.Tx, id ID) (*Proposal, error) {
	p, err := db.One[Proposal](ctx, tx, `SELECT `+proposalCols+fromProposals+`WHERE p.id = $1`+locked, id)
	return &p, err
}

const locked = ` FOR UPDATE OF p`

// lockUndecided returns the proposals of a post that cannot outlive it, in the
// order in which they came.
func lockUndecided(ctx context.Context, tx *db.Tx, post jobpost.ID) ([]*Proposal, error) {
	return lockAll(ctx, tx, `WHERE p.post = $1 AND p.state = ANY($2) ORDER BY p.id`, post, undecided)
}

// lockFirst returns the n proposals that have been on a post's waiting list longest.
func lockFirst(ctx context.Context, tx *db.Tx, post jobpost.ID, n int) ([]*Proposal, error) {
	return lockAll(ctx, tx, `WHERE p.post = $1 AND p.state = $2 ORDER BY p.id LIMIT $3`, post, WaitingList, n)
}

// lockOf returns those of ids that are proposals to a post.
func lockOf(ctx context.Context, tx *db.Tx, post jobpost.ID, ids []ID) ([]*Proposal, error) {
	return lockAll(ctx, tx, `WHERE p.post = $1 AND p.id = ANY($2) ORDER BY p.id`, post, ids)
}

func lockAll(ctx context.Context, tx *db.Tx, which string, args ...any) ([]*Proposal, error) {
	all, err := db.All[Proposal](ctx, tx, `SELECT `+proposalCols+fromProposals+which+locked, args...)
	found := make([]*Proposal, len(all))
	for i := range all {
		found[i] = &all[i]
	}
	return found, err
}

// countIn counts the proposals of a post in some states.
func countIn(ctx context.Context, tx *db.Tx, post jobpost.ID, in []State) (int, error) {
	return db.Value[int](ctx, tx, `SELECT count(*) FROM proposal.proposals WHERE post = $1 AND state = ANY($2)`, post, in)
}

// tally is what counts when somebody wants to propose to a post.
type tally struct {
	Ahead int // proposals that are before the client or on the waiting list
	Open  int // proposals of theirs, to any post, that have not ended
	Tries []try
}

// try is an earlier proposal of one freelancer to one post.
type try struct {
	ID    ID
	State State
}

func askTally(a *db.Ask, answer *tally, post jobpost.ID, freelancer account.ID) {
	db.AskOne(a, answer, `
		SELECT (SELECT count(*) FROM proposal.proposals WHERE post = $1 AND state = ANY($3)) AS ahead,
			(SELECT count(*) FROM proposal.proposals WHERE freelancer = $2 AND ended_at IS NULL) AS open,
			(SELECT jsonb_agg(jsonb_build_object('id', id, 'state', state) ORDER BY id)
			 FROM proposal.proposals WHERE post = $1 AND freelancer = $2) AS tries`, post, freelancer, undecided)
}

// askFloor asks for the floor that holds for a freelancer on a post.
func askFloor(a *db.Ask, answer *terms.AskedFloor, post jobpost.ID, freelancer account.ID) {
	terms.AskFloor(a, answer, `
		SELECT p.category, p.level, f.country, p.currency FROM jobpost.posts p, account.people f
		WHERE p.id = $1 AND f.id = $2`, post, freelancer)
}

// letter is one that a freelancer has sent.
type letter struct {
	Text  string
	Title string // of the post
	At    time.Time
}

// lettersSince returns a freelancer's letters to other posts, newest first.
func lettersSince(ctx context.Context, tx *db.Tx, freelancer account.ID, except jobpost.ID, since time.Time) ([]letter, error) {
	return db.All[letter](ctx, tx, `
		SELECT p.letter AS text, o.title, p.at
		FROM proposal.proposals p JOIN jobpost.posts o ON o.id = p.post
		WHERE p.freelancer = $1 AND p.post <> $2 AND p.at > $3 ORDER BY p.id DESC`, freelancer, except, since)
}

func insertProposal(ctx context.Context, tx *db.Tx, p *Proposal) (err error) {
	p.ID, err = db.Value[ID](ctx, tx, `
		INSERT INTO proposal.proposals (post, freelancer, state, letter, currency, price_minor, hours, floor_minor,
			start_on, fit, fit_reasons, at, submitted_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id`,
		p.Post, p.Freelancer, p.State, p.Letter, p.Currency, p.PriceMinor, p.Hours, p.FloorMinor,
		p.StartOn, p.Fit, p.FitReasons, p.At, p.SubmittedAt)
	return err
}

// saveProposal writes where p stands.
func saveProposal(ctx context.Context, tx *db.Tx, p *Proposal) error {
	return db.Exec1(ctx, tx, `
		UPDATE proposal.proposals SET state = $2, submitted_at = $3, read_at = $4, answered_at = $5, ended_at = $6,
			decline_reason = $7, decline_words = $8
		WHERE id = $1`,
		p.ID, p.State, p.SubmittedAt, p.ReadAt, p.AnsweredAt, p.EndedAt, p.DeclineReason, p.DeclineWords)
}

// saveContent writes what p says.
func saveContent(ctx context.Context, tx *db.Tx, p *Proposal) error {
	return db.Exec1(ctx, tx, `
		UPDATE proposal.proposals SET letter = $2, price_minor = $3, hours = $4, floor_minor = $5, start_on = $6,
			fit = $7, fit_reasons = $8, edited_at = $9
		WHERE id = $1`,
		p.ID, p.Letter, p.PriceMinor, p.Hours, p.FloorMinor, p.StartOn, p.Fit, p.FitReasons, p.EditedAt)
}

// saveParts writes the plan, the answers and the chosen pieces anew.
func saveParts(ctx context.Context, tx *db.Tx, id ID, dr draft) error {
	for _, sql := range []string{
		`DELETE FROM proposal.plan WHERE proposal = $1`,
		`DELETE FROM proposal.answers WHERE proposal = $1`,
		`DELETE FROM proposal.pieces WHERE proposal = $1`,
	} {
		if err := db.Exec(ctx, tx, sql, id); err != nil {
			return err
		}
	}
	for i, m := range dr.Plan {
		if err := db.Exec1(ctx, tx, `
			INSERT INTO proposal.plan (proposal, n, title, minor, hours, days) VALUES ($1, $2, $3, $4, $5, $6)`,
			id, i+1, m.Title, m.Minor, m.Hours, m.Days); err != nil {
			return err
		}
	}
	if err := db.Exec(ctx, tx, `
		INSERT INTO proposal.answers (proposal, n, question, text)
		SELECT $1, n, question, text FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS said (question, text, n)`, id, dr.questions, dr.Answers); err != nil {
		return err
	}
	return db.Exec(ctx, tx, `INSERT INTO proposal.pieces (proposal, piece) SELECT $1, unnest($2::bigint[])`, id, dr.Pieces)
}

func planOf(ctx context.Context, tx *db.Tx, id ID) ([]Milestone, error) {
	return db.All[Milestone](ctx, tx, `SELECT title, minor, hours, days FROM proposal.plan WHERE proposal = $1 ORDER BY n`, id)
}

func answersOf(ctx context.Context, tx *db.Tx, id ID) ([]Answer, error) {
	return db.All[Answer](ctx, tx, `SELECT question, text FROM proposal.answers WHERE proposal = $1 ORDER BY n`, id)
}

// partsOf returns what stands in some proposals, without prices.
func partsOf(ctx context.Context, tx *db.Tx, ids []ID) (map[ID]Chosen, error) {
	var written []struct {
		ID ID
		Written
	}
	var plans []struct {
		Proposal ID
		Milestone
	}
	var answers []struct {
		Proposal ID
		Answer
	}
	err := tx.Ask(ctx, func(a *db.Ask) {
		db.AskAll(a, &written, `SELECT id, letter, hours, start_on FROM proposal.proposals WHERE id = ANY($1)`, ids)
		db.AskAll(a, &plans, `SELECT proposal, title, 0 AS minor, hours, days FROM proposal.plan WHERE proposal = ANY($1) ORDER BY proposal, n`, ids)
		db.AskAll(a, &answers, `SELECT proposal, question, text FROM proposal.answers WHERE proposal = ANY($1) ORDER BY proposal, n`, ids)
	})
	all := map[ID]Chosen{}
	for _, w := range written {
		all[w.ID] = Chosen{Written: w.Written}
	}
	for _, m := range plans {
		c := all[m.Proposal]
		c.Plan = append(c.Plan, m.Milestone)
		all[m.Proposal] = c
	}
	for _, a := range answers {
		c := all[a.Proposal]
		c.Answers = append(c.Answers, a.Answer)
		all[a.Proposal] = c
	}
	return all, err
}

func piecesOf(ctx context.Context, tx *db.Tx, id ID) ([]profile.PieceID, error) {
	return db.Values[profile.PieceID](ctx, tx, `SELECT piece FROM proposal.pieces WHERE proposal = $1 ORDER BY piece`, id)
}

// listedRow is a proposal as the client's list needs it: no column here is a price.
type listedRow struct {
	Listed

	Person account.ID
}

func listedRows(ctx context.Context, tx *db.Tx, post jobpost.ID) ([]listedRow, error) {
	return db.All[listedRow](ctx, tx, `
		SELECT id, state, freelancer AS person, fit, fit_reasons, submitted_at, read_at, answered_at, decline_reason, coalesce(n.text, '') AS note
		FROM proposal.proposals LEFT JOIN proposal.notes n ON n.proposal = id
		WHERE post = $1 AND submitted_at IS NOT NULL ORDER BY fit DESC, id`, post)
}

// saveNote writes the client's note, or takes it away when it says nothing.
func saveNote(ctx context.Context, tx *db.Tx, id ID, text string) error {
	if text == "" {
		return db.Exec(ctx, tx, `DELETE FROM proposal.notes WHERE proposal = $1`, id)
	}
	return db.Exec1(ctx, tx, `
		INSERT INTO proposal.notes (proposal, text, written_at) VALUES ($1, $2, $3)
		ON CONFLICT (proposal) DO UPDATE SET text = excluded.text, written_at = excluded.written_at`, id, text, tx.Now)
}

// noted is what only the client sees of a proposal.
type noted struct {
	Place

	Note string
}

// notedBy returns where a proposal stands in its client's list, and what they
// noted about it.
func notedBy(ctx context.Context, tx *db.Tx, p *Proposal) (noted, error) {
	return db.One[noted](ctx, tx, `
		SELECT coalesce(previous, 0) AS previous, coalesce(next, 0) AS next, n::int, "of"::int,
			coalesce((SELECT text FROM proposal.notes WHERE proposal = $2), '') AS note FROM (
			SELECT id, lag(id) OVER listed AS previous, lead(id) OVER listed AS next, row_number() OVER listed AS n, count(*) OVER () AS "of"
			FROM proposal.proposals WHERE post = $1 AND submitted_at IS NOT NULL WINDOW listed AS (ORDER BY fit DESC, id)) AS listed
		WHERE id = $2`, p.Post, p.ID)
}

const sent = `
	SELECT p.id, p.post, o.title, p.state, p.currency, p.price_minor, p.at, o.answer_by, p.read_at, p.ended_at, p.decline_reason
	FROM proposal.proposals p JOIN jobpost.posts o ON o.id = p.post `

// sentBy returns up to n of a freelancer's proposals before the given one,
// newest first.
func sentBy(ctx context.Context, tx *db.Tx, freelancer account.ID, before ID, n int) ([]Sent, error) {
	return db.All[Sent](ctx, tx, sent+`
		WHERE p.freelancer = $1 AND ($2::bigint = 0 OR p.id < $2) ORDER BY p.id DESC LIMIT $3`, freelancer, before, n)
}

// openOf returns those of a freelancer's that have not ended, newest first.
func openOf(ctx context.Context, tx *db.Tx, freelancer account.ID) ([]Sent, error) {
	return db.All[Sent](ctx, tx, sent+`WHERE p.freelancer = $1 AND p.ended_at IS NULL ORDER BY p.id DESC`, freelancer)
}

// endedOf returns up to n of those that have, before the given one, newest first.
func endedOf(ctx context.Context, tx *db.Tx, freelancer account.ID, before ID, n int) ([]Sent, error) {
	return db.All[Sent](ctx, tx, sent+`
		WHERE p.freelancer = $1 AND p.ended_at IS NOT NULL AND ($2::bigint = 0 OR p.id < $2) ORDER BY p.id DESC LIMIT $3`, freelancer, before, n)
}

// addToRecord keeps how a client answers beside each answer.
func addToRecord(ctx context.Context, tx *db.Tx, client account.ID, answered, lapsed int) error {
	return db.Exec1(ctx, tx, `
		INSERT INTO proposal.answer_records AS r (client, answered, lapsed) VALUES ($1, $2, $3)
		ON CONFLICT (client) DO UPDATE SET answered = r.answered + excluded.answered, lapsed = r.lapsed + excluded.lapsed`,
		client, answered, lapsed)
}

// duePosts returns the posts whose answer-by date has passed, the longest overdue first.
func duePosts(ctx context.Context, tx *db.Tx) ([]jobpost.ID, error) {
	return db.Values[jobpost.ID](ctx, tx, `
		SELECT id FROM jobpost.posts WHERE state = 'open' AND answer_by <= $1 ORDER BY answer_by, id`, tx.Now)
}

// AnswerRecord is how a client has answered so far.
type AnswerRecord struct {
	Answered int
	Lapsed   int  // left without an answer at the answer-by date
	Rate     *int // in percent, rounded down; nil: nothing to answer yet
}

// AnswerRecordOf returns the record of a client.
func AnswerRecordOf(ctx context.Context, tx *db.Tx, client account.ID) (AnswerRecord, error) {
	r, err := db.One[AnswerRecord](ctx, tx, `SELECT answered, lapsed, rate FROM proposal.answer_records WHERE client = $1`, client)
	if errors.Is(err, db.NoRow) {
		err = nil
	}
	return r, err
}
