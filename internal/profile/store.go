package profile

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/skill"
)

type person struct {
	Name     string
	Country  *string
	TimeZone string
	JoinedAt time.Time
	Client   bool
	Imported bool
	Portrait Portrait
}

func personByID(ctx context.Context, tx *db.Tx, id account.ID) (person, error) {
	p, err := db.One[person](ctx, tx, `
		SELECT p.name, p.country, p.time_zone, p.joined_at, p.client,
			p.source IS NOT NULL AND p.password_hash IS NULL AS imported, coalesce(face.hash, '') AS portrait
		FROM account.people p LEFT JOIN profile.portraits face ON face.person = p.id
		WHERE p.id = $1`, id)
	if errors.Is(err, db.NoRow) {
		return p, ErrNotFound
	}
	return p, err
}

// Find returns what a person offers; nil when they offer nothing.
func Find(ctx context.Context, tx *db.Tx, id account.ID) (*Freelancer, error) {
	type row struct {
		Headline, About string
		Level           *skill.Level
		RateMinor       *int64
		RateCurrency    *string
		HoursPerWeek    *int
		AvailableFrom   *time.Time
		UpdatedAt       time.Time
	}
	r, err := db.One[row](ctx, tx, `
		SELECT headline, about, level, rate_minor, rate_currency, hours_per_week, available_from, updated_at
		FROM profile.freelancers WHERE person = $1`, id)
	if errors.Is(err, db.NoRow) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f := &Freelancer{Person: id, Headline: r.Headline, About: r.About, Level: r.Level,
		HoursPerWeek: r.HoursPerWeek, AvailableFrom: r.AvailableFrom, UpdatedAt: r.UpdatedAt}
	if r.RateMinor != nil {
		f.Rate = &money.Amount{Minor: *r.RateMinor, Currency: *r.RateCurrency}
	}
	if f.Skills, err = db.All[skill.Skill](ctx, tx, `
		SELECT s.id, s.name, s.category FROM profile.skills p JOIN skill.skills s ON s.id = p.skill
		WHERE p.person = $1 ORDER BY p.n`, id); err != nil {
		return nil, err
	}
	f.Languages, err = db.All[Language](ctx, tx, `
		SELECT language AS code, fluency FROM profile.languages WHERE person = $1
		ORDER BY array_position(ARRAY['native', 'fluent', 'conversational', 'basic'], fluency), language`, id)
	return f, err
}

func saveFreelancer(ctx context.Context, tx *db.Tx, id account.ID, in Input) error {
	var minor *int64
	var currency *string
	if in.Rate != nil {
		minor, currency = &in.Rate.Minor, &in.Rate.Currency
	}
	return db.Exec1(ctx, tx, `
		INSERT INTO profile.freelancers
			(person, headline, about, level, rate_minor, rate_currency, hours_per_week, available_from, updated_at)
		VALUES ($1, $2, $3, nullif($4, ''), $5, $6, $7, $8, $9)
		ON CONFLICT (person) DO UPDATE SET headline = excluded.headline, about = excluded.about, level = excluded.level,
			rate_minor = excluded.rate_minor, rate_currency = excluded.rate_currency,
			hours_per_week = excluded.hours_per_week, available_from = excluded.available_from, updated_at = excluded.updated_at`,
		id, in.Headline, in.About, in.Level, minor, currency, in.HoursPerWeek, in.AvailableFrom, tx.Now)
}

func saveSkills(ctx context.Context, tx *db.Tx, id account.ID, skills []skill.Skill) error {
	ids := make([]skill.ID, len(skills))
	for i, s := range skills {
		ids[i] = s.ID
	}
	if err := db.Exec(ctx, tx, `DELETE FROM profile.skills WHERE person = $1`, id); err != nil {
		return err
	}
	return db.Exec(ctx, tx, `
		INSERT INTO profile.skills (person, skill, n)
		SELECT $1, skill, n FROM unnest($2::bigint[]) WITH ORDINALITY AS new (skill, n)`, id, ids)
}

