package account

import (
	"context"

	"freehold/internal/kit/db"
)

// ChooseLanguage changes in what language by reads us, and nothing else.
func ChooseLanguage(ctx context.Context, d *db.DB, by Actor, language string) error {
	if err := checkLanguage(language); err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error { return saveLanguage(ctx, tx, by.ID, language) })
}
