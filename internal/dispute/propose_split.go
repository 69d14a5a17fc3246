package dispute

import (
	"cmp"
	"context"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// ErrSplit says what a split can be.
var ErrSplit = fault.New(fault.Invalid, "split_invalid", "Name how much of the %s is the freelancer's: from nothing to all of it.").At("split")

// ProposeSplit names how much of the disputed sum is the freelancer's, as one side
// sees it. If the other side has named the same, that ends the dispute at once.
func ProposeSplit(ctx context.Context, d *db.DB, by account.Actor, id ID, split money.Amount, words string) (closed bool, err error) {
	words, err = prose.Clean(words)
	if err != nil || utf8.RuneCountInString(words) > 2000 {
		return false, ErrWords
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		closed = false
		on, err := lock(ctx, tx, by, id)
		if err != nil {
			return err
		}
		side := on.side(by)
		switch {
		case side == Arbiter:
			return ErrNotParty
		case split.Currency != on.Sum.Currency || split.Minor < 0 || on.Sum.Less(split):
			return ErrSplit.With(on.Sum)
		}
		trial := *on
		if err := trial.Agree(side, split, tx.Now); err != nil {
			return err // the time for splits is over
		}
		if err := db.Exec1(ctx, tx, `INSERT INTO dispute.splits (dispute, side, minor, words, at) VALUES ($1, $2, $3, $4, $5)`,
			on.ID, side, split.Minor, words, tx.Now); err != nil {
			return err
		}
		all, err := splitsOf(ctx, tx, on)
		if err != nil {
			return err
		}
		if theirs := latest(all, other(side)); theirs != nil && theirs.Split == split {
			closed = true
			return carryOut(ctx, tx, &trial, "both named the same split")
		}
		act := say.That("%s named a split: %s of the %s are the freelancer's.", by.Name, split, on.Sum)
		if err := journal.Append(ctx, tx, on.subject(), by, act, cmp.Or(words, "without words")); err != nil {
			return err
		}
		return tell(ctx, tx, on, other(side), "dispute_split", notify.Yours(*on.Due),
			say.That("%s proposes that %s of the %s are the freelancer's. If you name the same, it is over at once.", by.Name, split, on.Sum))
	})
	return closed, err
}

// carryOut divides the money of a dispute that has just been closed, records it
// and tells both.
func carryOut(ctx context.Context, tx *db.Tx, d *Dispute, reason string) error {
	if err := save(ctx, tx, d); err != nil {
		return err
	}
	if _, _, err := contract.Award(ctx, tx, d.Milestone, *d.Award, reason); err != nil {
		return err
	}
	act := say.That("The dispute was closed: %s of the %s are the freelancer's.", *d.Award, d.Sum)
	if err := journal.Append(ctx, tx, d.subject(), account.System, act, reason); err != nil {
		return err
	}
	return tellBoth(ctx, tx, d, "dispute_closed", notify.Turn{},
		say.That("The dispute about “%s” is closed: %s of the %s went to the freelancer, and %s back to the client.", d.Title, *d.Award, d.Sum, d.Sum.Sub(*d.Award)))
}
