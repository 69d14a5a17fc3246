package banking

import (
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/ledger"
)

// DepositID names money on its way in.
type DepositID int64

// PayoutID names money on its way out.
type PayoutID int64

// State is how far a deposit or a payout has come.
type State string

// The states of deposits (pending, confirmed, failed) and payouts (on its way, sent,
// failed, called back).
const (
	Pending   State = "pending"
	Confirmed State = "confirmed"
	OnItsWay  State = "on its way"
	Sent      State = "sent"
	Failed    State = "failed"
	CalledOff State = "called back" // a payout, by its owner, before the provider had it
)

var _ = say.Words(Pending, Confirmed, OnItsWay, Sent, Failed, CalledOff)

// Deposit is money on its way into a wallet.
type Deposit struct {
	ID        DepositID
	Person    account.ID
	Rail      string
	Minor     int64
	Currency  string
	State     State
	Failure   *string
	AskedAt   time.Time
	SettledAt *time.Time
	Reference string // the provider's name for it; empty: it has not answered yet
	Waits     bool   // the provider knows of it, and it is the person's turn
	Fact      *string

	Go       string    `db:"-"` // where the person pays, while it waits
	Transfer *Transfer `db:"-"` // or what they transfer themselves
}

// Payout is money on its way out of a wallet.
type Payout struct {
	ID        PayoutID
	Person    account.ID
	Rail      string
	Minor     int64
	Currency  string
	State     State
	Failure   *string
	AskedAt   time.Time
	SettledAt *time.Time
	Reference string
	Method    *MethodID  // nil: the rail needs none
	NotBefore time.Time  // when it is handed to the provider
	HandedAt  *time.Time // from then on it cannot be called back
	File      *FileID    // in which somebody of finance took it to the bank
}

// Amount is what is to come in.
func (p Deposit) Amount() money.Amount { return money.Amount{Minor: p.Minor, Currency: p.Currency} }

// Amount is what is to go out.
func (p Payout) Amount() money.Amount { return money.Amount{Minor: p.Minor, Currency: p.Currency} }

func (p Deposit) key() string { return fmt.Sprintf("deposit/%d", p.ID) }
func (p Payout) key() string  { return fmt.Sprintf("payout/%d", p.ID) }

func (p Payout) sent() string { return p.key() + "/sent" }

func (p Payout) account() ledger.Account { return ledger.Account(p.key()) }

// What stands where in the books.
func outside(rail string) ledger.Account  { return ledger.Account("outside/" + rail) }
func suspense(rail string) ledger.Account { return ledger.Account("suspense/" + rail) }
func costs(at time.Time) ledger.Account   { return ledger.Account("costs/" + at.Format("2006-01")) }
func losses(at time.Time) ledger.Account  { return ledger.Account("losses/" + at.Format("2006-01")) }

// Fund is the operator's reserve that pays what is taken back, before it is a loss.
const Fund ledger.Account = "fund/guarantee"

// largest is the most that one deposit or payout may move. It keeps every sum
// of any market far from the end of an int64.
const largest = 100_000_000_000

// Refusals of deposits and payouts.
var (
	ErrNoDeposit = fault.New(fault.NotFound, "deposit_not_found", "There is no such deposit, or it is not yours to see.")
	ErrNoPayout  = fault.New(fault.NotFound, "payout_not_found", "There is no such withdrawal, or it is not yours to see.")
	ErrSettled   = fault.New(fault.Conflict, "money_settled", "This is over already. Nothing was changed.")
	ErrHanded    = fault.New(fault.Conflict, "payout_handed_over",
		"This is with the bank already and cannot be called back. If it does not arrive, the money comes back to your wallet by itself.")
	ErrRailCurrency = fault.New(fault.Invalid, "rail_currency", "This way moves no money in %s. Choose another one.").At("rail")
	ErrTakenBack    = fault.New(fault.Conflict, "payments_taken_back",
		"A payment of yours was taken back after it had arrived, so you can add money only in ways that cannot be: by bank transfer, where this market takes it. If that was your bank’s mistake, talk to a person of the staff.").At("rail")
	ErrAmount = fault.New(fault.Invalid, "amount_out_of_range",
		"Give an amount above zero, up to %s.")
	ErrNotForStaff = fault.New(fault.Forbidden, "sign_in_first",
		"Only a person with a wallet can move money. Sign in first.")
	ErrNotInWallet = fault.New(fault.Conflict, "not_in_your_wallet",
		"Your wallet does not hold %s. Nothing was moved. Give a smaller amount.")
	ErrUnconfirmed = fault.New(fault.Forbidden, "address_not_confirmed",
		"Before money leaves your wallet we want to be sure that we can reach you. Follow the link in the mail we sent you, then try again; your settings can send it anew.")
)

func checkAmount(a money.Amount) error {
	if a.Minor <= 0 || a.Minor > largest {
		return ErrAmount.With(money.Amount{Minor: largest, Currency: a.Currency}).At("amount")
	}
	return nil
}
