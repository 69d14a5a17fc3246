package db_test

import (
	"context"
	"errors"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"freehold/internal/kit/db"
	"freehold/internal/kit/db/dbtest"
)

func TestATransactionIsAllOrNothing(t *testing.T) {
	t.Parallel()
	d, clock := dbtest.New(t)
	ctx := t.Context()
	table(t, d)

	broken := errors.New("half-way")
	err := d.Update(ctx, func(tx *db.Tx) error {
		if !tx.Now.Equal(clock.Now()) {
			t.Errorf("it is %v in the transaction, and %v outside", tx.Now, clock.Now())
		}
		if err := tx.Enqueue(ctx, nothing{}); err != nil {
			return err
		}
		if err := db.Exec1(ctx, tx, `INSERT INTO things VALUES (3, 0)`); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	look(t, d, `SELECT count(*)::int FROM things WHERE id = 3`, 0)
	look(t, d, `SELECT count(*)::int FROM river.river_job`, 0)
}

type nothing struct{}

func (nothing) Kind() string { return "nothing" }

// Two transactions wait for each other: PostgreSQL ends one, and Update runs it
// again, so that both come through.
func TestTransactionsThatMeetAreRunAgain(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	table(t, d)
	var met, done sync.WaitGroup
	met.Add(2)
	runs := make([]int, 2)
	for i := range 2 {
		done.Go(func() {
			err := d.Update(context.Background(), func(tx *db.Tx) error {
				runs[i]++
				if err := db.Exec1(context.Background(), tx, `UPDATE things SET n = n + 1 WHERE id = $1`, 1+i); err != nil {
					return err
				}
				if runs[i] == 1 {
					met.Done()
					met.Wait()
				}
				return db.Exec1(context.Background(), tx, `UPDATE things SET n = n + 1 WHERE id = $1`, 2-i)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	look(t, d, `SELECT sum(n)::int FROM things`, 4)
	if runs[0]+runs[1] != 3 {
		t.Errorf("the transactions ran %v times", runs)
	}
}

func TestAViewCannotWriteAndSeesOneInstant(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	ctx := t.Context()
	table(t, d)
	err := d.View(ctx, func(tx *db.Tx) error { return db.Exec(ctx, tx, `DELETE FROM things`) })
	if pg, ok := errors.AsType[*pgconn.PgError](err); !ok || pg.Code != "25006" {
		t.Errorf("a view wrote: %v", err)
	}
	err = d.View(ctx, func(tx *db.Tx) error {
		before, err := db.Value[int](ctx, tx, `SELECT count(*) FROM things`)
		if err != nil {
			return err
		}
		if _, err := d.Pool.Exec(ctx, `DELETE FROM things`); err != nil {
			return err
		}
		after, err := db.Value[int](ctx, tx, `SELECT count(*) FROM things`)
		if before != after {
			t.Errorf("the view saw %d things, then %d", before, after)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestExec1ChangesExactlyOneRow(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	table(t, d)
	for _, sql := range []string{`UPDATE things SET n = 9`, `UPDATE things SET n = 9 WHERE id = 99`} {
		err := d.Update(t.Context(), func(tx *db.Tx) error { return db.Exec1(t.Context(), tx, sql) })
		if err == nil {
			t.Errorf("went through: %s", sql)
		}
	}
	look(t, d, `SELECT sum(n)::int FROM things`, 0)
}

// A name that one transaction holds keeps others waiting until it ends.
func TestALockedNameIsHeldUntilTheEnd(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	table(t, d)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			err := d.Update(context.Background(), func(tx *db.Tx) error {
				ctx := context.Background()
				if err := db.LockName(ctx, tx, "the last place"); err != nil {
					return err
				}
				taken, err := db.Value[bool](ctx, tx, `SELECT EXISTS (SELECT FROM things WHERE id = 3)`)
				if err != nil || taken {
					return err
				}
				return db.Exec1(ctx, tx, `INSERT INTO things VALUES (3, 0)`)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	look(t, d, `SELECT count(*)::int FROM things WHERE id = 3`, 1)
}

func TestProgramsThatStartTogetherMigrateOnce(t *testing.T) {
	t.Parallel()
	d, clock := dbtest.New(t)
	ctx := t.Context()
	fresh := strings.ToLower(d.Pool.Config().ConnConfig.Database + "_fresh")
	if _, err := d.Pool.Exec(ctx, `CREATE DATABASE `+fresh); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		conn, err := pgx.Connect(context.Background(), os.Getenv("TEST_DATABASE_URL"))
		if err == nil {
			_, err = conn.Exec(context.Background(), `DROP DATABASE `+fresh+` WITH (FORCE)`)
		}
		if err != nil {
			t.Error(err)
		}
	})
	server, err := url.Parse(os.Getenv("TEST_DATABASE_URL"))
	if err != nil {
		t.Fatal(err)
	}
	server.Path = "/" + fresh
	var programs sync.WaitGroup
	for range 3 {
		programs.Go(func() {
			program, err := db.OpenSized(ctx, server.String(), 4, clock.Now)
			if err != nil {
				t.Error(err)
				return
			}
			defer program.Close()
			if err := program.Migrate(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	programs.Wait()
}

func TestALostConnectionIsToldFromARefusal(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		return db.Exec(t.Context(), tx, `SELECT pg_terminate_backend(pg_backend_pid())`)
	})
	if !db.Unreachable(err) {
		t.Errorf("a connection was lost, and that is not seen in %v", err)
	}
	err = d.Update(t.Context(), func(tx *db.Tx) error { return db.Exec(t.Context(), tx, `SELECT 1/0`) })
	if db.Unreachable(err) {
		t.Errorf("PostgreSQL answered, and counts as unreachable: %v", err)
	}
	_, err = db.Open(t.Context(), "postgres://nobody@127.0.0.1:1/none?connect_timeout=1", time.Now)
	if !db.Unreachable(err) {
		t.Errorf("nobody listens there, and that is not seen in %v", err)
	}
}

// table makes two things to play with.
func table(t *testing.T, d *db.DB) {
	t.Helper()
	if _, err := d.Pool.Exec(t.Context(), `CREATE TABLE things (id int PRIMARY KEY, n int); INSERT INTO things VALUES (1, 0), (2, 0)`); err != nil {
		t.Fatal(err)
	}
}

func look(t *testing.T, d *db.DB, sql string, want int) {
	t.Helper()
	var got int
	if err := d.Pool.QueryRow(context.Background(), sql).Scan(&got); err != nil || got != want {
		t.Errorf("%s: %d, %v; want %d", sql, got, err, want)
	}
}
