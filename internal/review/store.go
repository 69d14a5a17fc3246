package review

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
	"freehold/internal/profile"
	"freehold/internal/restriction"
)

const windowCols = `w.contract, w.client, w.freelancer, c.title, w.state, w.opened_at, w.ends_at, w.reminded_at,
	w.client_at, w.freelancer_at, w.revealed_at, w.respond_until`

// ended is a contract as far as reviewing needs to know it.
type ended struct {
	Contract   contract.ID
	Client     account.ID
	Freelancer account.ID
	Title      string
	Ended      bool
	PaidMinor  int64
}

func contractByID(ctx context.Context, tx *db.Tx, id contract.ID) (ended, error) {
	c, err := db.One[ended](ctx, tx, `
		SELECT c.id AS contract, c.client, c.freelancer, c.title, c.state = 'ended' AS ended,
			(SELECT coalesce(sum(p.minor), 0)::bigint FROM standing.payments p WHERE p.contract = c.id) AS paid_minor
		FROM contract.contracts c WHERE c.id = $1`, id)
	if errors.Is(err, db.NoRow) {
		err = ErrNotFound
	}
	return c, err
}

// insertWindow opens a window unless somebody just has.
func insertWindow(ctx context.Context, tx *db.Tx, c ended) (opened bool, err error) {
	tag, err := tx.Exec(ctx, `
		INSERT INTO review.windows (contract, client, freelancer, state, paid_minor, opened_at, ends_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (contract) DO NOTHING`,
		c.Contract, c.Client, c.Freelancer, Open, c.PaidMinor, tx.Now, WriteDays.After(tx.Now))
	return tag.RowsAffected() == 1, err
}

// findWindow reads the window of a contract; nil if none is open yet.
func findWindow(ctx context.Context, tx *db.Tx, id contract.ID, locking string) (*Window, error) {
	w, err := db.One[Window](ctx, tx, `
		SELECT `+windowCols+` FROM review.windows w JOIN contract.contracts c ON c.id = w.contract WHERE w.contract = $1 `+locking, id)
	if errors.Is(err, db.NoRow) {
		return nil, nil //nolint:nilnil // there is none, and that is no failure
	}
	return &w, err
}

const locked = `FOR UPDATE OF w`

func saveWindow(ctx context.Context, tx *db.Tx, w *Window) error {
	return db.Exec1(ctx, tx, `
		UPDATE review.windows SET state = $2, reminded_at = $3, client_at = $4, freelancer_at = $5, revealed_at = $6, respond_until = $7
		WHERE contract = $1`, w.Contract, w.State, w.RemindedAt, w.ClientAt, w.FreelancerAt, w.RevealedAt, w.RespondUntil)
}

func insertReview(ctx context.Context, tx *db.Tx, w *Window, by contract.Side, in Input) (ID, error) {
	id, err := db.Value[ID](ctx, tx, `
		INSERT INTO review.reviews (contract, side, author, about, words, at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
		w.Contract, by, w.person(by), w.person(other(by)), in.Words, tx.Now)
	if err != nil {
		return 0, err
	}
	return id, db.Exec(ctx, tx, `
		INSERT INTO review.marks (review, side, criterion, mark) SELECT $1, $2, key, value::int FROM jsonb_each_text($3)`, id, by, in.Marks)
}

func insertResponse(ctx context.Context, tx *db.Tx, to ID, words string) error {
	return db.Exec1(ctx, tx, `INSERT INTO review.responses (review, words, at) VALUES ($1, $2, $3)`, to, words, tx.Now)
}

// reviews reads reviews, and is the only query here that does: to anybody but
// their author they do not exist before they are revealed, and what a decision has
// removed has no words. Its marks count on: they are about the work.
func reviews(now string) string {
	return `
	SELECT r.id, r.contract, r.side, r.author, r.about, r.at, ` + restriction.IsRemoved("'review/' || r.id", now) + ` AS removed,
		CASE WHEN r.author <> $1 AND ` + restriction.IsRemoved("'review/' || r.id", now) + ` THEN '' ELSE r.words END AS words,
		(SELECT coalesce(jsonb_object_agg(k.criterion, k.mark), '{}') FROM review.marks k WHERE k.review = r.id) AS marks,
		coalesce(a.words, '') AS response, a.at AS responded_at
	FROM review.reviews r
	JOIN review.windows w ON w.contract = r.contract AND (w.revealed_at IS NOT NULL OR r.author = $1)
	LEFT JOIN review.responses a ON a.review = r.id`
}

func reviewsOn(ctx context.Context, tx *db.Tx, reader account.ID, id contract.ID) ([]Review, error) {
	return db.All[Review](ctx, tx, reviews("$3")+` WHERE r.contract = $2 ORDER BY r.side`, reader, id, tx.Now)
}

func reviewByID(ctx context.Context, tx *db.Tx, reader account.ID, id ID) (Review, error) {
	r, err := db.One[Review](ctx, tx, reviews("$3")+` WHERE r.id = $2`, reader, id, tx.Now)
	if errors.Is(err, db.NoRow) {
		err = ErrNotFound
	}
	return r, err
}

type receivedRow struct {
	Review
	Name     string
	Face     profile.Portrait
	Title    string
	Paid     int64
	Currency string
	Revealed time.Time
}

// received finds what was said about a person. The reader is nobody: that one can
// read a sealed review is no reason to show it among the others.
var received = `
	SELECT said.*, p.name, coalesce(face.hash, '') AS face, CASE o.visibility WHEN 'public' THEN c.title ELSE '' END AS title,
		w.paid_minor AS paid, c.currency, w.revealed_at AS revealed
	FROM (` + reviews("$5") + `
		WHERE r.about = $2 AND r.id < $3 ORDER BY r.id DESC LIMIT $4) AS said
	JOIN review.windows w ON w.contract = said.contract
	JOIN contract.contracts c ON c.id = said.contract
	JOIN proposal.proposals l ON l.id = c.proposal JOIN jobpost.posts o ON o.id = l.post
	JOIN account.people p ON p.id = said.author
	LEFT JOIN profile.portraits face ON face.person = said.author
	ORDER BY said.id DESC`

func nameOf(ctx context.Context, tx *db.Tx, id account.ID) (string, error) {
	return db.Value[string](ctx, tx, `SELECT name FROM account.people WHERE id = $1`, id)
}
