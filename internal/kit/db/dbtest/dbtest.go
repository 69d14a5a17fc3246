// Package dbtest gives every test a PostgreSQL database of its own, cloned from
// a template that is migrated once.
package dbtest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"freehold/internal/kit/db"
)

// Noon is when every test begins: a Tuesday.
var Noon = time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)

// Clock is a time that moves only when a test moves it.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now returns the time that it is.
func (c *Clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

// Advance makes it later.
func (c *Clock) Advance(by time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.now = c.now.Add(by) }

// New returns an empty, migrated database and the clock it goes by. The
// database is dropped when the test passes and kept when it fails.
func New(t testing.TB) (*db.DB, *Clock) {
	t.Helper()
	return clone(t, server(t), templateName())
}

// server returns the URL of the server that the template is on.
func server(t testing.TB) string {
	t.Helper()
	at := os.Getenv("TEST_DATABASE_URL")
	if at == "" {
		t.Fatal("TEST_DATABASE_URL is not set: run `make test`, or `go run ./internal/kit/localpg/testserver -- go test " +
			"./internal/contract` for one package")
	}
	if err := template(at); err != nil {
		t.Fatal(err)
	}
	return at
}

func clone(t testing.TB, server, template string) (*db.DB, *Clock) {
	t.Helper()
	clock := &Clock{now: Noon}
	name := newName()
	d, err := copyOf(server, template, name, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		d.Close()
		if t.Failed() {
			t.Logf("the database is kept for inspection: %s", name)
			return
		}
		if err := drop(server, name); err != nil {
			t.Error(err)
		}
	})
	return d, clock
}

// newName names a database that is dropped by whoever made it.
func newName() string { return "test_" + rand.Text() }

// copyOf makes a database like the template, and opens it.
func copyOf(server, template, name string, now func() time.Time) (*db.DB, error) {
	if err := admin(server, `CREATE DATABASE "`+name+`" TEMPLATE "`+template+`"`+strategy); err != nil {
		return nil, err
	}
	at, err := withDatabase(server, name)
	if err != nil {
		return nil, err
	}
	return db.OpenSized(context.Background(), at, 8, now)
}

func drop(server, name string) error { return admin(server, `DROP DATABASE "`+name+`" WITH (FORCE)`) }

// templateName changes with the migrations, so that a server that serves many
// runs never hands out an old schema.
var templateName = sync.OnceValue(func() string {
	h := sha256.New()
	names, _ := fs.Glob(db.Migrations, "migrations/*.sql")
	for _, n := range names {
		b, _ := db.Migrations.ReadFile(n)
		h.Write([]byte(n))
		h.Write(b)
	}
	return "template_" + hex.EncodeToString(h.Sum(nil)[:8])
})

var (
	templateOnce sync.Once
	errTemplate  error
	strategy     string // how a template is cloned
)

// template makes the template for these migrations if no process has yet.
func template(server string) error {
	templateOnce.Do(func() { errTemplate = makeTemplate(context.Background(), server, templateName()) })
	return errTemplate
}

func makeTemplate(ctx context.Context, server, name string) error {
	return makeOnce(ctx, server, name, "template1", func(ctx context.Context, at string) error {
		d, err := db.OpenSized(ctx, at, 2, time.Now)
		if err != nil {
			return err
		}
		defer d.Close()
		return d.Migrate(ctx)
	})
}

// makeOnce makes a database that others are cloned from, unless it is there, made
// to the end.
func makeOnce(ctx context.Context, server, name, from string, fill func(ctx context.Context, at string) error) error {
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer conn.Close(ctx) //nolint:errcheck // nothing is lost with it
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock(hashtext($1))`, name); err != nil {
		return err
	}
	// Copying files is quicker than writing each block to the log; PostgreSQL 14
	// knows nothing else, and has no word for it.
	if err := conn.QueryRow(ctx, `SELECT CASE WHEN current_setting('server_version_num')::int >= 150000 THEN ' STRATEGY file_copy' ELSE '' END`).Scan(&strategy); err != nil {
		return err
	}
	var ready bool
	if err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND datistemplate)`,
		name).Scan(&ready); err != nil || ready {
		return err
	}
	for _, sql := range []string{`DROP DATABASE IF EXISTS ` + name, `CREATE DATABASE ` + name + ` TEMPLATE ` + from} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return err
		}
	}
	at, err := withDatabase(server, name)
	if err != nil {
		return err
	}
	if err := fill(ctx, at); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, `ALTER DATABASE `+name+` IS_TEMPLATE true`)
	return err
}

func withDatabase(server, name string) (string, error) {
	u, err := url.Parse(server)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}

// admin says something to the server, outside of any test's database.
func admin(server, sql string) error {
	pool, err := admins(server)
	if err != nil {
		return err
	}
	_, err = pool.Exec(context.Background(), sql)
	return err
}

var (
	adminOnce sync.Once
	adminPool *pgxpool.Pool
	errAdmin  error
)

// admins are connections that all tests of a program share: to open one takes
// longer than most of what is said on it.
func admins(server string) (*pgxpool.Pool, error) {
	adminOnce.Do(func() { adminPool, errAdmin = pgxpool.New(context.Background(), server) })
	return adminPool, errAdmin
}
