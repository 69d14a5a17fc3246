package terms

import (
	"context"
	"fmt"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

// ErrBond refuses what cannot be an answer bond.
var ErrBond = fault.New(fault.Invalid, "bond_out_of_range",
	"An answer bond is between nothing and %s. Nothing was changed; choose an amount in between.").At("bond")

// maxBond is the most a bond can be, in US cents by the reference rate: it is to
// remind a client of the answers they owe, not to keep them out.
const maxBond = 50_000

// SetBond sets the answer bond in a currency of this market; nothing is allowed.
// Posts that are open keep the bond they were published with.
func SetBond(ctx context.Context, d *db.DB, by account.Actor, bond money.Amount, reason string) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		reason, err := mayChange(by, reason)
		if err != nil {
			return err
		}
		r, err := rateOf(ctx, tx, bond.Currency)
		if err != nil {
			return err
		}
		if most := r.from(maxBond); bond.Minor < 0 || most.Less(bond) {
			return ErrBond.With(most)
		}
		if err := saveBond(ctx, tx, bond); err != nil {
			return err
		}
		return record(ctx, tx, by, map[string]string{"what": fmt.Sprintf("answer bond %s", bond)}, say.That("%s set the answer bond to %s.", by.Name, bond), reason)
	})
}
