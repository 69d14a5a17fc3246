package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"freehold/internal/account"
	"freehold/internal/api"
	"freehold/internal/banking"
	"freehold/internal/conduct"
	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/file"
	"freehold/internal/kit/mail"
	"freehold/internal/notify"
	"freehold/internal/promise"
	"freehold/internal/proposal"
	"freehold/internal/review"
	"freehold/internal/savedsearch"
	"freehold/internal/support"
	"freehold/internal/terms"
	"freehold/internal/web"
	"freehold/internal/worklog"
)

// Sweep is the job that does what falls due: every deadline is a column, and
// this calls the same use cases as people do, with the market itself as actor.
type Sweep struct{}

// Kind names the job.
func (Sweep) Kind() string { return "sweep" }

// CheckPromises is the nightly job that looks at every promise.
type CheckPromises struct{}

// Kind names the job.
func (CheckPromises) Kind() string { return "check_promises" }

// sweepEvery is how late a deadline can be noticed.
const sweepEvery = time.Minute

// jobs starts to work the queue, and returns what stops it.
func (a *App) jobs(ctx context.Context) (stop func(context.Context) error, err error) {
	workers := river.NewWorkers()
	site := web.MailSite(a.BaseURL, a.Rails)
	site.Inbox = a.postbox.Domain
	mail.AddWorkers(workers, a.DB, a.Mail, site)
	notify.AddWorkers(workers, a.DB, notify.Boxes{"case_answered": support.BoxAt})
	banking.AddWorkers(workers, a.DB, a.Vault, a.Rails)
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[Sweep]) error {
		return a.SweepDue(ctx)
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[CheckPromises]) error {
		return a.CheckPromises(ctx)
	}))
	periodic := []*river.PeriodicJob{
		river.NewPeriodicJob(river.PeriodicInterval(sweepEvery),
			func() (river.JobArgs, *river.InsertOpts) { return Sweep{}, nil }, &river.PeriodicJobOpts{RunOnStart: true}),
		river.NewPeriodicJob(river.PeriodicInterval(24*time.Hour),
			func() (river.JobArgs, *river.InsertOpts) { return CheckPromises{}, nil }, &river.PeriodicJobOpts{RunOnStart: true}),
	}
	queue, err := a.DB.Workers(workers, periodic, slog.New(atLeast{a.Log.Handler(), slog.LevelError}))
	if err != nil {
		return nil, err
	}
	return queue.Stop, queue.Start(ctx)
}

// SweepDue does all that is due now. One thing that fails does not keep the
// others waiting.
func (a *App) SweepDue(ctx context.Context) error {
	lapsed, err1 := proposal.LapseDue(ctx, a.DB)
	handedIn, err5 := worklog.SweepDue(ctx, a.DB)
	acted, err2 := contract.SweepDue(ctx, a.DB)
	disputed, err3 := dispute.SweepDue(ctx, a.DB)
	reviewed, err4 := review.SweepDue(ctx, a.DB)
	told, err6 := savedsearch.SweepDue(ctx, a.DB)
	judged, err7 := conduct.SweepDue(ctx, a.DB)
	cared, err8 := support.SweepDue(ctx, a.DB)
	announced, err9 := terms.SweepDue(ctx, a.DB)
	banked, err10 := banking.SweepDue(ctx, a.DB, a.Rails)
	if lapsed+handedIn+acted+disputed+reviewed+told+judged+cared+announced+banked > 0 {
		a.Log.Info("swept", "posts lapsed", lapsed, "weeks handed in", handedIn, "offers and contracts", acted, "disputes", disputed, "reviews", reviewed, "saved searches", told, "reports and decisions", judged, "cases", cared, "told of new terms", announced, "money", banked)
	}
	return errors.Join(err1, err2, err3, err4, err5, err6, err7, err8, err9, err10, account.Sweep(ctx, a.DB), file.Sweep(ctx, a.DB, a.Files), api.Sweep(ctx, a.DB))
}

// CheckPromises looks at every promise, records how it stands, and says so
// where one is broken.
func (a *App) CheckPromises(ctx context.Context) error {
	results, err := promise.Record(ctx, a.DB)
	for _, r := range results {
		if len(r.Broken) > 0 {
			a.Log.Error("a promise is broken", "promise", r.Name, "rows", len(r.Broken), "first", r.Broken[0])
		}
	}
	return err
}

// atLeast quiets a logger below a level.
type atLeast struct {
	slog.Handler
	level slog.Level
}

func (h atLeast) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= h.level && h.Handler.Enabled(ctx, l)
}
