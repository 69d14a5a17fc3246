// Package escrow holds money for one purpose until that purpose is met, and is
// the only code that names escrow, fee and wallet accounts.
//
//	secure    wallet/C    ->  escrow/P
//	release   escrow/P    ->  wallet/F  and the fees  ->  fees/contract/K
//	give back escrow/P    ->  wallet/C
//	divide    escrow/P    ->  wallet/F  and the fees  ->  fees/contract/K  and the rest  ->  wallet/C
//	bonus     wallet/C    ->  wallet/F  and the fees  ->  fees/contract/K
//	refund    wallet/F    ->  wallet/C  and our part  <-  fees/contract/K
//	contest   escrow/P    ->  wallet/F  and the fees  ->  fees/contract/K  and what is disputed  ->  escrow/D
//	award     escrow/D    ->  wallet/F  and the fees  ->  fees/contract/K  and the rest  ->  wallet/C
//	roll      escrow/P    ->  escrow/R, from which the next week is secured first
//	share     escrow/P    ->  wallet/F1, wallet/F2, ...
//
// What it promises, and what holds it to that:
//
//  1. Escrow is emptied by the acts above and by nothing else. (this package
//     alone names its accounts; arch_test.go)
//  2. Each act happens once for each purpose. (the posting's name)
package escrow

import (
	"context"
	"fmt"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/ledger"
)

// Purpose is what the money waits for.
type Purpose string

// Milestone is the price and the client's fee of one milestone.
func Milestone[ID ~int64](id ID) Purpose { return Purpose(fmt.Sprintf("milestone/%d", id)) }

// Bond is the answer bond of one job post.
func Bond[ID ~int64](post ID) Purpose { return Purpose(fmt.Sprintf("bond/%d", post)) }

// EndingFee is what a freelancer is owed if the unfunded rest of one contract never comes.
func EndingFee[ID ~int64](contract ID) Purpose { return Purpose(fmt.Sprintf("ending/%d", contract)) }

// Reserve is what the weeks of one contract left over, and the next ones take first.
func Reserve[ID ~int64](contract ID) Purpose { return Purpose(fmt.Sprintf("reserve/%d", contract)) }

// Disputed is what two people disagree about of one milestone.
func Disputed[ID ~int64](milestone ID) Purpose { return Purpose(fmt.Sprintf("dispute/%d", milestone)) }

func (p Purpose) account() ledger.Account { return ledger.Account("escrow/" + p) }

// Wallet is the account of money that somebody can use or withdraw.
func Wallet(of account.ID) ledger.Account { return ledger.Account(fmt.Sprintf("wallet/%d", of)) }

func fees[ID ~int64](contract ID) ledger.Account {
	return ledger.Account(fmt.Sprintf("fees/contract/%d", contract))
}

// About is what the money is for, as the people concerned read it.
type About struct {
	Subject string // "contract/7"
	Title   string
}

func (p Purpose) posting(kind string, about About) ledger.Posting {
	return ledger.Posting{Name: kind + "/" + string(p), Kind: kind, Subject: about.Subject, Memo: about.Title}
}

// Held is what waits in escrow for p.
func Held(ctx context.Context, tx *db.Tx, p Purpose, currency string) (money.Amount, error) {
	return ledger.Balance(ctx, tx, p.account(), currency)
}

// AskHeld asks for what Held returns, together with other questions.
func AskHeld(a *db.Ask, answer *money.Amount, p Purpose, currency string) {
	ledger.AskBalance(a, answer, p.account(), currency)
}

// Secure sets money from a wallet aside for p.
func Secure(ctx context.Context, tx *db.Tx, p Purpose, from account.ID, a money.Amount, about About) error {
	return ledger.Post(ctx, tx, p.posting("secure", about), ledger.Transfer{From: Wallet(from), To: p.account(), Amount: a})
}

// SecureWith is Secure with a part that waits for another purpose already.
func SecureWith(ctx context.Context, tx *db.Tx, p, reserve Purpose, part money.Amount, from account.ID, rest money.Amount, about About) error {
	return ledger.Post(ctx, tx, p.posting("secure", about),
		ledger.Transfer{From: reserve.account(), To: p.account(), Amount: part},
		ledger.Transfer{From: Wallet(from), To: p.account(), Amount: rest})
}

// Roll keeps the part of p that was not used for what comes next.
func Roll(ctx context.Context, tx *db.Tx, p, reserve Purpose, a money.Amount, about About) error {
	return ledger.Post(ctx, tx, p.posting("roll", about), ledger.Transfer{From: p.account(), To: reserve.account(), Amount: a})
}

// SecureMore adds to what waits for p, because of the named fact.
func SecureMore(ctx context.Context, tx *db.Tx, p Purpose, fact string, from account.ID, a money.Amount, about About) error {
	posting := p.posting("secure", about)
	posting.Name += "/" + fact
	return ledger.Post(ctx, tx, posting, ledger.Transfer{From: Wallet(from), To: p.account(), Amount: a})
}

// Pay says how a release is divided. Net and Fee together are all that p holds.
type Pay struct {
	To       account.ID
	Net, Fee money.Amount
	Contract int64 // whose fee account gets the fee
}

// Release pays what waits for p to the one who earned it, and our fee.
func Release(ctx context.Context, tx *db.Tx, p Purpose, pay Pay, about About) error {
	return ledger.Post(ctx, tx, p.posting("release", about),
		ledger.Transfer{From: p.account(), To: Wallet(pay.To), Amount: pay.Net},
		ledger.Transfer{From: p.account(), To: fees(pay.Contract), Amount: pay.Fee})
}

