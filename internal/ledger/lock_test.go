package ledger_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"freehold/internal/kit/db"
	"freehold/internal/kit/db/dbtest"
	"freehold/internal/kit/money"
	"freehold/internal/ledger"
)

func TestLockedBalancesComeInTheOrderAskedFor(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	deposit(t, d, "wallet/1", 10)
	deposit(t, d, "wallet/2", 20)
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		got, err := ledger.Lock(t.Context(), tx, "EUR", "wallet/2", "wallet/3", "wallet/1")
		if want := []money.Amount{euros(20), euros(0), euros(10)}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Ten people look into one wallet at once, and each spends from it only if it
// holds enough: with the lock, none of them is ever wrong about that.
func TestALockedBalanceCanBeReliedOn(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	deposit(t, d, "wallet/1", 30)
	errShort := errors.New("there is not enough")
	spend := func(name string) error {
		return d.Update(context.Background(), func(tx *db.Tx) error {
			held, err := ledger.Lock(context.Background(), tx, "EUR", "wallet/1")
			if err != nil {
				return err
			}
			if held[0].Less(euros(10)) {
				return errShort
			}
			return ledger.Post(context.Background(), tx, ledger.Posting{Name: name, Kind: "spend", Subject: "wallet"},
				ledger.Transfer{From: "wallet/1", To: "wallet/2", Amount: euros(10)})
		})
	}
	done := make(chan error)
	for i := range 10 {
		go func() { done <- spend(string(rune('a' + i))) }()
	}
	spent := 0
	for range 10 {
		switch err := <-done; {
		case err == nil:
			spent++
		case !errors.Is(err, errShort):
			t.Error(err)
		}
	}
	if spent != 3 || balance(t, d, "wallet/1") != euros(0) {
		t.Errorf("%d of them spent, and %v is left", spent, balance(t, d, "wallet/1"))
	}
}
