package contract

import (
	"context"
	"strings"
	"unicode/utf8"

	"freehold/internal/escrow"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/ledger"
)

var (
	// ErrAmount says what a bonus or a refund can be.
	ErrAmount = fault.New(fault.Invalid, "amount_invalid", "Name an amount above zero in %s, the currency of this contract.").At("amount")
	// ErrNoWords asks what the money is for.
	ErrNoWords = fault.New(fault.Invalid, "words_missing", "Say what it is for, in at most 2,000 characters. The other side reads it.").At("words")
	// ErrGivenMeanwhile is the answer to one who clicks twice.
	ErrGivenMeanwhile = fault.New(fault.Conflict, "given_meanwhile",
		"Money was given on this contract since you opened this page. Nothing was moved now. If you want to give more, look at the contract, then do it again.")
	// ErrNotCovered says what it takes and what the wallet holds.
	ErrNotCovered = fault.New(fault.Conflict, "insufficient_funds", "This takes %s and your wallet holds %s. Nothing was moved.").At("amount")
)

// Extra is money between the two beyond the milestones: a bonus, or a refund.
type Extra struct {
	Amount money.Amount
	Words  string
	N      int // how many of its kind there are on the contract with this one
}

func (e Extra) check(currency string) (Extra, error) {
	e.Words = strings.TrimSpace(e.Words)
	switch {
	case e.Amount.Currency != currency || !e.Amount.Positive():
		return e, ErrAmount.With(currency)
	case e.Words == "" || utf8.RuneCountInString(e.Words) > 2000:
		return e, ErrNoWords
	}
	return e, nil
}

// Extras are what was given on a contract besides its milestones.
type Extras struct {
	Bonuses  int
	Refunds  int
	Given    money.Amount // as bonuses, before fees
	Returned money.Amount // by the freelancer
	Left     money.Amount // of what the freelancer earned, that could still be returned
}

func extrasOf(ctx context.Context, tx *db.Tx, c *Contract) (Extras, error) {
	sums, err := db.One[extraSums](ctx, tx, theExtras, c.ID)
	return c.extras(sums), err
}

type extraSums struct {
	Bonuses, Refunds int
	Given, Returned  int64
}

const theExtras = `
	SELECT b.n AS bonuses, b.minor AS given, r.n AS refunds, r.minor AS returned
	FROM (SELECT count(*) AS n, coalesce(sum(minor), 0)::bigint AS minor FROM contract.bonuses WHERE contract = $1) b,
		(SELECT count(*) AS n, coalesce(sum(minor), 0)::bigint AS minor FROM contract.refunds WHERE contract = $1) r`

func (c *Contract) extras(sums extraSums) Extras {
	e := Extras{
		Bonuses: sums.Bonuses, Refunds: sums.Refunds,
		Given: money.Amount{Minor: sums.Given, Currency: c.Currency}, Returned: money.Amount{Minor: sums.Returned, Currency: c.Currency},
	}
	e.Left = c.earned().Add(c.payFor(e.Given).Net).Sub(e.Returned)
	return e
}

// earned is what the freelancer was paid for milestones.
func (c *Contract) earned() money.Amount {
	sum := money.Zero(c.Currency)
	for i := range c.Milestones {
		sum = sum.Add(c.payFor(c.Milestones[i].paid()).Net)
	}
	return sum
}

// BonusCost is what a bonus takes out of the client's wallet.
func (c *Contract) BonusCost(bonus money.Amount) money.Amount { return bonus.Add(c.ClientFee(bonus)) }

// begun reports whether money has ever been in escrow.
func (c *Contract) begun() bool { return c.FundedAt != nil }

// inWallet is what a side's wallet holds. The wallets of both stay as they are
// until the transaction ends.
func inWallet(ctx context.Context, tx *db.Tx, c *Contract, s Side) (money.Amount, error) {
	wallets, err := ledger.Lock(ctx, tx, c.Currency, escrow.Wallet(c.Client), escrow.Wallet(c.Freelancer))
	switch {
	case err != nil:
		return money.Amount{}, err
	case s == Client:
		return wallets[0], nil
	default:
		return wallets[1], nil
	}
}
