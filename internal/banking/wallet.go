package banking

import (
	"context"
	"strings"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/ledger"
)

// Balance is one currency of a wallet.
type Balance struct {
	Available money.Amount // to use or withdraw
	Secured   money.Amount // theirs, set aside in escrow: milestones, bonds, ending fees
	Coming    money.Amount // others' money in escrow for work that is theirs to do
}

// Movement is one line of a wallet's history, in words.
type Movement struct {
	ledger.Movement
	Words say.Sentence
	Link  string // where to read about it; may be empty
}

// Balances is a wallet, a row for each currency that the person has anything
// to do with, in the order of their codes.
func Balances(ctx context.Context, d *db.DB, by account.Actor) (out []Balance, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		type row struct {
			Currency                   string
			Available, Secured, Coming int64
		}
		rows, err := db.All[row](ctx, tx, `
			WITH escrows (code, mine) AS (
				SELECT 'escrow/milestone/' || m.id, c.client = $1
				FROM contract.contracts c JOIN contract.milestones m ON m.contract = c.id
				WHERE (c.client = $1 OR c.freelancer = $1) AND c.state <> 'ended' AND m.state IN ('funded', 'submitted', 'changes asked')
				UNION ALL
				SELECT 'escrow/ending/' || c.id, true FROM contract.contracts c WHERE c.client = $1 AND c.state <> 'ended'
				UNION ALL
				SELECT 'escrow/bond/' || p.id, true FROM jobpost.posts p WHERE p.client = $1 AND p.state = 'open'
			), parts (currency, available, secured, coming) AS (
				SELECT a.currency, b.minor, 0, 0
				FROM ledger.accounts a JOIN ledger.balances b ON b.account = a.id WHERE a.code = $2
				UNION ALL
				SELECT a.currency, 0, CASE WHEN e.mine THEN b.minor ELSE 0 END, CASE WHEN e.mine THEN 0 ELSE b.minor END
				FROM escrows e JOIN ledger.accounts a ON a.code = e.code JOIN ledger.balances b ON b.account = a.id
			)
			SELECT currency, sum(available)::bigint AS available, sum(secured)::bigint AS secured, sum(coming)::bigint AS coming
			FROM parts GROUP BY currency ORDER BY currency`, by.ID, string(escrow.Wallet(by.ID)))
		for _, r := range rows {
			in := func(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: r.Currency} }
			out = append(out, Balance{in(r.Available), in(r.Secured), in(r.Coming)})
		}
		return err
	})
	return out, err
}

// History is a wallet's movements in one currency, newest first, up to n before
// the given version (0: from the newest).
func History(ctx context.Context, d *db.DB, by account.Actor, currency string, before int64, n int) (out []Movement, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		moved, err := ledger.Movements(ctx, tx, escrow.Wallet(by.ID), currency, before, n)
		for _, m := range moved {
			words, link := Explain(m)
			out = append(out, Movement{m, words, link})
		}
		return err
	})
	return out, err
}

// DepositsThatWait are by's deposits that are not settled, the latest first.
func DepositsThatWait(ctx context.Context, d *db.DB, by account.Actor) (out []Deposit, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		out, err = db.All[Deposit](ctx, tx, `SELECT `+depositCols+` FROM banking.deposits WHERE person = $1 AND state = 'pending' ORDER BY id DESC LIMIT 20`, by.ID)
		return err
	})
	return out, err
}

// PayoutsOf are somebody's newest n payouts.
func PayoutsOf(ctx context.Context, d *db.DB, by account.Actor, n int) (out []Payout, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		out, err = db.All[Payout](ctx, tx, `SELECT `+payoutCols+` FROM banking.payouts WHERE person = $1 ORDER BY id DESC LIMIT $2`, by.ID, n)
		return err
	})
	return out, err
}

// words says what a movement was, by the kind of its posting, where it matters
// with what the money waited for, and by whether money came in. The %s is the
// title of what it was for.
var words = map[string]struct{ in, out string }{
	"deposit":            {in: say.Key("You added money")},
	"payout":             {out: say.Key("You withdrew money")},
	"payout failed":      {in: say.Key("A withdrawal did not arrive; the money came back")},
	"payout returned":    {in: say.Key("A withdrawal was sent back by the bank; the money is here again")},
	"payout called back": {in: say.Key("You called a withdrawal back")},
	"assigned":           {in: say.Key("A transfer of yours that we had to find the owner of")},
	"secure":             {out: say.Key("Set aside for “%s”")},
	"secure/bond":        {out: say.Key("Answer bond set aside for “%s”")},
	"secure/ending":      {out: say.Key("Ending fee set aside for “%s”")},
	"release":            {in: say.Key("Paid for “%s”")},
	"divide":             {in: say.Key("The settled part of “%s”")},
	"give back":          {in: say.Key("Back from escrow: “%s”")},
	"give back/bond":     {in: say.Key("Your answer bond is back: “%s”")},
	"give back/ending":   {in: say.Key("Your ending fee is back: “%s”")},
	"trim":               {in: say.Key("No longer needed as ending fee for “%s”")},
	"contest":            {in: say.Key("The part of “%s” that nobody disputes")},
	"award":              {in: say.Key("The dispute about “%s” is closed: your part")},
	"forfeit":            {in: say.Key("Ending fee for “%s”")},
	"bonus":              {in: say.Key("A bonus for “%s”"), out: say.Key("Your bonus for “%s”")},
	"refund":             {in: say.Key("Returned to you of “%s”"), out: say.Key("You returned some of “%s”")},
	"share":              {in: say.Key("Your share of the answer bond of “%s”, which was never answered")},
}

// twoOf are the first two parts of a posting's name: "secure/ending".
func twoOf(name string) string {
	first, rest, _ := strings.Cut(name, "/")
	second, _, _ := strings.Cut(rest, "/")
	return first + "/" + second
}

// Explain says in words what a movement was, and where to read about it.
func Explain(m ledger.Movement) (say.Sentence, string) {
	w, ok := words[twoOf(m.Name)]
	if !ok {
		w = words[m.Kind]
	}
	format := w.out
	if m.Amount.Positive() {
		format = w.in
	}
	if format == "" {
		format = m.Kind
	}
	link := ""
	if noun, id, ok := strings.Cut(m.Subject, "/"); ok {
		link = "/" + noun + "s/" + id
	}
	if m.Memo == "" {
		return say.Sentence{Format: format}, link
	}
	return say.Sentence{Format: format, Args: []any{m.Memo}}, link
}
