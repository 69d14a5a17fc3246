package jobpost_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/proposal"
)

// row is a post from elsewhere as good as they come.
func row() jobpost.ImportRow {
	return jobpost.ImportRow{
		Source: "elsewhere 00001", Note: "posted 2023-02-07",
		Client:      jobpost.ImportClient{Source: "elsewhere/client/1", Name: "Somebody in Kenya", Country: "KE"},
		Title:       "Label for R&amp;D honey",
		Description: "We have bees &lt;3\r\nand need a label.",
		Categories:  []string{"Graphic Design", "Design"}, Skills: []string{"illustrator", "Beekeeping", "LOGO design"},
		Level: "expert", Kind: jobpost.Fixed, Currency: "USD", BudgetMin: 300_00, BudgetMax: 300_00,
	}
}

func (m market) imported(r jobpost.ImportRow) (id jobpost.ID, created bool, err error) {
	m.Helper()
	err = m.DB.Update(context.Background(), func(tx *db.Tx) (err error) {
		id, created, err = jobpost.Import(context.Background(), tx, r)
		return err
	})
	return id, created, err
}

func TestAPostFromElsewhereIsOpenAtOnce(t *testing.T) {
	t.Parallel()
	m := open(t)
	id, created, err := m.imported(row())
	m.OK(err)
	v := m.show(m.eve, id)
	if !created || v.State != jobpost.Open || !v.Bond().IsZero() || !v.AnswerBy.Equal(m.Clock.Now().Add(21*day)) {
		t.Errorf("it is %+v", v.Post)
	}
	if v.Title != "Label for R&D honey" || v.Description != "We have bees <3\nand need a label." || v.Source != "elsewhere 00001" || v.SourceNote != "posted 2023-02-07" {
		t.Errorf("it says %q and %q", v.Title, v.Description)
	}
	if v.Category != "design" || v.Level != "expert" || len(v.Skills) != 2 || v.FloorMinor == 0 || v.Min().Minor != 300_00 {
		t.Errorf("it is %+v with %v", v.Post, v.Skills)
	}
	if v.Client.Name != "Somebody in Kenya" || v.Client.Country != "KE" || !v.Client.Imported || v.Client.Verified {
		t.Errorf("it is of %+v", v.Client)
	}
	if acts := m.acts(id); len(acts) != 1 || !strings.Contains(acts[0], "elsewhere 00001") {
		t.Errorf("on record is %q", acts)
	}
}

func TestAPostFromElsewhereMayLackNearlyEverything(t *testing.T) {
	t.Parallel()
	m := open(t)
	id, _, err := m.imported(jobpost.ImportRow{Source: "x", Title: "Flutter", Client: jobpost.ImportClient{Source: "c", Name: "Somebody"}, Currency: "USD"})
	m.OK(err)
	v := m.show(m.eve, id)
	if v.State != jobpost.Open || v.Description != "" || v.Category != "" || v.Level != "" || v.HasBudget() || v.Hours != 0 || v.CategoryName != "" {
		t.Errorf("it is %+v", v.Post)
	}
	if _, err := proposal.Propose(t.Context(), m.DB, m.ada, id, proposal.Input{Letter: "I know Flutter well.", Price: money.Amount{Minor: 500_00, Currency: "USD"}, Hours: 10}); err != nil {
		t.Errorf("nobody can propose on it: %v", err)
	}
}

func TestImportingAgainChangesNothing(t *testing.T) {
	t.Parallel()
	m := open(t)
	first, _, err := m.imported(row())
	m.OK(err)
	again := row()
	again.Title = "Something else"
	second, created, err := m.imported(again)
	m.OK(err)
	if created || second != first || m.show(m.eve, first).Title == again.Title {
		t.Errorf("the second time makes %d of %d", second, first)
	}
}

func TestImportingTwiceAtOnceImportsOnce(t *testing.T) {
	t.Parallel()
	m := open(t)
	var ids [2]jobpost.ID
	var created [2]bool
	act := func(i int) func() error {
		return func() (err error) { ids[i], created[i], err = m.imported(row()); return err }
	}
	if err := errors.Join(together(act(0), act(1))...); err != nil {
		t.Fatal(err)
	}
	if ids[0] != ids[1] || created[0] == created[1] {
		t.Errorf("made %v, %v", ids, created)
	}
}

