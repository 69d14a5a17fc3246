package jobpost_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
)

func (m market) edit(id jobpost.ID, change func(in *jobpost.Input)) (jobpost.Post, error) {
	m.Helper()
	in := m.show(m.carl, id).Input()
	change(&in)
	return jobpost.EditOpen(context.Background(), m.DB, m.carl, id, in)
}

func TestAnEditIsKeptAndShownToThoseWhoHaveProposed(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(logo()).ID
	m.proposed(id)

	p, err := m.edit(id, func(in *jobpost.Input) {
		in.Title, in.BudgetMax = "A logo for a cider press", 700_00
		in.Skills = append(in.Skills, "Figma")
		in.Files = []file.ID{m.upload(m.carl, "press.txt")}
	})
	m.OK(err)
	if p.Title != "A logo for a cider press" || p.EditedAt == nil || p.State != jobpost.Open {
		t.Errorf("it is %+v", p)
	}
	v := m.show(m.ada, id)
	var edits []string
	for _, e := range v.Edits {
		edits = append(edits, e.Field+": "+e.Was+" > "+e.Now)
	}
	want := []string{
		"title: A logo for an orchard > A logo for a cider press",
		"skills: Logo design, Adobe Illustrator > Logo design, Adobe Illustrator, Figma",
		"budget: 400.00 to 600.00 EUR > 400.00 to 700.00 EUR",
		"files:  > press.txt",
	}
	if strings.Join(edits, "\n") != strings.Join(want, "\n") {
		t.Errorf("Ada sees the edits %q", edits)
	}
	if told := m.notices(m.ada, "post_edited"); len(told) != 1 || !strings.Contains(told[0], "A logo for a cider press") {
		t.Errorf("Ada was told %q", told)
	}
	if acts := m.acts(id); !strings.Contains(acts[len(acts)-1], "edited") {
		t.Errorf("on record is %q", acts)
	}
	m.View(func(ctx context.Context, tx *db.Tx) error {
		found, err := db.Value[bool](ctx, tx, `SELECT search @@ to_tsquery('public.freehold', 'cider & figma') FROM jobpost.posts WHERE id = $1`, id)
		if !found {
			t.Error("nobody finds what it says now")
		}
		return err
	})
}

func TestWhateverChangesItIsAnEdit(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(logo()).ID
	m.Clock.Advance(day)
	p, err := m.edit(id, func(in *jobpost.Input) { in.Skills = in.Skills[:1] })
	m.OK(err)
	if v := m.show(m.carl, id); p.EditedAt == nil || !v.EditedAt.Equal(m.Clock.Now()) || len(v.Edits) != 1 {
		t.Errorf("it was edited at %v: %v", p.EditedAt, v.Edits)
	}
}

func TestAnEditThatChangesNothingIsNone(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(logo()).ID
	m.proposed(id)
	p, err := m.edit(id, func(*jobpost.Input) {})
	m.OK(err)
	if v := m.show(m.carl, id); p.EditedAt != nil || len(v.Edits) != 0 || len(m.notices(m.ada, "post_edited")) != 0 {
		t.Errorf("it counts as %v", v.Edits)
	}
}

func TestUntilSomebodyProposesMoreCanChange(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(logo()).ID
	p, err := m.edit(id, func(in *jobpost.Input) {
		in.BudgetMin, in.BudgetMax, in.Hours, in.Questions = 300_00, 300_00, 12, []string{"Do you like apples?"}
	})
	m.OK(err)
	if v := m.show(m.carl, id); p.BudgetMax != 300_00 || p.Hours != 12 || v.Questions[0] != "Do you like apples?" {
		t.Errorf("it is %+v, asking %q", p, v.Questions)
	}
}

