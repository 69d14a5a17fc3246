package proposal

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/terms"
)

// PostView is a post as somebody sees it who may propose to it.
type PostView struct {
	jobpost.View
	Outlook Outlook
}

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

// ShowPost is jobpost.Show, and tells by how things stand for them on the post.
func ShowPost(ctx context.Context, d *db.DB, by account.Actor, id jobpost.ID) (v PostView, err error) {
	var post jobpost.Asked
	var how prospects
	err = d.Ask(ctx, func(a *db.Ask) {
		post.Ask(a, by, id)
		how.ask(a, by, id)
	})
	if err != nil {
		return v, jobpost.OrNotFound(err)
	}
	if v.View, err = post.View(ctx, d); err != nil {
		return v, err
	}
	v.Outlook, err = how.outlook(by, v.Post)
	return v, err
}

// outlook is what follows from how things stand for by on a post that they may see.
func (p prospects) outlook(by account.Actor, post jobpost.Post) (o Outlook, err error) {
	o = Outlook{Refusal: p.mayPropose(by, post), Open: p.Open, Quota: p.set.OpenProposals, Ahead: p.Ahead, Cap: p.set.ProposalsPerPost}
	if by.IsSystem() {
		return o, nil // nobody is signed in
	}
	for _, t := range p.Tries {
		if t.State != Withdrawn {
			o.Mine = &t.ID
		}
	}
	o.Floor, err = p.floor.Floor()
	if _, ok := fault.Of(err); ok && o.Refusal == nil { // a post from elsewhere, in a currency nobody trades in here
		o.Refusal, err = err, nil
	}
	return o, err
}
