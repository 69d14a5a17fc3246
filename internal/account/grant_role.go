package account

import (
	"context"
	"slices"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
)

// Refusals about roles.
var (
	ErrNotAdmin = fault.New(fault.Forbidden, "not_an_administrator", "Only an administrator can give roles to others and take them away.")
	ErrRole     = fault.New(fault.Invalid, "role_unknown", "There is no such role. Choose admin, support, reviewer, arbiter or finance.").At("role")
)

// Roles are all there are.
var Roles = say.Words(Admin, Support, Reviewer, Arbiter, Finance)

// Grant gives a person a role. It takes an administrator, or System: the
// operator at the machine itself. That they have it already is no matter.
func Grant(ctx context.Context, d *db.DB, by Actor, person ID, role Role) error {
	return setRole(ctx, d, by, person, role, true)
}

// Revoke takes a role away from a person.
func Revoke(ctx context.Context, d *db.DB, by Actor, person ID, role Role) error {
	return setRole(ctx, d, by, person, role, false)
}

func setRole(ctx context.Context, d *db.DB, by Actor, person ID, role Role, held bool) error {
	if !by.IsSystem() && !by.Is(Admin) {
		return ErrNotAdmin
	}
	if !slices.Contains(Roles, role) {
		return ErrRole
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		if _, err := lockCredentials(ctx, tx, person); err != nil {
			return err
		}
		roles, err := rolesOf(ctx, tx, person)
		if err != nil || slices.Contains(roles, role) == held {
			return err
		}
		return insertGrant(ctx, tx, by, person, role, held)
	})
}
