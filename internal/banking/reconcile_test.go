package banking_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/ledger"
	"freehold/internal/markettest"
	"freehold/internal/notify"
)

const day = 24 * time.Hour

// bank is a market whose finance is Finn, and a provider that tells its book as the
// test wants it.
type bank struct {
	*markettest.Market
	finn, carl account.Actor
}

func newBank(t *testing.T) *bank {
	t.Helper()
	m := markettest.New(t)
	b := &bank{Market: m, finn: m.Person("Finn", money.Amount{}), carl: m.Person("Carl", euros(300))}
	b.OK(account.Grant(t.Context(), b.DB, account.System, b.finn.ID, account.Finance))
	b.finn.Roles = []account.Role{account.Finance}
	return b
}

// retold is the market's rail, with its book changed.
type retold struct {
	banking.Rail
	change func(*banking.Book)
}

func (r retold) Book(ctx context.Context, after string) (banking.Book, error) {
	b, err := r.Rail.Book(ctx, after)
	if len(b.Lines) > 0 || b.Next == after {
		r.change(&b)
	}
	return b, err
}

func (b *bank) finds(rail banking.Rail, want ...banking.FindingKind) []banking.Finding {
	b.Helper()
	found, err := banking.Reconcile(b.Context(), b.DB, rail)
	b.OK(err)
	var kinds []banking.FindingKind
	for _, f := range found {
		kinds = append(kinds, f.Kind)
	}
	if !slices.Equal(kinds, want) {
		b.Errorf("found %+v, want %v", found, want)
	}
	return found
}

func (b *bank) told(who account.Actor, kind string) (n int) {
	b.Helper()
	all, err := notify.List(b.Context(), b.DB, who, 0, 50)
	b.OK(err)
	for _, notice := range all {
		if notice.Kind == kind {
			n++
		}
	}
	return n
}

func TestBooksThatAgreeAreLeftAlone(t *testing.T) {
	t.Parallel()
	b := newBank(t)
	p, err := banking.Withdraw(t.Context(), b.DB, b.Rail, b.carl, euros(100), banking.Usual)
	b.OK(err)
	b.finds(b.Rail)
	b.OK(settle(b.Market, b.Rail, p.ID))
	for range 2 {
		b.finds(b.Rail)
		b.Clock.Advance(2 * time.Hour)
	}
	if b.told(b.finn, "books_differ") != 0 {
		t.Error("Finn was told of nothing")
	}
}

func TestEveryDifferenceIsFoundAndStopsPayoutsUntilItIsGone(t *testing.T) {
	t.Parallel()
	theirs := banking.Line{Ref: "their own", Kind: banking.LineOther, Amount: euros(-7), At: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}
	for name, c := range map[string]struct {
		lines func([]banking.Line) []banking.Line
		held  int64 // more than they say
		want  []banking.FindingKind
	}{
		"money left that nobody ordered": {func(all []banking.Line) []banking.Line { return append(all, theirs) }, -700, []banking.FindingKind{banking.NotOurs}},
		"a deposit they do not have":     {func([]banking.Line) []banking.Line { return nil }, -30000, []banking.FindingKind{banking.NotTheirs}},
		"another sum":                    {func(all []banking.Line) []banking.Line { all[0].Amount.Minor--; return all }, -1, []banking.FindingKind{banking.NotTheirs, banking.AnotherSum}},
		"less than their lines say":      {nil, -1, []banking.FindingKind{banking.Unbalanced}},
		"nothing at all":                 {nil, -30000, []banking.FindingKind{banking.Unbalanced}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBank(t)
			b.Clock.Advance(2 * time.Hour)
			rail := retold{b.Rail, func(k *banking.Book) {
				if len(k.Lines) > 0 && c.lines != nil {
					k.Lines = c.lines(k.Lines)
				}
				k.Held[0].Minor += c.held
			}}
			b.finds(rail, c.want...)
			p, err := banking.Withdraw(t.Context(), b.DB, b.Rail, b.carl, euros(100), banking.Usual)
			b.OK(err)
			b.OK(settle(b.Market, b.Rail, p.ID))
			if got := payouts(b.Market, b.carl)[0]; got.State != banking.OnItsWay || got.HandedAt != nil {
				t.Errorf("the payout is %s, handed over %v", got.State, got.HandedAt)
			}
			if b.told(b.finn, "books_differ") != 1 {
				t.Error("Finn was not told once")
			}
		})
	}
}

