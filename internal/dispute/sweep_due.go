package dispute

import (
	"context"
	"errors"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/due"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// SweepDue ends every state whose time is over, and names arbiters where none
// could be named before. It returns how many times it acted. Each has a
// transaction of its own: one that fails keeps no other waiting, and is in the error.
func SweepDue(ctx context.Context, d *db.DB) (int, error) {
	return due.Sweep(ctx, d, func(ctx context.Context, id ID) error { return Advance(ctx, d, account.System, id) }, `
		SELECT id FROM dispute.disputes WHERE state <> 'closed' AND (due <= $1 OR state = 'deciding' AND arbiter IS NULL) ORDER BY due, id`)
}

// Advance does what is due on a dispute. Only the market itself does it.
func Advance(ctx context.Context, d *db.DB, by account.Actor, id ID) error {
	if !by.IsSystem() {
		return ErrNotFound
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		on, err := lock(ctx, tx, by, id)
		switch {
		case err != nil:
			return err
		case on.State == Closed:
			return ErrClosed
		case on.State == Deciding && on.Arbiter == nil && on.Due.After(tx.Now):
			return nameArbiter(ctx, tx, on)
		case on.Due.After(tx.Now):
			return ErrDeciding.With(*on.Due)
		case on.State == Talking:
			return callArbiter(ctx, tx, on)
		case on.State == Deciding:
			return missDeadline(ctx, tx, on)
		case on.State == Decided:
			return stand(ctx, tx, on)
		default:
			return finishReview(ctx, tx, on, "the days to review are over")
		}
	})
}

// callArbiter gives the dispute to an arbiter.
func callArbiter(ctx context.Context, tx *db.Tx, d *Dispute) error {
	among, err := candidates(ctx, tx, d)
	if err != nil {
		return err
	}
	if err := d.Call(Choose(among), tx.Now); err != nil {
		return err
	}
	if err := save(ctx, tx, d); err != nil {
		return err
	}
	return tellNamed(ctx, tx, d, "the two have not agreed in time")
}

// nameArbiter names one where nobody could be named before; the date stays.
func nameArbiter(ctx context.Context, tx *db.Tx, d *Dispute) error {
	among, err := candidates(ctx, tx, d)
	if err != nil || len(among) == 0 {
		return errors.Join(err, ErrDeciding.With(*d.Due))
	}
	d.Arbiter = Choose(among)
	if err := save(ctx, tx, d); err != nil {
		return err
	}
	return tellNamed(ctx, tx, d, "there was nobody before who had no part in it")
}

// missDeadline counts a date that an arbiter let pass.
func missDeadline(ctx context.Context, tx *db.Tx, d *Dispute) error {
	if err := db.Exec1(ctx, tx, `INSERT INTO dispute.misses (dispute, arbiter, at) VALUES ($1, $2, $3)`, d.ID, d.Arbiter, tx.Now); err != nil {
		return err
	}
	among, err := candidates(ctx, tx, d)
	if err != nil {
		return err
	}
	if err := d.Miss(Choose(among), tx.Now); err != nil {
		return err
	}
	if d.State == Closed {
		return carryOut(ctx, tx, d, d.defaulted())
	}
	if err := save(ctx, tx, d); err != nil {
		return err
	}
	return tellNamed(ctx, tx, d, "the arbiter before has missed the date")
}

// defaulted is why the money went where it did when no arbiter decided in time.
func (d *Dispute) defaulted() string {
	if d.Reason == Share {
		return "no arbiter decided in time, and so much of the work's days had begun"
	}
	return "no arbiter decided in time, and work was delivered"
}

// stand closes a dispute by a decision that nobody wanted reviewed.
func stand(ctx context.Context, tx *db.Tx, d *Dispute) error {
	decision, err := decisionOf(ctx, tx, d)
	if err != nil {
		return err
	}
	if err := d.Finish(decision.Award, tx.Now); err != nil {
		return err
	}
	return carryOut(ctx, tx, d, "the decision stands")
}

// tellNamed records and tells who decides now; or that there is nobody yet.
func tellNamed(ctx context.Context, tx *db.Tx, d *Dispute, reason string) error {
	if d.Arbiter == nil {
		act := say.That("No arbiter could be named yet.")
		if err := journal.Append(ctx, tx, d.subject(), account.System, act, reason); err != nil {
			return err
		}
		return tellBoth(ctx, tx, d, "dispute_deciding", notify.Theirs(*d.Due),
			say.That("The dispute about “%s” waits for an arbiter who had no part in your other ones. If none decides in time, %s of the %s are the freelancer's.", d.Title, d.Fallback, d.Sum))
	}
	names, err := account.Names(ctx, tx, []account.ID{*d.Arbiter})
	if err != nil {
		return err
	}
	name := names[*d.Arbiter]
	if err := journal.Append(ctx, tx, d.subject(), account.System, say.That("%s was named as arbiter.", name), reason); err != nil {
		return err
	}
	if err := tellArbiters(ctx, tx, d, []account.ID{*d.Arbiter},
		say.That("You are the arbiter of the dispute about “%s”. Read what both have brought, and decide by %s.", d.Title, *d.Due)); err != nil {
		return err
	}
	return tellBoth(ctx, tx, d, "dispute_deciding", notify.Theirs(*d.Due),
		say.That("%s is the arbiter of the dispute about “%s”, and decides by %s. Until then you can bring evidence, or still agree on a split.", name, d.Title, *d.Due))
}
