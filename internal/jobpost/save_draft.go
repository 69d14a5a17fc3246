package jobpost

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/skill"
	"freehold/internal/terms"
)

// ErrNotClient is the answer to somebody who has not said that they have work to give.
var ErrNotClient = fault.New(fault.Forbidden, "not_a_client",
	"To post work, say in your settings that you are a client, too. It costs nothing, and you stay what you are.")

// SaveDraft writes a draft of by's: a new one where id is 0, otherwise the whole
// of that one anew. Nobody else can see it. What is filled in must be valid: the
// error joins a refusal beside each field that is not, and then nothing is saved.
func SaveDraft(ctx context.Context, d *db.DB, by account.Actor, id ID, in Input) (p Post, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		if !by.Client {
			return ErrNotClient
		}
		post, err := lockDraft(ctx, tx, by, id)
		if err != nil {
			return err
		}
		in, skills, err := in.resolve(ctx, tx)
		if err != nil {
			return err
		}
		post.write(in)
		if _, err := post.heldToFloor(ctx, tx); err != nil {
			return err
		}
		if err := saveDraft(ctx, tx, by, post); err != nil {
			return err
		}
		p = *post
		return saveParts(ctx, tx, by, post, skills, in)
	})
	return p, err
}

// saveDraft writes a draft, and begins its record if it is new.
func saveDraft(ctx context.Context, tx *db.Tx, by account.Actor, p *Post) (err error) {
	if p.ID != 0 {
		return SavePost(ctx, tx, p)
	}
	if p.ID, err = insertPost(ctx, tx, p); err != nil {
		return err
	}
	return journal.Append(ctx, tx, p.Subject(), by, say.That("%s began to write this job post.", by.Name), "a new draft")
}

// lockDraft reads a draft of by's, or begins one.
func lockDraft(ctx context.Context, tx *db.Tx, by account.Actor, id ID) (*Post, error) {
	if id == 0 {
		return &Post{Client: by.ID, State: Draft, CreatedAt: tx.Now}, nil
	}
	p, err := lockOwn(ctx, tx, by, id)
	if err == nil && p.State != Draft {
		err = ErrNotDraft
	}
	return p, err
}

// lockOwn reads a post of by's and keeps it from changing until the transaction
// ends. To everybody else it is not there.
func lockOwn(ctx context.Context, tx *db.Tx, by account.Actor, id ID) (*Post, error) {
	p, err := LockPost(ctx, tx, id)
	if err == nil && p.Client != by.ID {
		err = ErrNotFound
	}
	return p, err
}

// Own returns a post of by's. Those of others are not there.
func Own(ctx context.Context, tx *db.Tx, by account.Actor, id ID) (*Post, error) {
	p, err := PostByID(ctx, tx, id)
	if err == nil && p.Client != by.ID {
		err = ErrNotFound
	}
	return &p, err
}

// resolve tidies what was filled in, looks up what it names, and joins a refusal
// beside each field that is wrong.
func (in Input) resolve(ctx context.Context, tx *db.Tx) (Input, []skill.Skill, error) {
	set, err := terms.Current(ctx, tx)
	if err != nil {
		return in, nil, err
	}
	in, err = in.clean(set)
	wrong := []error{err}
	if in.Category != "" {
		_, err := skill.FindCategory(ctx, tx, in.Category)
		wrong = append(wrong, err)
	}
	var skills []skill.Skill
	if len(in.Skills) <= maxSkills {
		skills, err = skill.Find(ctx, tx, in.Skills)
		wrong = append(wrong, err)
	}
	_, err = terms.BondIn(ctx, tx, in.Currency)
	return in, skills, together(append(wrong, err)...)
}

// heldToFloor returns the floor for the post, and refuses a budget below it. As
// long as something is missing that it takes to tell, there is none.
func (p Post) heldToFloor(ctx context.Context, tx *db.Tx) (terms.Floor, error) {
	hours := p.Kind.FlooredHours(p.Hours)
	if p.Category == "" || p.Level == "" || !p.HasBudget() || hours == 0 {
		return terms.Floor{}, nil
	}
	floor, err := terms.FloorFor(ctx, tx, p.Category, p.Level, nil, p.Currency)
	if err != nil {
		return floor, err
	}
	return floor, atField("budget", floor.Check(p.Min(), hours))
}

// saveParts writes what hangs on a draft: skills, questions and files.
func saveParts(ctx context.Context, tx *db.Tx, by account.Actor, p *Post, skills []skill.Skill, in Input) error {
	if err := saveSkills(ctx, tx, p.ID, skills); err != nil {
		return err
	}
	if err := saveQuestions(ctx, tx, p.ID, in.Questions); err != nil {
		return err
	}
	if err := file.Detach(ctx, tx, by, p.Subject(), in.Drop); err != nil {
		return err
	}
	return file.Attach(ctx, tx, by, p.Subject(), in.Files)
}
