package contract

import (
	"context"
	"errors"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

var (
	// ErrDelegate says who can judge in the client's place.
	ErrDelegate = fault.New(fault.Invalid, "delegate_invalid",
		"Name somebody who is here already and is neither of the two of you, by the address of their page, such as /people/12.").At("person")
	// ErrNoDelegate says that nobody judges in the client's place.
	ErrNoDelegate = fault.New(fault.Conflict, "no_delegate", "Nobody judges work in your place on this contract. Nothing was changed.")
)

// NameDelegate lets somebody else see the contract and judge its work in the
// client's place: approve it, or ask for changes. They can do nothing else, and
// the client can still do all of it. Who judged is on record.
func NameDelegate(ctx context.Context, d *db.DB, by account.Actor, id ID, person account.ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockContract(ctx, tx, by, id)
		switch {
		case err != nil:
			return err
		case c.side(by) != Client:
			return ErrNotClient
		case c.State == Ended:
			return ErrEnded
		}
		p, err := account.PersonByID(ctx, tx, person)
		if errors.Is(err, account.ErrNotFound) || err == nil && (p.ID == c.Client || p.ID == c.Freelancer) {
			return ErrDelegate
		}
		if err != nil {
			return err
		}
		if err := db.Exec1(ctx, tx, `
			INSERT INTO contract.delegates (contract, person, since) VALUES ($1, $2, $3)
			ON CONFLICT (contract) DO UPDATE SET person = excluded.person, since = excluded.since`, c.ID, p.ID, tx.Now); err != nil {
			return err
		}
		act := say.That("%s lets %s judge work in their place.", by.Name, p.Name)
		if err := journal.Append(ctx, tx, c.subject(), by, act, "by the client's choice"); err != nil {
			return err
		}
		if err := notify.Send(ctx, tx, notify.Notice{Reader: p.ID, Kind: "delegated", Link: c.URL(),
			Text: say.That("%s asks you to judge work on “%s” in their place: approve it, or ask for changes. You hear when there is some.", by.Name, c.Title)}); err != nil {
			return err
		}
		return tell(ctx, tx, c, Freelancer, "delegated", nobodys,
			say.That("On “%s”, %s can judge your work in the place of %s.", c.Title, p.Name, by.Name))
	})
}

// EndDelegation lets nobody but the client judge work again. The one who was named
// can end it as well.
func EndDelegation(ctx context.Context, d *db.DB, by account.Actor, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		delegate, err := delegateOf(ctx, tx, id)
		if err != nil {
			return err
		}
		as := by
		if delegate == by.ID && delegate != 0 {
			as = account.System
		}
		c, err := lockContract(ctx, tx, as, id)
		switch {
		case err != nil:
			return err
		case c.side(as) == Freelancer:
			return ErrNotClient
		case delegate == 0:
			return ErrNoDelegate
		}
		if err := db.Exec(ctx, tx, `DELETE FROM contract.delegates WHERE contract = $1`, id); err != nil {
			return err
		}
		act := say.That("%s ended it that somebody else judges work.", by.Name)
		return journal.Append(ctx, tx, c.subject(), by, act, "by the choice of one of the two")
	})
}

// delegateOf is who judges work in the client's place; 0: nobody.
func delegateOf(ctx context.Context, tx *db.Tx, id ID) (account.ID, error) {
	p, err := db.Value[account.ID](ctx, tx, `SELECT person FROM contract.delegates WHERE contract = $1`, id)
	if errors.Is(err, db.NoRow) {
		return 0, nil
	}
	return p, err
}

// lockToJudge is lockMilestone for those who judge its work: to the client's
// delegate it is as if they were the client. Nothing else on a contract is theirs
// to do, so no other use case asks.
func lockToJudge(ctx context.Context, tx *db.Tx, by account.Actor, id MilestoneID) (c *Contract, m *Milestone, as Side, err error) {
	delegate, err := db.Value[bool](ctx, tx, `
		SELECT EXISTS (SELECT FROM contract.delegates d JOIN contract.milestones m ON m.contract = d.contract WHERE m.id = $1 AND d.person = $2)`, id, by.ID)
	if err != nil {
		return nil, nil, "", err
	}
	if delegate {
		c, m, err = lockMilestone(ctx, tx, account.System, id)
		return c, m, Client, err
	}
	if c, m, err = lockMilestone(ctx, tx, by, id); err != nil {
		return nil, nil, "", err
	}
	return c, m, c.side(by), nil
}

// tellJudged tells the client that their delegate has judged work.
func tellJudged(ctx context.Context, tx *db.Tx, by account.Actor, c *Contract, text say.Sentence) error {
	if by.IsSystem() || by.ID == c.Client {
		return nil
	}
	return tell(ctx, tx, c, Client, "judged", nobodys, text)
}
