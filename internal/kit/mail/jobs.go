package mail

import (
	"context"
	"errors"

	"github.com/riverqueue/river"

	"freehold/internal/kit/db"
)

// SendMail is the job that hands one mail to the world.
type SendMail struct {
	Mail ID `json:"mail"`
}

// Kind names the job.
func (SendMail) Kind() string { return "send_mail" }

// InsertOpts lets a mail wait for about two days until a mail server is back.
func (SendMail) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: 15, Queue: db.Outside}
}

// SendMailWorker does SendMail jobs. A crash between the server's yes and our
// note of it sends the mail twice, under the same Message-ID.
type SendMailWorker struct {
	river.WorkerDefaults[SendMail]
	DB     *db.DB
	Sender Sender
	Site   Site
}

// AddWorkers makes the jobs of this package run. Mail comes from site.
func AddWorkers(workers *river.Workers, d *db.DB, sender Sender, site Site) {
	river.AddWorker(workers, &SendMailWorker{DB: d, Sender: sender, Site: site})
}

// Work sends the mail, and notes what became of it.
func (w *SendMailWorker) Work(ctx context.Context, job *river.Job[SendMail]) error {
	var m Mail
	err := w.DB.View(ctx, func(tx *db.Tx) (err error) { m, err = byID(ctx, tx, job.Args.Mail); return err })
	switch {
	case errors.Is(err, db.NoRow):
		return river.JobCancel(errors.New("the mail was swept before it could be sent"))
	case err != nil || m.SentAt != nil:
		return err
	}
	letter, err := m.From(w.Site)
	if err != nil {
		return err
	}
	failed := w.Sender.Send(ctx, letter)
	if errors.Is(failed, errKept) {
		return nil
	}
	forGood := isForGood(failed)
	err = w.DB.Update(ctx, func(tx *db.Tx) error {
		if failed != nil {
			return markFailed(ctx, tx, m.ID, whatWentWrong(failed), forGood || job.Attempt >= job.MaxAttempts)
		}
		return markSent(ctx, tx, m.ID)
	})
	if forGood {
		failed = river.JobCancel(failed)
	}
	return errors.Join(failed, err)
}
