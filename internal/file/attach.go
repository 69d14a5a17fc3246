package file

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
)

// Attach makes the loose files of by part of a thing, such as "message/12". Files
// that somebody else uploaded, or that are attached already, are refused, and
// so is more than a thing can carry. Whoever writes to one thing from several
// sides at once locks it first.
func Attach(ctx context.Context, tx *db.Tx, by account.Actor, subject string, ids []ID) error {
	if len(ids) == 0 {
		return nil
	}
	there, err := countOf(ctx, tx, subject)
	if err != nil {
		return err
	}
	if there+len(ids) > MaxAttached {
		return ErrTooMany.With(MaxAttached)
	}
	changed, err := attach(ctx, tx, by.ID, subject, ids)
	if err == nil && changed != len(ids) {
		err = ErrNotLoose
	}
	return err
}

// Detach takes files of by off a thing again: they are as loose as if they had
// just been uploaded. It is for what its owner may edit, never for evidence.
func Detach(ctx context.Context, tx *db.Tx, by account.Actor, subject string, ids []ID) error {
	return detach(ctx, tx, by.ID, subject, ids)
}

// Of returns the files attached to a thing, in the order in which they were
// uploaded.
func Of(ctx context.Context, tx *db.Tx, subject string) ([]File, error) {
	all, err := OfMany(ctx, tx, []string{subject})
	return all[subject], err
}

// Ask asks for the files attached to something.
func Ask(a *db.Ask, answer *[]File, subject string) {
	db.AskAll(a, answer, ofSubjects, []string{subject})
}

// OfMany returns the files attached to many things, by thing.
func OfMany(ctx context.Context, tx *db.Tx, subjects []string) (map[string][]File, error) {
	if len(subjects) == 0 {
		return nil, nil
	}
	files, err := filesOf(ctx, tx, subjects)
	of := make(map[string][]File, len(subjects))
	for _, f := range files {
		of[f.Subject] = append(of[f.Subject], f)
	}
	return of, err
}

// Find returns one file, without asking who may see it. It fails with ErrNotFound.
func Find(ctx context.Context, tx *db.Tx, id ID) (File, error) { return fileByID(ctx, tx, id) }