func TestPayoutsGoOnOnceTheBooksAgreeAgain(t *testing.T) {
	t.Parallel()
	b := newBank(t)
	b.Clock.Advance(2 * time.Hour)
	odd := retold{b.Rail, func(k *banking.Book) {
		if len(k.Held) > 0 {
			k.Held[0].Minor--
		}
	}}
	b.finds(odd, banking.Unbalanced)
	p, err := banking.Withdraw(t.Context(), b.DB, b.Rail, b.carl, euros(100), banking.Usual)
	b.OK(err)
	b.OK(settle(b.Market, b.Rail, p.ID))
	b.finds(b.Rail)
	if b.told(b.finn, "books_differ") != 2 {
		t.Error("Finn does not know that it is over")
	}
	b.OK(settle(b.Market, b.Rail, p.ID)) // which was put into the queue
	if got := payouts(b.Market, b.carl)[0]; got.State != banking.Sent {
		t.Errorf("the payout is %s", got.State)
	}
}

func TestALineThatChangesIsFoundAndStaysAsItWas(t *testing.T) {
	t.Parallel()
	b := newBank(t)
	b.finds(b.Rail)
	again := retold{b.Rail, func(k *banking.Book) {
		k.Lines = []banking.Line{{Ref: "sandbox/1", Kind: banking.LineDeposit, Key: "deposit/1", Amount: euros(200), At: b.DB.Now()}}
	}}
	found := b.finds(again, banking.Changed)
	if found[0].Amount() != euros(-100) {
		t.Errorf("by %v", found[0].Amount())
	}
	b.finds(b.Rail, banking.Changed) // it does not go away by itself
}

func TestADepositThatAnswersOnlyInTheBookArrives(t *testing.T) {
	t.Parallel()
	b := newBank(t)
	_, err := b.Rail.Collect(t.Context(), banking.Order{Key: "deposit/2", Amount: euros(50)}) // they have it; then we crash
	b.OK(err)
	p, err := banking.AddMoney(t.Context(), b.DB, silent{b.Rail}, b.carl, euros(50))
	b.OK(err)
	if p.ID != 2 || p.State != banking.Pending {
		t.Fatalf("it is %+v", p)
	}
	b.finds(b.Rail)
	if got := b.Wallet(b.carl, "EUR"); got != euros(350) {
		t.Errorf("the wallet holds %v", got)
	}
	b.finds(b.Rail)
	if got := b.Wallet(b.carl, "EUR"); got != euros(350) {
		t.Errorf("twice read, the wallet holds %v", got)
	}
}

func TestMoneyNobodyClaimsWaitsForItsOwner(t *testing.T) {
	t.Parallel()
	b := newBank(t)
	ctx := t.Context()
	_, err := b.Rail.Collect(ctx, banking.Order{Key: "somebody/1", Amount: euros(80)})
	b.OK(err)
	b.finds(b.Rail)
	if got := b.Balance("suspense/sandbox", "EUR"); got != euros(80) {
		t.Fatalf("%v wait", got)
	}
	desk, err := banking.ShowDesk(ctx, b.DB, b.Rails, b.finn)
	b.OK(err)
	if len(desk.Unclaimed) != 1 || desk.Unclaimed[0].Amount() != euros(80) {
		t.Fatalf("Finn sees %+v", desk.Unclaimed)
	}
	id := desk.Unclaimed[0].ID
	for what, c := range map[string]struct {
		by   account.Actor
		to   account.ID
		want error
	}{
		"somebody else":   {b.carl, b.carl.ID, banking.ErrNotFinance},
		"for himself":     {b.finn, b.finn.ID, banking.ErrForYourself},
		"to nobody":       {b.finn, 4711, banking.ErrNobodyThere},
		"the market does": {account.System, b.carl.ID, banking.ErrNotFinance},
	} {
		if err := banking.AssignLine(ctx, b.DB, c.by, id, c.to); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	errs := make([]error, 2)
	var both sync.WaitGroup
	for i := range errs {
		both.Go(func() { errs[i] = banking.AssignLine(context.Background(), b.DB, b.finn, id, b.carl.ID) })
	}
	both.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), banking.ErrClaimed) {
		t.Errorf("twice at once: %v", errs)
	}
	if got := b.Wallet(b.carl, "EUR"); got != euros(380) {
		t.Errorf("Carl has %v", got)
	}
	if err := banking.AssignLine(ctx, b.DB, b.finn, 4711, b.carl.ID); !errors.Is(err, banking.ErrNoLine) {
		t.Errorf("a line that is not there: %v", err)
	}
	b.finds(b.Rail)
}

