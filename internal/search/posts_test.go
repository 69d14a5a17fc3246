package search_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/profile"
	"freehold/internal/proposal"
	"freehold/internal/search"
	"freehold/internal/skill"
)

// board is a market with posts from elsewhere on it.
type board struct {
	*markettest.Market
	posts int
}

func newBoard(t *testing.T) *board {
	t.Helper()
	return &board{Market: markettest.New(t)}
}

// post puts a post up, a minute after the one before it.
func (b *board) post(row jobpost.ImportRow) (id jobpost.ID) {
	b.Helper()
	b.posts++
	b.Clock.Advance(time.Minute)
	row.Source = fmt.Sprintf("test %d", b.posts)
	if row.Client.Source == "" {
		row.Client = jobpost.ImportClient{Source: row.Source, Name: "Carl", Country: "DE"}
	}
	if row.Currency == "" {
		row.Currency = "EUR"
	}
	if row.Kind == "" {
		row.Kind = jobpost.Fixed
	}
	b.OK(b.DB.Update(context.Background(), func(tx *db.Tx) (err error) {
		id, _, err = jobpost.Import(context.Background(), tx, row)
		return err
	}))
	return id
}

func (b *board) search(q search.Query) search.Page {
	b.Helper()
	page, err := search.Posts(context.Background(), b.DB, account.Actor{}, q)
	b.OK(err)
	return page
}

func titles(items []search.Item) string {
	var all []string
	for _, i := range items {
		all = append(all, i.Title)
	}
	return strings.Join(all, ", ")
}

func TestSearchingFindsWordsInTitleSkillsAndDescription(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.post(jobpost.ImportRow{Title: "Bake a cake", Description: "Then a box for it, with its packaging."})
	b.post(jobpost.ImportRow{Title: "A new look", Skills: []string{"Packaging design"}})
	b.post(jobpost.ImportRow{Title: "Packaging for a café", Description: "In two colours."})
	b.post(jobpost.ImportRow{Title: "Translate a letter", Description: "From Danish."})

	for _, test := range []struct{ text, want string }{
		{"packaging", "Packaging for a café, A new look, Bake a cake"}, // a title counts more than skills, and they more than the rest
		{"PACKAGED", "Packaging for a café, A new look, Bake a cake"},
		{"cafe", "Packaging for a café"},
		{"translating letters", "Translate a letter"},
		{`"two colours"`, "Packaging for a café"},
		{"packaging -cake", "Packaging for a café, A new look"},
		{`"colours two"`, ""},
	} {
		if got := titles(b.search(search.Query{Text: test.text}).Items); got != test.want {
			t.Errorf("%s: found %s, want %s", test.text, got, test.want)
		}
	}
}

func TestASkillIsFoundHoweverItIsCalled(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.post(jobpost.ImportRow{Title: "Buttons that move", Skills: []string{"React"}})
	b.post(jobpost.ImportRow{Title: "Make it fast", Skills: []string{"C++"}})
	b.post(jobpost.ImportRow{Title: "Class C licence wanted"})

	for text, want := range map[string]string{"reactjs": "Buttons that move", "C++": "Make it fast"} {
		if got := titles(b.search(search.Query{Text: text}).Items); got != want {
			t.Errorf("%s: found %s, want %s", text, got, want)
		}
	}
	if got := titles(b.search(search.Query{Skill: "react.js"}).Items); got != "Buttons that move" {
		t.Errorf("by skill: found %s", got)
	}
}

func TestAMisspelledWordIsCorrectedAndSaidSo(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.post(jobpost.ImportRow{Title: "WordPress theme", Skills: []string{"WordPress"}})
	b.post(jobpost.ImportRow{Title: "Quarterly newsletter"})
	for text, want := range map[string]string{
		"wordpres theme": "wordpress theme", // a skill
		"newslettr":      "newsletter",      // a word in a title
	} {
		page := b.search(search.Query{Text: text})
		if page.Text != want || len(page.Items) != 1 || !strings.Contains(page.Note.String(), want) || !strings.Contains(page.Note.String(), text) {
			t.Errorf("%s: looked for %q, found %s, saying %q", text, page.Text, titles(page.Items), page.Note)
		}
	}
	if page := b.search(search.Query{Text: "zzzzqqqq"}); len(page.Items) != 0 || page.Text != "zzzzqqqq" || !page.Note.Empty() {
		t.Errorf("nonsense: looked for %q, found %s, saying %q", page.Text, titles(page.Items), page.Note)
	}
}

