package db

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// Ask is questions that wait for no other's answer. They go to PostgreSQL
// together, because the way there and back costs more than most answers.
type Ask struct {
	Now   time.Time // the instant at which all of them are answered; UTC, microseconds
	batch pgx.Batch
}

// Ask has the questions answered that queue asks, in one round trip and, as in
// View, as of one instant. The first that cannot be answered is the error.
func (d *DB) Ask(ctx context.Context, queue func(*Ask)) error {
	a := &Ask{Now: d.now()}
	for _, q := range d.along {
		q(a)
	}
	queue(a)
	if a.batch.Len() > 1 { // one statement sees one instant by itself
		a.batch.QueuedQueries = slices.Insert(a.batch.QueuedQueries, 0, &pgx.QueuedQuery{SQL: beginSnapshot})
		a.batch.Queue(`commit`)
	}
	conn, err := d.Pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	err = conn.SendBatch(ctx, &a.batch).Close()
	if conn.Conn().PgConn().TxStatus() != 'I' { // where a question fails, PostgreSQL passes over all that follow, the commit too
		_, _ = conn.Exec(ctx, `rollback`) // if that fails as well, the pool drops the connection
	}
	return err
}

const beginSnapshot = `begin isolation level repeatable read read only`

// Ask has the questions that queue asks answered in one round trip.
func (tx *Tx) Ask(ctx context.Context, queue func(*Ask)) error {
	a := &Ask{Now: tx.Now}
	queue(a)
	return tx.SendBatch(ctx, &a.batch).Close()
}

// Along is d, with questions that are asked together with those of the next Ask:
// what the page around a subject shows costs no round trip of its own.
func (d *DB) Along(queue func(*Ask)) *DB {
	with := *d
	with.along = append(with.along[:len(with.along):len(with.along)], queue)
	return &with
}

// AskOne is One, answered later into answer.
func AskOne[T any](a *Ask, answer *T, sql string, args ...any) {
	ask(a, answer, func(rows pgx.Rows) (T, error) { return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[T]) }, sql, args)
}

// AskAll is All, answered later into answer.
func AskAll[T any](a *Ask, answer *[]T, sql string, args ...any) {
	ask(a, answer, func(rows pgx.Rows) ([]T, error) { return pgx.CollectRows(rows, pgx.RowToStructByName[T]) }, sql, args)
}

// AskValue is Value, answered later into answer.
func AskValue[T any](a *Ask, answer *T, sql string, args ...any) {
	ask(a, answer, func(rows pgx.Rows) (T, error) { return pgx.CollectExactlyOneRow(rows, pgx.RowTo[T]) }, sql, args)
}

func ask[T any](a *Ask, answer *T, read func(pgx.Rows) (T, error), sql string, args []any) {
	a.batch.Queue(sql, args...).Query(func(rows pgx.Rows) (err error) {
		*answer, err = read(rows)
		return err
	})
}

// OneOf is SQL for the array of ids in a parameter, such as "$1", whose length the
// planner does not look at: a plan that depends on it is made anew for each query,
// which takes longer than most queries that read a few rows by their keys.
func OneOf(parameter string) string { return "(SELECT " + parameter + "::bigint[])::bigint[]" }
