package bench

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"freehold/internal/app"
	"freehold/internal/kit/likeness"
	"freehold/internal/support"
)

// Support says what to measure the comparison of answers on.
type Support struct {
	Data string    // the folder of a market of its own, as durable as that of serve
	N    int       // how many answers there are already
	Out  io.Writer // figures
	Log  io.Writer // what is going on
}

// perCase is how many answers a made-up case has.
const perCase = 10

// Run makes up answers, and measures how long it takes to see whether another one is
// a copy of one of them, and whether copies are found.
func (s Support) Run(ctx context.Context) error {
	a, err := app.Open(ctx, app.Config{Data: s.Data, Log: slog.New(slog.NewTextHandler(s.Log, nil))})
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // a scratch market
	start := time.Now()
	kept, err := s.fill(ctx, a)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Log, "%d answers made in %v\n", s.N, time.Since(start).Round(time.Second))
	r := rand.New(rand.NewPCG(7, 7))
	var times []float64
	found, copies := 0, 0
	for i := range 2000 {
		text := strings.Join(answerWords(r), " ")
		if copied := i%2 == 1; copied {
			was := kept[r.IntN(len(kept))]
			words := strings.Fields(was)
			words[r.IntN(len(words))] = "another"
			text = strings.Join(words, " ")
			if likeness.Of(text).Jaccard(likeness.Of(was)) < likeness.Alike {
				continue
			}
			copies++
		}
		begun := time.Now()
		of, _, err := support.FindCopy(ctx, a.DB, text, "nobody@example.org")
		if err != nil {
			return err
		}
		times = append(times, float64(time.Since(begun))/1e6)
		if i%2 == 1 && of != 0 {
			found++
		}
	}
	slices.Sort(times)
	size := 0.0
	if err := a.DB.Pool.QueryRow(ctx, `SELECT pg_relation_size('support.letters_bands') / 1048576.0`).Scan(&size); err != nil {
		return err
	}
	for _, f := range []Figure{
		{Name: "paste check", Clients: 1, Value: times[len(times)*95/100], Unit: "ms"},
		{Name: "paste check, median", Clients: 1, Value: times[len(times)/2], Unit: "ms"},
		{Name: "copies found", Value: 100 * float64(found) / float64(copies), Unit: "percent"},
		{Name: "index", Value: size, Unit: "MB"},
	} {
		f.Bench = "support"
		if err := f.print(s.Out); err != nil {
			return err
		}
	}
	return nil
}

// fill makes cases and answers up, and returns some of the answers.
func (s Support) fill(ctx context.Context, a *app.App) (kept []string, err error) {
	conn, err := a.DB.Pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, `SET statement_timeout = 0; SET maintenance_work_mem = '1GB'; DROP INDEX support.letters_bands`); err != nil {
		return nil, err
	}
	now := time.Now()
	copied := func(table []string, columns []string, n int, row func(i int) []any) error {
		_, err := conn.CopyFrom(ctx, table, columns, pgx.CopyFromSlice(n, func(i int) ([]any, error) { return row(i), nil }))
		return err
	}
	err = copied([]string{"account", "people"}, []string{"name", "email", "password_hash", "client", "freelancer", "joined_at"}, 1,
		func(int) []any { return []any{"Sue", "sue@example.org", "x", true, false, now} })
	if err != nil {
		return nil, err
	}
	err = copied([]string{"support", "cases"}, []string{"name", "email", "language", "secret_hash", "kind", "title", "owner", "state", "first_hours", "next_hours", "close_days", "opened_at", "due"}, s.N/perCase+1,
		func(i int) []any {
			return []any{"Eve", fmt.Sprintf("eve%d@example.org", i), "en", fmt.Appendf(nil, "%d", i), "other", "A case", int64(1), "open", 24, 24, 14, now, now}
		})
	if err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(1, 2))
	err = copied([]string{"support", "letters"}, []string{"case", "kind", "author", "words", "bands", "print", "at"}, s.N, func(i int) []any {
		text := strings.Join(answerWords(r), " ")
		if i%(s.N/1000+1) == 0 {
			kept = append(kept, text)
		}
		p := likeness.Of(text)
		return []any{int64(i/perCase + 1), "answer", int64(1), text, p.Bands(), p.Stored(), now}
	})
	if err != nil {
		return nil, err
	}
	_, err = conn.Exec(ctx, `CREATE INDEX letters_bands ON support.letters USING gin (bands) WHERE kind = 'answer'; ANALYZE support.letters`)
	return kept, err
}

// courtesies are what everybody says: runs of words that a third of all answers have.
var courtesies = [][]string{
	strings.Fields("thank you for writing to us"), strings.Fields("let me know if there is anything else that I can do"),
	strings.Fields("I have looked at your contract and"), strings.Fields("you will find it in your settings under"), strings.Fields("I am sorry that it took so long"),
}

// answerWords are those of a made-up answer: twenty to a hundred, the frequent ones
// often, among what everybody says.
func answerWords(r *rand.Rand) (words []string) {
	for n := 20 + r.IntN(80); n > 0; n-- {
		if r.IntN(25) == 0 {
			words = append(words, courtesies[r.IntN(len(courtesies))]...)
		}
		words = append(words, fmt.Sprintf("w%d", int(3000*r.Float64()*r.Float64()*r.Float64())))
	}
	return words
}
