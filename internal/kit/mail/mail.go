// Package mail sends mail, some time after the transaction that wrote it.
//
//	queued ──the server took it──▶ sent
//	   ├──it did not──▶ queued, with the failure; tried again for about two days
//	   └──it never will──▶ given up
//
// What it promises, and what holds it to that:
//
//  1. A mail exists if and only if its transaction committed. (Queue)
//  2. A mail that was sent is not kept: it may have carried the key to an
//     account. (markSent)
//  3. Without a mail server nothing is lost or pretended: mail stays in the
//     outbox. (Keep)
//  4. A mail that cannot be delivered is kept with the reason, and its reader
//     can be told. (Undelivered)
package mail

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"freehold/internal/kit/db"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
)

// ID names a mail in the outbox.
type ID int64

// Message is a mail to one person. It is kept as sentences; its reader gets it
// in their own language and time zone.
type Message struct {
	To       string // their address
	Name     string // what they are called
	Language string // BCP 47; "" is English
	TimeZone string // IANA; "" is UTC
	Body     Body
}

// Body is what a mail says and where it leads. All may be left out but Says, or
// Subject.
type Body struct {
	Subject say.Sentence   `json:",omitzero"` // left out: the first sentence that it says
	Says    []say.Sentence `json:",omitempty"`
	Quote   string         `json:",omitempty"` // what a person wrote, in their own words
	Note    say.Sentence   `json:",omitzero"`  // what nobody should miss
	At      time.Time      `json:",omitzero"`  // when it happened
	Button  say.Sentence   `json:",omitzero"`
	Link    string         `json:",omitempty"` // a path on this site, to which the button leads
	Why     say.Sentence   `json:",omitzero"`  // why it is sent
	Links   []Link         `json:",omitempty"` // below everything else
	Off     string         `json:",omitempty"` // a path where a press stops mail like this, without signing in (RFC 8058)
	Thread  string         `json:",omitempty"` // what it is about: mail about the same stands together
	Box     string         `json:",omitempty"` // where an answer goes that the site takes in itself: an address without its domain
	ReplyTo string         `json:",omitempty"` // an address; left out: the one that the operator set
}

// Link leads to a page of ours.
type Link struct {
	Text say.Sentence
	Path string
}

// Mail is a message in the outbox. Its body is empty once it is sent.
type Mail struct {
	ID ID
	Message
	Subject   string // as its reader reads it
	QueuedAt  time.Time
	SentAt    *time.Time
	Failure   *string    // what went wrong at the last try
	GivenUpAt *time.Time // when we stopped trying
}

// When is when what a mail tells of happened, or when it was written.
func (m Mail) When() time.Time {
	if m.Body.At.IsZero() {
		return m.QueuedAt
	}
	return m.Body.At
}

// maxSubject is how much of a subject mail programs show, and then some.
const maxSubject = 150

// Queue writes a mail and sees to it that it is sent, if the transaction
// commits.
func Queue(ctx context.Context, tx *db.Tx, m Message) error {
	m.Name = header(m.Name)
	id, err := insert(ctx, tx, m, header(m.headline()))
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

// ByID returns one mail of the outbox, and db.NoRow where there is none.
func ByID(ctx context.Context, tx *db.Tx, id ID) (Mail, error) { return byID(ctx, tx, id) }

// Undelivered returns the last mail to an address if we gave it up, and nil
// where mail arrives as far as we know.
func Undelivered(ctx context.Context, tx *db.Tx, address string) (*Mail, error) {
	m, err := lastSettled(ctx, tx, address)
	switch {
	case errors.Is(err, db.NoRow):
		return nil, nil
	case err != nil || m.GivenUpAt == nil:
		return nil, err
	}
	return &m, nil
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
