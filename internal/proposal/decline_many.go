package proposal

import (
	"context"
	"maps"
	"slices"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

// ErrNothingChosen refuses to decline nobody.
var ErrNothingChosen = fault.New(fault.Invalid, "nothing_chosen",
	"Please choose the proposals you want to decline.").At("proposals")

// DeclineMany declines several proposals of one post, each with a message of
// its own, and returns how many. Those that are over already, because their
// freelancer was quicker, are passed over.
func DeclineMany(ctx context.Context, d *db.DB, by account.Actor, id jobpost.ID, reasons map[ID]Reason) (n int, err error) {
	if len(reasons) == 0 {
		return 0, ErrNothingChosen
	}
	if reasons, err = checkAll(reasons); err != nil {
		return 0, err
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		post, err := lockOwnPost(ctx, tx, by, id)
		if err != nil {
			return err
		}
		chosen, err := lockChosen(ctx, tx, post, slices.Collect(maps.Keys(reasons)))
		if err != nil {
			return err
		}
		n = len(chosen)
		if err := declineEach(ctx, tx, by, post, chosen, func(id ID) Reason { return reasons[id] }); err != nil {
			return err
		}
		return fillPlaces(ctx, tx, post)
	})
	return n, err
}

// lockChosen locks those of a client's choice that are not over yet.
func lockChosen(ctx context.Context, tx *db.Tx, post *jobpost.Post, ids []ID) ([]*Proposal, error) {
	chosen, err := lockOf(ctx, tx, post.ID, ids)
	if err != nil {
		return nil, err
	}
	hidden := func(p *Proposal) bool { return p.SubmittedAt == nil }
	if len(chosen) != len(ids) || slices.ContainsFunc(chosen, hidden) {
		return nil, ErrNotFound
	}
	return slices.DeleteFunc(chosen, func(p *Proposal) bool { return p.State.Ended() }), nil
}

// checkAll tidies reasons, or says what is wrong with the first that is wrong.
func checkAll(reasons map[ID]Reason) (map[ID]Reason, error) {
	tidy := make(map[ID]Reason, len(reasons))
	for _, id := range slices.Sorted(maps.Keys(reasons)) {
		r, err := reasons[id].check()
		if err != nil {
			return nil, err
		}
		tidy[id] = r
	}
	return tidy, nil
}