// Divide pays the part of p that was earned, and our fee on it, and returns the
// rest to the wallet it came from. Pay and back together are all that p holds.
func Divide(ctx context.Context, tx *db.Tx, p Purpose, pay Pay, to account.ID, back money.Amount, about About) error {
	return ledger.Post(ctx, tx, p.posting("divide", about),
		ledger.Transfer{From: p.account(), To: Wallet(pay.To), Amount: pay.Net},
		ledger.Transfer{From: p.account(), To: fees(pay.Contract), Amount: pay.Fee},
		ledger.Transfer{From: p.account(), To: Wallet(to), Amount: back})
}

// Contest pays the part of p that nobody disputes, and our fee on it, and sets the
// rest aside until the dispute ends. Pay and stake together are all that p holds.
func Contest(ctx context.Context, tx *db.Tx, p, disputed Purpose, pay Pay, stake money.Amount, about About) error {
	return ledger.Post(ctx, tx, p.posting("contest", about),
		ledger.Transfer{From: p.account(), To: Wallet(pay.To), Amount: pay.Net},
		ledger.Transfer{From: p.account(), To: fees(pay.Contract), Amount: pay.Fee},
		ledger.Transfer{From: p.account(), To: disputed.account(), Amount: stake})
}

// Award divides what a dispute was about. Pay and back together are all that it holds.
func Award(ctx context.Context, tx *db.Tx, disputed Purpose, pay Pay, to account.ID, back money.Amount, about About) error {
	return ledger.Post(ctx, tx, disputed.posting("award", about),
		ledger.Transfer{From: disputed.account(), To: Wallet(pay.To), Amount: pay.Net},
		ledger.Transfer{From: disputed.account(), To: fees(pay.Contract), Amount: pay.Fee},
		ledger.Transfer{From: disputed.account(), To: Wallet(to), Amount: back})
}

// GiveBack returns all that waits for p to the wallet it came from.
func GiveBack(ctx context.Context, tx *db.Tx, p Purpose, to account.ID, currency string, about About) (money.Amount, error) {
	held, err := Held(ctx, tx, p, currency)
	if err != nil {
		return held, err
	}
	return held, ledger.Post(ctx, tx, p.posting("give back", about),
		ledger.Transfer{From: p.account(), To: Wallet(to), Amount: held})
}

// Trim returns the part of p that is no longer needed, because of the named fact.
func Trim(ctx context.Context, tx *db.Tx, p Purpose, fact string, to account.ID, a money.Amount, about About) error {
	posting := p.posting("trim", about)
	posting.Name += "/" + fact
	return ledger.Post(ctx, tx, posting, ledger.Transfer{From: p.account(), To: Wallet(to), Amount: a})
}

// Forfeit pays all that waits for p to the one to whom it was promised.
func Forfeit(ctx context.Context, tx *db.Tx, p Purpose, to account.ID, currency string, about About) (money.Amount, error) {
	held, err := Held(ctx, tx, p, currency)
	if err != nil {
		return held, err
	}
	return held, ledger.Post(ctx, tx, p.posting("forfeit", about),
		ledger.Transfer{From: p.account(), To: Wallet(to), Amount: held})
}

// Bonus pays more than was agreed out of a wallet, and our fee.
func Bonus(ctx context.Context, tx *db.Tx, id int64, from account.ID, pay Pay, about About) error {
	return ledger.Post(ctx, tx, ledger.Posting{Name: fmt.Sprintf("bonus/%d", id), Kind: "bonus", Subject: about.Subject, Memo: about.Title},
		ledger.Transfer{From: Wallet(from), To: Wallet(pay.To), Amount: pay.Net},
		ledger.Transfer{From: Wallet(from), To: fees(pay.Contract), Amount: pay.Fee})
}

// Refund returns money that was earned to the one who paid it, and our fee on it.
func Refund(ctx context.Context, tx *db.Tx, id int64, from account.ID, back Pay, about About) error {
	return ledger.Post(ctx, tx, ledger.Posting{Name: fmt.Sprintf("refund/%d", id), Kind: "refund", Subject: about.Subject, Memo: about.Title},
		ledger.Transfer{From: Wallet(from), To: Wallet(back.To), Amount: back.Net},
		ledger.Transfer{From: fees(back.Contract), To: Wallet(back.To), Amount: back.Fee})
}

// Fees are what we have earned on a contract.
func Fees(ctx context.Context, tx *db.Tx, contract int64, currency string) (money.Amount, error) {
	return ledger.Balance(ctx, tx, fees(contract), currency)
}

// Share divides all that waits for p equally. Odd cents go to the first ones.
func Share(ctx context.Context, tx *db.Tx, p Purpose, among []account.ID, currency string, about About) ([]money.Amount, error) {
	held, err := Held(ctx, tx, p, currency)
	if err != nil || len(among) == 0 {
		return nil, err
	}
	shares := held.Split(len(among))
	transfers := make([]ledger.Transfer, len(among))
	for i, to := range among {
		transfers[i] = ledger.Transfer{From: p.account(), To: Wallet(to), Amount: shares[i]}
	}
	return shares, ledger.Post(ctx, tx, p.posting("share", about), transfers...)
}
