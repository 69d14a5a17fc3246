package jobpost

import (
	"context"
	"errors"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/restriction"
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

// askPublic asks for what everybody may see of a post, and how somebody stands to it.
func askPublic(a *db.Ask, answer *public, id ID, person account.ID) {
	db.AskOne(a, answer, `
		SELECT `+cols+`,
			(SELECT jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'category', s.category) ORDER BY k.n)
			 FROM jobpost.skills k JOIN skill.skills s ON s.id = k.skill WHERE k.post = p.id) AS skills,
			ARRAY(SELECT q.text FROM jobpost.questions q WHERE q.post = p.id ORDER BY q.n) AS questions,
			(SELECT jsonb_agg(e ORDER BY e.id) FROM jobpost.edits e WHERE e.post = p.id) AS edits,
			coalesce((SELECT c.name FROM skill.categories c WHERE c.key = p.category), '') AS category_name,
			(SELECT count(*) FROM proposal.proposals o
			 WHERE o.post = p.id AND o.state IN ('submitted', 'read', 'shortlisted')) AS proposals,
			`+restriction.IsRemoved("'post/' || p.id", "$3")+` AS removed,
			(p.visibility <> 'public' OR `+restriction.IsRemoved("'post/' || p.id", "$3")+`) AND `+involved+` AS involved
		FROM jobpost.posts p WHERE id = $1`, id, person, a.Now)
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
			kind = $7, currency = $8, budget_min = nullif($9::bigint, 0), budget_max = nullif($10::bigint, 0), hours = nullif($11, 0),
			hire = $12, hired = $13, answer_days = $14, visibility = $15, published_at = $16, answer_by = $17, edited_at = $18,
			ended_at = $19, bond_minor = CASE WHEN $16::timestamptz IS NOT NULL THEN $20::bigint END, floor_minor = nullif($21::bigint, 0)
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

// insertPost adds a post. It fails with db.NoRow when its source is there already.
func insertPost(ctx context.Context, tx *db.Tx, p *Post) (ID, error) {
	return db.Value[ID](ctx, tx, `
		INSERT INTO jobpost.posts (client, state, title, description, category, level, kind, currency, budget_min, budget_max, hours,
			hire, answer_days, visibility, created_at, published_at, answer_by, bond_minor, floor_minor, source, source_note)
		VALUES ($1, $2, $3, $4, nullif($5, ''), nullif($6, ''), $7, $8, nullif($9::bigint, 0), nullif($10::bigint, 0), nullif($11, 0),
			$12, $13, $14, $15, $16, $17, CASE WHEN $16::timestamptz IS NOT NULL THEN $18::bigint END, nullif($19::bigint, 0), nullif($20, ''), nullif($21, ''))
		ON CONFLICT (source) DO NOTHING
		RETURNING id`, p.Client, p.State, p.Title, p.Description, p.Category, p.Level, p.Kind, p.Currency, p.BudgetMin, p.BudgetMax, p.Hours,
		p.Hire, p.AnswerDays, p.Visibility, p.CreatedAt, p.PublishedAt, p.AnswerBy, p.BondMinor, p.FloorMinor, p.Source, p.SourceNote)
}

func postBySource(ctx context.Context, tx *db.Tx, source string) (ID, error) {
	return db.Value[ID](ctx, tx, `SELECT id FROM jobpost.posts WHERE source = $1`, source)
}

func saveSkills(ctx context.Context, tx *db.Tx, id ID, skills []skill.Skill) error {
	ids := make([]skill.ID, len(skills))
	for i, s := range skills {
		ids[i] = s.ID
	}
	if err := db.Exec(ctx, tx, `DELETE FROM jobpost.skills WHERE post = $1`, id); err != nil {
		return err
	}
	return db.Exec(ctx, tx, `
		INSERT INTO jobpost.skills (post, skill, n)
		SELECT $1, skill, n FROM unnest($2::bigint[]) WITH ORDINALITY AS new (skill, n)`, id, ids)
}

func saveQuestions(ctx context.Context, tx *db.Tx, id ID, questions []string) error {
	if err := db.Exec(ctx, tx, `DELETE FROM jobpost.questions WHERE post = $1`, id); err != nil {
		return err
	}
	return db.Exec(ctx, tx, `
		INSERT INTO jobpost.questions (post, n, text)
		SELECT $1, n, text FROM unnest($2::text[]) WITH ORDINALITY AS new (text, n)`, id, questions)
}

// refreshSearch makes a post findable by what it says now: its title counts
// most, then its skills, then the rest.
func refreshSearch(ctx context.Context, tx *db.Tx, id ID) error {
	return db.Exec1(ctx, tx, `
		UPDATE jobpost.posts p SET search =
			setweight(to_tsvector('public.freehold', p.title), 'A') ||
			setweight(to_tsvector('public.freehold', coalesce((
				SELECT string_agg(s.name, ' ') FROM jobpost.skills ps JOIN skill.skills s ON s.id = ps.skill WHERE ps.post = p.id), '')), 'B') ||
			setweight(to_tsvector('public.freehold', concat_ws(' ', (
				SELECT c.name FROM skill.categories c WHERE c.key = p.category), p.description)), 'C')
		WHERE p.id = $1`, id)
}

// openTexts are the other posts that a client has open.
func openTexts(ctx context.Context, tx *db.Tx, client account.ID, except ID) ([]Post, error) {
	return db.All[Post](ctx, tx, `
		SELECT `+cols+` FROM jobpost.posts WHERE client = $1 AND state = 'open' AND id <> $2 ORDER BY id DESC`, client, except)
}

// PublicPosts are up to n public posts of a client that take proposals, latest first.
func PublicPosts(ctx context.Context, tx *db.Tx, client account.ID, n int) ([]Post, error) {
	return db.All[Post](ctx, tx, `
		SELECT `+cols+` FROM jobpost.posts
		WHERE client = $1 AND state = 'open' AND visibility = 'public' AND answer_by > $2 AND NOT `+restriction.IsRemoved("'post/' || posts.id", "$2")+`
		ORDER BY id DESC LIMIT $3`, client, tx.Now, n)
}

// postsOf are a client's own posts, with how many proposals wait for a decision
// and how many have one.
func postsOf(ctx context.Context, tx *db.Tx, client account.ID, before ID, n int) ([]Mine, error) {
	return db.All[Mine](ctx, tx, `
		SELECT `+cols+`, received.proposals, received.unread, received.answered
		FROM jobpost.posts post
		CROSS JOIN LATERAL (
			SELECT count(*) FILTER (WHERE p.state IN ('submitted', 'read', 'shortlisted')) AS proposals,
				count(*) FILTER (WHERE p.state = 'submitted') AS unread,
				count(p.answered_at) FILTER (WHERE p.state NOT IN ('submitted', 'read', 'shortlisted')) AS answered
			FROM proposal.proposals p WHERE p.post = post.id) AS received
		WHERE client = $1 AND ($2::bigint = 0 OR id < $2)
		ORDER BY id DESC LIMIT $3`, client, before, n)
}

// proposers are those whose proposals on a post are open.
func proposers(ctx context.Context, tx *db.Tx, id ID) ([]account.ID, error) {
	return db.Values[account.ID](ctx, tx, `
		SELECT freelancer FROM proposal.proposals WHERE post = $1 AND ended_at IS NULL ORDER BY id`, id)
}

// isInvolved reports whether somebody was invited to a post or has proposed on it.
func isInvolved(ctx context.Context, tx *db.Tx, id ID, person account.ID) (bool, error) {
	return db.Value[bool](ctx, tx, `SELECT `+involved, id, person)
}

const involved = `(EXISTS (SELECT FROM jobpost.invitations WHERE post = $1 AND freelancer = $2)
	OR EXISTS (SELECT FROM proposal.proposals WHERE post = $1 AND freelancer = $2))`

// askClient asks for the client of a post.
func askClient(a *db.Ask, answer *Client, id ID) {
	db.AskOne(a, answer, `
		SELECT p.id, p.name, coalesce(face.hash, '') AS portrait, coalesce(c.company, '') AS company, coalesce(p.country, '') AS country, p.joined_at,
			EXISTS (SELECT FROM banking.methods m WHERE m.person = p.id) AS verified,
			p.source IS NOT NULL AND p.password_hash IS NULL AS imported
		FROM jobpost.posts o JOIN account.people p ON p.id = o.client LEFT JOIN profile.clients c ON c.person = p.id
		LEFT JOIN profile.portraits face ON face.person = p.id
		WHERE o.id = $1`, id)
}

func insertEdits(ctx context.Context, tx *db.Tx, id ID, edits []Edit) error {
	for _, e := range edits {
		if err := db.Exec1(ctx, tx, `INSERT INTO jobpost.edits (post, field, was, now, at) VALUES ($1, $2, $3, $4, $5)`,
			id, e.Field, e.Was, e.Now, e.At); err != nil {
			return err
		}
	}
	return nil
}

const invitationQuery = `
	SELECT i.post, p.title, i.freelancer, a.name, i.state, i.words, i.at, i.answered_at
	FROM jobpost.invitations i JOIN jobpost.posts p ON p.id = i.post JOIN account.people a ON a.id = i.freelancer `

const invitationOne = invitationQuery + `WHERE i.post = $1 AND i.freelancer = $2`

// askInvitation asks for somebody's invitation to a post, of which there is one at most.
func askInvitation(a *db.Ask, answer *[]Invitation, id ID, person account.ID) {
	db.AskAll(a, answer, invitationOne, id, person)
}

// invitationOf is somebody's invitation to a post; nil if there is none.
func invitationOf(ctx context.Context, tx *db.Tx, id ID, person account.ID) (*Invitation, error) {
	i, err := db.One[Invitation](ctx, tx, invitationOne, id, person)
	if errors.Is(err, db.NoRow) {
		return nil, nil
	}
	return &i, err
}

func invitationsTo(ctx context.Context, tx *db.Tx, id ID) ([]Invitation, error) {
	return db.All[Invitation](ctx, tx, invitationQuery+`WHERE i.post = $1 ORDER BY i.id`, id)
}

func invitationsFor(ctx context.Context, tx *db.Tx, person account.ID, before ID, n int) ([]Invitation, error) {
	return db.All[Invitation](ctx, tx, invitationQuery+`
		WHERE i.freelancer = $1 AND ($2::bigint = 0 OR i.post < $2) ORDER BY i.post DESC LIMIT $3`, person, before, n)
}

func insertInvitation(ctx context.Context, tx *db.Tx, id ID, freelancer account.ID, words string) error {
	return db.Exec1(ctx, tx, `
		INSERT INTO jobpost.invitations (post, freelancer, state, words, at) VALUES ($1, $2, 'sent', $3, $4)`,
		id, freelancer, words, tx.Now)
}

func declineInvitation(ctx context.Context, tx *db.Tx, id ID, freelancer account.ID) error {
	return db.Exec1(ctx, tx, `
		UPDATE jobpost.invitations SET state = 'declined', answered_at = $3
		WHERE post = $1 AND freelancer = $2 AND state = 'sent'`, id, freelancer, tx.Now)
}

// guest is somebody who might be invited to a post.
type guest struct {
	Name       string
	Freelancer bool
	Invited    bool
	Proposed   bool
	Guests     int // how many are invited to it
}

func guestByID(ctx context.Context, tx *db.Tx, id ID, person account.ID) (guest, error) {
	return db.One[guest](ctx, tx, `
		SELECT a.name, a.freelancer,
			EXISTS (SELECT FROM jobpost.invitations i WHERE i.post = $1 AND i.freelancer = a.id) AS invited,
			EXISTS (SELECT FROM proposal.proposals p WHERE p.post = $1 AND p.freelancer = a.id AND p.state <> 'withdrawn') AS proposed,
			(SELECT count(*) FROM jobpost.invitations i WHERE i.post = $1) AS guests
		FROM account.people a WHERE a.id = $2`, id, person)
}
