package dbtest_test

import (
	"context"
	"testing"
	"time"

	"freehold/internal/kit/db"
	"freehold/internal/kit/db/dbtest"
)

// Whatever a test does, the next finds the stage as it was set.
func TestWhatATestLeavesBehindIsGoneForTheNext(t *testing.T) {
	stage := dbtest.Stage{Set: func(ctx context.Context, d *db.DB) error {
		_, err := d.Pool.Exec(ctx, `INSERT INTO limits.counters (name, since, tries) VALUES ('set', '2030-01-01', 1)`)
		return err
	}}
	for name, sql := range map[string]string{
		"nothing":                      `SELECT 1`,
		"rows":                         `INSERT INTO skill.categories (key, name, n) VALUES ('a', 'A', 1)`,
		"a row of a table that is set": `INSERT INTO limits.counters (name, since, tries) VALUES ('left', '2030-01-01', 1)`,
		"a row changed":                `UPDATE limits.counters SET tries = 2`,
		"a row deleted":                `DELETE FROM limits.counters`,
		"a number taken":               `SELECT nextval(pg_get_serial_sequence('account.people', 'id'))`,
		"a table":                      `CREATE TABLE limits.more (n int)`,
		"a column":                     `ALTER TABLE limits.counters ADD COLUMN more int`,
		"no trigger":                   `DROP TRIGGER append_only ON journal.entries`,
		"no constraint":                `ALTER TABLE proposal.proposals DROP CONSTRAINT declined_with_a_reason`,
		"another function":             `CREATE FUNCTION limits.more() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
	} {
		t.Run(name, func(t *testing.T) {
			d, clock := stage.New(t)
			clock.Advance(time.Hour)
			if _, err := d.Pool.Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		})
		t.Run("after "+name, func(t *testing.T) {
			d, clock := stage.New(t)
			if !clock.Now().Equal(dbtest.Noon) || !d.Now().Equal(dbtest.Noon) {
				t.Errorf("it begins at %v", d.Now())
			}
			var as bool
			err := d.Pool.QueryRow(t.Context(), `
				SELECT (SELECT array_agg(name || tries) = '{set1}' FROM limits.counters)
					AND NOT EXISTS (SELECT FROM skill.categories)
					AND nextval(pg_get_serial_sequence('account.people', 'id')) = 1
					AND to_regclass('limits.more') IS NULL
					AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'limits.counters'::regclass AND attname = 'more')
					AND EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'journal.entries'::regclass AND tgname = 'append_only')
					AND EXISTS (SELECT FROM pg_constraint WHERE conname = 'declined_with_a_reason')
					AND NOT EXISTS (SELECT FROM pg_proc WHERE proname = 'more')`).Scan(&as)
			if err != nil || !as {
				t.Errorf("it is not as it was set: %v", err)
			}
		})
	}
}

// A test that ends the connections costs the next no more than a database.
func TestClosedConnectionsAreNotHandedOn(t *testing.T) {
	stage := dbtest.Stage{Set: func(context.Context, *db.DB) error { return nil }}
	for range 2 {
		t.Run("", func(t *testing.T) {
			d, _ := stage.New(t)
			if err := d.Pool.Ping(t.Context()); err != nil {
				t.Error(err)
			}
			d.Close()
		})
	}
}
