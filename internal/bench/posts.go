package bench

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"freehold/internal/importer"
	"freehold/internal/kit/db"
	"freehold/internal/skill"
)

// line is a job post as the importer reads it.
type line map[string]any

func (l line) text(field string) string { s, _ := l[field].(string); return s }

// readLines reads a file of job posts.
func readLines(r io.Reader) (lines []line, err error) {
	in := json.NewDecoder(bufio.NewReader(r))
	for {
		var l line
		switch err := in.Decode(&l); {
		case errors.Is(err, io.EOF):
			return lines, nil
		case err != nil:
			return lines, fmt.Errorf("line %d: %w", len(lines)+1, err)
		}
		lines = append(lines, l)
	}
}

// span is the time in which the posts came in: all of them are still open.
const span = 20 * 24 * time.Hour

// importing brings posts in through the importer, as an operator would, and has
// them come evenly over the days before now.
type importing struct {
	db    *db.DB
	now   time.Time // when the last one comes
	total int
	done  atomic.Int64
	log   io.Writer
}

// clock is when the next post comes.
func (im *importing) clock() time.Time {
	return im.now.Add(-span + time.Duration(float64(span)*min(1, float64(im.done.Load())/float64(im.total))))
}

// importPosts makes n posts of lines on the database at url. Those that the
// market refuses are left out; the others come again, each time in other words,
// until there are n.
func importPosts(ctx context.Context, d *db.DB, lines []line, n int, log io.Writer) (err error) {
	im := &importing{now: d.Now(), total: n, log: log}
	if im.db, err = db.OpenSized(ctx, d.Pool.Config().ConnString(), streams, im.clock); err != nil {
		return err
	}
	defer im.db.Close()
	lines = lines[:min(len(lines), n)]
	rep, err := im.take(ctx, func(write func(line)) {
		for _, l := range lines {
			write(l)
		}
	})
	if err != nil {
		return err
	}
	if rep.RefusedRows > len(rep.Refused) || rep.Created == 0 {
		return fmt.Errorf("%d of %d posts are refused, such as: %v", rep.RefusedRows, len(lines), rep.Refused[0])
	}
	for _, r := range rep.Refused {
		lines[r.Line-1] = nil
	}
	return im.multiply(ctx, accepted(lines), rep.Created)
}

func accepted(lines []line) (some []line) {
	for _, l := range lines {
		if l != nil {
			some = append(some, l)
		}
	}
	return some
}

// streams is how many imports run at a time.
const streams = 4

// multiply goes on from what is there to the total.
func (im *importing) multiply(ctx context.Context, lines []line, there int) error {
	var wg sync.WaitGroup
	failed := make([]error, streams)
	for s := range streams {
		wg.Go(func() {
			_, failed[s] = im.take(ctx, func(write func(line)) {
				for n := there + s; n < im.total; n += streams {
					write(varied(lines, n))
				}
			})
		})
	}
	wg.Wait()
	return errors.Join(failed...)
}

// take imports what write is given.
func (im *importing) take(ctx context.Context, each func(write func(line))) (importer.Report, error) {
	r, w := io.Pipe()
	go func() {
		out := json.NewEncoder(w)
		var err error
		each(func(l line) {
			if err == nil {
				err = out.Encode(l)
			}
		})
		w.CloseWithError(err) //nolint:errcheck // never fails
	}()
	defer r.Close() //nolint:errcheck // never fails
	var before int64
	return importer.JobPosts(ctx, im.db, r, func(p importer.Progress) {
		done := im.done.Add(int64(p.Rows) - before)
		if before = int64(p.Rows); done%10_000 < 200 {
			fmt.Fprintf(im.log, "%d posts of %d\n", done, im.total)
		}
	})
}

// varied is the n-th post that is made of lines: one of them, with a word of
// another's in its title and a sentence of a third's at its end, so that no two
// posts answer to quite the same words.
func varied(lines []line, n int) line {
	r := rand.New(rand.NewPCG(1, uint64(n))) //nolint:gosec // no secret, and the same each time
	any := func() line { return lines[r.IntN(len(lines))] }
	post := line{}
	for field, value := range lines[n%len(lines)] {
		post[field] = value
	}
	post["id"] = fmt.Sprintf("%s-%d", post.text("id"), n)
	words, others := strings.Fields(post.text("title")), strings.Fields(any().text("title"))
	if len(words) > 0 && len(others) > 0 {
		words[r.IntN(len(words))] = others[r.IntN(len(others))]
	}
	post["title"] = strings.Join(words, " ")
	sentences := strings.SplitAfter(any().text("description"), ".")
	post["description"] = post.text("description") + "\n\n" + strings.TrimSpace(sentences[r.IntN(len(sentences))])
	return post
}

// invented are posts to measure with where there are no real ones: shorter than
// those, and of fewer words.
func invented(ctx context.Context, d *db.DB, n int) (lines []line, err error) {
	var skills []skill.Skill
	var categories []skill.Category
	err = d.View(ctx, func(tx *db.Tx) error {
		if categories, err = skill.Categories(ctx, tx); err != nil {
			return err
		}
		skills, err = db.All[skill.Skill](ctx, tx, `SELECT id, name, category FROM skill.skills ORDER BY id`)
		return err
	})
	r := rand.New(rand.NewPCG(2, 2)) //nolint:gosec // no secret, and the same each time
	one := func(of []string) string { return of[r.IntN(len(of))] }
	for i := range n {
		category := categories[r.IntN(len(categories))]
		a, b := skills[r.IntN(len(skills))], skills[r.IntN(len(skills))]
		title := fmt.Sprintf("%s %s for %s", one(verbs), one(things), one(whom))
		lines = append(lines, line{
			"id": fmt.Sprint(i), "platform": "bench", "title": title, "category": category.Name, "skills": []string{a.Name, b.Name},
			"description": fmt.Sprintf("%s, with %s and %s.\n\n- %s\n- %s\n\nIt is for %s who %s. %s", title, a.Name, b.Name,
				one(wishes), one(wishes), one(whom), one(doings), one(wishes)),
			"type": one([]string{"fixed", "hourly"}), "currency": "EUR", "budget_min": 40 + r.IntN(40), "budget_max": 80 + r.IntN(400),
			"experience_level": one([]string{"entry", "intermediate", "expert"}), "client_country": one([]string{"Malaysia", "Germany", "Kenya", "Brazil"}),
		})
	}
	return lines, err
}

var (
	verbs  = []string{"Build", "Draw", "Translate", "Mend", "Write", "Test", "Plan", "Film", "Edit", "Move", "Review", "Design"}
	things = []string{"a booking page", "eleven labels", "a field guide", "an old database", "a handbook", "a payment form", "a map of paths",
		"a radio play", "three chapters", "a shop", "a contract", "a family of icons", "an archive of letters", "a timetable", "a newsletter"}
	whom = []string{"a small bakery", "volunteers on two rivers", "a museum of tools", "our cooperative", "a school choir", "people in a hurry",
		"a village hall", "night-shift nurses", "beekeepers", "a bicycle workshop", "new neighbours", "a theatre without a roof"}
	wishes = []string{"It has to work on a telephone, with one hand.", "We would rather have less that is right.", "You get photographs of everything.",
		"Please say what you would leave out.", "There are forty of them, and each is different.", "We answer questions on the same day.",
		"The old one stays until the new one is better.", "All text is there; nobody has read it aloud yet.", "Bring your own tools."}
	doings = []string{"have never held a hammer", "read on the train", "order on Tuesdays", "write by hand", "count birds", "share one computer",
		"come back every spring", "pay in coins"}
)
