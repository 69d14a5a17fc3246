package jobpost_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
)

func TestADraftIsKeptAsFilledIn(t *testing.T) {
	t.Parallel()
	m := open(t)
	in := logo()
	in.Title = "  A logo\nfor an orchard "
	in.Skills = []string{"logo DESIGN", "", "illustrator"}
	in.Questions = []string{" ", "Which of your logos are you proudest of?"}
	in.Files = []file.ID{m.upload(m.carl, "crate.txt")}

	v := m.show(m.carl, m.draft(in))
	if v.State != jobpost.Draft || v.Title != "A logo for an orchard" || v.Description != logo().Description ||
		v.BudgetMax != 600_00 || v.Hours != 10 || v.Hire != 1 || v.AnswerDays != 10 || v.Visibility != jobpost.Public {
		t.Errorf("the draft is %+v", v.Post)
	}
	if len(v.Skills) != 2 || v.Skills[0].Name != "Logo design" || len(v.Questions) != 1 || len(v.Files) != 1 {
		t.Errorf("with it are %v, %q, %v", v.Skills, v.Questions, v.Files)
	}
	if again := v.Input(); again.Title != v.Title || len(again.Skills) != 2 || again.BudgetMax != v.BudgetMax {
		t.Errorf("a form would start with %+v", again)
	}
}

func TestADraftMayLackEverything(t *testing.T) {
	t.Parallel()
	m := open(t)
	v := m.show(m.carl, m.draft(jobpost.Input{}))
	if v.Kind != jobpost.Fixed || v.Currency != "EUR" || v.Hire != 1 || v.AnswerDays != 14 || v.Visibility != jobpost.Public {
		t.Errorf("what goes without saying is %+v", v.Post)
	}
	want := "title: missing, description: missing, category: missing, level: missing, budget: missing, hours: missing"
	if got := faults(v.Missing); got != want {
		t.Errorf("missing are %s", got)
	}
}

// A budget of more than 2,147,483,647 is not unheard of where money has large numbers.
func TestALargeBudgetIsKept(t *testing.T) {
	t.Parallel()
	m := open(t)
	in := logo()
	in.BudgetMin, in.BudgetMax = 2_147_483_648, 30_000_000_00
	id := m.draft(in)
	_, err := jobpost.SaveDraft(t.Context(), m.DB, m.carl, id, in)
	m.OK(err)
	if v := m.show(m.carl, id); v.BudgetMin != in.BudgetMin || v.BudgetMax != in.BudgetMax {
		t.Errorf("kept: %d to %d", v.BudgetMin, v.BudgetMax)
	}
}

func TestSavingAgainTakesThePlaceOfWhatWasThere(t *testing.T) {
	t.Parallel()
	m := open(t)
	first := logo()
	first.Files = []file.ID{m.upload(m.carl, "one.txt"), m.upload(m.carl, "two.txt")}
	id := m.draft(first)
	second := jobpost.Input{Title: "Another title", Skills: []string{"Figma"}, Files: []file.ID{m.upload(m.carl, "three.txt")}, Drop: first.Files[:1]}

	p, err := jobpost.SaveDraft(t.Context(), m.DB, m.carl, id, second)
	m.OK(err)
	v := m.show(m.carl, id)
	if p.ID != id || v.Title != "Another title" || v.Description != "" || v.HasBudget() || v.Category != "" {
		t.Errorf("the draft is %+v", v.Post)
	}
	if len(v.Skills) != 1 || len(v.Questions) != 0 || len(v.Files) != 2 || v.Files[0].Name != "two.txt" {
		t.Errorf("with it are %v, %q, %v", v.Skills, v.Questions, v.Files)
	}
	if acts := m.acts(id); len(acts) != 1 {
		t.Errorf("on record is %q", acts)
	}
}

