package banking_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
)

const iban = "PT50 0002 0123 1234 5678 9015 4"

// house is a bank with Ada, who has 100 euros.
type house struct {
	*bank
	manual banking.FiledRail
	ada    account.Actor
}

func newHouse(t *testing.T) *house {
	t.Helper()
	b := newBank(t)
	manual, err := b.Rails.Filed("manual")
	b.OK(err)
	return &house{b, manual, b.Person("Ada", euros(100))}
}

func (h *house) adds(by account.Actor, iban string) banking.Method {
	h.Helper()
	m, err := banking.AddAccount(h.Context(), h.DB, h.Vault, h.manual, by, markettest.Password, iban, by.Name)
	h.OK(err)
	return m
}

func (h *house) withdraws(n int64, to banking.MethodID) banking.Payout {
	h.Helper()
	p, err := banking.Withdraw(h.Context(), h.DB, h.manual, h.ada, euros(n), to)
	h.OK(err)
	return p
}

func (h *house) makesFile() banking.PaymentFile {
	h.Helper()
	f, err := banking.MakePaymentFile(h.Context(), h.DB, h.Vault, h.manual, h.finn)
	h.OK(err)
	return f
}

// reads has Finn take over a table of the bank, of lines below its head.
func (h *house) reads(lines ...string) banking.Imported {
	h.Helper()
	in, err := banking.ImportStatement(h.Context(), h.DB, h.manual, h.finn, []byte("date,amount,text,id,end to end id\n"+strings.Join(lines, "\n")))
	h.OK(err)
	return in
}

func (h *house) line(amount, text, end string) string {
	return fmt.Sprintf("%s,%s,%s,%s %s,%s", h.DB.Now().Format("2006-01-02"), amount, text, h.DB.Now().Format("15:04:05"), end+amount, end)
}

func refused(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got %v, want %v", what, err, want)
	}
}

func TestAnAccountIsAddedByItsOwnerAndKeptSealed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	add := func(by account.Actor, password, iban, holder string) error {
		_, err := banking.AddAccount(ctx, h.DB, h.Vault, h.manual, by, password, iban, holder)
		return err
	}
	refused(t, "by the market", add(account.System, "", iban, "Ada"), banking.ErrNotForStaff)
	refused(t, "with a slip", add(h.ada, markettest.Password, iban[:len(iban)-1]+"5", ""), banking.ErrIBAN)
	refused(t, "of nobody", add(h.ada, markettest.Password, iban, " "), banking.ErrHolder)
	refused(t, "by whoever found her screen open", add(h.ada, "guess", iban, "Ada"), account.ErrWrongPassword)
	if _, err := banking.AddAccount(ctx, h.DB, h.Vault, h.Rail, h.ada, markettest.Password, iban, "Ada"); !errors.Is(err, banking.ErrNotIBAN) {
		t.Errorf("where none is needed: %v", err)
	}
	errs := make([]error, 2)
	var both sync.WaitGroup
	for i := range errs {
		both.Go(func() { errs[i] = add(h.ada, markettest.Password, iban, "Ada") })
	}
	both.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), banking.ErrSameMethod) {
		t.Errorf("twice at once: %v", errs)
	}
	all, err := banking.Methods(ctx, h.DB, h.ada)
	h.OK(err)
	if len(all) != 1 || all[0].Label != "PT •••• 0154" || all[0].UsableFrom.Sub(all[0].AddedAt) != 3*day || h.told(h.ada, "payout_method") != 1 {
		t.Fatalf("she has %+v", all)
	}
	h.View(func(ctx context.Context, tx *db.Tx) error {
		dump, err := db.Values[string](ctx, tx, `SELECT m::text FROM banking.payout_methods m UNION ALL SELECT n::text FROM notify.notices n UNION ALL SELECT j::text FROM journal.entries j`)
		if strings.Contains(strings.Join(dump, "\n"), "00020123") {
			t.Error("the number can be read in the database")
		}
		return err
	})
	refused(t, "removed by somebody else", banking.RemoveMethod(ctx, h.DB, h.carl, all[0].ID), banking.ErrNotMethod)
	_, err = banking.Withdraw(ctx, h.DB, h.manual, h.carl, euros(1), all[0].ID)
	refused(t, "Carl’s money to Ada’s account", err, banking.ErrNoMethod)
	_, err = banking.Withdraw(ctx, h.DB, h.manual, h.ada, money.Amount{Minor: 1, Currency: "USD"}, all[0].ID)
	refused(t, "in dollars", err, banking.ErrRailCurrency)
}