func TestPostsWithSomeOfTheWordsFollowThoseWithAll(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.post(jobpost.ImportRow{Title: "A purple boat"})
	b.post(jobpost.ImportRow{Title: "A boat in blue"})
	b.post(jobpost.ImportRow{Title: "Swedish garden"})
	page := b.search(search.Query{Text: "purple boat"})
	if got := titles(page.Items); got != "A purple boat, A boat in blue" || page.Total != 2 {
		t.Errorf("found %d: %s", page.Total, got)
	}
	if want := "Posts that have all of your words: 1. The others have some of them."; page.Note.String() != want {
		t.Errorf("said %q", page.Note)
	}
	if page := b.search(search.Query{Text: "purple garden"}); page.Total != 2 || page.Note.String() != "No post has all of your words. These have some of them." {
		t.Errorf("found %d: %s, saying %q", page.Total, titles(page.Items), page.Note)
	}
	if got := titles(b.search(search.Query{Text: `boat -blue`}).Items); got != "A purple boat" {
		t.Errorf("without a word: found %s", got)
	}
}

func TestAWordThatSaysNothingFindsAll(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.post(jobpost.ImportRow{Title: "One"})
	b.post(jobpost.ImportRow{Title: "Two"})
	for _, text := range []string{"the", "???", "&|!()", "''", `"`} {
		if page := b.search(search.Query{Text: text}); len(page.Items) != 2 || page.Note.Empty() {
			t.Errorf("%s: found %s, saying %q", text, titles(page.Items), page.Note)
		}
	}
}

func TestFiltersLeaveOutWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	slow := jobpost.ImportClient{Source: "slow", Name: "Slow", Country: "US"}
	swift := jobpost.ImportClient{Source: "swift", Name: "Swift", Country: "GB"}
	b.post(jobpost.ImportRow{Title: "Old", Client: slow, Categories: []string{"design"}, Kind: jobpost.Fixed, Level: "entry", BudgetMin: 50_000})
	b.Clock.Advance(72 * time.Hour)
	b.post(jobpost.ImportRow{Title: "New", Client: swift, Categories: []string{"writing"}, Kind: jobpost.Hourly, Level: "expert",
		BudgetMin: 4_000, BudgetMax: 6_000, Currency: "USD"})
	b.post(jobpost.ImportRow{Title: "Unsaid"})
	b.Do(`INSERT INTO proposal.answer_records (client, answered, lapsed)
		SELECT id, CASE source WHEN 'swift' THEN 9 ELSE 1 END, 1 FROM account.people WHERE source IN ('slow', 'swift')`)
	defer b.Do(`DELETE FROM proposal.answer_records`) // nobody was answered

	amount := func(minor int64, currency string) *money.Amount {
		return &money.Amount{Minor: minor, Currency: currency}
	}
	for _, test := range []struct {
		name string
		q    search.Query
		want string
	}{
		{"all", search.Query{}, "Unsaid, New, Old"},
		{"category", search.Query{Category: "writing"}, "New"},
		{"kind", search.Query{Kind: jobpost.Fixed}, "Unsaid, Old"},
		{"level", search.Query{Level: skill.Expert}, "New"},
		{"country", search.Query{Country: "US"}, "Old"},
		{"answer rate", search.Query{MinAnswerRate: 90}, "New"},
		{"answer rate of anybody", search.Query{MinAnswerRate: 50}, "New, Old"},
		{"age", search.Query{Within: 24 * time.Hour}, "Unsaid, New"},
		{"at least, to the cent", search.Query{Min: amount(50_000, "EUR")}, "Old"},
		{"at least, a cent more", search.Query{Min: amount(50_001, "EUR")}, ""},
		{"at most, to the cent", search.Query{Max: amount(4_000, "USD")}, "New"},
		{"at most, a cent less", search.Query{Max: amount(3_999, "USD")}, ""},
		{"in another currency", search.Query{Min: amount(10_000, "JPY"), Kind: jobpost.Fixed}, "Old"},
		{"two at once", search.Query{Kind: jobpost.Fixed, Country: "US"}, "Old"},
		{"two that exclude each other", search.Query{Kind: jobpost.Hourly, Country: "US"}, ""},
	} {
		if got := titles(b.search(test.q).Items); got != test.want {
			t.Errorf("%s: found %s, want %s", test.name, got, test.want)
		}
	}
}

