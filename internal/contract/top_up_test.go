package contract_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"freehold/internal/contract"
	"freehold/internal/kit/db"
)

// askedFor is how much is being taken from payment methods by itself.
func (d *deal) askedFor() (minor int64) {
	d.Helper()
	d.View(func(ctx context.Context, tx *db.Tx) (err error) {
		minor, err = db.Value[int64](ctx, tx, `SELECT coalesce(sum(minor), 0)::bigint FROM banking.deposits WHERE fact LIKE 'topup/%' AND state = 'pending'`)
		return err
	})
	return minor
}

func TestMissingMoneyIsTakenFromThePaymentMethodIfTheClientWishes(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(280)) // 210 for the first part, and 30 for the rest
	if err := contract.SetTopUp(d.Context(), d.DB, d.ada, d.id, true); !errors.Is(err, contract.ErrNotClient) {
		t.Errorf("Ada chooses for Carl: %v", err)
	}
	d.OK(contract.SetTopUp(d.Context(), d.DB, d.carl, d.id, true))
	d.OK(contract.ApproveMilestone(d.Context(), d.DB, d.carl, d.parts[0]))
	d.is(contract.Starved, contract.Approved, contract.Planned)
	wallet := d.Wallet(d.carl, "EUR")
	missing := euros(315).Sub(euros(30)).Sub(wallet) // the ending fee pays a part
	if got := d.askedFor(); got != missing.Minor {
		t.Fatalf("%d is asked for, want %v; Carl has %v", got, missing, wallet)
	}
	d.sweep()
	d.is(contract.Starved, contract.Approved, contract.Planned) // the money is on its way
	d.Deposit(d.carl, missing)
	d.sweep()
	d.is(contract.Active, contract.Approved, contract.Funded)
	d.lastAct(fmt.Sprintf("contract/%d", d.id), "Carl funded")
}

func TestMissingMoneyIsNotTakenUnlessTheClientWishes(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(280))
	d.OK(contract.SetTopUp(d.Context(), d.DB, d.carl, d.id, true))
	d.OK(contract.SetTopUp(d.Context(), d.DB, d.carl, d.id, false))
	d.OK(contract.ApproveMilestone(d.Context(), d.DB, d.carl, d.parts[0]))
	d.Deposit(d.carl, euros(500))
	d.sweep()
	d.is(contract.Starved, contract.Approved, contract.Planned)
	if got := d.askedFor(); got != 0 {
		t.Errorf("%d is asked for", got)
	}
	if err := contract.FundStarved(d.Context(), d.DB, d.carl, d.id); !errors.Is(err, contract.ErrNoStandingOrder) {
		t.Errorf("Carl passes for the market: %v", err)
	}
}
