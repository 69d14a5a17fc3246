package contract

import (
	"context"
	"errors"
	"fmt"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

const amendmentCols = `a.id, a.contract, a.n, a.by, a.state, a.reason, a.was, a.plan, a.data, a.text, a.sha256, a.made_at, a.expires_at, a.ended_at, a.words,
	ARRAY(SELECT s.person FROM contract.amendment_signatures s WHERE s.amendment = a.id ORDER BY s.at, s.person) AS signers`

type amendmentRow struct {
	Amendment
	Signers []account.ID
}

// of is the amendment of a contract.
func (r amendmentRow) of(c *Contract) *Amendment {
	a := r.Amendment
	a.Author = c.sideOf(a.By)
	for _, p := range r.Signers {
		a.Signed = append(a.Signed, c.sideOf(p))
	}
	return &a
}

func (c *Contract) sideOf(p account.ID) Side {
	if p == c.Client {
		return Client
	}
	return Freelancer
}

func insertAmendment(ctx context.Context, tx *db.Tx, a *Amendment) (err error) {
	a.ID, err = db.Value[AmendmentID](ctx, tx, `
		INSERT INTO contract.amendments (contract, n, by, state, reason, was, plan, data, text, sha256, made_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`,
		a.Contract, a.N, a.By, a.State, a.Reason, a.Was, a.Plan, a.Data, a.Text, a.SHA256, a.MadeAt, a.ExpiresAt)
	return err
}

func saveAmendment(ctx context.Context, tx *db.Tx, a *Amendment) error {
	return db.Exec1(ctx, tx, `UPDATE contract.amendments SET state = $2, ended_at = $3, words = $4 WHERE id = $1`, a.ID, a.State, a.EndedAt, a.Words)
}

func insertAmendmentSignature(ctx context.Context, tx *db.Tx, a *Amendment, by account.Actor, with Signing) error {
	return db.Exec1(ctx, tx, `
		INSERT INTO contract.amendment_signatures (amendment, person, sha256, postal_address, session, address, agent, at)
		VALUES ($1, $2, $3, nullif($4, ''), $5, $6, $7, $8)`,
		a.ID, by.ID, with.SHA256, with.PostalAddress, by.Session, by.Address, by.Agent, tx.Now)
}

// lockAmendment reads an amendment whose contract by is party to, and keeps both
// from changing until the transaction ends.
func lockAmendment(ctx context.Context, tx *db.Tx, by account.Actor, id AmendmentID) (*Contract, *Amendment, error) {
	return readAmendment(ctx, tx, by, id, `FOR UPDATE`)
}

func readAmendment(ctx context.Context, tx *db.Tx, by account.Actor, id AmendmentID, locking string) (*Contract, *Amendment, error) {
	of, err := db.Value[ID](ctx, tx, `SELECT contract FROM contract.amendments WHERE id = $1`, id)
	if errors.Is(err, db.NoRow) {
		return nil, nil, ErrAmendmentNotFound
	}
	if err != nil {
		return nil, nil, err
	}
	c, err := readContract(ctx, tx, by, of, locking)
	if errors.Is(err, ErrNotFound) {
		return nil, nil, ErrAmendmentNotFound
	}
	if err != nil {
		return nil, nil, err
	}
	row, err := db.One[amendmentRow](ctx, tx, `SELECT `+amendmentCols+` FROM contract.amendments a WHERE a.id = $1`, id)
	return c, row.of(c), err
}

// openAmendment is the one on the table of a contract; 0 if there is none.
func openAmendment(ctx context.Context, tx *db.Tx, c *Contract) (AmendmentID, error) {
	return db.Value[AmendmentID](ctx, tx, `SELECT coalesce(max(id), 0) FROM contract.amendments WHERE contract = $1 AND ended_at IS NULL`, c.ID)
}

// signedOf is the revision that made the contract, and what the work is in the
// words that both signed last.
func signedOf(ctx context.Context, tx *db.Tx, c *Contract) (r revision, scope string, err error) {
	if r, err = signedRevision(ctx, tx, c.Offer); err != nil {
		return r, "", err
	}
	scope, err = db.Value[string](ctx, tx, `
		SELECT coalesce((SELECT plan->>'scope' FROM contract.amendments WHERE contract = $1 AND state = 'in force' ORDER BY n DESC LIMIT 1), $2)`,
		c.ID, r.Terms.Scope)
	return r, scope, err
}

// overtake takes what is on the table off it, since the contract has ended.
func overtake(ctx context.Context, tx *db.Tx, c *Contract) error {
	id, err := openAmendment(ctx, tx, c)
	if err != nil || id == 0 {
		return err
	}
	_, a, err := lockAmendment(ctx, tx, account.System, id)
	if err != nil {
		return err
	}
	if err := a.Overtake(tx.Now); err != nil {
		return err
	}
	return saveAmendment(ctx, tx, a)
}

// saveAmended writes what an amendment made of the milestones; where they stand
// is saveContract's.
func saveAmended(ctx context.Context, tx *db.Tx, c *Contract, done Amended) error {
	for _, m := range done.Changed {
		if err := db.Exec1(ctx, tx, `
			UPDATE contract.milestones SET title = $2, price_minor = $3, due = $4, hours = $5, floor_minor = nullif($6::bigint, 0), take_back_from = $7,
				rate_minor = nullif($8::bigint, 0) WHERE id = $1`,
			m.ID, m.Title, m.Price.Minor, m.Due, m.Hours, m.Floor.Minor, m.TakeBackFrom, m.Rate.Minor); err != nil {
			return err
		}
		if err := db.Exec(ctx, tx, `DELETE FROM contract.criteria WHERE milestone = $1`, m.ID); err != nil {
			return err
		}
		if err := insertCriteria(ctx, tx, m); err != nil {
			return err
		}
	}
	for _, m := range done.Added {
		m.was = m.State
		if err := insertMilestone(ctx, tx, m); err != nil {
			return err
		}
	}
	return nil
}

// tellOfAmendment sends one side what concerns them, with the way to the amendment.
func tellOfAmendment(ctx context.Context, tx *db.Tx, c *Contract, a *Amendment, s Side, kind string, next turn, text say.Sentence) error {
	return notify.Send(ctx, tx, notify.Notice{Reader: c.person(s), Kind: kind, Link: a.URL(), Turn: next.as(s), Text: text})
}

// fact is the amendment as what money moved for.
func (a *Amendment) fact() string { return fmt.Sprintf("amendment/%d", a.ID) }
