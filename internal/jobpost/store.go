package jobpost

import (
	"context"
	"errors"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/skill"
)

const cols = `id, client, state, title, description, coalesce(category, '') AS category, coalesce(level, '') AS level, kind, currency,
	coalesce(budget_min, 0) AS budget_min, coalesce(budget_max, 0) AS budget_max, coalesce(hours, 0) AS hours, hire, hired,
	answer_days, visibility, created_at, published_at, answer_by, edited_at, ended_at, coalesce(bond_minor, 0) AS bond_minor,
	coalesce(floor_minor, 0) AS floor_minor, coalesce(source, '') AS source, coalesce(source_note, '') AS source_note`

// PostByID reads a post without asking who may see it. It fails with ErrNotFound.
func PostByID(ctx context.Context, tx *db.Tx, id ID) (Post, error) {
	p, err := db.One[Post](ctx, tx, `SELECT `+cols+` FROM jobpost.posts WHERE id = $1`, id)
	if errors.Is(err, db.NoRow) {
		err = ErrNotFound
	}
	return p, err
}

// LockPost reads a post, without asking who may see it, and keeps it from
// changing until the transaction ends. It fails with ErrNotFound.
func LockPost(ctx context.Context, tx *db.Tx, id ID) (*Post, error) {
	p, err := db.One[Post](ctx, tx, `SELECT `+cols+` FROM jobpost.posts WHERE id = $1 FOR UPDATE`, id)
	if errors.Is(err, db.NoRow) {
		err = ErrNotFound
	}
	return &p, err
}

// SavePost writes a post that LockPost has read.
func SavePost(ctx context.Context, tx *db.Tx, p *Post) error {
	return db.Exec1(ctx, tx, `
		UPDATE jobpost.posts SET state = $2, title = $3, description = $4, category = nullif($5, ''), level = nullif($6, ''),
			kind = $7, currency = $8, budget_min = nullif($9, 0), budget_max = nullif($10, 0), hours = nullif($11, 0),
			hire = $12, hired = $13, answer_days = $14, visibility = $15, published_at = $16, answer_by = $17, edited_at = $18,
			ended_at = $19, bond_minor = CASE WHEN $16::timestamptz IS NOT NULL THEN $20::bigint END, floor_minor = nullif($21, 0)
		WHERE id = $1`, p.ID, p.State, p.Title, p.Description, p.Category, p.Level, p.Kind, p.Currency, p.BudgetMin, p.BudgetMax,
		p.Hours, p.Hire, p.Hired, p.AnswerDays, p.Visibility, p.PublishedAt, p.AnswerBy, p.EditedAt, p.EndedAt, p.BondMinor, p.FloorMinor)
}

// ReturnBond gives the answer bond back to the client, and returns what it was.
func ReturnBond(ctx context.Context, tx *db.Tx, p *Post) (money.Amount, error) {
	return escrow.GiveBack(ctx, tx, escrow.Bond(p.ID), p.Client, p.Currency, p.About())
}

// QuestionsOf are the questions that a proposal must answer, in their order.
func QuestionsOf(ctx context.Context, tx *db.Tx, id ID) ([]string, error) {
	return db.Values[string](ctx, tx, `SELECT text FROM jobpost.questions WHERE post = $1 ORDER BY n`, id)
}

// SkillsOf are the skills that a post asks for, in the client's order.
func SkillsOf(ctx context.Context, tx *db.Tx, id ID) ([]skill.Skill, error) {
	return db.All[skill.Skill](ctx, tx, `
		SELECT s.id, s.name, s.category FROM jobpost.skills p JOIN skill.skills s ON s.id = p.skill
		WHERE p.post = $1 ORDER BY p.n`, id)
}

// IsInvited reports whether a freelancer was ever invited to a post.
func IsInvited(ctx context.Context, tx *db.Tx, id ID, freelancer account.ID) (bool, error) {
	return db.Value[bool](ctx, tx, `
		SELECT EXISTS (SELECT FROM jobpost.invitations WHERE post = $1 AND freelancer = $2)`, id, freelancer)
}

// MarkProposed notes that a freelancer has proposed, if they were invited.
func MarkProposed(ctx context.Context, tx *db.Tx, id ID, freelancer account.ID) error {
	return db.Exec(ctx, tx, `
		UPDATE jobpost.invitations SET state = 'proposed', answered_at = $3
		WHERE post = $1 AND freelancer = $2 AND state IN ('sent', 'declined')`, id, freelancer, tx.Now)
}

// LapseInvitations ends the invitations to a post that has ended itself.
func LapseInvitations(ctx context.Context, tx *db.Tx, id ID) error {
	return db.Exec(ctx, tx, `
		UPDATE jobpost.invitations SET state = 'lapsed', answered_at = $2 WHERE post = $1 AND state = 'sent'`, id, tx.Now)
}
