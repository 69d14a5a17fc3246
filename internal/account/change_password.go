package account

import (
	"context"
	"errors"
	"strconv"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/limits"
)

// CheckPassword refuses with ErrWrongPassword unless password is by's: somebody
// at an unlocked screen must not sign a contract in their name.
func CheckPassword(ctx context.Context, d *db.DB, by Actor, password string) error {
	_, err := provePassword(ctx, d, by, password)
	return err
}

// ChangePassword replaces by's password and ends all their other sessions. What
// is wrong with the new one is said at the field new_password.
func ChangePassword(ctx context.Context, d *db.DB, by Actor, password, replacement string) error {
	if err := checkPassword(replacement, by.Email); err != nil {
		return atField(err, "new_password")
	}
	proven, err := provePassword(ctx, d, by, password)
	if err != nil {
		return err
	}
	hashed, err := hash(ctx, replacement)
	if err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		now, err := lockCredentials(ctx, tx, by.ID)
		if err != nil {
			return err
		}
		if now.Hash != proven.Hash {
			return ErrWrongPassword
		}
		if err := savePassword(ctx, tx, by.ID, hashed); err != nil {
			return err
		}
		if err := endSessions(ctx, tx, by.ID, by.Session); err != nil {
			return err
		}
		return mailPasswordChanged(ctx, tx, by.ID)
	})
}

// provePassword returns by's credentials if password is theirs.
func provePassword(ctx context.Context, d *db.DB, by Actor, password string) (c credentials, err error) {
	whom := strconv.FormatInt(int64(by.ID), 10)
	if err := passwordsFor.allow(ctx, d, whom); err != nil {
		return c, err
	}
	if err := d.View(ctx, func(tx *db.Tx) error { c, err = credentialsByID(ctx, tx, by.ID); return err }); err != nil {
		return c, err
	}
	ok, err := matches(ctx, password, c.Hash)
	if err != nil {
		return c, err
	}
	if !ok {
		return c, ErrWrongPassword
	}
	return c, limits.Forgive(ctx, d, passwordsFor.what+whom)
}

func atField(err error, field string) error {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.At(field)
	}
	return err
}
