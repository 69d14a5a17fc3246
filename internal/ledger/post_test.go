package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"freehold/internal/kit/db"
	"freehold/internal/kit/db/dbtest"
	"freehold/internal/kit/money"
	"freehold/internal/ledger"
)

func euros(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }

func post(t testing.TB, d *db.DB, name string, ts ...ledger.Transfer) error {
	t.Helper()
	return d.Update(context.Background(), func(tx *db.Tx) error {
		return ledger.Post(context.Background(), tx, ledger.Posting{Name: name, Kind: "deposit", Subject: "wallet"}, ts...)
	})
}

func balance(t testing.TB, d *db.DB, a ledger.Account) (held money.Amount) {
	t.Helper()
	err := d.View(context.Background(), func(tx *db.Tx) (err error) {
		held, err = ledger.Balance(context.Background(), tx, a, "EUR")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return held
}

func deposit(t testing.TB, d *db.DB, a ledger.Account, n int64) {
	t.Helper()
	if err := post(t, d, "deposit to "+string(a), ledger.Transfer{From: "outside/test", To: a, Amount: euros(n)}); err != nil {
		t.Fatal(err)
	}
}

func TestAPostingMovesAllOfItsTransfers(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	deposit(t, d, "wallet/1", 100)

	err := post(t, d, "split",
		ledger.Transfer{From: "wallet/1", To: "wallet/2", Amount: euros(60)},
		ledger.Transfer{From: "wallet/1", To: "fees/contract/1", Amount: euros(3)},
		ledger.Transfer{From: "wallet/1", To: "wallet/3", Amount: euros(0)})
	if err != nil {
		t.Fatal(err)
	}
	for a, want := range map[ledger.Account]money.Amount{"wallet/1": euros(37), "wallet/2": euros(60), "fees/contract/1": euros(3), "wallet/3": euros(0), "outside/test": euros(-100)} {
		if got := balance(t, d, a); got != want {
			t.Errorf("%s holds %v, want %v", a, got, want)
		}
	}
}

func TestNobodyGoesBelowZero(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	deposit(t, d, "wallet/1", 100)

	err := post(t, d, "too much",
		ledger.Transfer{From: "wallet/1", To: "wallet/2", Amount: euros(60)},
		ledger.Transfer{From: "wallet/1", To: "wallet/3", Amount: euros(41)})
	if !errors.Is(err, ledger.ErrInsufficient) {
		t.Errorf("got %v", err)
	}
	if got := balance(t, d, "wallet/2"); got.Minor != 0 {
		t.Errorf("half of it was booked: %v", got)
	}
}

func TestTheSameFactIsBookedOnce(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	deposit(t, d, "wallet/1", 100)
	move := ledger.Transfer{From: "wallet/1", To: "wallet/2", Amount: euros(10)}

	for range 2 {
		if err := post(t, d, "once", move); err != nil {
			t.Fatal(err)
		}
	}
	if got := balance(t, d, "wallet/2"); got != euros(10) {
		t.Errorf("got %v", got)
	}
	move.Amount = euros(11)
	if err := post(t, d, "once", move); err == nil {
		t.Error("another transfer went through under a known name")
	}
}

func TestWhatIsBookedIsNeverChanged(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	deposit(t, d, "wallet/1", 100)
	for _, sql := range []string{
		`UPDATE ledger.transfers SET minor = 1`, `DELETE FROM ledger.transfers`, `TRUNCATE ledger.transfers`,
		`UPDATE ledger.postings SET name = 'x'`, `DELETE FROM ledger.postings`, `UPDATE ledger.accounts SET code = 'wallet/9'`,
		`UPDATE ledger.balances SET minor = -1 WHERE bounded`,
	} {
		if _, err := d.Pool.Exec(t.Context(), sql); err == nil {
			t.Errorf("went through: %s", sql)
		}
	}
}

// Many at once, over few accounts, in every direction: no deadlock is left to
// the caller, nothing is lost, and nothing is made.
func TestManyAtOnceLoseNothing(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	for i := range 4 {
		deposit(t, d, ledger.Account(fmt.Sprintf("wallet/%d", i)), 1000)
	}
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 40 {
				from, to := ledger.Account(fmt.Sprintf("wallet/%d", (w+i)%4)), ledger.Account(fmt.Sprintf("wallet/%d", (w*3+i+1)%4))
				if from == to {
					continue
				}
				err := post(t, d, fmt.Sprintf("move %d %d", w, i), ledger.Transfer{From: from, To: to, Amount: euros(7)})
				if err != nil && !errors.Is(err, ledger.ErrInsufficient) {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	sum := int64(0)
	for i := range 4 {
		sum += balance(t, d, ledger.Account(fmt.Sprintf("wallet/%d", i))).Minor
	}
	if sum != euros(4000).Minor {
		t.Errorf("the wallets hold %d together", sum)
	}
}

func TestMovementsTellTheRunningBalance(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	deposit(t, d, "wallet/1", 100)
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.Int64Range(1, 3).Draw(r, "euros")
		name := fmt.Sprintf("move %d", rapid.Int64().Draw(r, "name"))
		_ = post(t, d, name, ledger.Transfer{From: "wallet/1", To: "wallet/2", Amount: euros(n)}) // refused when it is empty
	})
	err := d.View(t.Context(), func(tx *db.Tx) error {
		var before int64
		var newer *ledger.Movement
		for {
			page, err := ledger.Movements(t.Context(), tx, "wallet/1", "EUR", before, 7)
			if err != nil || len(page) == 0 {
				return err
			}
			for _, m := range page {
				if newer != nil && (newer.Balance.Minor-newer.Amount.Minor != m.Balance.Minor || newer.Version != m.Version+1) {
					t.Errorf("%+v does not follow %+v", newer, m)
				}
				newer, before = &m, m.Version
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}
