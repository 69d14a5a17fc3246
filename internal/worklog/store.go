package worklog

import (
	"context"
	"errors"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
)

const cols = `id, week, contract, freelancer, started_at, stopped_at, stops_at, memo, links, rate_minor, manual, edited, disputed`

func insert(ctx context.Context, tx *db.Tx, e Entry) (EntryID, error) {
	id, err := db.Value[EntryID](ctx, tx, `
		INSERT INTO worklog.entries (week, contract, freelancer, started_at, stopped_at, stops_at, memo, links, rate_minor, manual, made_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
		e.Week, e.Contract, e.Freelancer, e.StartedAt, e.StoppedAt, e.StopsAt, e.Memo, e.Links, e.Rate, e.Manual, tx.Now)
	return id, clash(err)
}

func save(ctx context.Context, tx *db.Tx, e Entry) error {
	return clash(db.Exec1(ctx, tx, `
		UPDATE worklog.entries SET started_at = $2, stopped_at = $3, stops_at = $4, memo = $5, links = $6, edited = $7 WHERE id = $1`,
		e.ID, e.StartedAt, e.StoppedAt, e.StopsAt, e.Memo, e.Links, e.Edited))
}

// clash is the refusal behind a constraint that was held.
func clash(err error) error {
	switch {
	case db.Violates(err, "no_hour_is_worked_twice"):
		return ErrOverlap
	case db.Violates(err, "entries_running"):
		return ErrRunning
	default:
		return err
	}
}

func remove(ctx context.Context, tx *db.Tx, id EntryID) error {
	return db.Exec1(ctx, tx, `DELETE FROM worklog.entries WHERE id = $1`, id)
}

func entryByID(ctx context.Context, tx *db.Tx, id EntryID) (Entry, error) {
	e, err := db.One[Entry](ctx, tx, `SELECT `+cols+` FROM worklog.entries WHERE id = $1`, id)
	if errors.Is(err, db.NoRow) {
		err = ErrEntryNotFound
	}
	return e, err
}

// running is the entry whose timer runs for somebody, if there is one.
func running(ctx context.Context, tx *db.Tx, of account.ID) (e Entry, ok bool, err error) {
	e, err = db.One[Entry](ctx, tx, `SELECT `+cols+` FROM worklog.entries WHERE freelancer = $1 AND stopped_at IS NULL`, of)
	if errors.Is(err, db.NoRow) {
		return e, false, nil
	}
	return e, err == nil, err
}

// entriesOf are all entries of some weeks, oldest first.
func entriesOf(ctx context.Context, tx *db.Tx, weeks []contract.MilestoneID) ([]Entry, error) {
	return db.All[Entry](ctx, tx, `SELECT `+cols+` FROM worklog.entries WHERE week = ANY ($1) ORDER BY started_at, id`, weeks)
}
