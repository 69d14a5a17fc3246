package dispute

import (
	"context"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/file"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

// View is a dispute as one of the two or one of its arbiters sees it.
type View struct {
	*Dispute
	You       contract.Side // or "arbiter"
	Names     map[account.ID]string
	Turn      contract.Turn
	Price     money.Amount // of the milestone
	Criteria  []string
	Theirs    *Offered // what the other side named last, or, for an arbiter, the client
	Yours     *Offered // what you named last, or, for an arbiter, the freelancer
	Evidence  []Exhibit
	Works     []Work // what was submitted for the milestone, to be cited
	Decision  *Decision
	Reviewers []account.ID
	Votes     []Vote // hidden until all are in, but for your own
	Journal   []journal.Entry
	CanSplit  bool
	CanProve  bool
	CanAsk    bool // for a review
	CanDecide bool
	CanVote   bool
	Misses    int
}

// Exhibit is a piece of evidence as it is read.
type Exhibit struct {
	ID         EvidenceID
	N          int
	Side       contract.Side
	Words      string
	Submission *int64
	Message    *int64
	Said       *string     // the message it points at
	Files      []file.File `db:"-"`
	At         time.Time
}

// Work is a submission for the milestone, and the changes that were asked for.
type Work struct {
	ID      int64
	Note    string
	Links   []string
	At      time.Time
	Changes *string
	Files   []file.File `db:"-"`
}

// Show returns a dispute to the two whose it is, and to its arbiters.
func Show(ctx context.Context, d *db.DB, by account.Actor, id ID) (v View, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		v = View{}
		on, err := read(ctx, tx, by, id, "")
		if err != nil {
			return err
		}
		if v.You = on.side(by); v.You == contract.Market {
			return ErrNotFound
		}
		v.Dispute = on
		if err := v.read(ctx, tx); err != nil {
			return err
		}
		v.show(by, tx.Now)
		return nil
	})
	return v, err
}

// show fills in what follows from the rest.
func (v *View) show(by account.Actor, now time.Time) {
	can := func(act func(Dispute) error) bool { return act(*v.Dispute) == nil }
	if party := v.You != Arbiter; party {
		v.CanSplit = can(func(d Dispute) error { return d.Agree(v.You, d.Sum, now) })
		v.CanProve = v.CanSplit
		v.CanAsk = can(func(d Dispute) error { return d.AskReview(v.You, "", now) })
	} else {
		v.CanDecide = can(func(d Dispute) error { return d.Decide(by, now) })
		voted := slices.ContainsFunc(v.Votes, func(o Vote) bool { return o.Arbiter == by.ID })
		v.CanVote = v.State == Reviewing && slices.Contains(v.Reviewers, by.ID) && !voted
	}
	if v.State == Reviewing { // nobody sees another's vote before all are in
		v.Votes = slices.DeleteFunc(v.Votes, func(o Vote) bool { return o.Arbiter != by.ID })
	}
	v.Turn = v.turn()
}

func (v *View) read(ctx context.Context, tx *db.Tx) (err error) {
	m, err := db.One[struct {
		Price    int64
		Criteria []string
		Misses   int
	}](ctx, tx, `
		SELECT m.price_minor AS price, ARRAY(SELECT text FROM contract.criteria WHERE milestone = m.id ORDER BY n) AS criteria,
			(SELECT count(*)::int FROM dispute.misses WHERE dispute = $2) AS misses
		FROM contract.milestones m WHERE m.id = $1`, v.Milestone, v.ID)
	if err != nil {
		return err
	}
	v.Price, v.Criteria, v.Misses = money.Amount{Minor: m.Price, Currency: v.Sum.Currency}, m.Criteria, m.Misses
	all, err := splitsOf(ctx, tx, v.Dispute)
	if err != nil {
		return err
	}
	mine := v.You
	if mine == Arbiter {
		mine = contract.Freelancer
	}
	v.Yours, v.Theirs = latest(all, mine), latest(all, other(mine))
	if err := v.readEvidence(ctx, tx); err != nil {
		return err
	}
	if v.Decision, err = decisionOf(ctx, tx, v.Dispute); err != nil {
		return err
	}
	if v.Reviewers, err = reviewersOf(ctx, tx, v.Dispute); err != nil {
		return err
	}
	if v.Votes, err = votesOf(ctx, tx, v.Dispute); err != nil {
		return err
	}
	who := append([]account.ID{v.Client, v.Freelancer}, v.Reviewers...)
	if v.Arbiter != nil {
		who = append(who, *v.Arbiter)
	}
	if v.Names, err = account.Names(ctx, tx, who); err != nil {
		return err
	}
	v.Journal, err = journal.Of(ctx, tx, v.subject())
	return err
}

