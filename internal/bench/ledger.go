package bench

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"freehold/internal/kit/db"
)

// Ledger says where and how long to measure.
type Ledger struct {
	URL    string        // of an empty PostgreSQL database with durable settings
	BinDir string        // where pgbench is
	Round  time.Duration // how long each measurement takes; each is taken three times
	Out    io.Writer     // figures
	Log    io.Writer     // what is going on
}

const (
	rounds = 3
	tpcb   = "pgbench tpcb-like prepared"
)

// Run measures releases, escrow to wallet and fee in one round trip, beside
// pgbench on the same server, in turns.
func (l Ledger) Run(ctx context.Context) error {
	d, err := db.OpenSized(ctx, l.URL, 40, time.Now)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Migrate(ctx); err != nil {
		return err
	}
	fmt.Fprintln(l.Log, "preparing pgbench (scale 10)")
	if out, err := l.pgbench(ctx, "-i", "-q", "-s", "10").CombinedOutput(); err != nil {
		return fmt.Errorf("pgbench: %w: %s", err, out)
	}
	first := int64(0)
	for _, clients := range []int{1, 8, 32} {
		var ours, theirs, ratios []float64
		for r := range rounds {
			fmt.Fprintf(l.Log, "%d clients, round %d of %d\n", clients, r+1, rounds)
			t, err := l.tpcb(ctx, d, clients)
			if err != nil {
				return err
			}
			o, err := l.releases(ctx, d, clients, first)
			if err != nil {
				return err
			}
			first += l.enough()
			ours, theirs, ratios = append(ours, o), append(theirs, t), append(ratios, o/t)
		}
		for _, f := range []Figure{
			{Bench: "ledger", Name: "release", Clients: clients, Value: median(ours), Unit: "per second", Beside: tpcb, Ratio: median(ratios)},
			{Bench: "ledger", Name: "tpcb", Clients: clients, Value: median(theirs), Unit: "per second"},
		} {
			if err := f.print(l.Out); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l Ledger) pgbench(ctx context.Context, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, filepath.Join(l.BinDir, "pgbench"), append(args, l.URL)...) //nolint:gosec // our own arguments
}

var tps = regexp.MustCompile(`tps = ([0-9.]+)`)

func (l Ledger) tpcb(ctx context.Context, d *db.DB, clients int) (float64, error) {
	if err := checkpoint(ctx, d); err != nil {
		return 0, err
	}
	out, err := l.pgbench(ctx, "-n", "-M", "prepared", "-c", strconv.Itoa(clients), "-j", strconv.Itoa(min(clients, 2)),
		"-T", strconv.Itoa(int(l.Round.Seconds()))).CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("pgbench: %w: %s", err, out)
	}
	m := tps.FindSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("pgbench said no figure: %s", out)
	}
	return strconv.ParseFloat(string(m[1]), 64)
}

// checkpoint begins each measurement alike: what was done before is written, and
// each page that is touched from now on goes into the log as a whole once.
func checkpoint(ctx context.Context, d *db.DB) error {
	_, err := d.Pool.Exec(ctx, `CHECKPOINT`)
	return err
}

// enough is how many milestones nobody releases in one round.
func (l Ledger) enough() int64 { return int64(l.Round.Seconds() * 12_000) }

// releases funds enough milestones, then has clients release them as fast as
// they can, each to a freelancer of its own and a contract of its own.
func (l Ledger) releases(ctx context.Context, d *db.DB, clients int, first int64) (float64, error) {
	enough := l.enough()
	for at := first; at < first+enough; at += batch {
		if _, err := d.Pool.Exec(ctx, fund, at, at+batch); err != nil {
			return 0, err
		}
	}
	if err := checkpoint(ctx, d); err != nil {
		return 0, err
	}
	until, cancel := context.WithTimeout(ctx, l.Round)
	defer cancel()
	var done atomic.Int64
	var failed error
	var once sync.Once
	var wg sync.WaitGroup
	start := time.Now()
	client := func(c int) error {
		conn, err := d.Pool.Acquire(ctx) // one each, as pgbench's clients have
		if err != nil {
			return err
		}
		defer conn.Release()
		mine := enough / int64(clients) // contracts of one client's own, as people have them
		for m := first + int64(c)*mine + 1; m <= first+int64(c+1)*mine && until.Err() == nil; m++ {
			if _, err := conn.Exec(ctx, release, m, c, m/3, start); err != nil {
				return err
			}
			done.Add(1)
		}
		return nil
	}
	for c := range clients {
		wg.Go(func() {
			if err := client(c); err != nil {
				once.Do(func() { failed = err })
			}
		})
	}
	wg.Wait()
	took := time.Since(start)
	return float64(done.Load()) / took.Seconds(), failed
}

// batch is how many milestones are funded in one transaction, out of an account
// of its own: one row updated very often in one transaction gets slow to find.
const batch = 500

// fund puts a price and its fee into the escrow of milestones $1 to $2.
const fund = `
	SELECT count(ledger.post('secure/milestone/' || m, 'secure', 'contract/1', 'Work', 'epoch', 'EUR',
	                         ARRAY['outside/bench/' || $1::bigint], ARRAY['escrow/milestone/' || m], ARRAY[52500::bigint]))
	FROM generate_series($1::bigint + 1, $2::bigint) AS m`

// release is what escrow.Release sends: milestone $1, freelancer $2, contract $3.
const release = `
	SELECT ledger.post('release/milestone/' || $1::bigint, 'release', 'contract/' || $3::bigint, 'Work', $4, 'EUR',
	                   ARRAY['escrow/milestone/' || $1::bigint, 'escrow/milestone/' || $1::bigint],
	                   ARRAY['wallet/' || ($2::bigint * 1000 + $1::bigint % 1000), 'fees/contract/' || $3::bigint],
	                   ARRAY[50000::bigint, 2500::bigint])`
