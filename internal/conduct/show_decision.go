package conduct

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/restriction"
)

// View is a decision as the person or the staff sees it.
type View struct {
	Draft
	Rule     Rule // as it reads now
	Thing    *Thing
	State    State
	Made     *Made // nil: nothing was decided yet
	End      *End
	Appeal   *Appeal
	Talk     []Said
	Evidence []Exhibit
	Names    map[account.ID]string
	Journal  []journal.Entry

	Own        bool // it is about the reader
	CanAnswer  bool
	CanProve   bool // add evidence
	CanDeliver bool
	CanDrop    bool
	CanLift    bool
	CanAppeal  bool
	CanSpeak   bool
	CanJudge   bool
	Unopened   int // pieces of evidence that the reader has to open before they can decide
}

// Show returns a decision to the person whom it is about, in whatever state their
// account is, and to the staff. To anybody else it is not there.
func Show(ctx context.Context, d *db.DB, by account.Actor, id ID) (v View, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		v = View{}
		dr, err := draftByID(ctx, tx, id, "")
		if err != nil {
			return err
		}
		if by.IsSystem() || !dr.visible(by) {
			return ErrNotFound
		}
		v.Draft = *dr
		if err := v.read(ctx, tx, by); err != nil {
			return err
		}
		partial, err := isPartial(ctx, tx, by, v.Person)
		v.show(by, partial, tx.Now)
		return err
	})
	return v, err
}

func (v *View) read(ctx context.Context, tx *db.Tx, by account.Actor) (err error) {
	id := v.ID
	v.Own = by.ID == v.Person
	if v.Rule, err = RuleNamed(v.Draft.Rule); err != nil {
		return err
	}
	if t, err := thing(ctx, tx, v.Subject); err == nil {
		v.Thing = &t
	} else if !errors.Is(err, ErrNoThing) {
		return err
	}
	if v.Evidence, err = evidenceOf(ctx, tx, id, by.ID); err != nil {
		return err
	}
	if v.Draft.State == delivered {
		if err := v.readMade(ctx, tx); err != nil {
			return err
		}
	}
	who := []account.ID{v.Person, v.By}
	if v.Made != nil {
		who = append(who, v.Made.Decider)
	}
	if a := v.Appeal; a != nil {
		for _, p := range []*account.ID{a.Reviewer, a.AnsweredBy} {
			if p != nil {
				who = append(who, *p)
			}
		}
	}
	for _, s := range v.Talk {
		who = append(who, s.Person)
	}
	if v.Names, err = account.Names(ctx, tx, who); err != nil {
		return err
	}
	v.Journal, err = journal.Of(ctx, tx, id.subject())
	return err
}

func (v *View) readMade(ctx context.Context, tx *db.Tx) error {
	m, err := madeByID(ctx, tx, v.ID)
	if err != nil {
		return err
	}
	v.Made = &m
	if v.End, err = endOf(ctx, tx, v.ID); err != nil {
		return err
	}
	if v.Appeal, err = appealOf(ctx, tx, v.ID); err != nil || v.Appeal == nil {
		return err
	}
	v.Talk, err = db.All[Said](ctx, tx, `SELECT person, words, at FROM conduct.talk WHERE decision = $1 ORDER BY id`, v.ID)
	return err
}

// show fills in what follows from the rest, for somebody who may have a part in it.
func (v *View) show(by account.Actor, partial bool, now time.Time) {
	v.State = v.Draft.State
	if v.Made != nil {
		v.State = stateOf(*v.Made, v.End, v.Appeal, now)
	}
	for _, e := range v.Evidence {
		if !e.Opened && !v.Own {
			v.Unopened++
		}
	}
	waits := v.EndedAt == nil
	judges := !partial && mayReview(by)
	try, more := v.Draft, v.Draft
	v.CanAnswer = v.Own && waits && v.Unheard()
	v.CanProve = !v.Own && mayReview(by) && waits && more.Prove(now) == nil
	v.CanDrop = judges && waits
	v.CanDeliver = judges && try.Deliver(now) == nil
	live := v.State == InForce || v.State == Announced
	v.CanLift = !v.Own && mayReview(by) && live
	if v.Made != nil {
		open := v.Appeal != nil && v.Appeal.AnsweredAt == nil && now.Before(v.Appeal.Due)
		v.CanAppeal = v.Own && v.Appeal == nil && now.Before(v.Made.AppealUntil)
		v.CanJudge = open && !partial && v.Appeal.mayJudge(by, *v.Made, now) == nil
		v.CanSpeak = open && (v.Own || v.CanJudge)
	}
}

// Stops are the acts that the decision keeps its person from.
func (v View) Stops() []restriction.Act {
	if v.Made != nil {
		return v.Made.Measure.Stops()
	}
	return v.Measure.Stops()
}

// Works is what works for whoever is restricted, whatever was decided.
var Works = []string{
	say.Key("signing in, and reading every decision about you with its evidence"),
	say.Key("answering, appealing, and talking to a person of the staff"),
	say.Key("your wallet: money in it can be withdrawn, and money on its way arrives"),
	say.Key("every contract you have signed: handing over, being paid, approving, ending, disputing"),
	say.Key("writing to everybody you have worked with or written to before"),
	say.Key("answering the proposals you have received, and the offers on the table"),
	say.Key("reviews of work that is done"),
	say.Key("taking along everything that is yours, at once"),
}

// Mine is a decision about somebody, in a list.
type Mine struct {
	ID        ID
	Measure   restriction.Measure
	State     State
	Rule      RuleKey
	DraftedAt time.Time
	HearUntil time.Time
	Until     *time.Time // nil: nothing was decided
}

// ListMine returns all decisions about by, and what is considered, the latest first.
func ListMine(ctx context.Context, d *db.DB, by account.Actor) (all []Mine, err error) {
	err = d.View(ctx, func(tx *db.Tx) error { all, err = mine(ctx, tx, by.ID); return err })
	return all, err
}

func mine(ctx context.Context, tx *db.Tx, person account.ID) ([]Mine, error) {
	rows, err := db.All[struct {
		Mine
		StartsAt *time.Time
		How      *State
		Due      *time.Time // of an appeal that waits
	}](ctx, tx, `
		SELECT d.id, coalesce(m.measure, d.measure) AS measure, d.state, d.rule, d.drafted_at, d.hear_until, m.until, m.starts_at, e.how,
			CASE WHEN a.answered_at IS NULL THEN a.due END AS due
		FROM conduct.drafts d LEFT JOIN conduct.decisions m ON m.id = d.id LEFT JOIN conduct.ends e ON e.decision = d.id
		LEFT JOIN conduct.appeals a ON a.decision = d.id
		WHERE d.person = $1 AND (NOT d.urgent OR d.state = 'delivered') ORDER BY d.id DESC LIMIT 200`, person)
	all := make([]Mine, len(rows))
	for i, r := range rows {
		all[i] = r.Mine
		if r.Until == nil {
			continue
		}
		var e *End
		var a *Appeal
		if r.How != nil {
			e = &End{How: *r.How}
		}
		if r.Due != nil {
			a = &Appeal{Due: *r.Due}
		}
		all[i].State = stateOf(Made{StartsAt: *r.StartsAt, Until: *r.Until}, e, a, tx.Now)
	}
	return all, err
}
