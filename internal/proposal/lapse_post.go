package proposal

import (
	"context"
	"errors"
	"fmt"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/jobpost"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

const lapseRule = "the answer-by date passed"

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
// the client's record counts them; if nobody was, the bond returns. Only the
// market itself does it. Offers that are on the table stay there.
func LapsePost(ctx context.Context, d *db.DB, by account.Actor, id jobpost.ID) error {
	if !by.IsSystem() {
		return ErrNotClient
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		post, err := jobpost.LockPost(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := post.Lapse(tx.Now); err != nil {
			return err
		}
		open, err := lockUndecided(ctx, tx, id)
		if err != nil {
			return err
		}
		owed := 0
		for _, p := range open {
			if p.Owed() {
				owed++
			}
		}
		if owed == 0 {
			post.State = jobpost.Closed // nobody was let down
		}
		if err := lapseEach(ctx, tx, post, open); err != nil {
			return err
		}
		if err := count(ctx, tx, post.Client, 0, owed); err != nil {
			return err
		}
		if err := tellLapsed(ctx, tx, post, owed); err != nil {
			return err
		}
		return endPost(ctx, tx, post)
	})
}

// lapseEach ends proposals at the answer-by date and shares the bond among those
// who were owed an answer, in the order in which they came.
func lapseEach(ctx context.Context, tx *db.Tx, post *jobpost.Post, open []*Proposal) error {
	shares, err := shareBond(ctx, tx, post, open)
	if err != nil {
		return err
	}
	for _, p := range open {
		text := lapseText(post, p, shares[p.ID])
		if err := p.move(lapses, tx.Now); err != nil {
			return err
		}
		if err := saveProposal(ctx, tx, p); err != nil {
			return err
		}
		if err := journal.Append(ctx, tx, p.Subject(), account.System, say.That("The proposal lapsed."), lapseRule); err != nil {
			return err
		}
		if err := notify.Send(ctx, tx, notify.Notice{
			Reader: p.Freelancer, Kind: "proposal_lapsed", Link: p.URL(), Text: text,
		}); err != nil {
			return err
		}
	}
	return nil
}

func shareBond(ctx context.Context, tx *db.Tx, post *jobpost.Post, open []*Proposal) (map[ID]money.Amount, error) {
	var ids []ID
	var people []account.ID
	for _, p := range open {
		if p.Owed() {
			ids, people = append(ids, p.ID), append(people, p.Freelancer)
		}
	}
	shares, err := escrow.Share(ctx, tx, escrow.Bond(post.ID), people, post.Currency, post.About())
	if err != nil {
		return nil, err
	}
	of := make(map[ID]money.Amount, len(ids))
	for i, share := range shares {
		of[ids[i]] = share
	}
	return of, nil
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
	text := say.That("The answer-by date of “%s” has passed. You had answered everybody, so your answer bond is back in your wallet.", post.Title)
	if owed > 0 {
		text = say.That("The answer-by date of “%s” has passed, and %d proposals were left without an answer. They have lapsed, and the answer bond of %s was shared among their freelancers.", post.Title, owed, post.Bond())
	}
	return notify.Send(ctx, tx, notify.Notice{Reader: post.Client, Kind: "post_lapsed", Link: post.URL(), Text: text})
}
