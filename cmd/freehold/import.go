package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/mattn/go-isatty"

	"freehold/internal/app"
	"freehold/internal/importer"
	"freehold/internal/skill"
)

type importPosts struct {
	market
	File string `arg:"" help:"The file." type:"existingfile"`
}

// Run takes in the posts of a file and says which were refused, and why.
func (c *importPosts) Run(ctx context.Context) error {
	return c.withFile(ctx, c.File, func(a *app.App, f *os.File) error {
		bar := newBar(f)
		report, err := importer.JobPosts(ctx, a.DB, f, func(p importer.Progress) { bar.show(p.Bytes, p.Rows) })
		bar.done()
		if err != nil {
			return err
		}
		for _, r := range report.Refused {
			fmt.Printf("line %d refused: %s\n", r.Line, r.Why)
		}
		if more := report.RefusedRows - len(report.Refused); more > 0 {
			fmt.Printf("and %d rows more\n", more)
		}
		fmt.Printf("Posts: %d taken in, %d known already, %d refused. Skills they name that are not known here: %d.\n",
			report.Created, report.Known, report.RefusedRows, len(report.UnknownSkills))
		return nil
	})
}

type importSkills struct {
	market
	File string `arg:"" help:"The file." type:"existingfile"`
}

// Run takes in the skills of a file.
func (c *importSkills) Run(ctx context.Context) error {
	return c.withFile(ctx, c.File, func(a *app.App, f *os.File) error {
		bar := newBar(f)
		report, err := skill.Import(ctx, a.DB, f, func(rows int) { bar.show(0, rows) })
		bar.done()
		if err != nil {
			return err
		}
		for _, r := range report.Refused {
			fmt.Printf("line %d refused: %s\n", r.Line, r.Why)
		}
		fmt.Printf("Skills: %d new, and %d new other names for skills; %d rows refused.\n", report.Skills, report.Aliases, len(report.Refused))
		return nil
	})
}

func (m market) withFile(ctx context.Context, name string, do func(*app.App, *os.File) error) error {
	f, err := os.Open(name) //nolint:gosec // the operator names it
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	return open(ctx, m.beside(), func(a *app.App) error { return do(a, f) })
}

// bar shows how far an import has come, on a terminal and nowhere else.
type bar struct {
	size  int64
	shown bool
}

func newBar(f *os.File) *bar {
	b := &bar{}
	if info, err := f.Stat(); err == nil && isatty.IsTerminal(os.Stderr.Fd()) {
		b.size = info.Size()
	}
	return b
}

func (b *bar) show(bytes int64, rows int) {
	if b.size == 0 {
		return
	}
	b.shown = true
	if bytes == 0 {
		fmt.Fprintf(os.Stderr, "\r%d rows", rows)
		return
	}
	const width = 40
	full := int(bytes * width / b.size)
	fmt.Fprintf(os.Stderr, "\r[%-*s] %3d %%  %d rows", width, strings.Repeat("=", min(full, width)), min(bytes*100/b.size, 100), rows)
}

func (b *bar) done() {
	if b.shown {
		fmt.Fprintln(os.Stderr)
	}
}
