package importer

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/skill"
)

// Report says what an import did.
type Report struct {
	Created       int            // posts that are new
	Known         int            // posts that were there before
	RefusedRows   int            // rows that could not be taken
	Refused       []Refusal      // the first of them, up to a thousand
	UnknownSkills map[string]int // skills that no post could be given, and how many asked for each
}

// Refusal is a row that was left out, and why.
type Refusal struct {
	Line int // counted from 1
	Why  string
}

// Progress is how far an import has come.
type Progress struct {
	Bytes int64 // read
	Rows  int   // done, those refused among them
}

const (
	batchSize  = 200  // rows that go into one transaction
	maxRefused = 1000 // refusals that are told one by one
	maxUnknown = 5000 // unknown skills that are counted
)

// JobPosts takes in the posts in r, one JSON object a line; see row for what it
// reads. Progress, if not nil, hears of each batch that is in. The report is
// true also when there is an error: what it counts is in, and running the import
// again goes on from there.
func JobPosts(ctx context.Context, d *db.DB, r io.Reader, progress func(Progress)) (Report, error) {
	rep := Report{UnknownSkills: map[string]int{}}
	in := newLines(r)
	for more := true; more; {
		batch, err := rep.read(in)
		if more = !errors.Is(err, io.EOF); more && err != nil {
			return rep, err
		}
		if err := rep.take(ctx, d, batch); err != nil {
			return rep, fmt.Errorf("before line %d: %w", in.n+1, err)
		}
		if progress != nil {
			progress(Progress{Bytes: in.read, Rows: rep.rows()})
		}
	}
	return rep, nil
}

func (rep *Report) rows() int { return rep.Created + rep.Known + rep.RefusedRows }

func (rep *Report) refuse(line int, why string) {
	rep.RefusedRows++
	if len(rep.Refused) < maxRefused {
		rep.Refused = append(rep.Refused, Refusal{line, why})
	}
}

// numbered is a post and the line it stands on.
type numbered struct {
	line int
	offer
}

// read returns the next batch of rows that are posts, and io.EOF with the last.
func (rep *Report) read(in *lines) (batch []numbered, err error) {
	for len(batch) < batchSize {
		line, err := in.next()
		switch {
		case errors.Is(err, errTooLong):
			rep.refuse(in.n, tooLong)
			continue
		case err != nil:
			return batch, err
		case len(bytes.TrimSpace(line)) == 0:
			continue
		}
		o, err := parse(line)
		if err != nil {
			rep.refuse(in.n, err.Error())
			continue
		}
		batch = append(batch, numbered{in.n, o})
	}
	return batch, nil
}

// taken is what became of a batch.
type taken struct {
	created, known int
	refused        []Refusal
	unknown        []string
}

func (rep *Report) take(ctx context.Context, d *db.DB, batch []numbered) error {
	var t taken
	err := d.Update(ctx, func(tx *db.Tx) (err error) {
		t, err = takeBatch(ctx, tx, batch)
		return err
	})
	if err != nil {
		return err
	}
	rep.Created += t.created
	rep.Known += t.known
	for _, r := range t.refused {
		rep.refuse(r.Line, r.Why)
	}
	slices.SortFunc(rep.Refused, func(a, b Refusal) int { return cmp.Compare(a.Line, b.Line) })
	for _, name := range t.unknown {
		if _, counted := rep.UnknownSkills[name]; counted || len(rep.UnknownSkills) < maxUnknown {
			rep.UnknownSkills[name]++
		}
	}
	return nil
}

// takeBatch imports the rows of a batch. A row is refused before anything of it
// is written, so the others can stay.
func takeBatch(ctx context.Context, tx *db.Tx, batch []numbered) (t taken, err error) {
	isSkill, err := knownIn(ctx, tx, batch)
	if err != nil {
		return t, err
	}
	for _, row := range batch {
		var unknown []string
		for _, name := range row.Skills {
			if !isSkill(name) {
				unknown = append(unknown, name)
			}
		}
		row.Skills = slices.Concat(row.Skills, tagsIn(row.tags, isSkill))
		_, created, err := jobpost.Import(ctx, tx, row.ImportRow)
		switch refused, ok := fault.Of(err); {
		case ok:
			t.refused = append(t.refused, Refusal{row.line, refused.Say.String()})
		case err != nil:
			return t, err
		case created:
			t.created++
			t.unknown = append(t.unknown, unknown...)
		default:
			t.known++
		}
	}
	return t, nil
}

// knownIn returns which of the skills and tags of a batch we know.
func knownIn(ctx context.Context, tx *db.Tx, batch []numbered) (func(string) bool, error) {
	var names []string
	for _, row := range batch {
		names = append(append(names, row.Skills...), phrases(row.tags)...)
	}
	_, unknown, err := skill.Known(ctx, tx, names)
	not := make(map[string]bool, len(unknown))
	for _, name := range unknown {
		not[name] = true
	}
	return func(name string) bool { return !not[name] }, err
}
