package proposal

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/terms"
)

// Outlook is what a freelancer should know before they write.
type Outlook struct {
	Refusal error       // why they cannot propose; nil: they can
	Mine    *ID         // their proposal to this post, if they have one that is not withdrawn
	Floor   terms.Floor // the least that an hour may cost
	Open    int         // how many proposals they have open
	Quota   int         // of so many
	Ahead   int         // how many are before the client or on the waiting list
	Cap     int         // from how many on a new one waits
}

// Waits reports whether a proposal sent now would begin on the waiting list.
func (o Outlook) Waits() bool { return startingState(o.Ahead, o.Cap) == WaitingList }

// OutlookFor tells by how things stand for them on a post. One that they may not
// see is jobpost.ErrNotFound.
func OutlookFor(ctx context.Context, d *db.DB, by account.Actor, id jobpost.ID) (o Outlook, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		post, err := jobpost.PostByID(ctx, tx, id)
		if err != nil {
			return err
		}
		o.Refusal = mayPropose(ctx, tx, by, &post)
		if f, ok := fault.Of(o.Refusal); o.Refusal != nil && (!ok || f.Kind == fault.NotFound) {
			return o.Refusal
		}
		return o.look(ctx, tx, by, &post)
	})
	return o, err
}

func (o *Outlook) look(ctx context.Context, tx *db.Tx, by account.Actor, post *jobpost.Post) error {
	set, err := terms.Current(ctx, tx)
	if err != nil {
		return err
	}
	o.Quota, o.Cap = set.OpenProposals, set.ProposalsPerPost
	if o.Ahead, err = countIn(ctx, tx, post.ID, undecided); err != nil {
		return err
	}
	if by.IsSystem() {
		return nil // nobody is signed in
	}
	if o.Open, err = countOpen(ctx, tx, by.ID); err != nil {
		return err
	}
	tries, err := triesOf(ctx, tx, post.ID, by.ID)
	if err != nil {
		return err
	}
	for _, t := range tries {
		if t.State != Withdrawn {
			o.Mine = &t.ID
		}
	}
	o.Floor, err = floorFor(ctx, tx, by, post)
	if _, ok := fault.Of(err); ok && o.Refusal == nil { // a post from elsewhere, in a currency nobody trades in here
		o.Refusal, err = err, nil
	}
	return err
}
