package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

// ApproveMilestone accepts the submitted work and pays for it. The client may
// at any time; the market itself once the acceptance window has passed.
//
// The milestone's escrow moves to the freelancer, and the next milestone is
// funded from the client's wallet. If that does not hold enough the contract is
// starved; if nothing is left to do it is completed. All of it happens, is on
// record and both are told, or none of it.
func ApproveMilestone(ctx context.Context, d *db.DB, by account.Actor, id MilestoneID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, m, as, err := lockToJudge(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := m.Approve(as, tx.Now); err != nil {
			return err
		}
		held, wallet, err := lockMoney(ctx, tx, c)
		if err != nil {
			return err
		}
		pay := c.Pay(m)
		if err := escrow.Release(ctx, tx, m.Purpose(), pay, c.aboutOf(m)); err != nil {
			return err
		}
		if err := recordApproval(ctx, tx, by, c, m, pay.Net); err != nil {
			return err
		}
		if err := moveOn(ctx, tx, c, held, wallet); err != nil {
			return err
		}
		return saveContract(ctx, tx, c)
	})
}

func recordApproval(ctx context.Context, tx *db.Tx, by account.Actor, c *Contract, m *Milestone, net money.Amount) error {
	if by.IsSystem() {
		act := say.That("“%s” counts as approved, and %s was paid.", m.Title, net)
		if err := journal.Append(ctx, tx, c.subject(), by, act, "silence pays: the acceptance window passed"); err != nil {
			return err
		}
		return tellBoth(ctx, tx, c, "milestone_paid", nobodys,
			say.That("You neither approved “%s” nor asked for changes in time, so it counts as approved and was paid.", m.Title),
			say.That("The time to answer “%s” has passed, so it counts as approved. %s is in your wallet.", m.Title, net))
	}
	act := say.That("%s approved “%s”, and %s was paid.", by.Name, m.Title, net)
	if err := journal.Append(ctx, tx, c.subject(), by, act, "the work was accepted"); err != nil {
		return err
	}
	if err := tellJudged(ctx, tx, by, c, say.That("%s approved “%s” in your place, and %s was paid.", by.Name, m.Title, net)); err != nil {
		return err
	}
	return tell(ctx, tx, c, Freelancer, "milestone_paid", nobodys,
		say.That("%s approved “%s”. %s is in your wallet.", by.Name, m.Title, net))
}

// moveOn does what follows once a milestone was paid: others go on, or the next
// one is funded, or there is no money for it, or all is done.
func moveOn(ctx context.Context, tx *db.Tx, c *Contract, held, wallet money.Amount) error {
	if c.anyLive() || c.State == Starved {
		return nil
	}
	then := c.clone()
	if err := then.passBy(tx.Now); err != nil {
		return err
	}
	over := len(then.due()) == 0
	short := !over && wallet.Less(then.Need(held))
	switch {
	case c.State == UnderNotice && (c.Every == "" || over || short):
		return finish(ctx, tx, c, account.System, "notice was given, and nothing is under way any more")
	case over:
		return finish(ctx, tx, c, account.System, "all milestones are done")
	case short:
		return starveContract(ctx, tx, c, wallet, then.Need(held))
	default:
		return fundNext(ctx, tx, c, held)
	}
}

func fundNext(ctx context.Context, tx *db.Tx, c *Contract, held money.Amount) error {
	if err := c.passBy(tx.Now); err != nil {
		return err
	}
	funded, err := c.FundNext(tx.Now)
	if err != nil {
		return err
	}
	if err := secure(ctx, tx, c, funded, held); err != nil {
		return err
	}
	m := funded[0]
	act := say.That("“%s” was funded with %s.", m.Title, c.Cost(m))
	if err := journal.Append(ctx, tx, c.subject(), account.System, act, "by the funding rule: "+string(c.Funding)); err != nil {
		return err
	}
	if m.Starts != nil {
		return tellSpan(ctx, tx, c, m)
	}
	return tellBoth(ctx, tx, c, "milestone_funded", turn{Freelancer, m.DueBy()},
		say.That("The next milestone of “%s”, “%s”, was funded from your wallet with %s.", c.Title, m.Title, c.Cost(m)),
		say.That("The next milestone of “%s”, “%s”, is funded. You can begin; the work is due by %s.", c.Title, m.Title, m.DueBy()))
}

func starveContract(ctx context.Context, tx *db.Tx, c *Contract, wallet, need money.Amount) error {
	if err := c.Starve(tx.Now); err != nil {
		return err
	}
	m := c.due()[0]
	if _, err := topUp(ctx, tx, c, m, need, wallet); err != nil {
		return err
	}
	act := say.That("“%s” could not be funded: it takes %s, and the client's wallet held less.", m.Title, need)
	if err := journal.Append(ctx, tx, c.subject(), account.System, act, "by the funding rule: "+string(c.Funding)); err != nil {
		return err
	}
	return tellBoth(ctx, tx, c, "contract_starved", turn{Client, c.LeaveFrom()},
		say.That("The next milestone of “%s”, “%s”, takes %s, and your wallet holds %s. Work has stopped. Add money and fund it; from %s on the freelancer may leave with the ending fee of %s.",
			c.Title, m.Title, need, wallet, c.LeaveFrom(), c.EndingFee()),
		say.That("The next milestone of “%s”, “%s”, is not funded, so stop working. If the money does not come by %s you may leave with the ending fee of %s.",
			c.Title, m.Title, c.LeaveFrom(), c.EndingFee()))
}

// finish ends a contract on which nothing is left to do. What is left of the
// ending fee returns to the client, unless the client gave notice.
func finish(ctx context.Context, tx *db.Tx, c *Contract, by account.Actor, reason string) error {
	if err := c.passBy(tx.Now); err != nil {
		return err
	}
	if err := c.Finish(tx.Now); err != nil {
		return err
	}
	fee, err := settleEndingFee(ctx, tx, c, c.feeTo())
	if err != nil {
		return err
	}
	act := say.That("The contract ended: it is %s.", string(c.Ending))
	if err := journal.Append(ctx, tx, c.subject(), by, act, reason); err != nil {
		return err
	}
	text := say.That("“%s” has ended: it is %s.", c.Title, string(c.Ending))
	switch {
	case fee.Positive() && c.feeTo() == Freelancer:
		return tellBoth(ctx, tx, c, "contract_ended", nobodys,
			say.That("“%s” has ended: it is %s. The ending fee of %s was paid to the freelancer.", c.Title, string(c.Ending), fee),
			say.That("“%s” has ended: it is %s. The ending fee of %s is in your wallet.", c.Title, string(c.Ending), fee))
	case fee.Positive():
		return tellBoth(ctx, tx, c, "contract_ended", nobodys,
			say.That("“%s” has ended: it is %s. The ending fee of %s is back in your wallet.", c.Title, string(c.Ending), fee), text)
	default:
		return tellBoth(ctx, tx, c, "contract_ended", nobodys, text, text)
	}
}
