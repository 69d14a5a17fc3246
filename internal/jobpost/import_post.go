package jobpost

import (
	"context"
	"errors"
	"html"
	"slices"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
	"freehold/internal/skill"
	"freehold/internal/terms"
)

// ImportRow is one post of another marketplace. Only its source and title must
// be there.
type ImportRow struct {
	Source      string // unique for ever: "peopleperhour pph-00001"
	Note        string // what it says that we cannot use, such as its date
	Client      ImportClient
	Title       string // in HTML entities, as all its texts may be
	Description string
	Categories  []string // as the source calls them, the finest first
	Skills      []string // as the source calls them
	Level       string   // entry, intermediate or expert
	Kind        Kind
	Currency    string
	BudgetMin   int64 // in minor units, see Post
	BudgetMax   int64
	Hours       int
}

// ImportClient is whose post it is: the same Source is the same client.
type ImportClient struct{ Source, Name, Country string }

// importDays is how long a post from elsewhere stays open: nobody here has
// promised an answer on it.
const importDays = 21

const maxSource = 300 // characters

// Refusals of rows.
var (
	ErrNoSource = fault.New(fault.Invalid, "source_missing", "The row does not say which post it is.").At("source")
	ErrNoTitle  = fault.New(fault.Invalid, "title_missing", "The row has no title.").At("title")
)

// Import brings one post from elsewhere in and publishes it, with no answer bond
// behind it. A row that was brought in before changes nothing, and created is
// false. What is unknown here is left out: skills, a level, a country. A row is
// refused, before anything is written, when it has no title, a text that is too
// long, a currency that is not traded, or a price below the floor for one hour.
func Import(ctx context.Context, tx *db.Tx, row ImportRow) (id ID, created bool, err error) {
	if err := together(line("source", &row.Source, maxSource), line("note", &row.Note, maxSource)); err != nil {
		return 0, false, err
	}
	if row.Source == "" {
		return 0, false, ErrNoSource
	}
	if id, err = postBySource(ctx, tx, row.Source); !errors.Is(err, db.NoRow) {
		return id, false, err
	}
	p, err := row.post(ctx, tx)
	if err != nil {
		return 0, false, err
	}
	client := row.Client
	if p.Client, err = account.ImportPerson(ctx, tx, client.Source, client.Name, client.Country); err != nil {
		return 0, false, err
	}
	p.ID, err = insertPost(ctx, tx, &p)
	if errors.Is(err, db.NoRow) { // somebody else was quicker
		id, err = postBySource(ctx, tx, row.Source)
		return id, false, err
	}
	if err != nil {
		return 0, false, err
	}
	return p.ID, true, finishImport(ctx, tx, p, row.Skills)
}

// finishImport adds what hangs on a post from elsewhere.
func finishImport(ctx context.Context, tx *db.Tx, p Post, names []string) error {
	skills, _, err := skill.Known(ctx, tx, names)
	if err != nil {
		return err
	}
	if err := saveSkills(ctx, tx, p.ID, skills[:min(len(skills), maxSkills)]); err != nil {
		return err
	}
	if err := refreshSearch(ctx, tx, p.ID); err != nil {
		return err
	}
	act := say.That("This job post was brought over from elsewhere: %s.", p.Source)
	return journal.Append(ctx, tx, p.Subject(), account.System, act, "import")
}

// post is the row as an open post, or all that speaks against it.
func (row ImportRow) post(ctx context.Context, tx *db.Tx) (p Post, err error) {
	in, err := row.input().clean(terms.Settings{})
	if err := together(err, unless(in.Title != "", ErrNoTitle)); err != nil {
		return p, err
	}
	p = Post{State: Draft, CreatedAt: tx.Now, Source: row.Source, SourceNote: row.Note}
	p.write(in)
	floor, err := terms.FloorFor(ctx, tx, or(p.Category, skill.Other), or(p.Level, skill.Entry), nil, p.Currency)
	if err != nil {
		return p, err
	}
	if p.HasBudget() {
		if err := floor.Check(p.Min(), max(1, p.Kind.FlooredHours(p.Hours))); err != nil {
			return p, atField("budget", err)
		}
	}
	return p, p.Publish(tx.Now, money.Zero(p.Currency), floor.Hourly)
}

// input is the row as a client of ours would have filled it in.
func (row ImportRow) input() Input {
	in := Input{
		Title:       prose.Snippet(html.UnescapeString(row.Title), maxTitle),
		Description: html.UnescapeString(row.Description),
		Kind:        row.Kind,
		Currency:    row.Currency,
		BudgetMin:   or(row.BudgetMin, row.BudgetMax),
		BudgetMax:   row.BudgetMax,
		Hours:       row.Hours,
		AnswerDays:  importDays,
	}
	if len(row.Categories) > 0 {
		in.Category = skill.CategoryOf(row.Categories...)
	}
	if l := skill.Level(row.Level); slices.Contains(skill.Levels, l) {
		in.Level = l
	}
	return in
}
