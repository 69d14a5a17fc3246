package ledger

import (
	"time"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
)

// Account is the code of an account, such as "wallet/7". An account exists once
// in each currency that was ever booked on it.
type Account string

// Transfer is one amount on its way from one account to another.
type Transfer struct {
	From, To Account
	Amount   money.Amount
}

// Posting is one event and how people are told of it.
type Posting struct {
	Name    string // the fact, unique for ever: "release/milestone/42"
	Kind    string // what it was: "release"
	Subject string // where to read about it: "contract/7"
	Memo    string // the title of that, as it was at the time
}

// Movement is one transfer as the holder of an account sees it.
type Movement struct {
	Name, Kind, Subject, Memo string
	At                        time.Time
	Other                     Account      // where it came from or went
	Amount                    money.Amount // negative when it went out
	Balance                   money.Amount // right after it
	Version                   int64        // counts the account's transfers from 1
}

// ErrInsufficient says that an account does not hold enough.
var ErrInsufficient = fault.New(fault.Conflict, "insufficient_funds",
	"There is not enough money in your wallet for this. Nothing was moved. Add money to your wallet, then try again.")