func (v *View) readEvidence(ctx context.Context, tx *db.Tx) (err error) {
	if v.Evidence, err = db.All[Exhibit](ctx, tx, `
		SELECT e.id, e.n, e.side, e.words, e.submission, e.message, m.text AS said, e.at
		FROM dispute.evidence e LEFT JOIN message.messages m ON m.id = e.message WHERE e.dispute = $1 ORDER BY e.n`, v.ID); err != nil {
		return err
	}
	if v.Works, err = db.All[Work](ctx, tx, `
		SELECT s.id, s.note, s.links, s.at, r.words AS changes
		FROM contract.submissions s LEFT JOIN contract.change_requests r ON r.submission = s.id WHERE s.milestone = $1 ORDER BY s.id`, v.Milestone); err != nil {
		return err
	}
	var subjects []string
	for _, e := range v.Evidence {
		subjects = append(subjects, e.ID.subject())
	}
	for _, w := range v.Works {
		subjects = append(subjects, contract.SubmissionID(w.ID).Subject())
	}
	files, err := file.OfMany(ctx, tx, subjects)
	for i := range v.Evidence {
		v.Evidence[i].Files = files[v.Evidence[i].ID.subject()]
	}
	for i := range v.Works {
		v.Works[i].Files = files[contract.SubmissionID(v.Works[i].ID).Subject()]
	}
	return err
}

// turn is the next thing to happen to the dispute.
func (v *View) turn() contract.Turn {
	t := contract.Turn{By: v.Due}
	switch v.State {
	case Talking:
		t.Of, t.Do, t.Otherwise = contract.Client, say.That("Name a split that you would agree to. If both name the same, it is over at once."), say.That("An arbiter is named, and decides.")
		if v.You == contract.Freelancer || v.You == Arbiter {
			t.Of = contract.Freelancer
		}
	case Deciding:
		t.Of, t.Do, t.Otherwise = Arbiter, say.That("Read what both have brought, and decide by the acceptance criteria."), say.That("Another arbiter is named.")
		if v.Missed > 0 {
			t.Otherwise = say.That("The sum is paid to the freelancer, since work was delivered and nobody decided in time.")
		}
	case Decided:
		t.Of, t.Do, t.Otherwise = v.You, say.That("Read the decision. If you think it wrong, ask for a review and say why."), say.That("The decision stands, and is carried out.")
		if v.You == Arbiter {
			t.Of = contract.Client
		}
	case Reviewing:
		t.Of, t.Do, t.Otherwise = Arbiter, say.That("Those who were drawn read everything, and vote."), say.That("The middle one of the votes that are in holds.")
	default:
		return contract.Turn{Do: say.That("This dispute is closed, and the money is where it belongs.")}
	}
	return t
}

// DeskItem is a dispute on an arbiter's desk.
type DeskItem struct {
	ID       ID
	Title    string
	State    State
	Sum      money.Amount `db:"-"`
	Minor    int64
	Currency string
	Due      *time.Time
	Mine     bool // it waits for them now
}

// Desk returns the disputes that an arbiter decides, has decided or reviews, those
// that wait for them first, by date.
func Desk(ctx context.Context, d *db.DB, by account.Actor) (items []DeskItem, err error) {
	if !by.Is(account.Arbiter) {
		return nil, ErrNotFound
	}
	err = d.View(ctx, func(tx *db.Tx) error {
		items, err = db.All[DeskItem](ctx, tx, `
			SELECT * FROM (
				SELECT d.id, d.title, d.state, d.minor, d.currency, d.due,
					d.state = 'deciding' AS mine
				FROM dispute.disputes d WHERE d.arbiter = $1
				UNION ALL
				SELECT d.id, d.title, d.state, d.minor, d.currency, d.due,
					d.state = 'reviewing' AND NOT EXISTS (SELECT FROM dispute.votes v WHERE v.dispute = d.id AND v.arbiter = $1)
				FROM dispute.reviewers r JOIN dispute.disputes d ON d.id = r.dispute WHERE r.arbiter = $1) AS desk
			ORDER BY mine DESC, due, id DESC LIMIT 100`, by.ID)
		for i := range items {
			items[i].Sum = money.Amount{Minor: items[i].Minor, Currency: items[i].Currency}
		}
		return err
	})
	return items, err
}

// About is the dispute about a milestone, for whoever has a part in it.
func About(ctx context.Context, d *db.DB, by account.Actor, m contract.MilestoneID) (id ID, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		if id, err = db.Value[ID](ctx, tx, `SELECT coalesce(max(id), 0) FROM dispute.disputes WHERE milestone = $1`, m); err != nil {
			return err
		}
		_, err = read(ctx, tx, by, id, "")
		return err
	})
	return id, err
}
