package skill_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"freehold/internal/kit/db"
	"freehold/internal/kit/db/dbtest"
	"freehold/internal/kit/fault"
	"freehold/internal/skill"
)

// loaded returns a database with the shipped skills in it.
func loaded(t *testing.T) *db.DB {
	t.Helper()
	d, _ := dbtest.New(t)
	ok(t, skill.Load(t.Context(), d))
	return d
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func find(t *testing.T, d *db.DB, names ...string) (skills []skill.Skill, err error) {
	t.Helper()
	err = d.View(t.Context(), func(tx *db.Tx) (err error) {
		skills, err = skill.Find(t.Context(), tx, names)
		return err
	})
	return skills, err
}

func suggest(t *testing.T, d *db.DB, typed string) []string {
	t.Helper()
	var skills []skill.Skill
	ok(t, d.View(t.Context(), func(tx *db.Tx) (err error) {
		skills, err = skill.Suggest(t.Context(), tx, typed, 5)
		return err
	}))
	return names(skills)
}

func names(skills []skill.Skill) (all []string) {
	for _, s := range skills {
		all = append(all, s.Name)
	}
	return all
}

// counts returns how many categories, skills and aliases there are.
func counts(t *testing.T, d *db.DB) (all []int) {
	t.Helper()
	ok(t, d.View(t.Context(), func(tx *db.Tx) (err error) {
		all, err = db.Values[int](t.Context(), tx, `
			SELECT count(*) FROM skill.categories UNION ALL
			SELECT count(*) FROM skill.skills UNION ALL
			SELECT count(*) FROM skill.aliases`)
		return err
	}))
	return all
}

func TestASkillIsFoundUnderAnyOfItsNames(t *testing.T) {
	t.Parallel()
	d := loaded(t)

	skills, err := find(t, d, "postgres", "  ", "FIGMA", "Node JS", "psql", "c++", "C#", "Español")
	ok(t, err)
	want := []string{"PostgreSQL", "Figma", "Node.js", "C++", "C#", "Spanish"}
	if got := names(skills); !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	if skills[0].Category != "software-and-systems" || skills[0].ID == 0 {
		t.Errorf("found %+v", skills[0])
	}

	none, err := find(t, d)
	if err != nil || len(none) != 0 {
		t.Errorf("asked for nothing and found %v, %v", none, err)
	}
}

func TestAnUnknownSkillIsRefusedWithWhatComesClosest(t *testing.T) {
	t.Parallel()
	d := loaded(t)

	for typed, like := range map[string]string{
		"Phyton":           "Did you mean Python?",
		"Web developement": "Web development", //nolint:misspell // on purpose
		"wordpres":         "WordPress",
		"loggo desing":     "Logo design",
		"javascript dev":   "JavaScript",
	} {
		_, err := find(t, d, "Figma", typed)
		f, isFault := fault.Of(err)
		if !isFault || !errors.Is(err, skill.ErrUnknown) {
			t.Fatalf("%s: got %v", typed, err)
		}
		if f.Field != "skills" || !strings.Contains(f.Say.String(), typed) || !strings.Contains(f.Say.String(), like) {
			t.Errorf("%s: at %q it says %q", typed, f.Field, f.Say)
		}
	}
	_, err := find(t, d, "qqq zzz www", "\x00\xff", strings.Repeat("x", 1_000_000), "fourth")
	if all := fault.All(err); len(all) != 3 || !errors.Is(err, skill.ErrUnknown) || len(err.Error()) > 1000 {
		t.Errorf("got %d refusals: %.1000v", len(all), err)
	}
}

func TestTypingSuggestsTheLikeliestFirst(t *testing.T) {
	t.Parallel()
	d := loaded(t)

	for _, test := range []struct{ typed, first string }{
		{"java", "Java"},
		{"javas", "JavaScript"},
		{"psq", "PostgreSQL"},
		{"gres", "PostgreSQL"},
		{"Figm", "Figma"},
		{"c#", "C#"},
		{"ilustration", "Illustration"},
		{"espan", "Spanish"},
	} {
		got := suggest(t, d, test.typed)
		if len(got) == 0 || len(got) > 5 || got[0] != test.first {
			t.Errorf("%q suggests %q, want %s first", test.typed, got, test.first)
		}
	}
	for _, typed := range []string{"", "  ", "%", "_", `\`, "\x00", "\xff", strings.Repeat("z", 100_000)} {
		if got := suggest(t, d, typed); len(got) != 0 {
			t.Errorf("%.20q suggests %q", typed, got)
		}
	}
}

func TestSkillsAreReadByTheirNumbers(t *testing.T) {
	t.Parallel()
	d := loaded(t)
	skills, err := find(t, d, "Figma", "Go", "Legal translation")
	ok(t, err)

	ids := []skill.ID{skills[2].ID, 1 << 40, skills[0].ID}
	ok(t, d.View(t.Context(), func(tx *db.Tx) error {
		got, err := skill.Of(t.Context(), tx, ids)
		if want := []string{"Legal translation", "Figma"}; !slices.Equal(names(got), want) {
			t.Errorf("read %q, want %q", names(got), want)
		}
		return err
	}))
}

func TestCategoriesHaveAnOrderAndStrangersAreRefused(t *testing.T) {
	t.Parallel()
	d := loaded(t)
	ok(t, d.View(t.Context(), func(tx *db.Tx) error {
		all, err := skill.Categories(t.Context(), tx)
		ok(t, err)
		if len(all) < 15 || all[0].Key != "web-development" || all[len(all)-1].Key != skill.Other {
			t.Errorf("read %v", all)
		}
		if c, err := skill.FindCategory(t.Context(), tx, "design"); err != nil || c.Name != "Design" {
			t.Errorf("read %v, %v", c, err)
		}
		for _, key := range []skill.Key{"alchemy", "", "\x00", "\xff"} {
			if _, err := skill.FindCategory(t.Context(), tx, key); !errors.Is(err, skill.ErrUnknownCategory) {
				t.Errorf("%q: got %v", key, err)
			}
		}
		return nil
	}))
}

func TestLoadingTwiceAtOnceLoadsOnce(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	var wg sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wg.Go(func() { errs[i] = skill.Load(context.Background(), d) })
	}
	wg.Wait()
	ok(t, errors.Join(errs...))

	before := counts(t, d)
	ok(t, skill.Load(t.Context(), d))
	if after := counts(t, d); !slices.Equal(before, after) {
		t.Errorf("had %v, has %v", before, after)
	}
}