func TestOrders(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	silent := jobpost.ImportClient{Source: "silent", Name: "Silent"}
	swift := jobpost.ImportClient{Source: "swift", Name: "Swift"}
	b.post(jobpost.ImportRow{Title: "Rich", Client: silent, BudgetMin: 900_000})
	b.post(jobpost.ImportRow{Title: "Yen", Client: swift, BudgetMin: 500_000, Currency: "JPY"})
	b.post(jobpost.ImportRow{Title: "Unsaid"})
	b.Do(`INSERT INTO proposal.answer_records (client, answered, lapsed)
		SELECT id, CASE source WHEN 'swift' THEN 1 ELSE 0 END, CASE source WHEN 'swift' THEN 0 ELSE 1 END
		FROM account.people WHERE source IN ('silent', 'swift')`)
	defer b.Do(`DELETE FROM proposal.answer_records`)

	for s, want := range map[search.Sort]string{
		search.Newest:     "Unsaid, Yen, Rich",
		search.Price:      "Rich, Yen, Unsaid",
		search.AnswerRate: "Yen, Rich, Unsaid",
	} {
		if got := titles(b.search(search.Query{Sort: s}).Items); got != want {
			t.Errorf("%s: found %s, want %s", s, got, want)
		}
	}
}

func TestWithoutWordsFitGoesByOnesOwnSkills(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	ada := b.Person("Ada", money.Amount{})
	b.OK(profile.Save(t.Context(), b.DB, ada, profile.Input{Skills: []string{"Go", "PostgreSQL"}}))
	b.post(jobpost.ImportRow{Title: "Both", Skills: []string{"PostgreSQL", "Go"}})
	b.post(jobpost.ImportRow{Title: "One", Skills: []string{"Go", "React"}})
	b.post(jobpost.ImportRow{Title: "None", Skills: []string{"React"}})

	page, err := search.Posts(t.Context(), b.DB, ada, search.Query{Sort: search.Fit})
	b.OK(err)
	if got := titles(page.Items); got != "Both, One, None" {
		t.Errorf("Ada finds %s", got)
	}
	if got := titles(b.search(search.Query{Sort: search.Fit}).Items); got != "None, One, Both" {
		t.Errorf("a stranger finds %s", got)
	}
}

func TestOnlyPostsThatTakeProposalsAreFound(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.post(jobpost.ImportRow{Title: "Boat one"})
	closed := b.post(jobpost.ImportRow{Title: "Boat two"})
	invited := b.post(jobpost.ImportRow{Title: "Boat three"})
	b.Do(`UPDATE jobpost.posts SET state = 'closed', ended_at = published_at WHERE id = $1`, closed)
	b.Do(`UPDATE jobpost.posts SET visibility = 'invited' WHERE id = $1`, invited)

	for _, q := range []search.Query{{}, {Text: "boat"}, {Sort: search.Price}, {Text: "boat", Sort: search.Newest}} {
		if page := b.search(q); titles(page.Items) != "Boat one" || page.Total != 1 {
			t.Errorf("%+v: found %d: %s", q, page.Total, titles(page.Items))
		}
	}
	b.Clock.Advance(30 * 24 * time.Hour)
	if page := b.search(search.Query{}); len(page.Items) != 0 {
		t.Errorf("after its answer-by date: found %s", titles(page.Items))
	}
	b.Do(`UPDATE jobpost.posts SET state = 'closed', ended_at = published_at WHERE state = 'open'`)
}

