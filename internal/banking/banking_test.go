package banking_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertest"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/escrow"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/terms"
)

func euros(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }

// settle does the job that hands a payout to its rail.
func settle(m *markettest.Market, rail banking.Rail, id banking.PayoutID) error {
	m.Helper()
	return m.DB.Update(m.Context(), func(tx *db.Tx) error {
		worker := rivertest.NewWorker(m, riverpgxv5.New(m.DB.Pool), &river.Config{Schema: "river"}, &banking.SettlePayoutWorker{DB: m.DB, Vault: m.Vault, Rails: banking.Rails{rail}})
		_, err := worker.Work(m.Context(), m, tx.Tx, banking.SettlePayout{Payout: id}, nil)
		return err
	})
}

func TestMoneyThatComesInIsInTheWallet(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	carl := m.Person("Carl", money.Amount{})

	p, err := banking.AddMoney(t.Context(), m.DB, m.Rail, carl, euros(300))
	m.OK(err)
	if p.State != banking.Confirmed || m.Wallet(carl, "EUR") != euros(300) {
		t.Errorf("the deposit is %s, the wallet holds %v", p.State, m.Wallet(carl, "EUR"))
	}
	m.View(func(ctx context.Context, tx *db.Tx) error {
		verified, err := banking.IsVerified(ctx, tx, carl.ID)
		if !verified {
			t.Error("paying did not verify the payment method")
		}
		return err
	})
	history, err := banking.History(t.Context(), m.DB, carl, "EUR", 0, 10)
	m.OK(err)
	if len(history) != 1 || history[0].Words.String() != "You added money" || history[0].Balance != euros(300) {
		t.Errorf("the history is %+v", history)
	}
}

func TestEveryMovementSaysWhatItWasFor(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	carl := m.Person("Carl", euros(100))
	about := escrow.About{Subject: "post/7", Title: "A shop"}
	m.OK(m.DB.Update(t.Context(), func(tx *db.Tx) error {
		return errors.Join(
			escrow.Secure(t.Context(), tx, escrow.Milestone(int64(7)), carl.ID, euros(30), about),
			escrow.Secure(t.Context(), tx, escrow.EndingFee(int64(7)), carl.ID, euros(3), about),
			escrow.Secure(t.Context(), tx, escrow.Bond(int64(7)), carl.ID, euros(20), about))
	}))
	history, err := banking.History(t.Context(), m.DB, carl, "EUR", 0, 3)
	m.OK(err)
	for i, want := range []string{"Answer bond set aside for “A shop”", "Ending fee set aside for “A shop”", "Set aside for “A shop”"} {
		if got := history[i]; got.Words.String() != want || got.Link != "/posts/7" {
			t.Errorf("the wallet says %q and leads to %s, want %q", got.Words, got.Link, want)
		}
	}
}

func TestADepositTheBankRefusesChangesNothing(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	carl := m.Person("Carl", money.Amount{})

	p, err := banking.AddMoney(t.Context(), m.DB, m.Rail, carl, money.Amount{Minor: 1313, Currency: "EUR"})
	m.OK(err)
	if p.State != banking.Failed || m.Wallet(carl, "EUR").Minor != 0 {
		t.Errorf("the deposit is %s, the wallet holds %v", p.State, m.Wallet(carl, "EUR"))
	}
}

func TestAmountsOutOfRangeAreRefused(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	carl := m.Person("Carl", euros(100))
	for _, minor := range []int64{0, -1, 100_000_000_001, 1 << 62} {
		a := money.Amount{Minor: minor, Currency: "EUR"}
		if _, err := banking.AddMoney(t.Context(), m.DB, m.Rail, carl, a); !errors.Is(err, banking.ErrAmount) {
			t.Errorf("adding %d: %v", minor, err)
		}
		if _, err := banking.Withdraw(t.Context(), m.DB, m.Rail, carl, a, banking.Usual); !errors.Is(err, banking.ErrAmount) {
			t.Errorf("withdrawing %d: %v", minor, err)
		}
	}
	if _, err := banking.AddMoney(t.Context(), m.DB, m.Rail, carl, money.Amount{Minor: 100, Currency: "XAF"}); !errors.Is(err, terms.ErrCurrencyNotTraded) {
		t.Errorf("a currency nobody trades in: %v", err)
	}
}

