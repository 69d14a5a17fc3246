// Package notify tells people what happened to them: at once in their inbox
// here, and soon after by mail.
//
// What it promises, and what holds it to that:
//
//  1. A person is told of a thing if and only if it happened: the notice and the
//     job that mails it are part of the same transaction. (Send)
//  2. A notice is mailed at most once, only to an address that its owner has
//     confirmed, and not when its kind is muted. (mailNotice)
//  3. Muting touches mail alone: the inbox always has everything. (Mute)
//  4. Every mail about a notice can stop more of its kind by itself, without
//     anybody signing in. (Unsubscribe)
package notify

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
)

// ID names a notice.
type ID int64

// Notice is one thing worth telling one person. ID, At and ReadAt are the
// inbox's to fill in.
type Notice struct {
	ID     ID
	Reader account.ID
	Kind   string // one of Kinds, so that a person can mute its mail: "milestone_paid"
	Text   say.Sentence
	Link   string // a path on this site
	Turn
	At     time.Time
	ReadAt *time.Time
}

// Turn says whose turn it is once a notice is read, and until when. The zero Turn
// is nobody's.
type Turn struct {
	Whose Whose
	Until *time.Time
}

// Whose turn it is, as the reader of a notice sees it.
type Whose string

// The turns.
const (
	yours  Whose = "yours"
	theirs Whose = "theirs"
)

// Yours is the reader's turn. The zero time is no date.
func Yours(until time.Time) Turn { return Turn{yours, dated(until)} }

// Theirs is the other side's turn. The zero time is no date.
func Theirs(until time.Time) Turn { return Turn{theirs, dated(until)} }

func dated(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// sentence says it; nobody's turn is the empty one.
func (t Turn) sentence() say.Sentence {
	switch {
	case t.Whose == yours && t.Until == nil:
		return say.That("It is your turn.")
	case t.Whose == yours:
		return say.That("It is your turn, until %s.", *t.Until)
	case t.Whose == theirs && t.Until == nil:
		return say.That("It is the other side’s turn. There is nothing for you to do.")
	case t.Whose == theirs:
		return say.That("It is the other side’s turn, until %s. There is nothing for you to do.", *t.Until)
	default:
		return say.Sentence{}
	}
}

// ErrNotFound hides other people's notices.
var ErrNotFound = fault.New(fault.NotFound, "notice_not_found", "There is no such notice, or it is not yours.")

// Send puts n into its reader's inbox and has it mailed. Both happen only if
// the transaction commits.
func Send(ctx context.Context, tx *db.Tx, n Notice) error {
	id, err := insert(ctx, tx, n)
	if err != nil {
		return err
	}
	return tx.Enqueue(ctx, MailNotice{Notice: id})
}

// patience is how long a notice may stay unread before SendLater's mail goes out.
const patience = 10 * time.Minute

// SendLater is Send for people who are probably here: n is mailed only if it is
// still unread ten minutes from now.
func SendLater(ctx context.Context, tx *db.Tx, n Notice) error {
	id, err := insert(ctx, tx, n)
	if err != nil {
		return err
	}
	return tx.EnqueueAfter(ctx, patience, MailNotice{Notice: id, OnlyUnread: true})
}

// List returns up to n of by's notices from before the given one, latest first.
// A before of 0 starts with the latest.
func List(ctx context.Context, d *db.DB, by account.Actor, before ID, n int) (notices []Notice, err error) {
	err = d.View(ctx, func(tx *db.Tx) error { notices, err = noticesOf(ctx, tx, by.ID, before, n); return err })
	return notices, err
}

// AskUnread counts the notices that a person has not read.
func AskUnread(a *db.Ask, answer *int, reader account.ID) {
	db.AskValue(a, answer, `SELECT count(*) FROM notify.notices WHERE reader = $1 AND read_at IS NULL`, reader)
}