func TestNothingLeavesForANewAccountForThreeDays(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	m := h.adds(h.ada, iban)
	first, second := h.withdraws(30, m.ID), h.withdraws(20, banking.Usual) // the only one there is
	if h.Wallet(h.ada, "EUR") != euros(50) || !first.NotBefore.Equal(m.UsableFrom) {
		t.Fatalf("it leaves at %v", first.NotBefore)
	}
	_, err := banking.MakePaymentFile(ctx, h.DB, h.Vault, h.manual, h.finn)
	refused(t, "on the first day", err, banking.ErrNothingDue)
	_, err = banking.CallBack(ctx, h.DB, h.carl, first.ID)
	refused(t, "called back by Carl", err, banking.ErrNoPayout)
	p, err := banking.CallBack(ctx, h.DB, h.ada, first.ID)
	h.OK(err)
	if p.State != banking.CalledOff || h.Wallet(h.ada, "EUR") != euros(80) {
		t.Errorf("it is %s", p.State)
	}
	_, err = banking.CallBack(ctx, h.DB, h.ada, first.ID)
	refused(t, "twice", err, banking.ErrSettled)
	h.Clock.Advance(3 * day)
	_, err = banking.MakePaymentFile(ctx, h.DB, h.Vault, h.manual, h.carl)
	refused(t, "by Carl", err, banking.ErrNotFinance)
	f := h.makesFile()
	if f.Payouts != 1 || f.Amount() != euros(20) {
		t.Errorf("the file: %+v", f)
	}
	_, err = banking.CallBack(ctx, h.DB, h.ada, second.ID)
	refused(t, "once the bank has it", err, banking.ErrHanded)
	xml, err := banking.FetchPaymentFile(ctx, h.DB, h.Vault, h.finn, f.ID)
	h.OK(err)
	if !strings.Contains(xml, "PT50000201231234567890154") || !strings.Contains(xml, fmt.Sprintf("<EndToEndId>payout-%d<", second.ID)) || strings.Contains(xml, fmt.Sprintf("payout-%d<", first.ID)) {
		t.Errorf("it says %s", xml)
	}
	_, err = banking.FetchPaymentFile(ctx, h.DB, h.Vault, h.ada, f.ID)
	refused(t, "fetched by Ada", err, banking.ErrNotFinance)
	_, err = banking.FetchPaymentFile(ctx, h.DB, h.Vault, h.finn, 99)
	refused(t, "one that is not there", err, banking.ErrNoFile)
}

func TestRemovingAnAccountBringsBackWhatWasToGoThere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m := h.adds(h.ada, iban)
	h.withdraws(30, m.ID)
	h.OK(banking.RemoveMethod(t.Context(), h.DB, h.ada, m.ID))
	if h.Wallet(h.ada, "EUR") != euros(100) {
		t.Error("it is gone")
	}
	_, err := banking.Withdraw(t.Context(), h.DB, h.manual, h.ada, euros(1), m.ID)
	refused(t, "to an account that was removed", err, banking.ErrNoMethod)
	h.Clock.Advance(4 * day)
	_, err = banking.MakePaymentFile(t.Context(), h.DB, h.Vault, h.manual, h.finn)
	refused(t, "later", err, banking.ErrNothingDue)
}

func TestTheBankSaysWhatBecameOfPayouts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m := h.adds(h.ada, iban)
	h.Clock.Advance(3 * day)
	sent, back, no := h.withdraws(30, m.ID), h.withdraws(20, m.ID), h.withdraws(10, m.ID)
	files := make([]error, 2)
	var both sync.WaitGroup
	for i := range files {
		both.Go(func() { _, files[i] = banking.MakePaymentFile(context.Background(), h.DB, h.Vault, h.manual, h.finn) })
	}
	both.Wait()
	if (files[0] == nil) == (files[1] == nil) || !errors.Is(errors.Join(files...), banking.ErrNothingDue) {
		t.Fatalf("two files at once: %v", files)
	}
	ends := func(p banking.Payout) string { return fmt.Sprintf("payout-%d", p.ID) }
	refused(t, "by Carl", banking.RejectPayout(t.Context(), h.DB, h.carl, no.ID, "x"), banking.ErrNotFinance)
	refused(t, "without a word", banking.RejectPayout(t.Context(), h.DB, h.finn, no.ID, " "), banking.ErrRejectWhy)
	h.OK(banking.RejectPayout(t.Context(), h.DB, h.finn, no.ID, "No such account PT50000201231234567890154"))
	refused(t, "twice", banking.RejectPayout(t.Context(), h.DB, h.finn, no.ID, "x"), banking.ErrSettled)
	in := h.reads(h.line("-30.00", "Payout", ends(sent)), h.line("-20.00", "Payout", ends(back)), h.line("20.00", "Account closed", ends(back)))
	if len(in.Findings) != 0 {
		t.Errorf("they differ: %+v", in.Findings)
	}
	var states []string
	for _, p := range payouts(h.Market, h.ada) {
		states = append(states, string(p.State))
		if p.ID == no.ID && *p.Failure != "No such account •••• 0154" {
			t.Errorf("Ada reads %q", *p.Failure)
		}
	}
	if fmt.Sprint(states) != "[failed failed sent]" || h.Wallet(h.ada, "EUR") != euros(70) {
		t.Errorf("they are %v, and her wallet holds %v", states, h.Wallet(h.ada, "EUR"))
	}
}