func TestWhatAnEditMayNotDo(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(logo()).ID
	m.proposed(id)
	for _, test := range []struct {
		name   string
		change func(in *jobpost.Input)
		want   string
	}{
		{"lower the budget", func(in *jobpost.Input) { in.BudgetMin-- }, "budget: budget_lowered"},
		{"lower its upper end", func(in *jobpost.Input) { in.BudgetMax-- }, "budget: budget_lowered"},
		{"stretch it over more hours", func(in *jobpost.Input) { in.Hours++ }, "budget: budget_lowered"},
		{"ask something else", func(in *jobpost.Input) { in.Questions = nil }, "questions: questions_answered"},
		{"move to another category", func(in *jobpost.Input) { in.Category = "writing" }, "category: settled_when_published"},
		{"another level", func(in *jobpost.Input) { in.Level = "expert" }, "level: settled_when_published"},
		{"pay by the month", func(in *jobpost.Input) { in.Kind = jobpost.Retainer }, "kind: settled_when_published"},
		{"another currency", func(in *jobpost.Input) { in.Currency = "USD" }, "currency: settled_when_published"},
		{"hire more", func(in *jobpost.Input) { in.Hire = 2 }, "hire: settled_when_published"},
		{"answer later", func(in *jobpost.Input) { in.AnswerDays = 21 }, "answer_in_days: settled_when_published"},
		{"hide it", func(in *jobpost.Input) { in.Visibility = jobpost.Invited }, "visibility: settled_when_published"},
		{"take the title away", func(in *jobpost.Input) { in.Title = "" }, "title: missing"},
		{"say something invalid", func(in *jobpost.Input) { in.Skills = []string{"Alchemy"} }, "skills: unknown_skill"},
	} {
		if _, err := m.edit(id, test.change); faults(err) != test.want {
			t.Errorf("%s: got %v, want %s", test.name, err, test.want)
		}
	}
	if v := m.show(m.carl, id); len(v.Edits) != 0 || len(m.notices(m.ada, "post_edited")) != 0 {
		t.Errorf("there are the edits %v", v.Edits)
	}
}

func TestAnEditIsHeldToTheFloor(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(logo()).ID
	if _, err := m.edit(id, func(in *jobpost.Input) { in.BudgetMin = 40_00 }); faults(err) != "budget: below_floor" {
		t.Errorf("got %v", err)
	}
}

func TestOnlyTheClientEditsAndOnlyWhatIsOpen(t *testing.T) {
	t.Parallel()
	m := open(t)
	id, draft := m.published(logo()).ID, m.draft(logo())
	for _, test := range []struct {
		name string
		by   account.Actor
		id   jobpost.ID
		want error
	}{
		{"a stranger", m.eve, id, jobpost.ErrNotFound},
		{"a draft", m.carl, draft, jobpost.ErrNotOpen},
		{"nothing", m.carl, 1 << 40, jobpost.ErrNotFound},
	} {
		if _, err := jobpost.EditOpen(t.Context(), m.DB, test.by, test.id, logo()); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v", test.name, err)
		}
	}
}

func TestOfTwoEditsAtOnceEachIsWhole(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(logo()).ID
	to := func(title string) func() error {
		in := logo()
		in.Title = title
		return func() error { _, err := jobpost.EditOpen(context.Background(), m.DB, m.carl, id, in); return err }
	}
	if err := errors.Join(together(to("One"), to("Two"))...); err != nil {
		t.Fatal(err)
	}
	v := m.show(m.carl, id)
	if len(v.Edits) != 2 || v.Edits[1].Was != v.Edits[0].Now || v.Edits[1].Now != v.Title {
		t.Errorf("the edits %v do not lead to %q", v.Edits, v.Title)
	}
}

func TestAnEditOfWhichNobodyCanBeToldIsNotMade(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(logo()).ID
	m.proposed(id)
	m.Do(`ALTER TABLE river.river_job ADD CONSTRAINT planted CHECK (false) NOT VALID`)

	if _, err := m.edit(id, func(in *jobpost.Input) { in.Title = "Something else" }); err == nil {
		t.Fatal("edited without telling Ada")
	}
	if v := m.show(m.carl, id); v.Title != logo().Title || len(v.Edits) != 0 {
		t.Errorf("it is %q with %v", v.Title, v.Edits)
	}
}