func TestWhatIsInADraftMustBeValid(t *testing.T) {
	t.Parallel()
	m := open(t)
	for _, test := range []struct {
		name   string
		change func(in *jobpost.Input)
		want   string
	}{
		{"a long title", func(in *jobpost.Input) { in.Title = strings.Repeat("å", 151) }, "title: text_too_long"},
		{"a title just long enough", func(in *jobpost.Input) { in.Title = strings.Repeat("å", 150) }, ""},
		{"a broken title", func(in *jobpost.Input) { in.Title = "a \xff logo" }, "title: not_text"},
		{"a title that PostgreSQL cannot store", func(in *jobpost.Input) { in.Title = "a \x00 logo" }, "title: not_text"},
		{"a long description", func(in *jobpost.Input) { in.Description = strings.Repeat("x", 20_001) }, "description: text_too_long"},
		{"an unknown category", func(in *jobpost.Input) { in.Category = "alchemy" }, "category: unknown_category"},
		{"a broken category", func(in *jobpost.Input) { in.Category = "\x00" }, "category: unknown_category"},
		{"an unknown skill", func(in *jobpost.Input) { in.Skills = []string{"Figma", "Transmutation"} }, "skills: unknown_skill"},
		{"too many skills", func(in *jobpost.Input) { in.Skills = make([]string, 16) }, "skills: too_many_skills"},
		{"an unknown level", func(in *jobpost.Input) { in.Level = "guru" }, "level: unknown_level"},
		{"an unknown kind", func(in *jobpost.Input) { in.Kind = "barter" }, "kind: unknown_kind"},
		{"an unknown currency", func(in *jobpost.Input) { in.Currency = "\x00" }, "currency: currency_not_traded"},
		{"a currency we do not trade in", func(in *jobpost.Input) { in.Currency = "AOA" }, "currency: currency_not_traded"},
		{"a negative budget", func(in *jobpost.Input) { in.BudgetMin, in.BudgetMax = -1, -1 }, "budget: budget_out_of_range"},
		{"a budget upside down", func(in *jobpost.Input) { in.BudgetMin, in.BudgetMax = 900_00, 800_00 }, "budget: budget_out_of_range"},
		{"a budget without its lower end", func(in *jobpost.Input) { in.BudgetMin = 0 }, "budget: budget_out_of_range"},
		{"an absurd budget", func(in *jobpost.Input) { in.BudgetMax = money.Max + 1 }, "budget: budget_out_of_range"},
		{"a budget that overflows", func(in *jobpost.Input) { in.BudgetMin, in.BudgetMax = math.MaxInt64, math.MaxInt64 }, "budget: budget_out_of_range"},
		{"negative hours", func(in *jobpost.Input) { in.Hours = -1 }, "hours: hours_out_of_range"},
		{"a lifetime of hours", func(in *jobpost.Input) { in.Hours = 10_001 }, "hours: hours_out_of_range"},
		{"more hours than a week has", func(in *jobpost.Input) { in.Kind, in.Hours = jobpost.Hourly, 169 }, "hours: hours_out_of_range"},
		{"more hours than a month has", func(in *jobpost.Input) { in.Kind, in.Hours = jobpost.Retainer, 745 }, "hours: hours_out_of_range"},
		{"six questions", func(in *jobpost.Input) { in.Questions = []string{"1", "2", "3", "4", "5", "6"} }, "questions: too_many_questions"},
		{"a long question", func(in *jobpost.Input) { in.Questions = []string{"1", strings.Repeat("x", 501)} }, "questions.1: text_too_long"},
		{"too many to hire", func(in *jobpost.Input) { in.Hire = 21 }, "hire: hire_out_of_range"},
		{"fewer than nobody to hire", func(in *jobpost.Input) { in.Hire = -1 }, "hire: hire_out_of_range"},
		{"an answer tomorrow", func(in *jobpost.Input) { in.AnswerDays = 1 }, "answer_in_days: answer_days_out_of_range"},
		{"an answer next year", func(in *jobpost.Input) { in.AnswerDays = 365 }, "answer_in_days: answer_days_out_of_range"},
		{"a secret", func(in *jobpost.Input) { in.Visibility = "secret" }, "visibility: unknown_visibility"},
		{"below the floor", func(in *jobpost.Input) { in.BudgetMin = 40_00 }, "budget: below_floor"},
		{"somebody else's file", func(in *jobpost.Input) { in.Files = []file.ID{m.upload(m.eve, "eve.txt")} }, "files: file_not_attachable"},
		{"a file that is not there", func(in *jobpost.Input) { in.Files = []file.ID{1 << 40} }, "files: file_not_attachable"},
		{"three things at once", func(in *jobpost.Input) { in.Title, in.Hours, in.Level = strings.Repeat("x", 151), -1, "guru" },
			"title: text_too_long, hours: hours_out_of_range, level: unknown_level"},
	} {
		in := logo()
		test.change(&in)
		if _, err := jobpost.SaveDraft(t.Context(), m.DB, m.carl, 0, in); faults(err) != test.want {
			t.Errorf("%s: got %v, want %s", test.name, err, test.want)
		}
	}
}

func TestADraftIsItsClientsAlone(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.draft(logo())
	open := m.published(logo()).ID
	freelancer := m.ada
	freelancer.Client = false

	for _, test := range []struct {
		name string
		by   account.Actor
		id   jobpost.ID
		want error
	}{
		{"a stranger", m.eve, id, jobpost.ErrNotFound},
		{"a draft that is not there", m.carl, 1 << 40, jobpost.ErrNotFound},
		{"what is open is no draft", m.carl, open, jobpost.ErrNotDraft},
		{"somebody without work to give", freelancer, 0, jobpost.ErrNotClient},
		{"somebody who is not signed in", account.Actor{}, 0, jobpost.ErrNotClient},
	} {
		if _, err := jobpost.SaveDraft(t.Context(), m.DB, test.by, test.id, logo()); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v", test.name, err)
		}
	}
}

func TestADraftThatCannotBeRecordedIsNotBegun(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.fails()
	if _, err := jobpost.SaveDraft(t.Context(), m.DB, m.carl, 0, logo()); err == nil {
		t.Error("begun without a record")
	}
	if mine, err := jobpost.ListMine(t.Context(), m.DB, m.carl, 0, 10); err != nil || len(mine) != 0 {
		t.Errorf("there is %v, %v", mine, err)
	}
}