func saveLanguages(ctx context.Context, tx *db.Tx, id account.ID, languages []Language) error {
	var codes, fluencies []string
	for _, l := range languages {
		codes, fluencies = append(codes, l.Code), append(fluencies, string(l.Fluency))
	}
	if err := db.Exec(ctx, tx, `DELETE FROM profile.languages WHERE person = $1`, id); err != nil {
		return err
	}
	return db.Exec(ctx, tx, `
		INSERT INTO profile.languages (person, language, fluency)
		SELECT $1, * FROM unnest($2::text[], $3::text[])
		ON CONFLICT DO NOTHING`, id, codes, fluencies)
}

// refreshSearch makes a freelancer findable by what their profile says now: what
// they do in one line counts most, then their skills, then the rest.
func refreshSearch(ctx context.Context, tx *db.Tx, id account.ID) error {
	return db.Exec1(ctx, tx, `
		UPDATE profile.freelancers f SET search =
			setweight(to_tsvector('public.freehold', f.headline), 'A') ||
			setweight(to_tsvector('public.freehold', coalesce((
				SELECT string_agg(s.name, ' ') FROM profile.skills p JOIN skill.skills s ON s.id = p.skill WHERE p.person = f.person), '')), 'B') ||
			setweight(to_tsvector('public.freehold', f.about), 'C')
		WHERE f.person = $1`, id)
}

// lockFreelancer keeps others from changing what hangs on a person's profile
// until the transaction ends; the profile is there afterwards.
func lockFreelancer(ctx context.Context, tx *db.Tx, id account.ID) error {
	if err := db.Exec(ctx, tx, `
		INSERT INTO profile.freelancers (person, updated_at) VALUES ($1, $2) ON CONFLICT DO NOTHING`, id, tx.Now); err != nil {
		return err
	}
	return db.Exec1(ctx, tx, `SELECT FROM profile.freelancers WHERE person = $1 FOR UPDATE`, id)
}

const pieceColumns = `id, person, title, about, url, at, removed_at, NULL AS files`

func piecesOf(ctx context.Context, tx *db.Tx, id account.ID) ([]Piece, error) {
	return db.All[Piece](ctx, tx, `
		SELECT `+pieceColumns+` FROM profile.pieces WHERE person = $1 AND removed_at IS NULL ORDER BY id`, id)
}

func piecesByID(ctx context.Context, tx *db.Tx, ids []PieceID) ([]Piece, error) {
	return db.All[Piece](ctx, tx, `SELECT `+pieceColumns+` FROM profile.pieces WHERE id = ANY($1) ORDER BY id`, ids)
}

func countPieces(ctx context.Context, tx *db.Tx, id account.ID) (int, error) {
	return db.Value[int](ctx, tx, `SELECT count(*) FROM profile.pieces WHERE person = $1 AND removed_at IS NULL`, id)
}

// lockPiece keeps a piece that person shows as it is until the transaction ends.
func lockPiece(ctx context.Context, tx *db.Tx, person account.ID, id PieceID) error {
	_, err := db.Value[PieceID](ctx, tx, `
		SELECT id FROM profile.pieces WHERE id = $1 AND person = $2 AND removed_at IS NULL FOR UPDATE`, id, person)
	if errors.Is(err, db.NoRow) {
		return ErrPieceNotFound
	}
	return err
}

