package proposal

import (
	"context"
	"errors"
	"maps"
	"slices"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// ErrNothingChosen refuses to decline nobody.
var ErrNothingChosen = fault.New(fault.Invalid, "nothing_chosen",
	"Please choose the proposals you want to decline.").At("proposals")

// Decline answers a proposal with no and why. Its freelancer is told, and the
// next one on the waiting list moves up.
func Decline(ctx context.Context, d *db.DB, by account.Actor, id ID, r Reason) error {
	r, err := r.check()
	if err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		post, p, err := lockAsClient(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := declineEach(ctx, tx, by, post, []*Proposal{p}, func(ID) Reason { return r }); err != nil {
			return err
		}
		return fillPlaces(ctx, tx, post)
	})
}

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

// checkAll tidies reasons, or says what is wrong with any of them.
func checkAll(reasons map[ID]Reason) (map[ID]Reason, error) {
	tidy := make(map[ID]Reason, len(reasons))
	var wrong []error
	for id, r := range reasons {
		r, err := r.check()
		tidy[id], wrong = r, append(wrong, err)
	}
	return tidy, errors.Join(wrong...)
}

// declineEach declines proposals of a locked post, tells each freelancer why,
// and counts the answers.
func declineEach(ctx context.Context, tx *db.Tx, by account.Actor, post *jobpost.Post, ps []*Proposal, why func(ID) Reason) error {
	answers := 0
	for _, p := range ps {
		r := why(p.ID)
		answered, err := p.decline(isDeclined, r, tx.Now)
		if err != nil {
			return err
		}
		if answered {
			answers++
		}
		if err := saveProposal(ctx, tx, p); err != nil {
			return err
		}
		if err := tellDeclined(ctx, tx, by, post, p, r); err != nil {
			return err
		}
	}
	return count(ctx, tx, post.Client, answers, 0)
}

func tellDeclined(ctx context.Context, tx *db.Tx, by account.Actor, post *jobpost.Post, p *Proposal, r Reason) error {
	act := say.That("%s declined the proposal of %s.", by.Name, p.Name)
	if err := record(ctx, tx, by, post, p, act, r.record()); err != nil {
		return err
	}
	return notify.Send(ctx, tx, notify.Notice{
		Reader: p.Freelancer, Kind: "proposal_declined", Link: p.URL(), Text: r.sentence(by.Name, post.Title),
	})
}

// count adds to a client's record of answers.
func count(ctx context.Context, tx *db.Tx, client account.ID, answered, lapsed int) error {
	if answered+lapsed == 0 {
		return nil
	}
	return addToRecord(ctx, tx, client, answered, lapsed)
}
