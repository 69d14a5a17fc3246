package translog

import (
	"context"

	"freehold/internal/kit/db"
)

// Shred forgets what is private in the entries about some subjects: their salts go, so
// that the hashes left behind belong to no words that anybody could try. The log
// verifies as before.
func Shred(ctx context.Context, tx *db.Tx, subjects []string) error {
	return db.Exec(ctx, tx, `DELETE FROM translog.salts WHERE n IN (SELECT n FROM translog.entries WHERE subject = ANY($1))`, subjects)
}
