package banking

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"freehold/internal/kit/db"
)

// pendingRetry is how long a provider is left alone with a pending deposit.
const pendingRetry = time.Minute

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

// AddWorkers makes the jobs of this package run, over the one rail that this
// market uses.
func AddWorkers(workers *river.Workers, d *db.DB, rail Rail) {
	river.AddWorker(workers, &SettleDepositWorker{DB: d, Rail: rail})
	river.AddWorker(workers, &SettlePayoutWorker{DB: d, Rail: rail})
}

// SettleDepositWorker does SettleDeposit jobs.
type SettleDepositWorker struct {
	river.WorkerDefaults[SettleDeposit]
	DB   *db.DB
	Rail Rail
}

// Work asks until the rail knows.
func (w *SettleDepositWorker) Work(ctx context.Context, job *river.Job[SettleDeposit]) error {
	p, err := settleDeposit(ctx, w.DB, w.Rail, job.Args.Deposit)
	if err == nil && p.State == Pending {
		return river.JobSnooze(pendingRetry)
	}
	return err
}

// SettlePayoutWorker does SettlePayout jobs.
type SettlePayoutWorker struct {
	river.WorkerDefaults[SettlePayout]
	DB   *db.DB
	Rail Rail
}

// Work tries until the rail has answered.
func (w *SettlePayoutWorker) Work(ctx context.Context, job *river.Job[SettlePayout]) error {
	return settlePayout(ctx, w.DB, w.Rail, job.Args.Payout)
}