func TestTurningThePagesShowsEachPostOnce(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	const posts = 25
	var all []jobpost.ID
	for i := range posts {
		all = append(all, b.post(jobpost.ImportRow{Title: fmt.Sprintf("Boat %d", i/3), BudgetMin: int64(10_000 * (1 + i/4))}))
	}
	for _, q := range []search.Query{
		{N: 7}, {N: 7, Text: "boat"}, {N: 7, Text: "boat", Sort: search.Newest}, {N: 7, Sort: search.Price},
		{N: 7, Sort: search.AnswerRate}, {N: 7, Sort: search.Fit}, {N: 25}, {N: 1, Text: "boat 3 ship"},
	} {
		var seen []jobpost.ID
		for pages := 0; ; pages++ {
			page := b.search(q)
			for _, i := range page.Items {
				seen = append(seen, i.ID)
			}
			if page.Total != posts || page.More || pages > posts {
				t.Fatalf("%+v: page %d has %d in all, more %v", q, pages, page.Total, page.More)
			}
			if pages == 1 { // what comes up meanwhile is left to the next search
				late := b.post(jobpost.ImportRow{Title: "Boat late", BudgetMin: 10_000})
				defer b.Do(`UPDATE jobpost.posts SET visibility = 'invited' WHERE id = $1`, late)
			}
			if q.Cursor = page.Next; q.Cursor == "" {
				break
			}
		}
		b.Do(`UPDATE jobpost.posts SET visibility = 'invited' WHERE title = 'Boat late'`)
		slices.Sort(seen)
		if !slices.Equal(seen, all) {
			t.Errorf("%+v: saw %v", q, seen)
		}
	}
}

func TestABadCursorIsRefused(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	for _, q := range []search.Query{{Cursor: "1"}, {Cursor: "f1.2.3"}, {Cursor: "\xff"}, {Cursor: strings.Repeat("n", 1000)}} {
		_, err := search.Posts(t.Context(), b.DB, account.Actor{}, q)
		if f, ok := fault.Of(err); !ok || !errors.Is(err, search.ErrBadCursor) || f.Field != "cursor" {
			t.Errorf("%.10q: got %v", q.Cursor, err)
		}
	}
}

func TestUnknownNamesAreRefused(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	for _, test := range []struct {
		q    search.Query
		want error
	}{
		{search.Query{Category: "plumbing-in-space"}, skill.ErrUnknownCategory},
		{search.Query{Skill: "Postgrsql"}, skill.ErrUnknown},
	} {
		if _, err := search.Posts(t.Context(), b.DB, account.Actor{}, test.q); !errors.Is(err, test.want) {
			t.Errorf("%+v: got %v", test.q, err)
		}
	}
}

func TestAPostInAListSaysWhoseItIsAndWhatItPays(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.post(jobpost.ImportRow{Title: "Go server", Description: "# Hello\n\nA **fast** one, <script>please</script>.", Skills: []string{"postgres", "golang"},
		Kind: jobpost.Hourly, BudgetMin: 5_000, BudgetMax: 7_000, Level: "expert", Categories: []string{"web-development"}, Hours: 20})
	i := b.search(search.Query{}).Items[0]

	switch {
	case i.Title != "Go server" || i.Kind != jobpost.Hourly || i.Level != skill.Expert || i.Category != "web-development" || i.Hours != 20:
		t.Errorf("%+v", i)
	case *i.Min != money.Amount{Minor: 5_000, Currency: "EUR"} || *i.Max != money.Amount{Minor: 7_000, Currency: "EUR"}:
		t.Errorf("pays %v to %v", i.Min, i.Max)
	case !slices.Equal(i.Skills, []string{"PostgreSQL", "Go"}):
		t.Errorf("asks for %v", i.Skills)
	case i.Snippet != "Hello A fast one, <script>please</script>.": // plain text, not HTML
		t.Errorf("begins with %q", i.Snippet)
	case !i.Imported || i.Proposals != 0 || i.Cap != 20 || i.Client.Name != "Carl" || *i.Client.Country != "DE" || i.Client.PaymentVerified || i.Client.AnswerRate != nil:
		t.Errorf("%+v", i)
	case i.URL() != jobpost.Post{ID: i.ID}.URL():
		t.Errorf("is at %s", i.URL())
	}
}

func TestAListSaysHowSoonAClientAnswers(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	carl, ada := b.Person("Carl", money.Amount{}), b.freelancer("Ada", "Go")
	for _, hours := range []time.Duration{1, 5, 2} {
		post := b.post(jobpost.ImportRow{Title: fmt.Sprint("Boat ", hours)})
		b.Do(`UPDATE jobpost.posts SET client = $1 WHERE id = $2`, carl.ID, post)
		p, err := proposal.Propose(t.Context(), b.DB, ada, post, proposal.Input{Letter: strings.Repeat(fmt.Sprintf("%d boats. ", hours), 30),
			Price: money.Amount{Minor: 500_000, Currency: "EUR"}, Hours: 20})
		b.OK(err)
		b.Clock.Advance(hours * time.Hour) //nolint:durationcheck // hours are a count
		b.OK(proposal.Decline(t.Context(), b.DB, carl, p.ID, proposal.Reason{Code: "price"}))
	}
	b.post(jobpost.ImportRow{Title: "Boat of somebody new"})
	items := b.search(search.Query{}).Items
	if c := items[1].Client; c.AnswerRate == nil || *c.AnswerRate != 100 || c.MedianAnswer == nil || *c.MedianAnswer != 2*time.Hour {
		t.Errorf("Carl: %+v", c)
	}
	if c := items[0].Client; c.AnswerRate != nil || c.MedianAnswer != nil {
		t.Errorf("somebody new: %+v", c)
	}
}

