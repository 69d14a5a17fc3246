package proposal

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/jobpost"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

const lapseRule = "the answer-by date passed"

// ErrMarketOnly refuses to let anybody end a post by the calendar.
var ErrMarketOnly = fault.New(fault.Forbidden, "market_only",
	"Only the market itself does this, when the answer-by date has passed. The client can close the job post at any time.")

// LapseDue ends every post whose answer-by date has passed and returns how many
// it ended. Each has a transaction of its own: one that cannot be ended keeps no
// other waiting, and is in the error.
func LapseDue(ctx context.Context, d *db.DB) (n int, err error) {
	var due []jobpost.ID
	if err := d.View(ctx, func(tx *db.Tx) error { due, err = duePosts(ctx, tx); return err }); err != nil {
		return 0, err
	}
	var failed []error
	for _, id := range due {
		switch err := LapsePost(ctx, d, account.System, id); {
		case errors.Is(err, jobpost.ErrNotOpen): // its client was quicker
		case err != nil:
			failed = append(failed, fmt.Errorf("post %d: %w", id, err))
		default:
			n++
		}
	}
	return n, errors.Join(failed...)
}

// LapsePost ends a post at its answer-by date, and every proposal on which no
// decision was made. Those who were owed an answer share the answer bond, and
// the client's record counts them; if nobody was, the post counts as closed and
// the bond returns. Offers that are on the table stay there.
func LapsePost(ctx context.Context, d *db.DB, by account.Actor, id jobpost.ID) error {
	if !by.IsSystem() {
		return ErrMarketOnly
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		post, err := jobpost.LockPost(ctx, tx, id)
		if err != nil {
			return err
		}
		open, err := lockUndecided(ctx, tx, id)
		if err != nil {
			return err
		}
		owed := slices.DeleteFunc(slices.Clone(open), func(p *Proposal) bool { return !p.Owed() })
		if err := post.Lapse(tx.Now, len(owed)); err != nil {
			return err
		}
		shares, err := shareBond(ctx, tx, post, owed)
		if err != nil {
			return err
		}
		for _, p := range open {
			if err := lapse(ctx, tx, post, p, shares[p.ID]); err != nil {
				return err
			}
		}
		if err := count(ctx, tx, post.Client, 0, len(owed)); err != nil {
			return err
		}
		if err := tellLapsed(ctx, tx, post, len(owed)); err != nil {
			return err
		}
		return endPost(ctx, tx, post)
	})
}

// shareBond divides the bond among those who were owed an answer, in the order
// in which they came.
func shareBond(ctx context.Context, tx *db.Tx, post *jobpost.Post, owed []*Proposal) (map[ID]money.Amount, error) {
	people := make([]account.ID, len(owed))
	for i, p := range owed {
		people[i] = p.Freelancer
	}
	shares, err := escrow.Share(ctx, tx, escrow.Bond(post.ID), people, post.Currency, post.About())
	if err != nil {
		return nil, err
	}
	of := make(map[ID]money.Amount, len(shares))
	for i, share := range shares {
		of[owed[i].ID] = share
	}
	return of, nil
}

// lapse ends one proposal at the answer-by date and tells its freelancer.
func lapse(ctx context.Context, tx *db.Tx, post *jobpost.Post, p *Proposal, share money.Amount) error {
	text := lapseText(post, p, share)
	if err := p.move(lapses, tx.Now); err != nil {
		return err
	}
	if err := saveProposal(ctx, tx, p); err != nil {
		return err
	}
	if err := journal.Append(ctx, tx, p.Subject(), account.System, say.That("The proposal lapsed."), lapseRule); err != nil {
		return err
	}
	return notify.Send(ctx, tx, notify.Notice{Reader: p.Freelancer, Kind: "proposal_lapsed", Link: p.URL(), Text: text})
}

// lapseText is what a freelancer reads whose proposal is about to lapse.
func lapseText(post *jobpost.Post, p *Proposal, share money.Amount) say.Sentence {
	switch {
	case p.State == WaitingList:
		return say.That("“%s” ended before a place became free for your proposal. Your place among your open proposals is free again.", post.Title)
	case p.Owed() && share.Positive():
		return say.That("The client of “%s” gave you no answer by the promised date. Your proposal has lapsed, and your share of their answer bond, %s, is in your wallet.", post.Title, share)
	case p.Owed():
		return say.That("The client of “%s” gave you no answer by the promised date. Your proposal has lapsed, and their record says so.", post.Title)
	default:
		return say.That("“%s” reached its answer-by date and ended, and your proposal with it.", post.Title)
	}
}

func tellLapsed(ctx context.Context, tx *db.Tx, post *jobpost.Post, owed int) error {
	act := say.That("The answer-by date of “%s” passed with %d proposals unanswered.", post.Title, owed)
	if err := journal.Append(ctx, tx, post.Subject(), account.System, act, lapseRule); err != nil {
		return err
	}
	return notify.Send(ctx, tx, notify.Notice{
		Reader: post.Client, Kind: "post_lapsed", Link: post.URL(), Text: clientText(post, owed),
	})
}

// clientText is what a client reads who left so many without an answer.
func clientText(post *jobpost.Post, owed int) say.Sentence {
	bond := post.Bond()
	switch {
	case owed == 0 && bond.Positive():
		return say.That("The answer-by date of “%s” has passed. Nobody was left waiting for an answer, so it is closed and your answer bond is back in your wallet.", post.Title)
	case owed == 0:
		return say.That("The answer-by date of “%s” has passed. Nobody was left waiting for an answer, so it is closed.", post.Title)
	case bond.Positive():
		return say.That("The answer-by date of “%s” has passed, and %d proposals were left without an answer. They have lapsed, and the answer bond of %s was shared among their freelancers.", post.Title, owed, bond)
	default:
		return say.That("The answer-by date of “%s” has passed, and %d proposals were left without an answer. They have lapsed, and your record says so.", post.Title, owed)
	}
}
