package proposal

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
)

// Closing is what everybody is told whose proposal is open when its post closes.
type Closing struct {
	Each map[ID]Reason // for these
	Rest *Reason       // for all others
}

// ErrUnanswered refuses to close a post over the heads of those who wait.
var ErrUnanswered = fault.New(fault.Conflict, "proposals_unanswered",
	"Before this job post can close, %d proposals need an answer. Give each a reason, or one reason for all of them.").At("reason")

// ClosePost ends a client's post and answers every proposal that is open on it,
// those on the waiting list too. The answer bond returns to the client. Offers
// that are on the table stay there until they are answered.
func ClosePost(ctx context.Context, d *db.DB, by account.Actor, id jobpost.ID, c Closing) error {
	c, err := c.check()
	if err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		post, err := lockOwnPost(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := post.Close(tx.Now); err != nil {
			return err
		}
		open, err := lockUndecided(ctx, tx, id)
		if err != nil {
			return err
		}
		if n := c.unanswered(open); n > 0 {
			return ErrUnanswered.With(n)
		}
		if err := declineEach(ctx, tx, by, post, open, c.reason); err != nil {
			return err
		}
		act := say.That("%s closed the job post “%s” and answered %d open proposals.", by.Name, post.Title, len(open))
		if err := journal.Append(ctx, tx, post.Subject(), by, act, "by the client's choice"); err != nil {
			return err
		}
		return endPost(ctx, tx, post)
	})
}

// endPost writes a post that has just ended and winds up what hangs on it. What
// is left of its bond goes back to the client.
func endPost(ctx context.Context, tx *db.Tx, post *jobpost.Post) error {
	if err := jobpost.SavePost(ctx, tx, post); err != nil {
		return err
	}
	if err := jobpost.LapseInvitations(ctx, tx, post.ID); err != nil {
		return err
	}
	_, err := jobpost.ReturnBond(ctx, tx, post)
	return err
}

// check returns c tidied, or what is wrong with it.
func (c Closing) check() (Closing, error) {
	each, err := checkAll(c.Each)
	if err != nil || c.Rest == nil {
		return Closing{Each: each}, err
	}
	rest, err := c.Rest.check()
	return Closing{each, &rest}, err
}

// unanswered counts those of open for whom c has no answer.
func (c Closing) unanswered(open []*Proposal) (n int) {
	if c.Rest != nil {
		return 0
	}
	for _, p := range open {
		if _, ok := c.Each[p.ID]; !ok {
			n++
		}
	}
	return n
}

func (c Closing) reason(id ID) Reason {
	if r, ok := c.Each[id]; ok {
		return r
	}
	return *c.Rest
}
