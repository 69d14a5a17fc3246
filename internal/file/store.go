package file

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
)

const columns = `id, owner, name, type, size, key, coalesce(subject, '') AS subject, at`

func insert(ctx context.Context, tx *db.Tx, f File) (File, error) {
	return db.One[File](ctx, tx, `
		INSERT INTO file.files (owner, name, type, size, key, at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING `+columns,
		f.Owner, f.Name, f.Type, f.Size, f.Key, tx.Now)
}

func fileByID(ctx context.Context, tx *db.Tx, id ID) (File, error) {
	f, err := db.One[File](ctx, tx, `SELECT `+columns+` FROM file.files WHERE id = $1`, id)
	if errors.Is(err, db.NoRow) {
		err = ErrNotFound
	}
	return f, err
}

const ofSubjects = `SELECT ` + columns + ` FROM file.files WHERE subject = ANY($1) ORDER BY id`

func filesOf(ctx context.Context, tx *db.Tx, subjects []string) ([]File, error) {
	return db.All[File](ctx, tx, ofSubjects, subjects)
}

func countOf(ctx context.Context, tx *db.Tx, subject string) (int, error) {
	return db.Value[int](ctx, tx, `SELECT count(*) FROM file.files WHERE subject = $1`, subject)
}

// attach returns how many of the files were loose and the owner's, and so
// changed hands. Of two at once that want the same file, one finds it taken.
func attach(ctx context.Context, tx *db.Tx, owner account.ID, subject string, ids []ID) (int, error) {
	tag, err := tx.Exec(ctx, `
		UPDATE file.files SET subject = $2 WHERE owner = $1 AND id = ANY($3) AND subject IS NULL`, owner, subject, ids)
	return int(tag.RowsAffected()), err
}

func detach(ctx context.Context, tx *db.Tx, owner account.ID, subject string, ids []ID) error {
	return db.Exec(ctx, tx, `
		UPDATE file.files SET subject = NULL, at = $4 WHERE owner = $1 AND subject = $2 AND id = ANY($3)`, owner, subject, ids, tx.Now)
}

// deleteLoose deletes up to n files that nothing has held since a time, and
// returns where their bytes are.
func deleteLoose(ctx context.Context, tx *db.Tx, before time.Time, n int) ([]string, error) {
	return db.Values[string](ctx, tx, `
		DELETE FROM file.files WHERE id IN (
			SELECT id FROM file.files WHERE subject IS NULL AND at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)
		RETURNING key`, before, n)
}
