package jobpost

import (
	"context"
	"errors"
	"fmt"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/escrow"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/likeness"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/ledger"
	"freehold/internal/restriction"
	"freehold/internal/terms"
)

// Refusals to publish.
var (
	ErrUnconfirmed = fault.New(fault.Forbidden, "address_not_confirmed",
		"Before others can propose we want to be sure that we can reach you. Follow the link in the mail we sent you, then publish again; your settings can send it anew. Your draft is kept.")
	ErrNotVerified = fault.New(fault.Forbidden, "payment_not_verified",
		"Before others spend time on proposals they can see that you are able to pay. Add money to your wallet once, in any currency: that verifies your payment method. Your draft is kept.")
	ErrBondNotCovered = fault.New(fault.Conflict, "bond_not_covered",
		"Publishing sets an answer bond of %s aside, which comes back once everybody who proposes has an answer. Your wallet does not hold that much. Add money to it, then publish again. Your draft is kept.")
	ErrDuplicate = fault.New(fault.Conflict, "duplicate_post",
		"This says nearly the same as “%s”, which you have open already (%s). Edit that one, or say here what is different. Your draft is kept.")
)

// alike is how similar the texts of two posts may not be.
const alike = 0.8

// Publish opens a draft to proposals, and sets its answer bond aside.
//
// The post is open until its answer-by date, its bond is in escrow, and the floor
// that its budget was held to is kept with it: all of it or none. When fields are
// missing, the error joins a refusal beside each.
func Publish(ctx context.Context, d *db.DB, by account.Actor, id ID) (p Post, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		// Two drafts that say the same must not pass each other.
		if err := db.LockName(ctx, tx, fmt.Sprintf("jobpost/publish/%d", by.ID)); err != nil {
			return err
		}
		post, err := lockOwn(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if post.State != Draft {
			return ErrNotDraft
		}
		if err := mayPublish(ctx, tx, by); err != nil {
			return err
		}
		if err := post.missing(); err != nil {
			return err
		}
		floor, err := post.heldToFloor(ctx, tx)
		if err != nil {
			return err
		}
		if err := refuseDuplicate(ctx, tx, *post); err != nil {
			return err
		}
		if err := open(ctx, tx, by, post, floor.Hourly); err != nil {
			return err
		}
		p = *post
		act := say.That("%s published “%s”. Everybody who proposes has an answer by %s.", by.Name, post.Title, *post.AnswerBy)
		return journal.Append(ctx, tx, post.Subject(), by, act, "by the client's choice")
	})
	return p, err
}

// mayPublish asks whether by is somebody whom others can rely on to answer and pay.
func mayPublish(ctx context.Context, tx *db.Tx, by account.Actor) error {
	if !by.Client {
		return ErrNotClient
	}
	if !by.Confirmed {
		return ErrUnconfirmed
	}
	if err := restriction.May(ctx, tx, by, restriction.Publish); err != nil {
		return err
	}
	verified, err := banking.IsVerified(ctx, tx, by.ID)
	if err == nil && !verified {
		err = ErrNotVerified
	}
	return err
}

// open publishes the post with its bond in escrow.
func open(ctx context.Context, tx *db.Tx, by account.Actor, p *Post, floor money.Amount) error {
	bond, err := terms.BondIn(ctx, tx, p.Currency)
	if err != nil {
		return err
	}
	if err := p.Publish(tx.Now, bond, floor); err != nil {
		return err
	}
	if err := SavePost(ctx, tx, p); err != nil {
		return err
	}
	if err := refreshSearch(ctx, tx, p.ID); err != nil {
		return err
	}
	err = escrow.Secure(ctx, tx, escrow.Bond(p.ID), by.ID, bond, p.About())
	if errors.Is(err, ledger.ErrInsufficient) {
		return ErrBondNotCovered.With(bond)
	}
	return err
}

// refuseDuplicate compares a post with those that its client has open.
func refuseDuplicate(ctx context.Context, tx *db.Tx, p Post) error {
	others, err := openTexts(ctx, tx, p.Client, p.ID)
	if err != nil {
		return err
	}
	text := likeness.Of(p.text())
	for _, other := range others {
		if text.Jaccard(likeness.Of(other.text())) >= alike {
			return ErrDuplicate.With(other.Title, other.URL())
		}
	}
	return nil
}

func (p Post) text() string { return p.Title + "\n" + p.Description }
