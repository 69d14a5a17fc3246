package proposal

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/terms"
)

// startingState is where a new proposal begins on a post on which so many are
// undecided. Whoever waits already comes first.
func startingState(undecided, limit int) State {
	if undecided < limit {
		return Submitted
	}
	return WaitingList
}

// fillPlaces brings those who have waited longest before the client, as many as
// there are places. Whoever takes a place away on an open post calls it.
func fillPlaces(ctx context.Context, tx *db.Tx, post *jobpost.Post) error {
	if post.State != jobpost.Open {
		return nil
	}
	set, err := terms.Current(ctx, tx)
	if err != nil {
		return err
	}
	taken, err := countIn(ctx, tx, post.ID, before)
	if err != nil || taken >= set.ProposalsPerPost {
		return err
	}
	next, err := lockFirst(ctx, tx, post.ID, set.ProposalsPerPost-taken)
	if err != nil || len(next) == 0 {
		return err
	}
	for _, p := range next {
		if err := bringUp(ctx, tx, post, p); err != nil {
			return err
		}
	}
	return notify.Send(ctx, tx, notify.Notice{
		Reader: post.Client, Kind: "proposal_received", Link: listURL(post),
		Text: say.That("A place became free on “%s”: from the waiting list, %d more came before you.", post.Title, len(next)),
		Turn: notify.Yours(*post.AnswerBy),
	})
}

func bringUp(ctx context.Context, tx *db.Tx, post *jobpost.Post, p *Proposal) error {
	if err := p.moveUp(tx.Now); err != nil {
		return err
	}
	if err := saveProposal(ctx, tx, p); err != nil {
		return err
	}
	act := say.That("A place became free, and %s moved up from the waiting list.", p.Name)
	if err := record(ctx, tx, account.System, post, p, act, "places before the client go to those who waited longest"); err != nil {
		return err
	}
	return notify.Send(ctx, tx, notify.Notice{
		Reader: p.Freelancer, Kind: "proposal_moved_up", Link: p.URL(),
		Text: say.That("Your proposal for “%s” moved up from the waiting list and is now before the client. An answer is due by %s.",
			post.Title, *post.AnswerBy),
		Turn: notify.Theirs(*post.AnswerBy),
	})
}

// listURL is where the client finds the proposals of a post.
func listURL(post *jobpost.Post) string { return post.URL() + "/proposals" }
