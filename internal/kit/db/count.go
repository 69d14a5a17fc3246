package db

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
)

// Count is how often PostgreSQL was asked.
type Count struct {
	mu      sync.Mutex
	queries []string
}

// Counted opens d's database once more, through a pool that counts. It is for
// measuring and for tests: others need not pay for it.
func (d *DB) Counted(ctx context.Context) (*DB, *Count, error) {
	c, conf := new(Count), d.Pool.Config()
	conf.ConnConfig.Tracer = tracer{c}
	counted, err := open(ctx, conf, d.Now)
	return counted, c, err
}

// Queries are the statements since they were last asked for. What begins and
// ends a transaction is not among them.
func (c *Count) Queries() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	asked := c.queries
	c.queries = nil
	return slices.DeleteFunc(asked, func(sql string) bool {
		first, _, _ := strings.Cut(sql, " ")
		return slices.Contains([]string{"begin", "commit", "rollback"}, strings.ToLower(first))
	})
}

func (c *Count) add(sql string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.queries = append(c.queries, sql)
}

// tracer hears of each statement from pgx, also of those that are sent together.
type tracer struct{ *Count }

func (t tracer) TraceQueryStart(ctx context.Context, _ *pgx.Conn, q pgx.TraceQueryStartData) context.Context {
	t.add(q.SQL)
	return ctx
}

func (tracer) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func (tracer) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return ctx
}

func (t tracer) TraceBatchQuery(_ context.Context, _ *pgx.Conn, q pgx.TraceBatchQueryData) {
	t.add(q.SQL)
}

func (tracer) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}
