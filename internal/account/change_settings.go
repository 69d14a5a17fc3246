package account

import (
	"cmp"
	"context"
	"errors"

	"freehold/internal/kit/db"
)

// SettingsInput is all that a person can change about themselves, as it is to
// be from now on.
type SettingsInput struct {
	Name       string
	Country    string // may be empty: not said
	TimeZone   string // may be empty: UTC
	Language   string // may be empty: English
	Client     bool
	Freelancer bool
}

// ChangeSettings saves what by says about themselves. Whoever stops being a
// client or a freelancer keeps all they have begun as one.
func ChangeSettings(ctx context.Context, d *db.DB, by Actor, in SettingsInput) error {
	in, err := in.clean()
	if err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error { return saveSettings(ctx, tx, by.ID, in) })
}

func (in SettingsInput) clean() (SettingsInput, error) {
	in.Language = cmp.Or(in.Language, "en")
	name, err := cleanName(in.Name)
	errs := []error{err, Place{in.Country, in.TimeZone}.check(), checkLanguage(in.Language)}
	in.Name = name
	if in.TimeZone == "" {
		in.TimeZone = "UTC"
	}
	if !in.Client && !in.Freelancer {
		errs = append(errs, ErrSide)
	}
	return in, errors.Join(errs...)
}

// Settle notes where a person is and what they do here from now on, besides
// what they did before. What p leaves out stays as it was.
func Settle(ctx context.Context, tx *db.Tx, id ID, p Place, as Side) error {
	if err := errors.Join(p.check(), checkSide(as)); err != nil {
		return err
	}
	return savePlace(ctx, tx, id, p, as)
}
