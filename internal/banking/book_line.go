package banking

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/ledger"
	"freehold/internal/notify"
)

// storedLine is a line of a provider's book, as we keep it.
type storedLine struct {
	ID       LineID
	Rail     string
	Ref      string
	Kind     LineKind
	Key      string
	Minor    int64
	Currency string
	Text     string
	At       time.Time
}

const lineCols = `l.id, l.rail, l.ref, l.kind, l.key, l.minor, l.currency, l.text, l.at`

func (l storedLine) about() string        { return fmt.Sprintf("line %d", l.ID) }
func (l storedLine) posting() string      { return fmt.Sprintf("line/%d", l.ID) }
func (l storedLine) amount() money.Amount { return money.Amount{Minor: l.Minor, Currency: l.Currency} }

// size is the amount without its direction.
func (l storedLine) size() money.Amount {
	return money.Amount{Minor: max(l.Minor, -l.Minor), Currency: l.Currency}
}

// ours is the number in the key of an order of ours, such as 7 in "deposit/7".
func (l storedLine) ours(kind string) (id int64, ok bool) {
	number, ok := strings.CutPrefix(l.Key, kind+"/")
	if !ok {
		return 0, false
	}
	id, err := strconv.ParseInt(number, 10, 64)
	return id, err == nil
}

// bookLines books every line of a rail that stands under no posting yet. One that
// cannot be booked stays open, and is found; one that fails keeps no other waiting.
func bookLines(ctx context.Context, d *db.DB, rail Rail) error {
	var open []LineID
	err := d.View(ctx, func(tx *db.Tx) (err error) {
		open, err = db.Values[LineID](ctx, tx, `
			SELECT id FROM banking.lines l WHERE rail = $1 AND NOT EXISTS (SELECT FROM banking.bookings b WHERE b.line = l.id) ORDER BY id`, rail.Name())
		return err
	})
	for _, id := range open {
		if failed := d.Update(ctx, func(tx *db.Tx) error { return bookLine(ctx, tx, rail.Traits(), id) }); failed != nil {
			err = errors.Join(err, fmt.Errorf("line %d: %w", id, failed))
		}
	}
	return err
}

// bookLine books what a line says happened, unless it is booked, and writes down under
// which posting it stands.
func bookLine(ctx context.Context, tx *db.Tx, t Traits, id LineID) error {
	l, open, err := lockLine(ctx, tx, id)
	if err != nil || !open {
		return err
	}
	posting := ""
	switch l.Kind {
	case LineDeposit:
		posting, err = l.bookDeposit(ctx, tx, t)
	case LinePayout:
		posting, err = l.bookSent(ctx, tx)
	case LineReturned:
		posting, err = l.bookReturned(ctx, tx)
	case LineFee:
		posting, err = l.bookCost(ctx, tx)
	case LineChargeback:
		posting, err = l.bookChargeback(ctx, tx)
	case LineWon:
		posting, err = l.bookWon(ctx, tx)
	case LineOther:
		posting, err = l.bookUnknown(ctx, tx)
	}
	if err != nil || posting == "" {
		return err
	}
	return insertBooking(ctx, tx, l.ID, posting, nil)
}

func lockLine(ctx context.Context, tx *db.Tx, id LineID) (l storedLine, open bool, err error) {
	if err := db.LockName(ctx, tx, fmt.Sprintf("line %d", id)); err != nil { // the row itself can never be written to
		return l, false, err
	}
	if l, err = db.One[storedLine](ctx, tx, `SELECT `+lineCols+` FROM banking.lines l WHERE id = $1`, id); err != nil {
		if errors.Is(err, db.NoRow) {
			err = ErrNoLine
		}
		return l, false, err
	}
	open, err = db.Value[bool](ctx, tx, `SELECT NOT EXISTS (SELECT FROM banking.bookings WHERE line = $1)`, id)
	return l, open, err
}

func insertBooking(ctx context.Context, tx *db.Tx, line LineID, posting string, by *account.ID) error {
	return db.Exec1(ctx, tx, `INSERT INTO banking.bookings (line, posting, by, at) VALUES ($1, $2, $3, $4)`, line, posting, by, tx.Now)
}

// isTaken reports whether another line stands under a posting.
func isTaken(ctx context.Context, tx *db.Tx, posting string) (bool, error) {
	return db.Value[bool](ctx, tx, `SELECT EXISTS (SELECT FROM banking.bookings WHERE posting = $1)`, posting)
}

