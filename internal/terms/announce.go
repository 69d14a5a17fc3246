package terms

import (
	"context"
	"errors"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// batch is how many people are told in one transaction.
const batch = 200

// SweepDue tells everybody of terms that are to come. A crash repeats nothing: who
// was told stands in the same transaction. It returns how many it has told.
func SweepDue(ctx context.Context, d *db.DB) (told int, err error) {
	for {
		n, err := tellSome(ctx, d)
		told += n
		if err != nil || n < batch {
			return told, err
		}
	}
}

func tellSome(ctx context.Context, d *db.DB) (told int, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		next, err := takeAnnouncement(ctx, tx)
		if errors.Is(err, db.NoRow) {
			return nil
		} else if err != nil {
			return err
		}
		s, err := At(ctx, tx, next.Version)
		if err != nil {
			return err
		}
		people, err := account.After(ctx, tx, next.ToldTo, batch)
		if err != nil {
			return err
		}
		for _, p := range people {
			if err := tellOf(ctx, tx, p, s); err != nil {
				return err
			}
			next.ToldTo = p
		}
		told = len(people)
		return saveAnnounced(ctx, tx, next.Version, next.ToldTo, told < batch)
	})
	return told, err
}

func tellOf(ctx context.Context, tx *db.Tx, reader account.ID, s Settings) error {
	return notify.Send(ctx, tx, notify.Notice{
		Reader: reader, Kind: "terms_change", Link: "/fees",
		Text: say.That("The terms of this market change on %s. The reason: “%s”. Until then, and for all that you have signed by then, the old ones hold. If you do not want the new ones, you can leave with everything that is yours.", say.Day(s.Since), s.Reason),
	})
}
