package skill

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

// ErrUnknown refuses a word that is no skill of ours.
var ErrUnknown = fault.New(fault.Invalid, "unknown_skill", "We don't know the skill “%s”. Did you mean %s? Please choose one that is listed.").At("skills")

// errUnlikeAny is ErrUnknown when nothing comes close.
var errUnlikeAny = fault.New(fault.Invalid, "unknown_skill", "We don't know the skill “%s”. Please choose one that is listed, and put the rest into your own words.").At("skills")

// Find returns the skills that names mean, in their order and each once. Names
// and aliases do, however they are written; blank ones mean nothing. When names
// are unknown, the error holds an ErrUnknown for each of the first three, which
// proposes the closest skills.
func Find(ctx context.Context, tx *db.Tx, names []string) ([]Skill, error) {
	skills, unknown, err := Known(ctx, tx, names)
	if err != nil {
		return nil, err
	}
	var refusals []error
	for _, name := range unknown[:min(len(unknown), 3)] {
		refusal, err := refuse(ctx, tx, printable(name))
		if err != nil {
			return nil, err
		}
		refusals = append(refusals, refusal)
	}
	if len(refusals) > 0 {
		return nil, errors.Join(refusals...)
	}
	return skills, nil
}

// Known is Find for names that nobody will correct: it returns the skills that
// they mean, and those that mean none.
func Known(ctx context.Context, tx *db.Tx, names []string) (skills []Skill, unknown []string, err error) {
	keys := make([]string, len(names))
	for i, name := range names {
		keys[i] = fold(name)
	}
	found, err := skillsByKey(ctx, tx, keys)
	if err != nil {
		return nil, nil, err
	}
	known := map[int]bool{}
	for _, f := range found {
		known[f.N-1] = true
		skills = appendNew(skills, f.Skill)
	}
	for i, name := range names {
		if !known[i] && strings.TrimSpace(name) != "" {
			unknown = append(unknown, name)
		}
	}
	return skills, unknown, nil
}

// NamesOf returns every way to write a skill, its own name among them.
func NamesOf(ctx context.Context, tx *db.Tx, id ID) ([]string, error) { return namesOf(ctx, tx, id) }

// refuse says that name is unknown, and what comes closest.
func refuse(ctx context.Context, tx *db.Tx, name string) (*fault.Error, error) {
	like, err := closest(ctx, tx, fold(name), 3)
	if err != nil {
		return nil, err
	}
	if len(like) == 0 {
		return errUnlikeAny.With(name), nil
	}
	var words []string
	for _, s := range like {
		words = append(words, s.Name)
	}
	return ErrUnknown.With(name, strings.Join(words, ", ")), nil
}

// printable is what people typed, fit to be shown back to them.
func printable(name string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(name), " ") {
		if b.Len() >= maxName {
			return b.String() + "…"
		}
		if unicode.IsPrint(r) && r != unicode.ReplacementChar {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Suggest returns up to n skills for what somebody has begun to type: those it
// is a part of, the likeliest first, or else those that are written almost like
// it. Nothing typed suggests nothing.
func Suggest(ctx context.Context, tx *db.Tx, typed string, n int) ([]Skill, error) {
	key := fold(printable(typed))
	if key == "" {
		return nil, nil
	}
	skills, err := containing(ctx, tx, key, n)
	if err != nil || len(skills) > 0 {
		return skills, err
	}
	return closest(ctx, tx, key, n)
}

// closest returns up to n skills that are written almost like key: those that a
// slip of the fingers turns into it, or else those that have much in common
// with it.
func closest(ctx context.Context, tx *db.Tx, key string, n int) ([]Skill, error) {
	words, err := similar(ctx, tx, key)
	if err != nil {
		return nil, err
	}
	allowed := 1 + utf8.RuneCountInString(key)/5
	var slips, kin []Skill
	for _, w := range words {
		switch {
		case edits(w.Key, key) <= allowed:
			slips = appendNew(slips, w.Skill)
		case w.Alike >= 0.3:
			kin = appendNew(kin, w.Skill)
		}
	}
	if len(slips) == 0 {
		slips = kin
	}
	return slips[:min(n, len(slips))], nil
}

func appendNew(all []Skill, s Skill) []Skill {
	if slices.Contains(all, s) {
		return all
	}
	return append(all, s)
}

// edits returns how many letters must be put in, left out or changed to make a
// into b (Levenshtein's distance).
func edits(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range to {
			change := diagonal
			if r != s {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(to)]
}

// Of returns the skills with these ids in their order. Ids that do not exist
// are left out.
func Of(ctx context.Context, tx *db.Tx, ids []ID) ([]Skill, error) {
	return db.All[Skill](ctx, tx, `
		SELECT s.id, s.name, s.category
		FROM unnest($1::bigint[]) WITH ORDINALITY AS asked (id, n)
		JOIN skill.skills s ON s.id = asked.id
		ORDER BY asked.n`, ids)
}
