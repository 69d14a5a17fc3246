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
	server := os.Getenv("TEST_DATABASE_URL")
	if server == "" {
		t.Fatal("TEST_DATABASE_URL is not set: run `make test`, or `go run ./internal/kit/localpg/testserver -- go test " +
			"./internal/contract` for one package")
	}
	if err := template(server); err != nil {
		t.Fatal(err)
	}
	name := "test_" + rand.Text()
	admin(t, server, `CREATE DATABASE "`+name+`" TEMPLATE `+templateName()+strategy)
	clock := &Clock{now: Noon}
	d, err := db.OpenSized(context.Background(), named(t, server, name), 8, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		d.Close()
		if t.Failed() {
			t.Logf("the database is kept for inspection: %s", name)
			return
		}
		admin(t, server, `DROP DATABASE "`+name+`" WITH (FORCE)`)
	})
	return d, clock
}

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
	for _, sql := range []string{`DROP DATABASE IF EXISTS ` + name, `CREATE DATABASE ` + name} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return err
		}
	}
	at, err := withDatabase(server, name)
	if err != nil {
		return err
	}
	d, err := db.OpenSized(ctx, at, 2, time.Now)
	if err != nil {
		return err
	}
	err = d.Migrate(ctx)
	d.Close()
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, `ALTER DATABASE `+name+` IS_TEMPLATE true`)
	return err
}

func named(t testing.TB, server, name string) string {
	t.Helper()
	at, err := withDatabase(server, name)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func withDatabase(server, name string) (string, error) {
	u, err := url.Parse(server)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}

func admin(t testing.TB, server, sql string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx) //nolint:errcheck // nothing is lost with it
	if _, err := conn.Exec(ctx, sql); err != nil {
		t.Fatal(err)
	}
}
