package jobpost

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// Edit is one change of a post while it was open.
type Edit struct {
	Field    string // as forms and the API call it
	Was, Now string
	At       time.Time
}

// Refusals to edit a post that is open.
var (
	ErrSettled = fault.New(fault.Conflict, "settled_when_published",
		"This cannot change while the job post is open: people propose because of it. To change it, close this post and publish another one.")
	ErrQuestionsAnswered = fault.New(fault.Conflict, "questions_answered",
		"Somebody has answered these questions, so they stay as they are. What else you want to know you can ask in a conversation.").At("questions")
	ErrLowered = fault.New(fault.Conflict, "budget_lowered",
		"Somebody has proposed on the strength of this budget: it can go up but not down, and not be stretched over more hours.").At("budget")
)

// EditOpen changes what an open post says: title, description, skills,
// questions, budget and hours; and it adds files. The rest is settled once a post
// is published. Each change is kept on record, and everybody whose proposal is
// open is told of it; on them the budget is not lowered and no question changes.
// The error joins a refusal beside each field that is wrong.
func EditOpen(ctx context.Context, d *db.DB, by account.Actor, id ID, in Input) (p Post, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		post, err := lockOwn(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := post.mustBeOpen(); err != nil {
			return err
		}
		was, err := contentOf(ctx, tx, *post)
		if err != nil {
			return err
		}
		readers, err := proposers(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := rewrite(ctx, tx, by, post, was, in, len(readers) > 0); err != nil {
			return err
		}
		now, err := contentOf(ctx, tx, *post)
		if err != nil {
			return err
		}
		if edits := was.edits(now, tx.Now); len(edits) > 0 {
			err = saveEdited(ctx, tx, by, post, edits, readers)
		}
		p = *post
		return err
	})
	return p, err
}

// rewrite puts what the client filled in into the post, if everybody else can
// live with it, and writes what hangs on the post.
func rewrite(ctx context.Context, tx *db.Tx, by account.Actor, p *Post, was Content, in Input, relied bool) error {
	in, skills, err := in.resolve(ctx, tx)
	if err != nil {
		return err
	}
	p.write(in)
	if err := together(p.mayFollow(was.Post), was.fair(*p, in.Questions, relied)); err != nil {
		return err
	}
	if p.BudgetMin != was.BudgetMin || p.Hours != was.Hours {
		floor, err := p.heldToFloor(ctx, tx)
		if err != nil {
			return err
		}
		p.FloorMinor = floor.Hourly.Minor
	}
	return saveParts(ctx, tx, by, p, skills, in)
}

// mayFollow refuses changes of what is settled when a post is published, and to
// leave out what it must say. A post from elsewhere may lack things, and they can
// be added.
func (p Post) mayFollow(was Post) error {
	settled := func(field string, free bool) error { return unless(free, ErrSettled.At(field)) }
	err := together(
		settled("category", p.Category == was.Category || was.Category == ""),
		settled("level", p.Level == was.Level || was.Level == ""),
		settled("kind", p.Kind == was.Kind),
		settled("currency", p.Currency == was.Currency || !was.HasBudget()),
		settled("hire", p.Hire == was.Hire),
		settled("answer_in_days", p.AnswerDays == was.AnswerDays),
		settled("visibility", p.Visibility == was.Visibility))
	if err == nil && was.missing() == nil {
		return p.missing()
	}
	return err
}

// fair refuses changes that would let down those who have proposed.
func (c Content) fair(now Post, questions []string, relied bool) error {
	if !relied {
		return nil
	}
	lowered := now.BudgetMin < c.BudgetMin || now.BudgetMax < c.BudgetMax
	stretched := now.Kind != Hourly && c.Hours > 0 && now.Hours > c.Hours
	return together(
		unless(!lowered && !stretched, ErrLowered),
		unless(slices.Equal(questions, c.Questions), ErrQuestionsAnswered))
}

// edits are the differences between what a post said and what it says now.
func (c Content) edits(now Content, at time.Time) (edits []Edit) {
	before, after := c.words(), now.words()
	for i, was := range before {
		if was.text != after[i].text {
			edits = append(edits, Edit{was.field, was.text, after[i].text, at})
		}
	}
	return edits
}

type words struct{ field, text string }

// words is what a post says about what can change, field by field.
func (c Content) words() []words {
	var skills, files []string
	for _, s := range c.Skills {
		skills = append(skills, s.Name)
	}
	for _, f := range c.Files {
		files = append(files, f.Name)
	}
	return []words{
		{"title", c.Title},
		{"description", c.Description},
		{"category", string(c.Category)},
		{"level", string(c.Level)},
		{"skills", strings.Join(skills, ", ")},
		{"budget", c.budget()},
		{"hours", strconv.Itoa(c.Hours)},
		{"questions", strings.Join(c.Questions, "\n")},
		{"files", strings.Join(files, ", ")},
	}
}

// saveEdited writes a post that says something new, keeps what has changed, and
// tells those who have proposed.
func saveEdited(ctx context.Context, tx *db.Tx, by account.Actor, p *Post, edits []Edit, readers []account.ID) error {
	p.EditedAt = &tx.Now
	if err := SavePost(ctx, tx, p); err != nil {
		return err
	}
	if err := refreshSearch(ctx, tx, p.ID); err != nil {
		return err
	}
	if err := insertEdits(ctx, tx, p.ID, edits); err != nil {
		return err
	}
	fields := make([]string, len(edits))
	for i, e := range edits {
		fields[i] = e.Field
	}
	act := say.That("%s edited “%s”.", by.Name, p.Title)
	if err := journal.Append(ctx, tx, p.Subject(), by, act, "changed: "+strings.Join(fields, ", ")); err != nil {
		return err
	}
	for _, reader := range readers {
		if err := notify.Send(ctx, tx, notify.Notice{
			Reader: reader, Kind: "post_edited", Link: p.URL(),
			Text: say.That("%s has edited “%s”, on which you have proposed. Look at what changed; your proposal stays as it is unless you edit or withdraw it.", by.Name, p.Title),
		}); err != nil {
			return err
		}
	}
	return nil
}
