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
		a, err := askAround(ctx, tx, c)
		if err != nil {
			return err
		}
		if err := v.addMoney(a, tx.Now); err != nil {
			return err
		}
		if err := v.addWork(ctx, tx, a.made); err != nil {
			return err
		}
		v.addRecord(a)
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

// around is what a contract's page shows besides the contract. None of it waits
// for another: it is asked for at once.
type around struct {
	endingFee, reserve, wallet money.Amount
	extras                     extraSums
	made                       []submissionRow
	people                     []profile.Card
	signed                     revision
	amendments                 []AmendmentItem
	signatures                 []Signature
	journal                    []journal.Entry
}

func askAround(ctx context.Context, tx *db.Tx, c *Contract) (a around, err error) {
	err = tx.Ask(ctx, func(q *db.Ask) {
		escrow.AskHeld(q, &a.endingFee, escrow.EndingFee(c.ID), c.Currency)
		escrow.AskHeld(q, &a.reserve, escrow.Reserve(c.ID), c.Currency)
		ledger.AskBalance(q, &a.wallet, escrow.Wallet(c.Client), c.Currency)
		db.AskOne(q, &a.extras, theExtras, c.ID)
		db.AskAll(q, &a.made, theSubmissions, c.ID)
		profile.AskCards(q, &a.people, []account.ID{c.Client, c.Freelancer, c.Delegate})
		db.AskOne(q, &a.signed, theSignedRevision, c.Offer)
		db.AskAll(q, &a.amendments, theAmendments, c.ID)
		db.AskAll(q, &a.signatures, theSignatures, c.Offer)
		journal.Ask(q, &a.journal, c.subject())
	})
	return a, err
}

func (v *View) addMoney(a around, now time.Time) error {
	v.EndingFeeHeld, v.Extras = a.endingFee, v.extras(a.extras)
	if v.Every == Weekly {
		v.Reserve = a.reserve
	}
	v.CanGiveBonus = v.You == Client && v.begun()
	v.CanRefund = v.You == Freelancer && v.Extras.Left.Positive()
	v.Need, v.Wallet = money.Zero(v.Currency), money.Zero(v.Currency)
	if v.You == Client {
		v.Wallet = a.wallet
	}
	if v.State == Signed || v.State == Starved {
		then := v.clone()
		if err := then.passBy(now); err != nil {
			return err
		}
		v.Need = then.Need(v.EndingFeeHeld)
	}
	return nil
}

func (v *View) addWork(ctx context.Context, tx *db.Tx, rows []submissionRow) error {
	made := submissionsOf(rows)
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

func (v *View) addRecord(a around) {
	cards := profile.ByID(a.people)
	v.ClientName, v.ClientFace = cards[v.Client].Name, cards[v.Client].Portrait
	v.DelegateName = cards[v.Delegate].Name
	v.FreelancerName, v.FreelancerFace = cards[v.Freelancer].Name, cards[v.Freelancer].Portrait
	v.Text, v.SHA256, v.Terms = a.signed.Text, a.signed.SHA256, a.signed.Terms
	v.Amendments, v.Signatures, v.Journal = a.amendments, a.signatures, a.journal
	v.CanAmend = v.canChange()
	v.CanTopUp = v.You == Client && v.State != Ended
	for _, amendment := range v.Amendments {
		if amendment.State == InForce {
			v.Terms.Scope = amendment.Scope
		}
		v.CanAmend = v.CanAmend && AmendmentLifecycle.Ended(amendment.State)
	}
}
