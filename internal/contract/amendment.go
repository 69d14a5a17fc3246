package contract

import (
	"fmt"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/say"
)

// AmendmentID names an amendment.
type AmendmentID int64

// AmendmentState is how far an amendment has come.
type AmendmentState string

// The states of an amendment.
const (
	Proposed       AmendmentState = "proposed"      // on the table, with nobody's signature
	AmendSigned    AmendmentState = "signed by one" // by either of the two
	InForce        AmendmentState = "in force"      // signed by both
	AmendDeclined  AmendmentState = "declined"
	AmendWithdrawn AmendmentState = "withdrawn"
	AmendExpired   AmendmentState = "expired"
)

var _ = say.Words(Proposed, AmendSigned, InForce, AmendDeclined, AmendWithdrawn, AmendExpired)

var (
	// ErrAmendmentNotFound is also the answer to a stranger.
	ErrAmendmentNotFound = fault.New(fault.NotFound, "amendment_not_found", "There is no such amendment, or it is not yours to see.")
	// ErrAmendmentOpen says that one amendment is looked at after the other.
	ErrAmendmentOpen = fault.New(fault.Conflict, "amendment_open",
		"There is an amendment on the table already. It has to be signed, declined or withdrawn before another one is proposed.")
	// ErrOwnAmendment is the answer to the author who would decline it.
	ErrOwnAmendment = fault.New(fault.Conflict, "own_amendment",
		"This amendment is your own. You can sign it or withdraw it; the other side can sign it or decline it.")
	// ErrNotYourAmendment is the answer to the other side that would withdraw it.
	ErrNotYourAmendment = fault.New(fault.Conflict, "not_your_amendment",
		"The other side proposed this amendment. You can sign it or decline it.")
	// ErrAmendmentSigned says that one's own signature is on it.
	ErrAmendmentSigned = fault.New(fault.Conflict, "amendment_signed_already",
		"You have signed this amendment. It is the other side's turn; until they sign too, the contract is as it was.")
	// ErrAmendmentText says that what somebody read is another text.
	ErrAmendmentText = fault.New(fault.Conflict, "text_changed",
		"This is not the text of the amendment. Nothing was signed. Read it again, and sign it if you agree.")
	// ErrAmendmentInForce says that it is done.
	ErrAmendmentInForce = fault.New(fault.Conflict, "amendment_in_force", "Both of you have signed this amendment, and the contract is changed.")
	// ErrAmendmentOver says that it came to nothing.
	ErrAmendmentOver = fault.New(fault.Conflict, "amendment_over",
		"This amendment is off the table, and the contract is as it was. Either of you can propose another one.")
)

// Amendment is a change to a contract that binds once both have signed it.
type Amendment struct {
	ID        AmendmentID
	Contract  ID
	N         int // from 1, on its contract
	By        account.ID
	State     AmendmentState
	Reason    string // why, in the author's words
	Was       Plan   // what is open on the contract, before
	Plan      Plan   // and after
	Data      string // all of it, as JSON in the form of RFC 8785
	Text      string // what both sign
	SHA256    string // of Text
	MadeAt    time.Time
	ExpiresAt time.Time
	EndedAt   *time.Time
	Words     string // of a decline or withdrawal

	Author Side   `db:"-"`
	Signed []Side `db:"-"`
}

// URL is where both parties see the amendment.
func (a *Amendment) URL() string { return fmt.Sprintf("/amendments/%d", a.ID) }

// Live reports whether it can still be signed.
func (a *Amendment) Live() bool { return a.EndedAt == nil }

// What happens to an amendment besides what happens to an offer too.
const overtaken lifecycle.Event = "be overtaken"

var ofAmendment = lifecycle.In[AmendmentState]

