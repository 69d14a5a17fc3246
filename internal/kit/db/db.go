// Package db is the one door to PostgreSQL.
//
// Work is done inside a transaction, and a transaction carries everything an
// operation may touch: the database, the instant at which it all happens, and
// the queue of jobs. There is no other way to reach any of the three.
package db

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

// DB opens transactions. A function that takes a *DB commits; one that takes a
// *Tx joins.
type DB struct {
	Pool  *pgxpool.Pool
	Now   func() time.Time
	queue *river.Client[pgx.Tx]
	along []func(*Ask)
}

// Tx is one transaction. Functions that take a *Tx never commit, and never
// talk to anything but the database.
type Tx struct {
	pgx.Tx
	Now   time.Time // the instant at which everything in this transaction happens; UTC, microseconds
	queue *river.Client[pgx.Tx]
}

// Open connects to the PostgreSQL at url. It does not migrate.
func Open(ctx context.Context, url string, now func() time.Time) (*DB, error) {
	conf, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	return open(ctx, conf, now)
}

// OpenSized is Open with a pool of at most conns connections.
func OpenSized(ctx context.Context, url string, conns int32, now func() time.Time) (*DB, error) {
	conf, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	conf.MaxConns = conns
	return open(ctx, conf, now)
}

func open(ctx context.Context, conf *pgxpool.Config, now func() time.Time) (*DB, error) {
	params := conf.ConnConfig.RuntimeParams
	params["timezone"] = "UTC"
	params["lock_timeout"] = "5s"
	params["statement_timeout"] = "30s"
	params["idle_in_transaction_session_timeout"] = "60s"
	pool, err := pgxpool.NewWithConfig(ctx, conf)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("PostgreSQL does not answer: %w", err)
	}
	queue, err := river.NewClient(riverpgxv5.New(pool), &river.Config{Schema: riverSchema})
	if err != nil {
		pool.Close()
		return nil, err
	}
	return &DB{Pool: pool, Now: now, queue: queue}, nil
}

// Close waits for transactions under way and ends the connections.
func (d *DB) Close() { d.Pool.Close() }

// Enqueue adds a job that exists only if the transaction commits.
func (tx *Tx) Enqueue(ctx context.Context, job river.JobArgs) error {
	_, err := tx.queue.InsertTx(ctx, tx.Tx, job, nil)
	return err
}

// EnqueueAfter adds a job that starts no sooner than wait after now. It goes by
// the world's clock: it is for politeness, never for a deadline.
func (tx *Tx) EnqueueAfter(ctx context.Context, wait time.Duration, job river.JobArgs) error {
	_, err := tx.queue.InsertTx(ctx, tx.Tx, job, &river.InsertOpts{ScheduledAt: time.Now().Add(wait)})
	return err
}