func insertPiece(ctx context.Context, tx *db.Tx, id account.ID, in PieceInput) (PieceID, error) {
	return db.Value[PieceID](ctx, tx, `
		INSERT INTO profile.pieces (person, title, about, url, at) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
		id, in.Title, in.About, in.URL, tx.Now)
}

func updatePiece(ctx context.Context, tx *db.Tx, id PieceID, in PieceInput) error {
	return db.Exec1(ctx, tx, `UPDATE profile.pieces SET title = $2, about = $3, url = $4 WHERE id = $1`,
		id, in.Title, in.About, in.URL)
}

func hidePiece(ctx context.Context, tx *db.Tx, id PieceID) error {
	return db.Exec1(ctx, tx, `UPDATE profile.pieces SET removed_at = $2 WHERE id = $1`, id, tx.Now)
}

func employmentsOf(ctx context.Context, tx *db.Tx, id account.ID) ([]Employment, error) {
	return db.All[Employment](ctx, tx, `
		SELECT id, person, title, company, about, from_month AS "from", to_month AS "to"
		FROM profile.employments WHERE person = $1
		ORDER BY to_month DESC NULLS FIRST, from_month DESC, id DESC`, id)
}

func countEmployments(ctx context.Context, tx *db.Tx, id account.ID) (int, error) {
	return db.Value[int](ctx, tx, `SELECT count(*) FROM profile.employments WHERE person = $1`, id)
}

func insertEmployment(ctx context.Context, tx *db.Tx, id account.ID, in EmploymentInput) (EmploymentID, error) {
	return db.Value[EmploymentID](ctx, tx, `
		INSERT INTO profile.employments (person, title, company, about, from_month, to_month)
		VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`, id, in.Title, in.Company, in.About, in.From, in.To)
}

func deleteEmployment(ctx context.Context, tx *db.Tx, person account.ID, id EmploymentID) error {
	tag, err := tx.Exec(ctx, `DELETE FROM profile.employments WHERE id = $1 AND person = $2`, id, person)
	if err == nil && tag.RowsAffected() == 0 {
		return ErrEmploymentNotFound
	}
	return err
}

// pastWork returns the last contracts of a freelancer that ended with work paid.
func pastWork(ctx context.Context, tx *db.Tx, id account.ID) ([]Past, error) {
	return db.All[Past](ctx, tx, `
		SELECT CASE WHEN post.visibility = 'public' THEN c.title ELSE '' END AS title, c.ended_at
		FROM contract.contracts c
		JOIN proposal.proposals p ON p.id = c.proposal
		JOIN jobpost.posts post ON post.id = p.post
		WHERE c.freelancer = $1 AND c.state = 'ended'
			AND EXISTS (SELECT FROM contract.milestones m WHERE m.contract = c.id AND m.state IN ('approved', 'split'))
		ORDER BY c.ended_at DESC LIMIT 50`, id)
}

func saveClient(ctx context.Context, tx *db.Tx, id account.ID, in ClientInput) error {
	return db.Exec1(ctx, tx, `
		INSERT INTO profile.clients (person, company, about, website) VALUES ($1, $2, $3, $4)
		ON CONFLICT (person) DO UPDATE SET company = excluded.company, about = excluded.about, website = excluded.website`,
		id, in.Company, in.About, in.Website)
}

func clientByID(ctx context.Context, tx *db.Tx, id account.ID) (*Client, error) {
	c, err := db.One[Client](ctx, tx, `
		SELECT coalesce(c.company, '') AS company, coalesce(c.about, '') AS about, coalesce(c.website, '') AS website,
			EXISTS (SELECT FROM banking.methods m WHERE m.person = p.id) AS payment_verified
		FROM account.people p LEFT JOIN profile.clients c ON c.person = p.id
		WHERE p.id = $1`, id)
	return &c, err
}

func savePortrait(ctx context.Context, tx *db.Tx, id account.ID, p Portrait, large, small []byte) error {
	return db.Exec1(ctx, tx, `
		INSERT INTO profile.portraits (person, hash, large, small) VALUES ($1, $2, $3, $4)
		ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, large = excluded.large, small = excluded.small`,
		id, p, large, small)
}

func deletePortrait(ctx context.Context, tx *db.Tx, id account.ID) error {
	return db.Exec(ctx, tx, `DELETE FROM profile.portraits WHERE person = $1`, id)
}

// AskPortrait asks for the portrait of somebody who may show none.
func AskPortrait(a *db.Ask, answer *Portrait, person account.ID) {
	db.AskValue(a, answer, `SELECT coalesce((SELECT hash FROM profile.portraits WHERE person = $1), '')`, person)
}

func portraitBytes(ctx context.Context, tx *db.Tx, p Portrait, small bool) ([]byte, error) {
	b, err := db.Value[[]byte](ctx, tx, `
		SELECT CASE WHEN $2 THEN small ELSE large END FROM profile.portraits WHERE hash = $1 LIMIT 1`, p, small)
	if errors.Is(err, db.NoRow) {
		err = ErrNoPortrait
	}
	return b, err
}
