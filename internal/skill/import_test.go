package skill_test

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"freehold/internal/skill"
)

// realFile is a large list of skills that lies beside the project, never in it.
const realFile = "../../../shared/data/skills/taxonomy_merged.jsonl"

func TestImportedSkillsAreFoundLikeOurOwn(t *testing.T) {
	t.Parallel()
	d := loaded(t)
	rows := []int{}
	rep, err := skill.Import(t.Context(), d, strings.NewReader(`
{"skill": "Basket weaving", "category": "Design, Media & Architecture", "aliases": ["Baskets", "Wicker work"]}
{"skill": "Postgres", "category": "Databases", "aliases": ["PG database"]}
{"skill": "Wicker work", "category": "Crafts"}

not a skill
{"skill": "basket-weaving", "category": "Crafts", "aliases": ["figma"]}
`), func(n int) { rows = append(rows, n) })
	ok(t, err)

	if rep.Rows != 5 || rep.Skills != 2 || len(rep.Refused) != 1 || rep.Refused[0].Line != 6 || rep.Refused[0].Why == "" {
		t.Errorf("the report is %+v", rep)
	}
	if !slices.Equal(rows, []int{5}) {
		t.Errorf("progress was %v", rows)
	}
	skills, err := find(t, d, "baskets", "wicker work", "pg database", "figma")
	ok(t, err)
	if got, want := names(skills), []string{"Basket weaving", "Wicker work", "PostgreSQL", "Figma"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	if skills[0].Category != "design" || skills[1].Category != skill.Other {
		t.Errorf("found %+v", skills)
	}
}

func TestANameTakesAWordFromAnAliasThatCameBefore(t *testing.T) {
	t.Parallel()
	d := loaded(t)
	for _, row := range []string{`{"skill": "Weaving", "aliases": ["Looms"]}`, `{"skill": "Looms"}`, `{"skill": "Weaving", "aliases": ["looms"]}`} {
		_, err := skill.Import(t.Context(), d, strings.NewReader(row), nil)
		ok(t, err)
	}
	skills, err := find(t, d, "looms", "weaving")
	ok(t, err)
	if got, want := names(skills), []string{"Looms", "Weaving"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestAnImportCutShortIsSimplyRunAgain(t *testing.T) {
	t.Parallel()
	d := loaded(t)
	file := `{"skill": "Weaving"}` + "\n" + `{"skill": "Spinning", "aliases": ["yarn"]}` + "\n"
	broken := io.MultiReader(strings.NewReader(file[:30]), iotest.ErrReader(io.ErrUnexpectedEOF))

	rep, err := skill.Import(t.Context(), d, broken, nil)
	if !errors.Is(err, io.ErrUnexpectedEOF) || rep.Skills != 1 {
		t.Errorf("got %+v, %v", rep, err)
	}
	rep, err = skill.Import(t.Context(), d, strings.NewReader(file), nil)
	if err != nil || rep.Skills != 1 || rep.Aliases != 1 {
		t.Errorf("got %+v, %v", rep, err)
	}
}

func TestAFileOfSomethingElseIsGivenUp(t *testing.T) {
	t.Parallel()
	d := loaded(t)
	good := `{"skill": "Weaving"}` + "\n"

	rep, err := skill.Import(t.Context(), d, strings.NewReader(good+strings.Repeat("name,price\n", 5000)), nil)
	if !errors.Is(err, skill.ErrNotSkills) || rep.Rows != 1001 || rep.Skills != 1 {
		t.Errorf("got %d rows, %d skills, %v", rep.Rows, rep.Skills, err)
	}
	_, err = skill.Import(t.Context(), d, strings.NewReader(good+strings.Repeat("x", 2<<20)), nil)
	if !errors.Is(err, skill.ErrLineTooLong) || !strings.Contains(err.Error(), "Line 2") {
		t.Errorf("got %v", err)
	}
}

func TestLoadingLeavesWhatWasImported(t *testing.T) {
	t.Parallel()
	d := loaded(t)
	_, err := skill.Import(t.Context(), d, strings.NewReader(`{"skill": "Weaving", "aliases": ["looms"]}`), nil)
	ok(t, err)
	before := counts(t, d)

	ok(t, skill.Load(t.Context(), d))
	if after := counts(t, d); !slices.Equal(before, after) {
		t.Errorf("had %v, has %v", before, after)
	}
}

func TestARealFileGoesInOnce(t *testing.T) {
	t.Parallel()
	d := loaded(t)
	report := func() skill.Report {
		f, err := os.Open(realFile)
		if err != nil {
			t.Fatalf("This test reads real skills from %s, beside the project's folder; it is not there: %v", realFile, err)
		}
		defer f.Close()
		rep, err := skill.Import(t.Context(), d, f, nil)
		ok(t, err)
		return rep
	}

	first := report()
	if first.Rows < 5000 || first.Skills < 3000 || first.Aliases < 3000 || len(first.Refused) > 50 {
		t.Errorf("the first time: %d rows, %d skills, %d aliases, refused %v", first.Rows, first.Skills, first.Aliases, first.Refused)
	}
	if _, err := find(t, d, "Phyton"); err == nil || !strings.Contains(err.Error(), "Python") {
		t.Errorf("among so many skills Phyton finds %v", err)
	}
	before := counts(t, d)
	again := report()
	if again.Rows != first.Rows || again.Skills != 0 || again.Aliases != 0 {
		t.Errorf("the second time: %d rows, %d skills, %d aliases", again.Rows, again.Skills, again.Aliases)
	}
	ok(t, skill.Load(t.Context(), d))
	if after := counts(t, d); !slices.Equal(before, after) {
		t.Errorf("had %v, has %v", before, after)
	}
}
