// Package restriction answers one question, for everything that asks it: may this
// person do this now?
//
// May is the only function that says no because of who somebody is, and it reads
// one thing: the decisions in force (conduct). There is no flag on a person that
// it could read instead. It knows no money: nothing that pays, is paid or is owed
// asks it.
package restriction

import (
	"context"
	"errors"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
)

// Measure is what a decision does.
type Measure string

// The measures, from the lightest to the heaviest.
const (
	Warning         Measure = "warning"          // nothing; it is there to be read
	RemoveContent   Measure = "remove content"   // one thing is not shown
	LimitVisibility Measure = "limit visibility" // not found among people
	LimitPosting    Measure = "limit posting"    // publishes, proposes and invites nothing new
	Suspend         Measure = "suspend"          // begins nothing new with anybody
	EndAccount      Measure = "end account"      // the same, after 30 days' notice
)

// Measures are all there are, from the lightest to the heaviest.
var Measures = say.Words(Warning, RemoveContent, LimitVisibility, LimitPosting, Suspend, EndAccount)

// Heavier reports whether m does more to somebody than other does.
func (m Measure) Heavier(other Measure) bool {
	return slices.Index(Measures, m) > slices.Index(Measures, other)
}

// Act is something that begins anew, and that a decision can keep somebody from.
// What was begun before goes on whatever is decided: nobody has to ask for it.
type Act string

// The acts.
const (
	Publish  Act = "publish a job post"
	Propose  Act = "propose"
	Invite   Act = "invite somebody"
	Offer    Act = "make an offer"
	Sign     Act = "sign a new contract"
	Approach Act = "begin a conversation"
)

// Acts are all there are.
var Acts = say.Words(Publish, Propose, Invite, Offer, Sign, Approach)

// Stops are the acts that m keeps somebody from.
func (m Measure) Stops() []Act {
	switch m {
	case LimitPosting:
		return []Act{Publish, Propose, Invite}
	case Suspend, EndAccount:
		return Acts
	default:
		return nil
	}
}

// ErrRestricted says which decision stands in the way, and where it can be read.
var ErrRestricted = fault.New(fault.Forbidden, "restricted",
	"Decision %d keeps you from this until %s. Its page says why, what still works, and how to appeal: /decisions/%d")

// ErrRemoved is the answer where a thing is not shown.
var ErrRemoved = fault.New(fault.Conflict, "removed_by_decision",
	"This was removed by a decision of the staff, so nothing new can be begun on it. What was begun before goes on.")

// May returns nil, or which decision keeps by from act.
func May(ctx context.Context, tx *db.Tx, by account.Actor, act Act) error {
	var stop []Measure
	for _, m := range Measures {
		if slices.Contains(m.Stops(), act) {
			stop = append(stop, m)
		}
	}
	d, err := db.One[struct {
		ID    int64
		Until time.Time
	}](ctx, tx, `
		SELECT id, until FROM conduct.effects
		WHERE person = $1 AND measure = ANY($2) AND starts_at <= $3 AND $3 < until
		ORDER BY until DESC LIMIT 1`, by.ID, stop, tx.Now)
	if errors.Is(err, db.NoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	return ErrRestricted.With(d.ID, d.Until, d.ID)
}

// Kept are the acts that decisions keep by from now: for telling them beforehand.
func Kept(ctx context.Context, tx *db.Tx, by account.Actor) (acts []Act, err error) {
	all, err := db.Values[Measure](ctx, tx, `
		SELECT measure FROM conduct.effects WHERE person = $1 AND starts_at <= $2 AND $2 < until`, by.ID, tx.Now)
	for _, act := range Acts {
		if slices.ContainsFunc(all, func(m Measure) bool { return slices.Contains(m.Stops(), act) }) {
			acts = append(acts, act)
		}
	}
	return acts, err
}

// Shown returns nil, or ErrRemoved if a decision has removed a thing, such as "post/7".
func Shown(ctx context.Context, tx *db.Tx, subject string) error {
	removed, err := db.Value[bool](ctx, tx, `SELECT `+IsRemoved("$1", "$2"), subject, tx.Now)
	if err == nil && removed {
		err = ErrRemoved
	}
	return err
}

// IsRemoved is SQL that is true of a subject, such as "'post/' || p.id", that a
// decision has removed at an instant.
func IsRemoved(subject, now string) string {
	return `EXISTS (SELECT FROM conduct.effects e WHERE e.measure = 'remove content' AND e.subject = ` + subject +
		` AND e.starts_at <= ` + now + ` AND ` + now + ` < e.until)`
}

// RemovedPosts is SQL for the posts that decisions have removed at an instant, as
// an array that is made once for a query. It is empty on most days.
func RemovedPosts(now string) string {
	return `ARRAY(SELECT split_part(e.subject, '/', 2)::bigint FROM conduct.effects e WHERE e.measure = 'remove content' AND e.subject LIKE 'post/%'
		AND e.starts_at <= ` + now + `::timestamptz AND ` + now + `::timestamptz < e.until)`
}

// Unseen is SQL for the people who are not found among others at an instant, as an
// array that is made once for a query.
func Unseen(now string) string {
	return `ARRAY(SELECT e.person FROM conduct.effects e WHERE e.measure = 'limit visibility'
		AND e.starts_at <= ` + now + `::timestamptz AND ` + now + `::timestamptz < e.until)`
}
