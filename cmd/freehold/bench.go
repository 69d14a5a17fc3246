package main

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"freehold/internal/bench"
	"freehold/internal/kit/localpg"
)

type benchLedger struct {
	JSON  bool          `help:"Print lines of JSON, which is what is printed anyway." default:"true" negatable:""`
	Round time.Duration `help:"How long each measurement takes." default:"5s"`
}

// Run measures on a server of its own, as durable as the one of serve.
func (c *benchLedger) Run(ctx context.Context) (err error) {
	dir, err := scratch("freehold-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a scratch folder
	pg, err := localpg.Start(ctx, localpg.Config{Dir: filepath.Join(dir, "postgres")})
	if err != nil {
		return err
	}
	defer pg.Stop() //nolint:errcheck // a scratch server
	return bench.Ledger{URL: pg.URL(), BinDir: pg.BinDir(), Round: c.Round, Out: os.Stdout, Log: os.Stderr}.Run(ctx)
}

type benchPages struct {
	JSON  bool          `help:"Print lines of JSON, which is what is printed anyway." default:"true" negatable:""`
	Posts string        `help:"A file of job posts to import and multiply, a JSON object a line. Without it posts are made up." type:"existingfile"`
	N     int           `help:"How many posts there shall be." default:"100000" short:"n"`
	Round time.Duration `help:"How long each measurement takes." default:"10s"`
	Data  string        `help:"Keep the market in this folder, so that another run need not import. Without it, it is gone with the program." type:"path"`
}

// Run measures on a market of its own, as durable as the one of serve.
func (c *benchPages) Run(ctx context.Context) (err error) {
	dir := c.Data
	if dir == "" {
		if dir, err = scratch("freehold-bench-"); err != nil {
			return err
		}
		defer os.RemoveAll(dir) //nolint:errcheck // a scratch folder
	}
	return bench.Pages{Data: dir, Posts: c.Posts, N: c.N, Round: c.Round, Out: os.Stdout, Log: os.Stderr}.Run(ctx)
}

type benchSweep struct {
	JSON bool `help:"Print lines of JSON, which is what is printed anyway." default:"true" negatable:""`
	N    int  `help:"How many contracts fall due at once." default:"2000" short:"n"`
}

// Run measures on a market of its own, as durable as the one of serve.
func (c *benchSweep) Run(ctx context.Context) error {
	dir, err := scratch("freehold-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a scratch folder
	return bench.Sweep{Data: dir, N: c.N, Out: os.Stdout, Log: os.Stderr}.Run(ctx)
}

type benchSearch struct {
	JSON    bool     `help:"Print lines of JSON, which is what is printed anyway." default:"true" negatable:""`
	Quality []string `help:"A folder with corpus.jsonl, queries.tsv and qrels.tsv. May be given several times." type:"existingdir" required:""`
}

// Run measures each set on a market of its own.
func (c *benchSearch) Run(ctx context.Context) error {
	for _, set := range c.Quality {
		if err := c.measure(ctx, set); err != nil {
			return err
		}
	}
	return nil
}

func (c *benchSearch) measure(ctx context.Context, set string) error {
	dir, err := scratch("freehold-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a scratch folder
	return bench.Quality{Data: dir, Set: set, Out: os.Stdout, Log: os.Stderr}.Run(ctx)
}

type benchSupport struct {
	JSON bool `help:"Print lines of JSON, which is what is printed anyway." default:"true" negatable:""`
	N    int  `help:"How many answers there are already." default:"1000000" short:"n"`
}

// Run measures on a market of its own, as durable as the one of serve.
func (c *benchSupport) Run(ctx context.Context) error {
	dir, err := scratch("freehold-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a scratch folder
	return bench.Support{Data: dir, N: c.N, Out: os.Stdout, Log: os.Stderr}.Run(ctx)
}
