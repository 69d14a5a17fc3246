package notify

import (
	"context"
	"crypto/rand"
	"errors"

	"github.com/riverqueue/river"

	"freehold/internal/kit/db"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/say"
)

// MailNotice is the job that writes the mail about one notice. It carries an id
// and not the text, so that what it says is true when it runs.
type MailNotice struct {
	Notice     ID   `json:"notice"`
	OnlyUnread bool `json:"only_unread,omitempty"`
}

// Kind names the job.
func (MailNotice) Kind() string { return "mail_notice" }

// MailNoticeWorker does MailNotice jobs.
type MailNoticeWorker struct {
	river.WorkerDefaults[MailNotice]
	DB    *db.DB
	Boxes Boxes
}

// Boxes make the address, without its domain, at which a mail about a notice of a
// kind can be answered. They are told its link.
type Boxes map[string]func(ctx context.Context, tx *db.Tx, link string) (box string, err error)

// AddWorkers makes the jobs of this package run.
func AddWorkers(workers *river.Workers, d *db.DB, boxes Boxes) {
	river.AddWorker(workers, &MailNoticeWorker{DB: d, Boxes: boxes})
}

// Work writes the mail, unless nobody wants it.
func (w *MailNoticeWorker) Work(ctx context.Context, job *river.Job[MailNotice]) error {
	return w.DB.Update(ctx, func(tx *db.Tx) error { return mailNotice(ctx, tx, job.Args, w.Boxes) })
}

// mailNotice takes the notice, so that a job that runs twice mails once.
func mailNotice(ctx context.Context, tx *db.Tx, job MailNotice, boxes Boxes) error {
	secret := rand.Text()
	n, err := takeForMail(ctx, tx, job.Notice, job.OnlyUnread, digest(secret))
	if errors.Is(err, db.NoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	m := n.message(secret)
	if box, ok := boxes[n.Kind]; ok {
		if m.Body.Box, err = box(ctx, tx, n.Link); err != nil {
			return err
		}
	}
	return mail.Queue(ctx, tx, m)
}

// message is the mail about a notice, and secret what stops more of its kind.
func (n addressed) message(secret string) mail.Message {
	kind := KindOf(n.Kind)
	return mail.Message{To: n.Email, Name: n.Name, Language: n.Language, TimeZone: n.TimeZone, Body: mail.Body{
		Says: []say.Sentence{n.Text}, At: n.At, Note: n.sentence(),
		Button: kind.Leads, Link: n.Link, Thread: n.Link,
		Why:   say.That("You get this mail because “%s” is ticked in your settings.", kind.Words),
		Links: []mail.Link{{Text: say.That("Choose what we mail you"), Path: "/settings/mail"}},
		Off:   "/unsubscribe/" + secret,
	}}
}