// Update runs f in a transaction that can write, and commits if f returns nil.
//
// When the database had to choose between two transactions, the one it refused
// is run again; that is safe because f reaches nothing outside the database. f
// must therefore not change what it closes over except by plain assignment.
func (d *DB) Update(ctx context.Context, f func(*Tx) error) error {
	const attempts = 6
	for i := 1; ; i++ {
		err := d.run(ctx, pgx.TxOptions{}, f)
		if err == nil || i == attempts || !isContention(err) {
			return err
		}
		select { // two that met once would meet again
		case <-time.After(rand.N(time.Duration(i) * 10 * time.Millisecond)): //nolint:gosec // no secret
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// View runs f in a transaction that can only read, and sees one instant.
func (d *DB) View(ctx context.Context, f func(*Tx) error) error {
	return d.run(ctx, pgx.TxOptions{BeginQuery: beginSnapshot}, f)
}

func (d *DB) run(ctx context.Context, opts pgx.TxOptions, f func(*Tx) error) error {
	return pgx.BeginTxFunc(ctx, d.Pool, opts, func(tx pgx.Tx) error {
		return f(&Tx{Tx: tx, Now: d.now(), queue: d.queue})
	})
}

// now is the time as PostgreSQL keeps it.
func (d *DB) now() time.Time { return d.Now().UTC().Truncate(time.Microsecond) }

func isContention(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == "40001" || pg.Code == "40P01")
}

// NoRow is what One and Value return when there is nothing to read.
var NoRow = pgx.ErrNoRows

// Violates reports whether err is the database holding us to a named constraint
// or unique index.
func Violates(err error, constraint string) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.ConstraintName == constraint
}

// Unreachable reports whether err means that PostgreSQL could not be talked to:
// nothing was changed, or nothing is known to have been.
func Unreachable(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == "57P01" || pg.Code == "57P02" || pg.Code == "57P03" || pg.Code[:2] == "08" || pg.Code == "53300"
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	_, ok := errors.AsType[net.Error](err)
	return ok || pgconn.SafeToRetry(err)
}

// Value reads exactly one column of one row.
func Value[T any](ctx context.Context, tx *Tx, sql string, args ...any) (T, error) {
	rows, _ := tx.Query(ctx, sql, args...) // the error comes out of rows
	return pgx.CollectExactlyOneRow(rows, pgx.RowTo[T])
}

// Values reads one column of every row.
func Values[T any](ctx context.Context, tx *Tx, sql string, args ...any) ([]T, error) {
	rows, _ := tx.Query(ctx, sql, args...)
	return pgx.CollectRows(rows, pgx.RowTo[T])
}

// One reads exactly one row into a T by column name.
func One[T any](ctx context.Context, tx *Tx, sql string, args ...any) (T, error) {
	rows, _ := tx.Query(ctx, sql, args...)
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[T])
}

// All reads every row into a slice of T by column name.
func All[T any](ctx context.Context, tx *Tx, sql string, args ...any) ([]T, error) {
	rows, _ := tx.Query(ctx, sql, args...)
	return pgx.CollectRows(rows, pgx.RowToStructByName[T])
}

// Exec1 runs a statement that must change exactly one row.
func Exec1(ctx context.Context, tx *Tx, sql string, args ...any) error {
	tag, err := tx.Exec(ctx, sql, args...)
	if err == nil && tag.RowsAffected() != 1 {
		err = fmt.Errorf("expected to change 1 row, changed %d", tag.RowsAffected())
	}
	return err
}

// Exec runs a statement that may change any number of rows.
func Exec(ctx context.Context, tx *Tx, sql string, args ...any) error {
	_, err := tx.Exec(ctx, sql, args...)
	return err
}

// LockName keeps everybody else who asks for the same name waiting until the
// transaction ends: for rules over rows that do not exist yet, such as a quota.
func LockName(ctx context.Context, tx *Tx, name string) error {
	_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, name)
	return err
}

// Workers returns a client that works the queue: the given workers, and the
// periodic jobs, which one of all running programs inserts.
func (d *DB) Workers(workers *river.Workers, periodic []*river.PeriodicJob, log *slog.Logger) (*river.Client[pgx.Tx], error) {
	return river.NewClient(riverpgxv5.New(d.Pool), &river.Config{
		Schema:       riverSchema,
		Workers:      workers,
		PeriodicJobs: periodic,
		Logger:       log,
		Queues:       map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 4}, Outside: {MaxWorkers: 8}},
	})
}

// Outside is the queue of jobs that wait for other people's machines. One that
// does not answer keeps nothing else waiting.
const Outside = "outside"

// Table returns all rows as PostgreSQL names and types them, for those who do not
// know beforehand what they ask for.
func Table(ctx context.Context, tx *Tx, sql string, args ...any) (columns []string, all [][]any, err error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, nil, err
	}
	for _, f := range rows.FieldDescriptions() {
		columns = append(columns, f.Name)
	}
	all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) ([]any, error) { return row.Values() })
	return columns, all, err
}
