// Freehold is a freelance marketplace that a cooperative, a union, a city or an
// agency runs for itself: one program and one PostgreSQL.
//
// Run `freehold demo` to look around, and `freehold --help` for the rest.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"

	"freehold/internal/kit/fault"
)

// command is everything the program can be asked to do.
type command struct {
	Serve   serve        `cmd:"" help:"Run the market."`
	Demo    demo         `cmd:"" help:"Run a market with demonstration data, whose clock can be moved."`
	Migrate migrate      `cmd:"" help:"Bring the database up to date, and do nothing else."`
	Check   check        `cmd:"" help:"Look whether every promise holds. Exits with 1, and the rows, where one is broken."`
	Export  exportPerson `cmd:"" help:"Make a copy of everything that is here of a person, for them."`
	Verify  verify       `cmd:"" help:"Check what a market has handed out: a contract, a proof, a credential, or its whole log."`
	Import  struct {
		JobPosts importPosts  `cmd:"" help:"Take in job posts from elsewhere, a JSON object a line."`
		Skills   importSkills `cmd:"" help:"Take in a larger list of skills, a JSON object a line."`
	} `cmd:"" help:"Take in what comes from elsewhere. Safe to run twice."`
	Admin struct {
		Grant grant `cmd:"" help:"Make a member one of the staff."`
		Claim claim `cmd:"" help:"Mail the owner of an imported account a link by which it becomes theirs."`
	} `cmd:"" help:"What an operator does outside the pages."`
	Bench struct {
		Ledger  benchLedger  `cmd:"" help:"Releases per second, beside pgbench on the same server."`
		Sweep   benchSweep   `cmd:"" help:"How long it takes to pay for work on many contracts that fall due at once, while people read."`
		Search  benchSearch  `cmd:"" help:"How well searching finds, on posts and searches that people have judged."`
		Support benchSupport `cmd:"" help:"How long it takes to see that an answer is a copy of another one, among very many."`
		Pages   benchPages   `cmd:"" help:"The time that pages take among many job posts, and the rate of a post's beside a bare handler."`
	} `cmd:"" help:"Measure. Figures are lines of JSON on standard output."`
}

// lazily is how much a heap of some ten megabytes may grow, in percent, before
// rubbish is collected. At Go's own 100 that took a tenth of the time of a page.
const lazily = 400

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) == 1 {
		os.Args = append(os.Args, "--help")
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(lazily)
	}
	var c command
	run := kong.Parse(&c, kong.Name("freehold"),
		kong.Description("A freelance marketplace that nobody can be evicted from."),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.ShortUsageOnError())
	if err := run.Run(); err != nil && !errors.Is(err, context.Canceled) {
		if f, ok := fault.Of(err); ok {
			err = errors.New(f.Say.String())
		}
		fmt.Fprintln(os.Stderr, "freehold:", err)
		stop()
		os.Exit(1) //nolint:gocritic // the deferred stop has been called
	}
}
