package dispute

import (
	"context"
	"errors"
	"fmt"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/file"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

// EvidenceID names a piece of evidence.
type EvidenceID int64

func (id EvidenceID) subject() string { return fmt.Sprintf("evidence/%d", id) }

var (
	// ErrCited says what can be cited.
	ErrCited = fault.New(fault.Invalid, "evidence_unknown", "That is no submission for this milestone and no message between the two of you.").At("cites")
	// ErrTooMuch says how much somebody can read.
	ErrTooMuch = fault.New(fault.Conflict, "evidence_full", "There are 100 pieces of evidence already, which is all that a dispute takes.")
)

const maxEvidence = 100

// Evidence is what one of the two brings.
type Evidence struct {
	Words      string
	Submission contract.SubmissionID // that it points at; 0: none
	Message    int64                 // likewise
	Files      []file.ID
}

// AddEvidence keeps a piece of evidence, which is cited by its number. Both can
// bring some until there is a decision.
func AddEvidence(ctx context.Context, d *db.DB, by account.Actor, id ID, in Evidence) (n int, err error) {
	words, err := checkWords(in.Words)
	if err != nil {
		return 0, err
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		on, err := lock(ctx, tx, by, id)
		if err != nil {
			return err
		}
		side := on.side(by)
		if side == Arbiter {
			return ErrNotParty
		}
		if _, err := on.next(agree, side); err != nil {
			return err // it is decided
		}
		if err := mayCite(ctx, tx, on, in); err != nil {
			return err
		}
		if n, err = db.Value[int](ctx, tx, `SELECT count(*)::int + 1 FROM dispute.evidence WHERE dispute = $1`, on.ID); err != nil {
			return err
		}
		if n > maxEvidence {
			return ErrTooMuch
		}
		made, err := db.Value[EvidenceID](ctx, tx, `
			INSERT INTO dispute.evidence (dispute, n, side, words, submission, message, at)
			VALUES ($1, $2, $3, $4, nullif($5, 0::bigint), nullif($6, 0::bigint), $7) RETURNING id`,
			on.ID, n, side, words, int64(in.Submission), in.Message, tx.Now)
		if err != nil {
			return err
		}
		return file.Attach(ctx, tx, by, made.subject(), in.Files)
	})
	return n, err
}

// mayCite refuses to point at what is not between the two.
func mayCite(ctx context.Context, tx *db.Tx, d *Dispute, in Evidence) error {
	ok, err := db.Value[bool](ctx, tx, `
		SELECT ($2::bigint = 0 OR EXISTS (SELECT FROM contract.submissions WHERE id = $2 AND milestone = $1))
			AND ($3::bigint = 0 OR EXISTS (
				SELECT FROM message.messages m JOIN message.conversations v ON v.id = m.conversation JOIN contract.contracts c ON c.proposal = v.proposal
				WHERE m.id = $3 AND c.id = $4))`, d.Milestone, int64(in.Submission), in.Message, d.Contract)
	if err == nil && !ok {
		err = ErrCited
	}
	return err
}

// MayReadEvidence reports whether by may read a piece of evidence, and so its files.
func MayReadEvidence(ctx context.Context, tx *db.Tx, by account.Actor, id EvidenceID) (bool, error) {
	of, err := db.Value[ID](ctx, tx, `SELECT dispute FROM dispute.evidence WHERE id = $1`, id)
	if errors.Is(err, db.NoRow) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	_, err = read(ctx, tx, by, of, "")
	return err == nil, err
}
