package contract

import (
	"context"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/file"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/ledger"
	"freehold/internal/profile"
)

// View is a contract as one of the two sees it.
type View struct {
	*Contract

	You            Side
	AsDelegate     bool // who judges work in the client's place, and does nothing else
	DelegateName   string
	CanDelegate    bool
	CanOfferAgain  bool // other work, to the one on the other side
	ClientName     string
	FreelancerName string
	ClientFace     profile.Portrait
	FreelancerFace profile.Portrait
	Sums           Sums
	EndingFeeHeld  money.Amount // in escrow now
	Need           money.Amount // what funding takes out of the client's wallet now; nothing when nothing is to be funded
	Wallet         money.Amount // what the client's wallet holds; for the client alone
	Turn           Turn
	Next           []Prospect // what can happen, and what does if nobody acts
	CanFund        bool
	CanLeave       bool // with the ending fee, since the money did not come
	CanNotice      bool // to end it early
	CanBeAway      bool
	CanGiveBonus   bool
	CanRefund      bool
	CanAmend       bool
	CanTopUp       bool // choose whether missing money is taken by itself
	Extras         Extras
	Amendments     []AmendmentItem // all that were ever proposed, oldest first
	Work           []MilestoneView
	Text           string // as both signed it
	SHA256         string // of Text
	Terms          Terms
	Signatures     []Signature
	Journal        []journal.Entry
}

// MilestoneView is a milestone as one of the two sees it.
type MilestoneView struct {
	*Milestone
	Cost            money.Amount // to the client: price and fee
	Net             money.Amount // to the freelancer: price less their fee
	Turn            Turn
	Submissions     []*Submission // oldest first
	RoundsLeft      int
	CanSubmit       bool
	CanApprove      bool
	CanAskChanges   bool
	CanTakeBack     bool
	CanNameShare    bool // of what is done
	CanDispute      bool
	CanDisputeShare bool // have an arbiter decide between what the two name
	CanHandIn       bool // the hours of a week
}

// Show returns a contract to one of the two whose it is. To anybody else there
// is no such contract.
func Show(ctx context.Context, d *db.DB, by account.Actor, id ID) (v View, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		c, err := readContract(ctx, tx, account.System, id, "")
		if err != nil {
			return err
		}
		if v.You = c.side(by); v.You == "" && c.Delegate != 0 && c.Delegate == by.ID {
			v.You, v.AsDelegate = Client, true
		}
		if v.You != Client && v.You != Freelancer {
			return ErrNotFound // nobody else looks, and the market acts
		}
		v.show(c, tx.Now)
		if err := v.readMoney(ctx, tx); err != nil {
			return err
		}
		if err := v.readWork(ctx, tx); err != nil {
			return err
		}
		if err := v.readRecord(ctx, tx); err != nil {
			return err
		}
		v.CanDelegate = v.You == Client && v.State != Ended
		v.CanOfferAgain = v.FundedAt != nil
		if v.AsDelegate {
			v.onlyJudge()
		}
		return nil
	})
	return v, err
}

// onlyJudge leaves what somebody can do who judges work in the client's place. The
// client's wallet is none of their business.
func (v *View) onlyJudge() {
	v.CanFund, v.CanLeave, v.CanNotice, v.CanBeAway, v.CanGiveBonus, v.CanRefund = false, false, false, false, false, false
	v.CanAmend, v.CanTopUp, v.CanDelegate, v.CanOfferAgain, v.TopUp, v.Wallet = false, false, false, false, false, money.Zero(v.Currency)
	for i := range v.Next {
		p := &v.Next[i]
		p.Acts = slices.DeleteFunc(p.Acts, func(w Way) bool {
			return w.By == Client && w.Event != string(approve) && w.Event != string(askChanges)
		})
	}
	for i := range v.Work {
		m := &v.Work[i]
		m.CanSubmit, m.CanTakeBack, m.CanNameShare, m.CanDispute, m.CanDisputeShare, m.CanHandIn = false, false, false, false, false, false
	}
}

// Plan is what is open on the contract, to be changed by an amendment.
func (v View) Plan() Plan { return v.plan(v.Terms.Scope) }