// bookDeposit confirms the deposit that the line is about. What somebody transfers
// themselves may be another sum than they have said, or come twice: it is theirs.
func (l storedLine) bookDeposit(ctx context.Context, tx *db.Tx, t Traits) (posting string, err error) {
	id, ok := l.ours("deposit")
	if !ok {
		return l.bookUnknown(ctx, tx)
	}
	p, err := lockDeposit(ctx, tx, DepositID(id))
	if errors.Is(err, db.NoRow) || err == nil && (p.Rail != l.Rail || p.Currency != l.Currency) {
		return l.bookUnknown(ctx, tx)
	}
	if err != nil || l.Minor <= 0 {
		return "", err
	}
	taken, err := isTaken(ctx, tx, p.key())
	if err != nil {
		return "", err
	}
	byHand := !t.Pulls
	switch {
	case p.State == Confirmed && !taken && p.Minor == l.Minor:
		return p.key(), nil
	case p.State == Confirmed && byHand:
		if p.ID, err = insertDeposit(ctx, tx, p.Person, l.Rail, l.amount()); err != nil {
			return "", err
		}
	case p.State == Confirmed || p.Minor != l.Minor && !byHand:
		return "", nil
	}
	p.Minor = l.Minor
	return p.key(), bookDeposit(ctx, tx, &p, Answer{Reference: l.Ref}, t)
}

// bookUnknown puts money that nobody has claimed aside, so that its owner can be found.
// Money that has left is not explained by that.
func (l storedLine) bookUnknown(ctx context.Context, tx *db.Tx) (string, error) {
	if l.Minor < 0 {
		return "", nil
	}
	return l.posting(), ledger.Post(ctx, tx, ledger.Posting{Name: l.posting(), Kind: "unclaimed", Subject: "rail", Memo: l.Text},
		ledger.Transfer{From: outside(l.Rail), To: suspense(l.Rail), Amount: l.amount()})
}

func (l storedLine) bookSent(ctx context.Context, tx *db.Tx) (string, error) {
	p, ok, err := l.payout(ctx, tx)
	if err != nil || !ok || p.Minor != -l.Minor {
		return "", err
	}
	switch p.State {
	case Sent:
	case OnItsWay:
		if err := bookPayout(ctx, tx, &p, Answer{Reference: l.Ref}); err != nil {
			return "", err
		}
	case Failed: // it came back before its line was read
		if booked, err := db.Value[bool](ctx, tx, `SELECT EXISTS (SELECT FROM ledger.postings WHERE name = $1)`, p.sent()); err != nil || !booked {
			return "", err
		}
	default:
		return "", nil
	}
	if taken, err := isTaken(ctx, tx, p.sent()); err != nil || taken {
		return "", err
	}
	return p.sent(), nil
}

func (l storedLine) payout(ctx context.Context, tx *db.Tx) (p Payout, ok bool, err error) {
	id, ok := l.ours("payout")
	if !ok {
		return p, false, nil
	}
	p, err = lockPayout(ctx, tx, PayoutID(id))
	if errors.Is(err, ErrNoPayout) {
		return p, false, nil
	}
	return p, err == nil && p.Rail == l.Rail && p.Currency == l.Currency, err
}

// bookReturned puts a payout that a bank has sent back into its owner's wallet.
func (l storedLine) bookReturned(ctx context.Context, tx *db.Tx) (string, error) {
	p, ok, err := l.payout(ctx, tx)
	if err != nil || !ok || p.Minor != l.Minor || p.State != Sent {
		return "", err
	}
	why := l.Text
	if why == "" {
		why = say.Key("The bank has sent it back.")
	}
	text := say.That("The bank has sent your withdrawal of %s back: %s The money is in your wallet again. Look whether the account is right.", p.Amount(), why)
	return p.key() + "/returned", giveBack(ctx, tx, &p, Failed, why, text)
}

// bookCost books what a provider charges, which the operator pays, or gives back.
func (l storedLine) bookCost(ctx context.Context, tx *db.Tx) (string, error) {
	move := ledger.Transfer{From: costs(l.At), To: outside(l.Rail), Amount: l.size()}
	if l.Minor > 0 {
		move.From, move.To = move.To, move.From
	}
	return l.posting(), ledger.Post(ctx, tx, ledger.Posting{Name: l.posting(), Kind: "cost", Subject: "rail", Memo: l.Text}, move)
}