func TestCountsSayWhatEachChoiceWouldFind(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.post(jobpost.ImportRow{Title: "Logo", Categories: []string{"design"}, Level: "entry"})
	b.post(jobpost.ImportRow{Title: "Logo animation", Categories: []string{"design"}, Kind: jobpost.Hourly, Level: "expert"})
	b.post(jobpost.ImportRow{Title: "Logo text", Categories: []string{"writing"}, Level: "expert"})
	b.post(jobpost.ImportRow{Title: "Boat", Categories: []string{"writing"}})

	page := b.search(search.Query{Text: "logo", Category: "design", Level: skill.Expert})
	if got, want := fmt.Sprint(page.Counts), "{map[design:1 writing:1] map[hourly:1] map[entry:1 expert:1]}"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(b.search(search.Query{}).Counts), "{map[design:2 writing:2] map[fixed:3 hourly:1] map[entry:1 expert:2]}"; got != want {
		t.Errorf("of everything got %s, want %s", got, want)
	}
}

func TestQueriesThatNobodyMeantDoNoHarm(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.post(jobpost.ImportRow{Title: "Boat"})
	for _, text := range []string{
		"'; DROP TABLE jobpost.posts; --", `\`, `'a' & 'b'`, "a:*", "!a", "((((", "<->", "%s %d $1", "-", "--boat", `"boat`, "boat or", "AND OR NOT",
		"https://example.org/a/b?c=d&e=f#g", "a@b.example", "😀", "日本語", "\u0301", "a\u00adb", strings.Repeat("a", 200), strings.Repeat("a ", 100),
		strings.Repeat(`"`, 200), "boat-boat-boat-boat", "1.5e300", "C:\\path\\file", "E'x'", "'''", `''\''`,
	} {
		if _, err := search.Posts(t.Context(), b.DB, account.Actor{}, search.Query{Text: text, Kind: jobpost.Fixed}); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	if got := titles(b.search(search.Query{}).Items); got != "Boat" {
		t.Errorf("left: %s", got)
	}
}

func TestMatchesAreCountedUpToAThousand(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	id := b.post(jobpost.ImportRow{Title: "Boat"})
	b.Do(`INSERT INTO jobpost.posts (client, state, title, description, kind, currency, hire, answer_days, visibility, created_at,
			published_at, answer_by, bond_minor, source, search)
		SELECT client, state, title, description, kind, currency, hire, answer_days, visibility, created_at,
			published_at, answer_by, bond_minor, 'copy ' || n, search
		FROM jobpost.posts, generate_series(1, $2::int) AS n WHERE id = $1`, id, search.MaxTotal)
	for _, q := range []search.Query{{}, {Text: "boat"}, {Sort: search.Price}} {
		if page := b.search(q); page.Total != search.MaxTotal || !page.More || len(page.Items) != 20 {
			t.Errorf("%+v: %d posts of %d, more %v", q, len(page.Items), page.Total, page.More)
		}
	}
	b.Do(`DELETE FROM jobpost.posts WHERE source = 'copy 1'`)
	if page := b.search(search.Query{Text: "boat"}); page.Total != search.MaxTotal || page.More {
		t.Errorf("of exactly a thousand: %d, more %v", page.Total, page.More)
	}
}

func TestASkillIsFoundInTextsThatCallItByAnotherName(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.post(jobpost.ImportRow{Title: "Mend my WP theme"})
	b.post(jobpost.ImportRow{Title: "WordPress for a choir"})
	b.post(jobpost.ImportRow{Title: "Press these words"})
	if got := titles(b.search(search.Query{Text: "WordPress", Sort: search.Newest}).Items); got != "WordPress for a choir, Mend my WP theme" {
		t.Errorf("found %s", got)
	}
}
