package proposal

import (
	"context"
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/restriction"
	"freehold/internal/terms"
)

// maxTries is how often one freelancer may propose to one post, counting the
// times they withdrew.
const maxTries = 3

// Refusals to propose.
var (
	ErrOwnPost = fault.New(fault.Forbidden, "own_post",
		"This is your own job post. Others propose, and you answer.")
	ErrNoFreelancer = fault.New(fault.Forbidden, "freelancers_only",
		"Proposals come from freelancers. You can become one in your settings, and stay a client too.")
	ErrAlreadyProposed = fault.New(fault.Conflict, "already_proposed",
		"You have proposed to this job post already, and your proposal is %s. You will find it among your proposals.")
	ErrTriesSpent = fault.New(fault.Conflict, "tries_spent",
		"You have proposed to this job post and withdrawn %d times, as often as one can. Other job posts wait for you.")
	ErrQuota = fault.New(fault.Conflict, "quota_reached",
		"You have %d proposals open, as many as one person can have. A place becomes free as soon as one is answered, withdrawn or lapses.")
)

// Propose sends a freelancer's proposal to a post. It comes before the client at
// once, or goes on the waiting list when all places are taken; its State says
// which. It costs nothing. The error holds everything that is wrong with in, or
// says why by cannot propose here.
func Propose(ctx context.Context, d *db.DB, by account.Actor, id jobpost.ID, in Input) (p *Proposal, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		if err := restriction.May(ctx, tx, by, restriction.Propose); err != nil {
			return err
		}
		post, err := lockToPropose(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := restriction.Shown(ctx, tx, id.Subject()); err != nil {
			return err
		}
		dr, err := prepare(ctx, tx, by, post, in)
		if err != nil {
			return err
		}
		p = &Proposal{Post: id, Freelancer: by.ID, Name: by.Name, At: tx.Now}
		p.take(dr)
		if err := p.place(ctx, tx); err != nil {
			return err
		}
		if err := insertProposal(ctx, tx, p); err != nil {
			return err
		}
		if err := dr.save(ctx, tx, by, p); err != nil {
			return err
		}
		if err := jobpost.MarkProposed(ctx, tx, id, by.ID); err != nil {
			return err
		}
		return tellProposed(ctx, tx, by, post, p)
	})
	return p, err
}

// lockToPropose locks the freelancer's quota and then the post.
func lockToPropose(ctx context.Context, tx *db.Tx, by account.Actor, id jobpost.ID) (*jobpost.Post, error) {
	if err := db.LockName(ctx, tx, fmt.Sprintf("proposal/quota/%d", by.ID)); err != nil {
		return nil, err
	}
	post, err := jobpost.LockPost(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	switch seen, err := jobpost.MayRead(ctx, tx, by, id); {
	case err != nil:
		return nil, err
	case !seen:
		return nil, jobpost.ErrNotFound
	}
	var how prospects
	if err := tx.Ask(ctx, func(a *db.Ask) { how.ask(a, by, id) }); err != nil {
		return nil, err
	}
	return post, how.mayPropose(by, *post)
}

// prospects are how things stand for somebody on a post.
type prospects struct {
	now time.Time
	set terms.Settings
	tally
	floor terms.AskedFloor // only if somebody is signed in
}

// ask asks how things stand for by on a post.
func (p *prospects) ask(a *db.Ask, by account.Actor, id jobpost.ID) {
	p.now = a.Now
	terms.AskCurrent(a, &p.set)
	askTally(a, &p.tally, id, by.ID)
	if !by.IsSystem() {
		askFloor(a, &p.floor, id, by.ID)
	}
}

// mayPropose returns why by cannot propose to a post that they may see, or nil.
func (p prospects) mayPropose(by account.Actor, post jobpost.Post) error {
	if by.ID == post.Client {
		return ErrOwnPost
	}
	if !by.Freelancer {
		return ErrNoFreelancer
	}
	if !by.Confirmed {
		return account.ErrUnconfirmed
	}
	if err := post.TakesProposals(p.now); err != nil {
		return err
	}
	if err := checkTries(p.Tries); err != nil {
		return err
	}
	if p.Open >= p.set.OpenProposals {
		return ErrQuota.With(p.Open)
	}
	return nil
}

// checkTries lets nobody stand before the same client twice, nor come back for ever.
func checkTries(tries []try) error {
	for _, t := range tries {
		if t.State != Withdrawn {
			return ErrAlreadyProposed.With(string(t.State))
		}
	}
	if len(tries) >= maxTries {
		return ErrTriesSpent.With(len(tries))
	}
	return nil
}

// place puts a new proposal before the client or on the waiting list.
func (p *Proposal) place(ctx context.Context, tx *db.Tx) error {
	set, err := terms.Current(ctx, tx)
	if err != nil {
		return err
	}
	n, err := countIn(ctx, tx, p.Post, undecided)
	if err != nil {
		return err
	}
	if p.State = startingState(n, set.ProposalsPerPost); p.State == Submitted {
		p.SubmittedAt = &p.At
	}
	return nil
}

func tellProposed(ctx context.Context, tx *db.Tx, by account.Actor, post *jobpost.Post, p *Proposal) error {
	act := say.That("%s proposed for “%s”.", by.Name, post.Title)
	if p.State == WaitingList {
		act = say.That("%s proposed for “%s” and is on the waiting list.", by.Name, post.Title)
	}
	if err := record(ctx, tx, by, post, p, act, "by the freelancer's choice"); err != nil {
		return err
	}
	if p.State == WaitingList {
		return nil // the client hears of it when it comes before them
	}
	return notify.Send(ctx, tx, notify.Notice{
		Reader: post.Client, Kind: "proposal_received", Link: listURL(post),
		Text: say.That("%s proposed for “%s”. You owe an answer by %s.", by.Name, post.Title, *post.AnswerBy),
		Turn: notify.Yours(*post.AnswerBy),
	})
}