// show fills in what follows from the contract alone. What somebody can do is
// found by trying it on a copy, so the page never offers what would be refused.
func (v *View) show(c *Contract, now time.Time) {
	v.Contract, v.Sums, v.Turn, v.Next = c, c.Sums(), c.Turn(now), c.Prospects()
	_, err := c.clone().Fund(v.You, now)
	v.CanFund = err == nil
	v.CanLeave = c.clone().Leave(v.You, now) == nil
	v.CanNotice = c.clone().GiveNotice(v.You, Notice{ForOther, "Because."}, now) == nil
	_, err = c.clone().DeclareAbsence(v.You, day(now), now)
	v.CanBeAway = err == nil
	for i := range c.Milestones {
		m := &c.Milestones[i]
		can := func(act func(*Milestone) error) bool { return act(&c.clone().Milestones[i]) == nil }
		v.Work = append(v.Work, MilestoneView{
			Milestone: m, Cost: c.Cost(m), Net: c.Pay(m).Net, Turn: c.TurnOf(m), RoundsLeft: c.ChangeRounds - m.Rounds,
			CanSubmit:     can(func(m *Milestone) error { return m.Submit(v.You, now, c.AcceptanceDays) }),
			CanApprove:    can(func(m *Milestone) error { return m.Approve(v.You, now) }),
			CanAskChanges: can(func(m *Milestone) error { return c.AskChanges(m, v.You, now) }),
			CanTakeBack:   can(func(m *Milestone) error { return m.TakeBack(v.You, now) }),
			CanDispute:    can(func(m *Milestone) error { return m.Contest(v.You, m.Price, now) }),
			CanDisputeShare: can(func(m *Milestone) error {
				c := c.clone()
				_, err := c.ContestShare(&c.Milestones[i], v.You, now)
				return err
			}),
			CanHandIn:    can(func(m *Milestone) error { return m.Hand(v.You, now, c.AcceptanceDays) }),
			CanNameShare: can(func(m *Milestone) error { return c.NameShare(m, v.You, 0) }),
		})
	}
}

func (v *View) readMoney(ctx context.Context, tx *db.Tx) (err error) {
	v.EndingFeeHeld, err = escrow.Held(ctx, tx, escrow.EndingFee(v.ID), v.Currency)
	if err != nil {
		return err
	}
	if v.Every == Weekly {
		if v.Reserve, err = escrow.Held(ctx, tx, escrow.Reserve(v.ID), v.Currency); err != nil {
			return err
		}
	}
	if v.Extras, err = extrasOf(ctx, tx, v.Contract); err != nil {
		return err
	}
	v.CanGiveBonus = v.You == Client && v.begun()
	v.CanRefund = v.You == Freelancer && v.Extras.Left.Positive()
	v.Need, v.Wallet = money.Zero(v.Currency), money.Zero(v.Currency)
	if v.State == Signed || v.State == Starved {
		then := v.clone()
		if err := then.passBy(tx.Now); err != nil {
			return err
		}
		v.Need = then.Need(v.EndingFeeHeld)
	}
	if v.You == Client {
		v.Wallet, err = ledger.Balance(ctx, tx, escrow.Wallet(v.Client), v.Currency)
	}
	return err
}

func (v *View) readWork(ctx context.Context, tx *db.Tx) error {
	made, err := submissionsOf(ctx, tx, v.ID)
	if err != nil {
		return err
	}
	subjects := make([]string, len(made))
	for i, s := range made {
		subjects[i] = s.ID.Subject()
	}
	files, err := file.OfMany(ctx, tx, subjects)
	for i, s := range made {
		s.Files = files[subjects[i]]
		w := slices.IndexFunc(v.Work, func(m MilestoneView) bool { return m.ID == s.Milestone })
		v.Work[w].Submissions = append(v.Work[w].Submissions, s)
	}
	return err
}

func (v *View) readRecord(ctx context.Context, tx *db.Tx) error {
	cards, err := profile.Cards(ctx, tx, []account.ID{v.Client, v.Freelancer, v.Delegate})
	if err != nil {
		return err
	}
	v.ClientName, v.ClientFace = cards[v.Client].Name, cards[v.Client].Portrait
	v.DelegateName = cards[v.Delegate].Name
	v.FreelancerName, v.FreelancerFace = cards[v.Freelancer].Name, cards[v.Freelancer].Portrait
	r, err := signedRevision(ctx, tx, v.Offer)
	if err != nil {
		return err
	}
	v.Text, v.SHA256, v.Terms = r.Text, r.SHA256, r.Terms
	if v.Amendments, err = amendmentsOf(ctx, tx, v.ID); err != nil {
		return err
	}
	v.CanAmend = v.canChange()
	v.CanTopUp = v.You == Client && v.State != Ended
	for _, a := range v.Amendments {
		if a.State == InForce {
			v.Terms.Scope = a.Scope
		}
		v.CanAmend = v.CanAmend && AmendmentLifecycle.Ended(a.State)
	}
	if v.Signatures, err = signaturesOn(ctx, tx, r.Offer, r.N); err != nil {
		return err
	}
	v.Journal, err = journal.Of(ctx, tx, v.subject())
	return err
}
