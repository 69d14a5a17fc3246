package profile

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
)

// AddEmployment adds work elsewhere to the history of by.
func AddEmployment(ctx context.Context, d *db.DB, by account.Actor, in EmploymentInput) (id EmploymentID, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		if err := in.clean(tx.Now); err != nil {
			return err
		}
		if err := lockFreelancer(ctx, tx, by.ID); err != nil {
			return err
		}
		switch n, err := countEmployments(ctx, tx, by.ID); {
		case err != nil:
			return err
		case n >= maxEmployments:
			return ErrTooManyEmployments.With(maxEmployments)
		}
		id, err = insertEmployment(ctx, tx, by.ID, in)
		return err
	})
	return id, err
}

// RemoveEmployment takes work elsewhere out of the history of by.
func RemoveEmployment(ctx context.Context, d *db.DB, by account.Actor, id EmploymentID) error {
	return d.Update(ctx, func(tx *db.Tx) error { return deleteEmployment(ctx, tx, by.ID, id) })
}
