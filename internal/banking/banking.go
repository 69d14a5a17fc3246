package banking

import (
	"context"
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/ledger"
)

// A Rail carries money between the world and us through one payment provider.
// Asked twice under one key, it acts once and answers the same.
type Rail interface {
	Name() string
	Collect(ctx context.Context, o Order) (Answer, error)
	Send(ctx context.Context, o Order) (Answer, error)
}

// Order asks a rail to move money for somebody.
type Order struct {
	Key    string // unique for ever: "deposit/7"
	Person account.ID
	Amount money.Amount
}

// Answer is what became of an order. An error beside it means that nothing is
// known yet, and the order will be given again.
type Answer struct {
	Reference string // the provider's name for it
	Refused   string // why not, for the person to read; empty: it was done
}

// DepositID names money on its way in.
type DepositID int64

// PayoutID names money on its way out.
type PayoutID int64

// State is how far a deposit or a payout has come.
type State string

// The states of deposits (pending, confirmed, failed) and payouts (on its way, sent, failed).
const (
	Pending   State = "pending"
	Confirmed State = "confirmed"
	OnItsWay  State = "on its way"
	Sent      State = "sent"
	Failed    State = "failed"
)

var _ = say.Words(Pending, Confirmed, OnItsWay, Sent, Failed)

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
}

// Amount is what is to come in.
func (p Deposit) Amount() money.Amount { return money.Amount{Minor: p.Minor, Currency: p.Currency} }

// Amount is what is to go out.
func (p Payout) Amount() money.Amount { return money.Amount{Minor: p.Minor, Currency: p.Currency} }

func (p Deposit) key() string { return fmt.Sprintf("deposit/%d", p.ID) }
func (p Payout) key() string  { return fmt.Sprintf("payout/%d", p.ID) }

func (p Payout) account() ledger.Account { return ledger.Account(p.key()) }

func outside(rail string) ledger.Account { return ledger.Account("outside/" + rail) }

// largest is the most that one deposit or payout may move. It keeps every sum
// of any market far from the end of an int64.
const largest = 100_000_000_000

// Refusals of deposits and payouts.
var (
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