func TestAPaymentNobodyOrderedIsExplained(t *testing.T) {
	t.Parallel()
	b := newBank(t)
	ctx := t.Context()
	_, err := b.Rail.Collect(ctx, banking.Order{Key: "somebody/1", Amount: euros(80)})
	b.OK(err)
	_, err = b.Rail.Send(ctx, banking.Order{Key: "somebody/2", Amount: euros(80)})
	b.OK(err)
	_, err = b.Rail.Send(ctx, banking.Order{Key: "bank/3", Amount: euros(2)})
	b.OK(err)
	b.finds(b.Rail, banking.NotOurs, banking.NotOurs)
	desk, err := banking.ShowDesk(ctx, b.DB, b.Rails, b.finn)
	b.OK(err)
	came, back, charge := desk.Unclaimed[0].ID, desk.Unexplained[0].ID, desk.Unexplained[1].ID
	refused := func(what string, err, want error) {
		t.Helper()
		if !errors.Is(err, want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	refused("by Carl", banking.ExplainLine(ctx, b.DB, b.carl, charge, banking.WasCost, 0), banking.ErrNotFinance)
	refused("as nothing", banking.ExplainLine(ctx, b.DB, b.finn, charge, "theft", 0), banking.ErrExplain)
	refused("as the return of another sum", banking.ExplainLine(ctx, b.DB, b.finn, charge, banking.WasReturn, came), banking.ErrReturnOf)
	refused("what came", banking.ExplainLine(ctx, b.DB, b.finn, came, banking.WasCost, 0), banking.ErrClaimed)
	b.OK(banking.ExplainLine(ctx, b.DB, b.finn, back, banking.WasReturn, came))
	b.OK(banking.ExplainLine(ctx, b.DB, b.finn, charge, banking.WasCost, 0))
	refused("twice", banking.ExplainLine(ctx, b.DB, b.finn, charge, banking.WasCost, 0), banking.ErrClaimed)
	b.finds(b.Rail)
	if got := b.Balance("costs/2030-01", "EUR"); got != euros(-2) {
		t.Errorf("it cost %v", got)
	}
}

func TestAPaymentThatIsTakenBackIsTheOperatorsLoss(t *testing.T) {
	t.Parallel()
	b := newBank(t)
	ctx := t.Context()
	ada := b.Person("Ada", money.Amount{})
	regretted := money.Amount{Minor: 1414, Currency: "EUR"}
	b.Deposit(b.carl, regretted)
	_, err := b.Rail.Collect(ctx, banking.Order{Key: "reserve/1", Amount: euros(10)}) // the operator's own
	b.OK(err)
	b.finds(b.Rail)
	desk, err := banking.ShowDesk(ctx, b.DB, b.Rails, b.finn)
	b.OK(err)
	b.OK(banking.FundLine(ctx, b.DB, b.finn, desk.Unclaimed[0].ID))
	b.OK(b.DB.Update(ctx, func(tx *db.Tx) error {
		return ledger.Post(ctx, tx, ledger.Posting{Name: "pay", Kind: "bonus", Subject: "wallet"},
			ledger.Transfer{From: "wallet/2", To: ledger.Account(fmt.Sprintf("wallet/%d", ada.ID)), Amount: euros(314)})
	}))
	carl, paid := b.Wallet(b.carl, "EUR"), b.Wallet(ada, "EUR")
	b.Clock.Advance(3 * day)
	b.finds(b.Rail)
	b.finds(b.Rail)
	if b.Wallet(b.carl, "EUR") != carl || b.Wallet(ada, "EUR") != paid {
		t.Error("somebody’s wallet was touched")
	}
	if fund, lost := b.Balance(banking.Fund, "EUR"), b.Balance("losses/2030-01", "EUR"); fund.Minor != 0 || lost.Minor != -414 {
		t.Errorf("the fund holds %v, the loss is %v", fund, lost)
	}
	if b.told(b.carl, "taken_back") != 1 {
		t.Error("Carl was not told")
	}
	if _, err := banking.AddMoney(ctx, b.DB, b.Rail, b.carl, euros(5)); !errors.Is(err, banking.ErrTakenBack) {
		t.Errorf("he pays by card again: %v", err)
	}
	transfer, err := b.Rails.Named("manual")
	b.OK(err)
	if p, err := banking.AddMoney(ctx, b.DB, transfer, b.carl, euros(5)); err != nil || !p.Waits {
		t.Errorf("nor by transfer: %+v, %v", p, err)
	}
	if _, err := banking.Withdraw(ctx, b.DB, b.Rail, b.carl, carl, banking.Usual); err != nil && !errors.Is(err, banking.ErrNotInWallet) {
		t.Errorf("nor out: %v", err)
	}

	won := retold{b.Rail, func(k *banking.Book) {
		k.Lines = []banking.Line{{Ref: "won", Kind: banking.LineWon, Key: "deposit/2", Amount: regretted, At: b.DB.Now()}}
		k.Held[0].Minor += regretted.Minor
	}}
	b.finds(won)
	if fund, lost := b.Balance(banking.Fund, "EUR"), b.Balance("losses/2030-01", "EUR"); fund != euros(10) || lost.Minor != 0 {
		t.Errorf("after it came again the fund holds %v, the loss is %v", fund, lost)
	}
	if _, err := banking.AddMoney(ctx, b.DB, b.Rail, b.carl, euros(5)); err != nil {
		t.Errorf("by card: %v", err)
	}
}
