package bench

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"freehold/internal/account"
	"freehold/internal/app"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/search"
)

// Quality says on what to measure how well searching finds.
type Quality struct {
	Data string // the folder of a market of its own, which holds nothing else
	Set  string // a folder with corpus.jsonl, queries.tsv, qrels.tsv, and perhaps baseline.json
	Out  io.Writer
	Log  io.Writer
}

// judged is a set of posts, of searches, and of which post answers which search.
type judged struct {
	name    string
	docs    []doc
	queries []judgedQuery
	bm25    float64 // the nDCG@10 that the set says plain BM25 has; 0: it does not say
}

type doc struct{ ID, Title, Text string }

type judgedQuery struct {
	id, text string
	grades   map[string]float64 // of the posts that answer it
}

// Run searches for every judged query and says how good the first ten are, beside
// ts_rank and plain BM25 on the same posts. Figures are hundredths of nDCG@10:
// 100 is the best order that there is.
func (q Quality) Run(ctx context.Context) error {
	set, err := readJudged(q.Set)
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, app.Config{Data: q.Data, Log: slog.New(slog.NewTextHandler(q.Log, nil))})
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // a scratch market
	ids, err := set.load(ctx, a.DB)
	if err != nil {
		return err
	}
	fmt.Fprintf(q.Log, "%s: %d posts, %d searches\n", set.name, len(ids), len(set.queries))
	plain, _, err := set.ndcg(ids, func(t string) ([]jobpost.ID, error) { return rankedPlainly(ctx, a.DB, t) })
	if err != nil {
		return err
	}
	ours, empty, err := set.ndcg(ids, func(t string) ([]jobpost.ID, error) { return searched(ctx, a.DB, t) })
	if err != nil {
		return err
	}
	beside, ratio := "ts_rank", ours/plain
	if set.bm25 > 0 {
		beside, ratio = "plain BM25", ours/set.bm25
	}
	return errors.Join(
		Figure{Bench: "search quality", Name: set.name + ", ts_rank of any word", Value: 100 * plain, Unit: "nDCG@10 × 100"}.print(q.Out),
		Figure{Bench: "search quality", Name: set.name + ", plain BM25, as the set says", Value: 100 * set.bm25, Unit: "nDCG@10 × 100"}.print(q.Out),
		Figure{Bench: "search quality", Name: set.name + ", search", Value: 100 * ours, Unit: "nDCG@10 × 100", Beside: beside, Ratio: ratio}.print(q.Out),
		Figure{Bench: "search quality", Name: set.name + ", searches that find nothing", Value: float64(empty), Unit: "searches"}.print(q.Out),
	)
}

// load imports the posts, and returns which is which.
func (j judged) load(ctx context.Context, d *db.DB) (map[jobpost.ID]string, error) {
	ids := map[jobpost.ID]string{}
	err := d.Update(ctx, func(tx *db.Tx) error {
		for _, doc := range j.docs {
			id, _, err := jobpost.Import(ctx, tx, jobpost.ImportRow{
				Source: "judged " + doc.ID, Title: doc.Title, Description: doc.Text, Kind: jobpost.Fixed, Currency: "EUR",
				Client: jobpost.ImportClient{Source: "judged", Name: "Somebody"},
			})
			if err != nil {
				return fmt.Errorf("%s: %w", doc.ID, err)
			}
			ids[id] = doc.ID
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	_, err = d.Pool.Exec(ctx, `VACUUM ANALYZE`)
	return ids, err
}

const first = 10

// ndcg is the mean over all searches of how near the first ten are to the best
// ten, and how many searches found nothing.
func (j judged) ndcg(ids map[jobpost.ID]string, rank func(text string) ([]jobpost.ID, error)) (mean float64, empty int, err error) {
	for _, q := range j.queries {
		found, err := rank(q.text)
		if err != nil {
			return 0, 0, fmt.Errorf("%q: %w", q.text, err)
		}
		if len(found) == 0 {
			empty++
		}
		mean += q.gain(ids, found)
	}
	return mean / float64(max(1, len(j.queries))), empty, nil
}

func (q judgedQuery) gain(ids map[jobpost.ID]string, found []jobpost.ID) float64 {
	var got, best float64
	for i, id := range found[:min(first, len(found))] {
		got += (math.Exp2(q.grades[ids[id]]) - 1) / math.Log2(float64(i)+2)
	}
	var grades []float64
	for _, g := range q.grades {
		grades = append(grades, -g)
	}
	slices.Sort(grades)
	for i, g := range grades[:min(first, len(grades))] {
		best += (math.Exp2(-g) - 1) / math.Log2(float64(i)+2)
	}
	return got / best
}

func searched(ctx context.Context, d *db.DB, text string) (ids []jobpost.ID, err error) {
	page, err := search.Posts(ctx, d, account.Actor{}, search.Query{Text: text, Sort: search.Fit, N: first})
	for _, i := range page.Items {
		ids = append(ids, i.ID)
	}
	return ids, err
}

// rankedPlainly is what PostgreSQL does by itself.
func rankedPlainly(ctx context.Context, d *db.DB, text string) (ids []jobpost.ID, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		ids, err = db.Values[jobpost.ID](ctx, tx, `
			SELECT p.id FROM jobpost.posts p, (SELECT replace(plainto_tsquery('public.freehold', $1)::text, '&', '|')::tsquery AS q) AS asked
			WHERE p.search @@ q ORDER BY ts_rank(p.search, q) DESC, p.id LIMIT $2`, text, first)
		return err
	})
	return ids, err
}

// readJudged reads a set. Searches without a letter are left out: no marketplace
// is searched for "+1".
func readJudged(dir string) (j judged, err error) {
	j.name = filepath.Base(dir)
	if err := readRows(filepath.Join(dir, "corpus.jsonl"), func(text string) error {
		var d doc
		err := json.Unmarshal([]byte(text), &d)
		j.docs = append(j.docs, d)
		return err
	}); err != nil {
		return j, err
	}
	grades := map[string]map[string]float64{}
	if err := readRows(filepath.Join(dir, "qrels.tsv"), func(text string) error {
		var query, doc string
		var grade float64
		if _, err := fmt.Sscan(text, &query, &doc, &grade); err != nil {
			return nil //nolint:nilerr // the heading
		}
		if grades[query] == nil {
			grades[query] = map[string]float64{}
		}
		if grade > 0 {
			grades[query][doc] = grade
		}
		return nil
	}); err != nil {
		return j, err
	}
	err = readRows(filepath.Join(dir, "queries.tsv"), func(text string) error {
		id, words, _ := strings.Cut(text, "\t")
		if len(grades[id]) > 0 && strings.ContainsFunc(words, unicode.IsLetter) {
			j.queries = append(j.queries, judgedQuery{id, words, grades[id]})
		}
		return nil
	})
	return j, cmp.Or(err, j.readBaseline(dir))
}

func (j *judged) readBaseline(dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, "baseline.json")) //nolint:gosec // the operator names the folder
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	var baseline struct {
		BM25 float64 `json:"bm25_ndcg10"`
	}
	if err == nil {
		err = json.Unmarshal(text, &baseline)
	}
	j.bm25 = baseline.BM25
	return err
}

// readRows reads a file line by line.
func readRows(path string, row func(string) error) error {
	f, err := os.Open(path) //nolint:gosec // the operator names the folder
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for n := 1; lines.Scan(); n++ {
		if err := row(lines.Text()); err != nil {
			return fmt.Errorf("%s, line %d: %w", path, n, err)
		}
	}
	return lines.Err()
}
