package notify

import (
	"context"
	"errors"
	"time"

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
	DB *db.DB
}

// AddWorkers makes the jobs of this package run.
func AddWorkers(workers *river.Workers, d *db.DB) {
	river.AddWorker(workers, &MailNoticeWorker{DB: d})
}

// Work writes the mail, unless nobody wants it.
func (w *MailNoticeWorker) Work(ctx context.Context, job *river.Job[MailNotice]) error {
	return w.DB.Update(ctx, func(tx *db.Tx) error { return mailNotice(ctx, tx, job.Args) })
}

// mailNotice takes the notice, so that a job that runs twice mails once.
func mailNotice(ctx context.Context, tx *db.Tx, job MailNotice) error {
	n, err := takeForMail(ctx, tx, job.Notice, job.OnlyUnread)
	if errors.Is(err, db.NoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(n.TimeZone)
	if err != nil {
		return err
	}
	r := say.Reader{Lang: n.Language, Zone: zone}
	text := n.Text.For(r)
	return mail.Queue(ctx, tx, mail.Message{
		To: n.Email, Name: n.Name, Subject: text, Link: n.Link,
		Body: r.T("Hello %s,", n.Name) + "\n\n" + text + "\n\n" + r.T("Your settings let you choose what we mail you."),
	})
}
