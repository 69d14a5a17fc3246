package banking

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"freehold/internal/kit/db"
)

// pendingRetry is how long a provider is left alone with a pending deposit.
const pendingRetry = time.Minute

// sentRetry is how long a provider is left alone with a payout that it has.
const sentRetry = time.Hour

// SettleDeposit asks the rail again for a deposit that is still pending.
type SettleDeposit struct {
	Deposit DepositID `json:"deposit"`
}

// Kind names the job.
func (SettleDeposit) Kind() string { return "settle_deposit" }

// SettlePayout hands a payout to its rail.
type SettlePayout struct {
	Payout PayoutID `json:"payout"`
}

// Kind names the job.
func (SettlePayout) Kind() string { return "settle_payout" }

// AddWorkers makes the jobs of this package run, over the rails of this market.
func AddWorkers(workers *river.Workers, d *db.DB, v Opener, rails Rails) {
	river.AddWorker(workers, &SettleDepositWorker{DB: d, Rails: rails})
	river.AddWorker(workers, &SettlePayoutWorker{DB: d, Vault: v, Rails: rails})
}

// SettleDepositWorker does SettleDeposit jobs.
type SettleDepositWorker struct {
	river.WorkerDefaults[SettleDeposit]
	DB    *db.DB
	Rails Rails
}

// Work asks until the rail knows. What waits for its payer is left to the page they
// are on, to the provider's book, and to being given up.
func (w *SettleDepositWorker) Work(ctx context.Context, job *river.Job[SettleDeposit]) error {
	p, rail, err := w.find(ctx, job.Args.Deposit)
	if err != nil || p.State != Pending {
		return err
	}
	p, err = settleDeposit(ctx, w.DB, rail, p.ID)
	switch {
	case err != nil || p.State != Pending:
		return err
	case p.Waits:
		return nil
	default:
		return river.JobSnooze(pendingRetry)
	}
}

func (w *SettleDepositWorker) find(ctx context.Context, id DepositID) (p Deposit, rail Rail, err error) {
	if err = w.DB.View(ctx, func(tx *db.Tx) error { p, err = depositByID(ctx, tx, id); return err }); err != nil {
		return p, nil, err
	}
	rail, err = w.Rails.Named(p.Rail)
	return p, rail, err
}

// SettlePayoutWorker does SettlePayout jobs.
type SettlePayoutWorker struct {
	river.WorkerDefaults[SettlePayout]
	DB    *db.DB
	Vault Opener
	Rails Rails
}

// Work tries until the rail has answered.
func (w *SettlePayoutWorker) Work(ctx context.Context, job *river.Job[SettlePayout]) error {
	var p Payout
	err := w.DB.View(ctx, func(tx *db.Tx) (err error) { p, err = payoutByID(ctx, tx, job.Args.Payout); return err })
	if err != nil || p.State != OnItsWay {
		return err
	}
	rail, err := w.Rails.Named(p.Rail)
	if err != nil {
		return err
	}
	waits, err := settlePayout(ctx, w.DB, w.Vault, rail, p.ID)
	if err == nil && waits {
		return river.JobSnooze(sentRetry)
	}
	return err
}