func TestOneClientFromElsewhereIsOnePerson(t *testing.T) {
	t.Parallel()
	m := open(t)
	other := row()
	other.Source, other.Title = "elsewhere 00002", "Another one"
	first, _, err := m.imported(row())
	m.OK(err)
	second, _, err := m.imported(other)
	m.OK(err)
	if a, b := m.show(m.eve, first).Client.ID, m.show(m.eve, second).Client.ID; a != b {
		t.Errorf("they are %d and %d", a, b)
	}
}

func TestRowsThatAreRefused(t *testing.T) {
	t.Parallel()
	m := open(t)
	for _, test := range []struct {
		name   string
		change func(r *jobpost.ImportRow)
		want   string
	}{
		{"no source", func(r *jobpost.ImportRow) { r.Source = "" }, "source: source_missing"},
		{"no title", func(r *jobpost.ImportRow) { r.Title = " &nbsp; " }, "title: title_missing"},
		{"a novel", func(r *jobpost.ImportRow) { r.Description = strings.Repeat("word ", 4001) }, "description: text_too_long"},
		{"broken text", func(r *jobpost.ImportRow) { r.Description = "a\x00b" }, "description: not_text"},
		{"a price of one", func(r *jobpost.ImportRow) { r.BudgetMin, r.BudgetMax = 1_00, 1_00 }, "budget: below_floor"},
		{"a rate of one", func(r *jobpost.ImportRow) { r.Kind, r.BudgetMin, r.BudgetMax = jobpost.Hourly, 1_00, 50_00 }, "budget: below_floor"},
		{"a price of one at no level", func(r *jobpost.ImportRow) { r.Level, r.Categories, r.BudgetMin, r.BudgetMax = "", nil, 1_00, 1_00 }, "budget: below_floor"},
		{"a price below nothing", func(r *jobpost.ImportRow) { r.BudgetMin, r.BudgetMax = -1, -1 }, "budget: budget_out_of_range"},
		{"money that is not traded", func(r *jobpost.ImportRow) { r.Currency = "XAU" }, "currency: currency_not_traded"},
		{"an unknown kind", func(r *jobpost.ImportRow) { r.Kind = "barter" }, "kind: unknown_kind"},
		{"an impossible estimate", func(r *jobpost.ImportRow) { r.Hours = 1_000_000 }, "hours: hours_out_of_range"},
	} {
		r := row()
		test.change(&r)
		if _, created, err := m.imported(r); created || faults(err) != test.want {
			t.Errorf("%s: got %v, want %s", test.name, err, test.want)
		}
	}
	m.View(func(ctx context.Context, tx *db.Tx) error {
		n, err := db.Value[int](ctx, tx, `SELECT count(*) FROM account.people WHERE source IS NOT NULL`)
		if n != 0 {
			t.Errorf("%d clients came with rows that were refused", n)
		}
		return err
	})
}

func TestARefusedRowLeavesItsTransactionUsable(t *testing.T) {
	t.Parallel()
	m := open(t)
	bad, good := row(), row()
	bad.Source, bad.Title = "elsewhere 00000", ""
	m.OK(m.DB.Update(t.Context(), func(tx *db.Tx) error {
		if _, _, err := jobpost.Import(t.Context(), tx, bad); err == nil {
			t.Error("a row without a title went in")
		}
		_, created, err := jobpost.Import(t.Context(), tx, good)
		if !created {
			t.Error("the row after it did not go in")
		}
		return err
	}))
}

func TestALongTitleIsCutAtAWord(t *testing.T) {
	t.Parallel()
	m := open(t)
	r := row()
	r.Title = strings.Repeat("überlanger ", 30)
	id, _, err := m.imported(r)
	m.OK(err)
	if title := m.show(m.eve, id).Title; utf8.RuneCountInString(title) > 150 || !strings.HasSuffix(title, "überlanger…") {
		t.Errorf("the title is %q", title)
	}
}

func TestNobodyIsOwedAnythingOnAPostFromElsewhere(t *testing.T) {
	t.Parallel()
	m := open(t)
	id, _, err := m.imported(row())
	m.OK(err)
	m.Clock.Advance(21 * day)
	m.lapse()
	if v := m.show(m.eve, id); v.State != jobpost.Closed {
		t.Errorf("it is %s", v.State)
	}
}