// AssignLine gives money that nobody has claimed to whose it is.
func AssignLine(ctx context.Context, d *db.DB, by account.Actor, id LineID, to account.ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		l, err := lockUnclaimed(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if _, err := account.PersonByID(ctx, tx, to); err != nil {
			if errors.Is(err, account.ErrNotFound) {
				err = ErrNobodyThere
			}
			return err
		}
		if to == by.ID {
			return ErrForYourself
		}
		if err := ledger.Post(ctx, tx, ledger.Posting{Name: l.posting() + "/assigned", Kind: "assigned", Subject: "wallet"},
			ledger.Transfer{From: suspense(l.Rail), To: escrow.Wallet(to), Amount: l.amount()}); err != nil {
			return err
		}
		if err := journalLine(ctx, tx, by, l, say.That("%s found whose it is.", by.Name), fmt.Sprintf("person/%d", to)); err != nil {
			return err
		}
		return notify.Send(ctx, tx, notify.Notice{Reader: to, Kind: "deposit", Link: "/wallet",
			Text: say.That("A transfer of %s came without a reference that we know. We have found out that it is yours: it is in your wallet.", l.amount())})
	})
}

// FundLine puts money of the operator's own into the guarantee fund.
func FundLine(ctx context.Context, d *db.DB, by account.Actor, id LineID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		l, err := lockUnclaimed(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := ledger.Post(ctx, tx, ledger.Posting{Name: l.posting() + "/assigned", Kind: "fund", Subject: "rail", Memo: l.Text},
			ledger.Transfer{From: suspense(l.Rail), To: Fund, Amount: l.amount()}); err != nil {
			return err
		}
		return journalLine(ctx, tx, by, l, say.That("%s put it into the guarantee fund.", by.Name), "the operator’s own money")
	})
}

// lockUnclaimed is a line whose money waits for its owner.
func lockUnclaimed(ctx context.Context, tx *db.Tx, by account.Actor, id LineID) (l storedLine, err error) {
	if !mayKeep(by) {
		return l, ErrNotFinance
	}
	if l, _, err = lockLine(ctx, tx, id); err != nil {
		return l, err
	}
	open, err := db.Value[bool](ctx, tx, `
		SELECT EXISTS (SELECT FROM ledger.postings WHERE name = $1 AND kind = 'unclaimed')
			AND NOT EXISTS (SELECT FROM ledger.postings WHERE name IN ($1 || '/assigned', $1 || '/returned'))`, l.posting())
	if err == nil && !open {
		err = ErrClaimed
	}
	return l, err
}

// Explanation is what a payment that we did not order was.
type Explanation string

// The explanations.
const (
	WasCost   Explanation = "cost"   // the provider or its bank charged for something
	WasReturn Explanation = "return" // money that nobody had claimed went back to its sender
)

var _ = say.Words(WasCost, WasReturn)

// ExplainLine books a payment that left without an order of ours. For what went back to
// its sender, returned is the line by which it had come.
func ExplainLine(ctx context.Context, d *db.DB, by account.Actor, id LineID, e Explanation, returned LineID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		if !mayKeep(by) {
			return ErrNotFinance
		}
		l, open, err := lockLine(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case !open:
			return ErrClaimed
		case l.Minor > 0:
			return ErrExplain
		}
		posting := l.posting()
		switch e {
		case WasCost:
			_, err = l.bookCost(ctx, tx)
		case WasReturn:
			posting, err = l.bookSentBack(ctx, tx, by, returned)
		default:
			err = ErrExplain
		}
		if err != nil {
			return err
		}
		if err := insertBooking(ctx, tx, l.ID, posting, &by.ID); err != nil {
			return err
		}
		return journalLine(ctx, tx, by, l, say.That("%s explained a payment.", by.Name), string(e))
	})
}

func (l storedLine) bookSentBack(ctx context.Context, tx *db.Tx, by account.Actor, returned LineID) (string, error) {
	came, err := lockUnclaimed(ctx, tx, by, returned)
	if err != nil {
		return "", err
	}
	if came.Rail != l.Rail || came.amount() != l.size() {
		return "", ErrReturnOf.At("explanation")
	}
	name := came.posting() + "/returned"
	return name, ledger.Post(ctx, tx, ledger.Posting{Name: name, Kind: "sent back", Subject: "rail", Memo: l.Text},
		ledger.Transfer{From: suspense(l.Rail), To: outside(l.Rail), Amount: l.size()})
}

func journalLine(ctx context.Context, tx *db.Tx, by account.Actor, l storedLine, act say.Sentence, why string) error {
	return journal.Append(ctx, tx, l.posting(), by, act, why)
}
