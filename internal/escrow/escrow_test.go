package escrow_test

import (
	"context"
	"errors"
	"testing"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/ledger"
	"freehold/internal/markettest"
)

func euros(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }

var about = escrow.About{Subject: "contract/7", Title: "Logo"}

func TestMoneyWaitsForItsPurposeAndThenIsPaid(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	carl, ada := m.Person("Carl", euros(1000)), m.Person("Ada", money.Amount{})
	purpose := escrow.Milestone(int64(42))

	do(m, func(ctx context.Context, tx *db.Tx) error {
		return escrow.Secure(ctx, tx, purpose, carl.ID, euros(525), about)
	})
	if got := held(m, purpose); got != euros(525) {
		t.Errorf("escrow holds %v", got)
	}
	pay := escrow.Pay{To: ada.ID, Net: euros(500), Fee: euros(25), Contract: 7}
	for range 2 { // a fact happens once
		do(m, func(ctx context.Context, tx *db.Tx) error { return escrow.Release(ctx, tx, purpose, pay, about) })
	}
	if got := m.Wallet(ada, "EUR"); got != euros(500) {
		t.Errorf("Ada has %v", got)
	}
	if got := m.Balance("fees/contract/7", "EUR"); got != euros(25) {
		t.Errorf("the fee is %v", got)
	}
	if got := held(m, purpose); !got.IsZero() {
		t.Errorf("escrow still holds %v", got)
	}
}

func TestNothingIsSecuredThatIsNotThere(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	carl := m.Person("Carl", euros(100))
	err := m.DB.Update(t.Context(), func(tx *db.Tx) error {
		return escrow.Secure(t.Context(), tx, escrow.Bond(int64(1)), carl.ID, euros(101), about)
	})
	if !errors.Is(err, ledger.ErrInsufficient) || m.Wallet(carl, "EUR") != euros(100) {
		t.Errorf("got %v; Carl has %v", err, m.Wallet(carl, "EUR"))
	}
}

func TestMoneyGoesBackWhereItCameFrom(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	carl := m.Person("Carl", euros(100))
	fee := escrow.EndingFee(int64(7))
	do(m, func(ctx context.Context, tx *db.Tx) error {
		return escrow.Secure(ctx, tx, fee, carl.ID, euros(40), about)
	})
	do(m, func(ctx context.Context, tx *db.Tx) error {
		return escrow.Trim(ctx, tx, fee, "milestone/1", carl.ID, euros(15), about)
	})
	do(m, func(ctx context.Context, tx *db.Tx) error {
		back, err := escrow.GiveBack(ctx, tx, fee, carl.ID, "EUR", about)
		if back != euros(25) {
			t.Errorf("%v came back", back)
		}
		return err
	})
	if got := m.Wallet(carl, "EUR"); got != euros(100) {
		t.Errorf("Carl has %v", got)
	}
}

func TestABondIsSharedToTheCent(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	carl := m.Person("Carl", euros(20))
	people := []account.Actor{m.Person("Ada", money.Amount{}), m.Person("Ben", money.Amount{}), m.Person("Cem", money.Amount{})}
	bond := escrow.Bond(int64(1))
	do(m, func(ctx context.Context, tx *db.Tx) error {
		return escrow.Secure(ctx, tx, bond, carl.ID, euros(20), about)
	})
	do(m, func(ctx context.Context, tx *db.Tx) error {
		_, err := escrow.Share(ctx, tx, bond, []account.ID{people[0].ID, people[1].ID, people[2].ID}, "EUR", about)
		return err
	})
	for i, want := range []int64{667, 667, 666} {
		if got := m.Wallet(people[i], "EUR").Minor; got != want {
			t.Errorf("%s has %d cents, want %d", people[i].Name, got, want)
		}
	}
}

func do(m *markettest.Market, act func(ctx context.Context, tx *db.Tx) error) {
	m.Helper()
	m.OK(m.DB.Update(m.Context(), func(tx *db.Tx) error { return act(m.Context(), tx) }))
}

func held(m *markettest.Market, p escrow.Purpose) (a money.Amount) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) (err error) {
		a, err = escrow.Held(ctx, tx, p, "EUR")
		return err
	})
	return a
}
