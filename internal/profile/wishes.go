package profile

import (
	"context"
	"errors"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/skill"
)

// Wishes are what a freelancer does not want to be invited to. Posts are theirs to
// find and to propose to all the same.
type Wishes struct {
	RestsUntil *time.Time    // no invitations before this day, UTC; nil: at any time
	Least      *money.Amount // no work at a fixed price below this; nil: any
	Unwanted   []skill.Key   // no work in these categories
}

// Refusals of wishes.
var (
	ErrRestsTooLong = fault.New(fault.Invalid, "rests_too_long",
		"Please give a day within the next two years, or none.").At("rests_until")
	ErrBadLeast = fault.New(fault.Invalid, "least_out_of_range",
		"Please give the smallest budget that you would look at: more than nothing, and in a currency from the list.").At("least")
)

// Resting reports whether somebody takes no invitations at a moment.
func (w Wishes) Resting(at time.Time) bool { return w.RestsUntil != nil && at.Before(*w.RestsUntil) }

// SaveWishes writes what by does not want to be invited to, in the place of what
// they said before.
func SaveWishes(ctx context.Context, d *db.DB, by account.Actor, w Wishes) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		if err := w.check(tx.Now); err != nil {
			return err
		}
		for _, key := range w.Unwanted {
			if _, err := skill.FindCategory(ctx, tx, key); err != nil {
				return err
			}
		}
		return saveWishes(ctx, tx, by.ID, w)
	})
}

func (w *Wishes) check(now time.Time) error {
	var errs []error
	switch day := w.RestsUntil; {
	case day == nil:
	case day.After(now.Add(maxAhead)):
		errs = append(errs, ErrRestsTooLong)
	case !day.After(now):
		w.RestsUntil = nil // it has passed
	}
	if a := w.Least; a != nil && (!money.Known(a.Currency) || a.Minor <= 0 || a.Minor > money.Max) {
		errs = append(errs, ErrBadLeast)
	}
	slices.Sort(w.Unwanted)
	w.Unwanted = slices.Compact(w.Unwanted)
	return errors.Join(errs...)
}

// ShowWishes are those of by.
func ShowWishes(ctx context.Context, d *db.DB, by account.Actor) (w Wishes, err error) {
	err = d.View(ctx, func(tx *db.Tx) error { w, err = WishesOf(ctx, tx, by.ID); return err })
	return w, err
}

// WishesOf are those of a freelancer; none, if they have said none.
func WishesOf(ctx context.Context, tx *db.Tx, id account.ID) (Wishes, error) {
	type row struct {
		RestsUntil    *time.Time
		LeastMinor    *int64
		LeastCurrency *string
		Unwanted      []skill.Key
	}
	r, err := db.One[row](ctx, tx, `
		SELECT rests_until, least_minor, least_currency, ARRAY(SELECT category FROM profile.unwanted u WHERE u.person = w.person ORDER BY category) AS unwanted
		FROM profile.wishes w WHERE person = $1`, id)
	if errors.Is(err, db.NoRow) {
		return Wishes{}, nil
	}
	w := Wishes{RestsUntil: r.RestsUntil, Unwanted: r.Unwanted}
	if r.LeastMinor != nil {
		w.Least = &money.Amount{Minor: *r.LeastMinor, Currency: *r.LeastCurrency}
	}
	return w, err
}

func saveWishes(ctx context.Context, tx *db.Tx, id account.ID, w Wishes) error {
	var minor *int64
	var currency *string
	if w.Least != nil {
		minor, currency = &w.Least.Minor, &w.Least.Currency
	}
	if err := db.Exec1(ctx, tx, `
		INSERT INTO profile.wishes (person, rests_until, least_minor, least_currency) VALUES ($1, $2, $3, $4)
		ON CONFLICT (person) DO UPDATE SET rests_until = excluded.rests_until, least_minor = excluded.least_minor, least_currency = excluded.least_currency`,
		id, w.RestsUntil, minor, currency); err != nil {
		return err
	}
	if err := db.Exec(ctx, tx, `DELETE FROM profile.unwanted WHERE person = $1`, id); err != nil {
		return err
	}
	return db.Exec(ctx, tx, `INSERT INTO profile.unwanted (person, category) SELECT $1, unnest($2::text[])`, id, w.Unwanted)
}