func TestMoneyLeavesTheWalletAtOnceAndTheMarketWhenSent(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	ada := m.Person("Ada", euros(100))

	p, err := banking.Withdraw(t.Context(), m.DB, m.Rail, ada, euros(80), banking.Usual)
	m.OK(err)
	if p.State != banking.OnItsWay || m.Wallet(ada, "EUR") != euros(20) {
		t.Errorf("the payout is %s, the wallet holds %v", p.State, m.Wallet(ada, "EUR"))
	}
	m.OK(settle(m, m.Rail, p.ID))
	m.OK(settle(m, m.Rail, p.ID)) // a job may run twice
	if got := payouts(m, ada)[0].State; got != banking.Sent {
		t.Errorf("the payout is %s", got)
	}
	if got := m.Balance("outside/sandbox", "EUR"); got != euros(-20) {
		t.Errorf("outside holds %v", got)
	}
}

func TestAPayoutThatFailsComesBack(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	ada := m.Person("Ada", euros(100))
	p, err := banking.Withdraw(t.Context(), m.DB, m.Rail, ada, money.Amount{Minor: 1313, Currency: "EUR"}, banking.Usual)
	m.OK(err)

	m.OK(settle(m, m.Rail, p.ID))
	if got := payouts(m, ada)[0]; got.State != banking.Failed || got.Failure == nil || m.Wallet(ada, "EUR") != euros(100) {
		t.Errorf("the payout is %+v, the wallet holds %v", got, m.Wallet(ada, "EUR"))
	}
}

// silent is a rail that does not answer.
type silent struct{ banking.Rail }

func (silent) Collect(context.Context, banking.Order) (banking.Answer, error) {
	return banking.Answer{}, errors.New("no answer")
}

func (silent) Send(context.Context, banking.Order) (banking.Answer, error) {
	return banking.Answer{}, errors.New("no answer")
}

func TestARailThatDoesNotAnswerIsAskedAgain(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	ada := m.Person("Ada", euros(100))

	d, err := banking.AddMoney(t.Context(), m.DB, silent{m.Rail}, ada, euros(5))
	m.OK(err)
	if d.State != banking.Pending {
		t.Errorf("the deposit is %s", d.State)
	}
	p, err := banking.Withdraw(t.Context(), m.DB, silent{m.Rail}, ada, euros(80), banking.Usual)
	m.OK(err)
	if err := settle(m, silent{m.Rail}, p.ID); err == nil {
		t.Error("the job thinks it is done")
	}
	m.OK(settle(m, m.Rail, p.ID))
	if got := payouts(m, ada)[0].State; got != banking.Sent {
		t.Errorf("the payout is %s", got)
	}
}

func TestTwoPayoutsOfTheWholeWalletAtOnceSendItOnce(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	ada := m.Person("Ada", euros(100))

	errs := make([]error, 2)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			_, errs[i] = banking.Withdraw(context.Background(), m.DB, m.Rail, ada, euros(100), banking.Usual)
		})
	}
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), banking.ErrNotInWallet) {
		t.Errorf("got %v", errs)
	}
	if m.Wallet(ada, "EUR").Minor != 0 || len(payouts(m, ada)) != 1 {
		t.Errorf("the wallet holds %v, and %d payouts are on their way", m.Wallet(ada, "EUR"), len(payouts(m, ada)))
	}
}

func TestNothingLeavesIfTheJobCannotBeQueued(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	ada := m.Person("Ada", euros(100))
	m.Do(`ALTER TABLE river.river_job ADD CHECK (false) NOT VALID`)

	if _, err := banking.Withdraw(t.Context(), m.DB, m.Rail, ada, euros(100), banking.Usual); err == nil {
		t.Fatal("the money left with nobody to carry it")
	}
	if m.Wallet(ada, "EUR") != euros(100) {
		t.Errorf("the wallet holds %v", m.Wallet(ada, "EUR"))
	}
}

func TestUnconfirmedPeopleCannotWithdraw(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	ada := m.Person("Ada", euros(100))
	ada.Confirmed = false
	if _, err := banking.Withdraw(t.Context(), m.DB, m.Rail, ada, euros(1), banking.Usual); !errors.Is(err, banking.ErrUnconfirmed) {
		t.Errorf("got %v", err)
	}
}

func payouts(m *markettest.Market, by account.Actor) []banking.Payout {
	m.Helper()
	list, err := banking.PayoutsOf(m.Context(), m.DB, by, 10)
	m.OK(err)
	return list
}
