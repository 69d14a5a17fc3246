package banking

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/terms"
)

// MethodID names a payout method.
type MethodID int64

// Usual is no method in particular, for rails that need none or where there is one
// alone.
const Usual MethodID = 0

// Method is where somebody's money goes out to. What the bank needs is sealed, and
// not in here.
type Method struct {
	ID         MethodID
	Person     account.ID
	Rail       string
	Label      string // what may be shown: "DE •••• 3000"
	Holder     string // whose account it is
	AddedAt    time.Time
	UsableFrom time.Time
}

// Sealer hides what must not lie in the database in clear, and Opener shows it again.
type (
	Sealer interface {
		Seal(plain, about string) []byte
	}
	Opener interface {
		Open(sealed []byte, about string) (string, error)
	}
)

const (
	// waitDays are until a new method is used for the first time: long enough for its
	// owner to read the mail about it, should it have been somebody else.
	waitDays   terms.Days = 3
	maxMethods            = 5
	maxHolder             = 70 // as many as a bank transfer carries
)

// Refusals about payout methods.
var (
	ErrIBAN = fault.New(fault.Invalid, "iban_wrong",
		"That is not a number of a bank account (IBAN): one of its characters is wrong, missing or too many. Compare it with what your bank says.").At("iban")
	ErrHolder     = fault.New(fault.Invalid, "holder_missing", "Say whose account it is, in at most %d characters.").With(maxHolder).At("holder")
	ErrNoMethod   = fault.New(fault.Invalid, "payout_method_missing", "Say where the money is to go. First add an account, if there is none.").At("account")
	ErrNotMethod  = fault.New(fault.NotFound, "payout_method_not_found", "There is no such account, or it is not yours.")
	ErrManyMethod = fault.New(fault.Conflict, "payout_methods_many", "You have %d accounts here already. Remove one of them first.").With(maxMethods)
	ErrSameMethod = fault.New(fault.Conflict, "payout_method_known", "This account is here already.").At("iban")
	ErrNotIBAN    = fault.New(fault.Conflict, "rail_needs_no_iban", "This market sends no money to bank accounts by itself.").At("iban")
)

// AddAccount adds an account at a bank, by its IBAN, to which by's money can be sent.
// For three days nothing leaves for it, and its owner is told by mail. It takes their
// password: somebody at an unlocked screen must not send their money elsewhere.
func AddAccount(ctx context.Context, d *db.DB, v Sealer, rail Rail, by account.Actor, password, iban, holder string) (m Method, err error) {
	number, wrong := ParseIBAN(iban)
	name, err := prose.Line(holder)
	if n := len([]rune(name)); err != nil || n == 0 || n > maxHolder {
		wrong = errors.Join(wrong, ErrHolder)
	}
	switch {
	case by.IsSystem():
		return m, ErrNotForStaff
	case rail.Traits().Method != IBANNumber:
		return m, ErrNotIBAN
	case wrong != nil:
		return m, wrong
	}
	if err := account.CheckPassword(ctx, d, by, password); err != nil {
		return m, err
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		if err := db.LockName(ctx, tx, fmt.Sprintf("payout methods of %d", by.ID)); err != nil {
			return err
		}
		all, err := methodsOf(ctx, tx, by.ID)
		if err != nil {
			return err
		}
		m = Method{Person: by.ID, Rail: rail.Name(), Label: number.Label(), Holder: name, AddedAt: tx.Now, UsableFrom: waitDays.After(tx.Now)}
		switch {
		case slices.ContainsFunc(all, func(o Method) bool { return o.Label == m.Label && o.Rail == m.Rail }):
			return ErrSameMethod
		case len(all) >= maxMethods:
			return ErrManyMethod
		}
		if m.ID, err = insertMethod(ctx, tx, m, v.Seal(string(number), sealedFor(by.ID))); err != nil {
			return err
		}
		return tellMethod(ctx, tx, by, m)
	})
	return m, err
}

// sealedFor binds what is sealed to its owner: copied to somebody else's row it opens
// nothing.
func sealedFor(person account.ID) string { return fmt.Sprintf("payout method of %d", person) }

// tellMethod tells the owner of a new method, who may not have been the one to add it.
func tellMethod(ctx context.Context, tx *db.Tx, by account.Actor, m Method) error {
	if err := journal.Append(ctx, tx, fmt.Sprintf("person/%d", by.ID), by, say.That("%s added an account for withdrawals: %s.", by.Name, m.Label), "by its owner’s choice"); err != nil {
		return err
	}
	return notify.Send(ctx, tx, notify.Notice{Reader: by.ID, Kind: "payout_method", Link: "/wallet/accounts",
		Text: say.That("The account %s was added to those your withdrawals can go to. Nothing leaves for it before %s. If that was not you, remove it, change your password, and talk to us.", m.Label, m.UsableFrom)})
}

// RemoveMethod removes one of by's payout methods. What is on its way to it already,
// and can still be called back, comes back.
func RemoveMethod(ctx context.Context, d *db.DB, by account.Actor, id MethodID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		m, err := lockMethod(ctx, tx, id)
		if err != nil {
			return err
		}
		if by.IsSystem() || m.Person != by.ID {
			return ErrNotMethod
		}
		waiting, err := waitingFor(ctx, tx, id)
		if err != nil {
			return err
		}
		for i := range waiting {
			text := say.That("You have removed the account that %s was to go to, so it is in your wallet again.", waiting[i].Amount())
			if err := giveBack(ctx, tx, &waiting[i], CalledOff, say.Key("You have removed the account it was to go to."), text); err != nil {
				return err
			}
		}
		if err := removeMethod(ctx, tx, id); err != nil {
			return err
		}
		return journal.Append(ctx, tx, fmt.Sprintf("person/%d", by.ID), by, say.That("%s removed an account for withdrawals: %s.", by.Name, m.Label), "by its owner’s choice")
	})
}

// Methods are by's payout methods, the latest first.
func Methods(ctx context.Context, d *db.DB, by account.Actor) (all []Method, err error) {
	err = d.View(ctx, func(tx *db.Tx) error { all, err = methodsOf(ctx, tx, by.ID); return err })
	return all, err
}
