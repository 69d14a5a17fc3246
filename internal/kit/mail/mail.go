// Package mail sends mail, some time after the transaction that wrote it.
//
//	queued ──the server took it──▶ sent
//	   └──it did not──▶ queued, with the failure; tried again for about two days
//
// What it promises, and what holds it to that:
//
//  1. A mail exists if and only if its transaction committed. (Queue)
//  2. A mail that was sent is not kept: it may have carried the key to an
//     account. (markSent)
//  3. Without a mail server nothing is lost or pretended: mail stays in the
//     outbox. (Keep)
package mail

import (
	"context"
	"strings"
	"time"
	"unicode"

	"freehold/internal/kit/db"
	"freehold/internal/kit/prose"
)

// ID names a mail in the outbox.
type ID int64

// Message is a mail to one person.
type Message struct {
	To      string // their address
	Name    string // what they are called
	Subject string
	Body    string // plain text
	Link    string // a path on this site, to which the mail leads; "" leads nowhere
}

// Mail is a message in the outbox. Its body and link are empty once it is sent.
type Mail struct {
	ID ID
	Message
	QueuedAt time.Time
	SentAt   *time.Time
	Failure  *string // what went wrong at the last try
}

// maxSubject is how much of a subject mail programs show, and then some.
const maxSubject = 150

// Queue writes a mail and sees to it that it is sent, if the transaction
// commits.
func Queue(ctx context.Context, tx *db.Tx, m Message) error {
	m.Name, m.Subject = header(m.Name), header(m.Subject)
	id, err := insert(ctx, tx, m)
	if err != nil {
		return err
	}
	return tx.Enqueue(ctx, SendMail{id})
}

// Outbox returns up to n mails from before the given one, latest first. A
// before of 0 starts with the latest.
func Outbox(ctx context.Context, tx *db.Tx, before ID, n int) ([]Mail, error) {
	return outbox(ctx, tx, before, n)
}

// Sweep deletes mail that is a month old, sent or not.
func Sweep(ctx context.Context, d *db.DB) error {
	return d.Update(ctx, func(tx *db.Tx) error { return deleteBefore(ctx, tx, tx.Now.AddDate(0, -1, 0)) })
}

// header makes s fit for one line of a mail's head. A line break there would
// let whoever wrote s add headers, and recipients, of their own.
func header(s string) string {
	return prose.Snippet(strings.Map(printable, s), maxSubject)
}

func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return ' '
}
