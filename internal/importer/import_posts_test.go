package importer_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"freehold/internal/account"
	"freehold/internal/importer"
	"freehold/internal/kit/db"
	"freehold/internal/markettest"
	"freehold/internal/search"
)

func take(m *markettest.Market, file string) importer.Report {
	m.Helper()
	rep, err := importer.JobPosts(context.Background(), m.DB, strings.NewReader(file), nil)
	m.OK(err)
	return rep
}

func count(m *markettest.Market, sql string) (n int) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) (err error) {
		n, err = db.Value[int](ctx, tx, `SELECT count(*) FROM `+sql)
		return err
	})
	return n
}

const posts = `{"id": "1", "platform": "elsewhere", "title": "Paint a boat", "description": "In blue.", "skills": ["Illustration", "Boats"], "type": "fixed", "currency": "EUR", "budget_min": 500, "budget_max": 500, "client_country": "Germany"}
{"id": "2", "platform": "elsewhere", "title": "Sail &amp; rigging", "skills": ["Boats"], "type": "hourly", "currency": "USD", "tags_text": "Web Development JavaScript Rope"}
`

func TestPostsFromElsewhereCanBeFound(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	rep := take(m, posts)
	if rep.Created != 2 || rep.Known != 0 || rep.RefusedRows != 0 || fmt.Sprint(rep.UnknownSkills) != "map[Boats:2]" {
		t.Errorf("%+v", rep)
	}
	page, err := search.Posts(t.Context(), m.DB, account.Actor{}, search.Query{})
	m.OK(err)
	if len(page.Items) != 2 {
		t.Fatalf("found %+v", page.Items)
	}
	sail, paint := page.Items[0], page.Items[1]
	if sail.Title != "Sail & rigging" || fmt.Sprint(sail.Skills) != "[Web development JavaScript]" || sail.Min != nil || sail.Client.Country != nil || !sail.Imported {
		t.Errorf("%+v", sail)
	}
	if paint.Min.String() != "500.00 EUR" || *paint.Client.Country != "DE" || paint.Client.Name != "A client on elsewhere" || sail.Client.ID == paint.Client.ID {
		t.Errorf("%+v", paint)
	}
}

func TestImportingTwiceIsImportingOnce(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	take(m, posts)
	if rep := take(m, posts+posts); rep.Created != 0 || rep.Known != 4 || len(rep.UnknownSkills) != 0 {
		t.Errorf("%+v", rep)
	}
	if n, people := count(m, `jobpost.posts`), count(m, `account.people`); n != 2 || people != 2 {
		t.Errorf("%d posts of %d clients", n, people)
	}
}

func TestImportingTwiceAtOnceIsImportingOnce(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	var file strings.Builder
	for i := range 450 {
		fmt.Fprintf(&file, `{"id": "%d", "title": "Boat %d", "type": "fixed", "currency": "EUR"}`+"\n", i, i)
	}
	var wg sync.WaitGroup
	reps, errs := make([]importer.Report, 3), make([]error, 3)
	for i := range reps {
		wg.Go(func() {
			reps[i], errs[i] = importer.JobPosts(context.Background(), m.DB, strings.NewReader(file.String()), nil)
		})
	}
	wg.Wait()
	m.OK(errors.Join(errs...))
	created := 0
	for _, rep := range reps {
		created += rep.Created
		if rep.Created+rep.Known != 450 {
			t.Errorf("%+v", rep)
		}
	}
	if n := count(m, `jobpost.posts`); created != 450 || n != 450 {
		t.Errorf("%d created, %d there", created, n)
	}
}

func TestARowThatIsRefusedHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	rep := take(m, strings.Join([]string{
		`{"id": "1", "title": "Good", "type": "fixed", "currency": "EUR"}`,
		`{"id": "2", "title": "Broken"`,
		"",
		"{\"id\": \"4\", \"title\": \"\xff\"}",
		`{"id": "5", "title": "` + strings.Repeat("long ", 300_000) + `"}`,
		`{"id": "6", "type": "fixed", "currency": "EUR"}`,
		`{"id": "7", "title": "Too cheap", "type": "hourly", "currency": "EUR", "budget_min": 1, "budget_max": 1}`,
		`{"id": "8", "title": "No such kind", "type": "barter", "currency": "EUR"}`,
		`{"id": "9", "title": "No such money", "type": "fixed", "currency": "ZZZ"}`,
		`{"id": "10", "title": "A \u0000 in it", "type": "fixed", "currency": "EUR"}`,
		`{"id": "11", "title": "Too long", "description": "` + strings.Repeat("long ", 5_000) + `", "type": "fixed", "currency": "EUR"}`,
		`{"id": "12", "title": "Good too", "type": "fixed", "currency": "EUR"}`,
	}, "\n"))
	if rep.Created != 2 || rep.RefusedRows != 9 {
		t.Errorf("%+v", rep)
	}
	var at []int
	for _, r := range rep.Refused {
		at = append(at, r.Line)
		if r.Why == "" {
			t.Errorf("line %d is refused without a reason", r.Line)
		}
	}
	if len(at) != 9 || fmt.Sprint(at) != "[2 4 5 6 7 8 9 10 11]" {
		t.Errorf("refused: %+v", rep.Refused)
	}
	if n := count(m, `account.people`); n != 2 {
		t.Errorf("%d clients, of 2 posts", n)
	}
}

func TestProgressIsHeardAndEndsAtTheEnd(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	var heard []importer.Progress
	_, err := importer.JobPosts(t.Context(), m.DB, strings.NewReader(posts), func(p importer.Progress) { heard = append(heard, p) })
	m.OK(err)
	if len(heard) != 1 || heard[0] != (importer.Progress{Bytes: int64(len(posts)), Rows: 2}) {
		t.Errorf("heard %v", heard)
	}
}

func TestAFileThatBreaksOffIsReportedAsFarAsItWent(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	torn := errors.New("disk gone")
	var file strings.Builder
	for i := range 300 {
		fmt.Fprintf(&file, `{"id": "%d", "title": "Boat", "type": "fixed", "currency": "EUR"}`+"\n", i)
	}
	r := io.MultiReader(strings.NewReader(file.String()), iotest.ErrReader(torn))
	rep, err := importer.JobPosts(t.Context(), m.DB, r, nil)
	if n := count(m, `jobpost.posts`); !errors.Is(err, torn) || rep.Created != n || n < 200 {
		t.Errorf("%d created, %d there, %v", rep.Created, n, err)
	}
}

// Real posts, from three sources, are in a folder beside the project.
const realPosts = "../../../shared/data/jobs-freelance-dev/*.jsonl"

// tried is how many lines of each file a test takes in.
const tried = 700

func TestRealPostsAreTakenIn(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(realPosts)
	if err != nil || len(files) == 0 {
		t.Fatalf("There are no real posts to try at %s. Put files of job posts there, one JSON object a line.", realPosts)
	}
	m := markettest.New(t)
	for _, name := range files {
		b, err := os.ReadFile(name)
		m.OK(err)
		lines := strings.SplitAfter(string(b), "\n")
		rep := take(m, strings.Join(lines[:min(len(lines), tried)], ""))
		t.Logf("%s: %d posts, %d refused, %d unknown skills", filepath.Base(name), rep.Created, rep.RefusedRows, len(rep.UnknownSkills))
		for _, r := range rep.Refused[:min(len(rep.Refused), 3)] {
			t.Logf("  line %d: %s", r.Line, r.Why)
		}
		if rep.Known != 0 || rep.Created < 4*rep.RefusedRows { // some real posts pay less than the floor
			t.Errorf("more than a fifth of %s was refused", filepath.Base(name))
		}
	}
	for _, text := range []string{"logo design", "wordpress website", "translation"} {
		page, err := search.Posts(t.Context(), m.DB, account.Actor{}, search.Query{Text: text})
		m.OK(err)
		if len(page.Items) != 20 {
			t.Errorf("%s: found %d", text, len(page.Items))
		}
	}
}