func TestATransferArrivesByItsReference(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	p, err := banking.AddMoney(ctx, h.DB, h.manual, h.carl, euros(50))
	h.OK(err)
	if p.State != banking.Pending || !p.Waits || p.Transfer.Reference != banking.ReferenceOf(fmt.Sprintf("deposit/%d", p.ID)) {
		t.Fatalf("it is %+v", p)
	}
	_, err = banking.ShowDeposit(ctx, h.DB, h.Rails, h.ada, p.ID)
	refused(t, "shown to Ada", err, banking.ErrNoDeposit)
	_, err = banking.ImportStatement(ctx, h.DB, h.manual, h.carl, []byte("date,amount\n2030-01-01,5\n"))
	refused(t, "read by Carl", err, banking.ErrNotFinance)
	before := h.Wallet(h.carl, "EUR")
	in := h.reads(h.line("45.00", "Website "+p.Transfer.Reference, ""), h.line("50.00", p.Transfer.Reference, "")) // less than he said, and then once more
	if in.Lines != 2 || len(in.Findings) != 0 || h.Wallet(h.carl, "EUR") != before.Add(euros(95)) {
		t.Errorf("%+v; his wallet holds %v", in, h.Wallet(h.carl, "EUR"))
	}
	if p, err := banking.ShowDeposit(ctx, h.DB, h.Rails, h.carl, p.ID); err != nil || p.State != banking.Confirmed || p.Amount() != euros(45) {
		t.Errorf("it is %+v, %v", p, err)
	}

	late, err := banking.AddMoney(ctx, h.DB, h.manual, h.carl, euros(7))
	h.OK(err)
	h.Clock.Advance(31 * day)
	_, err = banking.SweepDue(ctx, h.DB, h.Rails)
	h.OK(err)
	if p, err := banking.ShowDeposit(ctx, h.DB, h.Rails, h.carl, late.ID); err != nil || p.State != banking.Failed || p.Failure == nil {
		t.Errorf("after a month it is %+v, %v", p, err)
	}
	h.reads(h.line("7.00", late.Transfer.Reference, ""))
	if p, err := banking.ShowDeposit(ctx, h.DB, h.Rails, h.carl, late.ID); err != nil || p.State != banking.Confirmed {
		t.Errorf("and when it comes all the same %+v, %v", p, err)
	}
	refused(t, "given up too late", banking.GiveUpDeposit(ctx, h.DB, h.carl, late.ID), banking.ErrSettled)
}

func TestMoneyGoesOutByItself(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	m := h.adds(h.ada, iban)
	_, err := banking.SetSchedule(ctx, h.DB, h.manual, h.ada, "day", 0, m.ID)
	refused(t, "every day", err, banking.ErrEvery)
	refused(t, "from nothing on", err, banking.ErrLeast)
	_, err = banking.SetSchedule(ctx, h.DB, h.manual, h.carl, banking.EveryWeek, 1, m.ID)
	refused(t, "to somebody else’s account", err, banking.ErrNoMethod)
	s, err := banking.SetSchedule(ctx, h.DB, h.manual, h.ada, banking.EveryWeek, 60_00, m.ID)
	h.OK(err)
	if s.NextAt.Weekday().String() != "Monday" || !s.NextAt.After(h.DB.Now()) {
		t.Errorf("next on %v", s.NextAt)
	}
	sweep := func() {
		_, err := banking.SweepDue(ctx, h.DB, h.Rails)
		h.OK(err)
	}
	h.Clock.Advance(7 * day)
	sweep()
	sweep()
	if n := len(payouts(h.Market, h.ada)); n != 1 || h.Wallet(h.ada, "EUR").Minor != 0 {
		t.Errorf("%d went out", n)
	}
	h.Deposit(h.ada, euros(59)) // less than she wants to be sent
	h.Clock.Advance(7 * day)
	sweep()
	if n := len(payouts(h.Market, h.ada)); n != 1 {
		t.Errorf("%d went out", n)
	}
	h.OK(banking.EndSchedule(ctx, h.DB, h.ada))
	h.Deposit(h.ada, euros(59))
	h.Clock.Advance(7 * day)
	sweep()
	if s, err := banking.ScheduleOf(ctx, h.DB, h.ada); err != nil || s != nil || len(payouts(h.Market, h.ada)) != 1 {
		t.Errorf("it goes on: %+v, %v", s, err)
	}
}