// AmendmentLifecycle is every way an amendment can go. Who may decline and who may
// withdraw also depends on whose it is.
var AmendmentLifecycle = lifecycle.Table[AmendmentState]{
	Of: say.Key("amendment"),
	States: []lifecycle.State[AmendmentState]{
		{Is: Proposed, Means: say.Key("changes to the contract are on the table")},
		{Is: AmendSigned, Means: say.Key("one of the two has signed the changes")},
		{Is: InForce, Means: say.Key("the contract is changed"), End: true},
		{Is: AmendDeclined, Means: say.Key("the other side said no, and the contract is as it was"), End: true},
		{Is: AmendWithdrawn, Means: say.Key("it was taken off the table, and the contract is as it was"), End: true},
		{Is: AmendExpired, Means: say.Key("nobody finished it in time, and the contract is as it was"), End: true},
	},
	Steps: []lifecycle.Step[AmendmentState]{
		{From: ofAmendment(Proposed), Event: sign, By: Client, To: AmendSigned, Says: say.Key("The client signs. Nothing changes until the freelancer signs too.")},
		{From: ofAmendment(Proposed), Event: sign, By: Freelancer, To: AmendSigned, Says: say.Key("The freelancer signs. Nothing changes until the client signs too.")},
		{From: ofAmendment(AmendSigned), Event: sign, By: Client, To: InForce, Says: say.Key("The client signs too. The contract is changed, and what money it takes goes into escrow in the same act.")},
		{From: ofAmendment(AmendSigned), Event: sign, By: Freelancer, To: InForce, Says: say.Key("The freelancer signs too. The contract is changed, and what money it takes goes into escrow in the same act.")},
		{From: ofAmendment(Proposed, AmendSigned), Event: decline, By: Client, To: AmendDeclined, Says: say.Key("The client says no to the freelancer's changes, and why.")},
		{From: ofAmendment(Proposed, AmendSigned), Event: decline, By: Freelancer, To: AmendDeclined, Says: say.Key("The freelancer says no to the client's changes, and why.")},
		{From: ofAmendment(Proposed, AmendSigned), Event: withdraw, By: Client, To: AmendWithdrawn, Says: say.Key("The client takes their changes off the table.")},
		{From: ofAmendment(Proposed, AmendSigned), Event: withdraw, By: Freelancer, To: AmendWithdrawn, Says: say.Key("The freelancer takes their changes off the table.")},
		{From: ofAmendment(Proposed, AmendSigned), Event: overtaken, Because: say.Key("the contract ended"), To: AmendWithdrawn, Says: say.Key("The amendment is off the table, since there is nothing left to change.")},
		{From: ofAmendment(Proposed, AmendSigned), Event: expire, Clock: expiry, To: AmendExpired, Says: say.Key("The amendment expires. The contract is as it was.")},
	},
}

// Sign puts a signature on the amendment. With the second one it is in force.
func (a *Amendment) Sign(by Side, sha256 string, at time.Time) error {
	to, err := a.next(sign, by, at)
	switch {
	case err != nil:
		return err
	case slices.Contains(a.Signed, by):
		return ErrAmendmentSigned
	case sha256 != a.SHA256:
		return ErrAmendmentText
	}
	a.Signed = append(slices.Clone(a.Signed), by)
	if a.State = to; to == InForce {
		a.EndedAt = &at
	}
	return nil
}

// Decline ends the amendment by the side that did not propose it.
func (a *Amendment) Decline(by Side, words string, at time.Time) error {
	if by == a.Author {
		return ErrOwnAmendment
	}
	return a.endBy(decline, by, words, at)
}

// Withdraw takes the amendment off the table by the side that proposed it.
func (a *Amendment) Withdraw(by Side, words string, at time.Time) error {
	if by == other(a.Author) {
		return ErrNotYourAmendment
	}
	return a.endBy(withdraw, by, words, at)
}

// Overtake ends the amendment of a contract that has ended.
func (a *Amendment) Overtake(at time.Time) error {
	to, err := next(&AmendmentLifecycle, a.State, overtaken, Market, a.refusal())
	if err == nil {
		a.State, a.EndedAt = to, &at
	}
	return err
}

// Expire ends an amendment whose time is over.
func (a *Amendment) Expire(by Side, at time.Time) error {
	to, err := next(&AmendmentLifecycle, a.State, expire, by, a.refusal())
	switch {
	case err != nil:
		return err
	case !passed(a.ExpiresAt, at):
		return ErrTooEarly.With(a.ExpiresAt)
	}
	a.State, a.EndedAt = to, &at
	return nil
}

func (a *Amendment) endBy(e lifecycle.Event, by Side, words string, at time.Time) error {
	to, err := a.next(e, by, at)
	if err != nil {
		return err
	}
	a.State, a.EndedAt, a.Words = to, &at, words
	return nil
}

// next is where an event leads that one of the two brings about: nowhere, once
// its time is over.
func (a *Amendment) next(e lifecycle.Event, by Side, at time.Time) (AmendmentState, error) {
	if a.Live() && passed(a.ExpiresAt, at) {
		return a.State, ErrAmendmentOver
	}
	return next(&AmendmentLifecycle, a.State, e, by, a.refusal())
}

func (a *Amendment) refusal() error {
	if a.State == InForce {
		return ErrAmendmentInForce
	}
	return ErrAmendmentOver
}

// Turn is the next thing to happen to the amendment.
func (a *Amendment) Turn() Turn {
	t := Turn{By: &a.ExpiresAt, Otherwise: say.That("The amendment expires, and the contract stays as it is.")}
	switch a.State {
	case Proposed:
		t.Of, t.Do = other(a.Author), say.That("Read what would change, then sign it or decline.")
	case AmendSigned:
		t.Of, t.Do = other(a.Signed[0]), say.That("Read what would change, then sign it or decline. With your signature the contract is changed.")
		if t.Of == a.Author {
			t.Do = say.That("The other side has signed. With your signature the contract is changed.")
		}
	case InForce:
		return Turn{Do: say.That("Both have signed, and the contract is changed.")}
	default:
		return Turn{Do: say.That("This amendment came to nothing. The contract is as it was.")}
	}
	return t
}
