package proposal

import (
	"context"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

// Beside is proposals to one post that their client reads next to each other.
// There are no prices: those stand on each proposal, with all that they pay for.
type Beside struct {
	Listing
	Chosen    []Chosen // in the order of the list
	Questions []string // that any of them answers
}

// Chosen is one of them.
type Chosen struct {
	Listed
	Written
	Plan    []Milestone `db:"-"`
	Answers []Answer    `db:"-"`
}

// Written is what a freelancer wrote.
type Written struct {
	Letter  string
	Hours   int
	StartOn *time.Time
}

// Answer is what it says to a question; empty: nothing.
func (c Chosen) Answer(question string) string {
	if i := slices.IndexFunc(c.Answers, func(a Answer) bool { return a.Question == question }); i >= 0 {
		return c.Answers[i].Text
	}
	return ""
}

// MostBeside is how many proposals can stand side by side.
const MostBeside = 4

// ErrTooManyBeside is the answer to those who choose more.
var ErrTooManyBeside = fault.New(fault.Invalid, "too_many_side_by_side",
	"Please choose up to %d proposals. More do not fit side by side.")

// SideBySide returns some of the proposals to a client's own post, for them to
// read. Whoever is read for the first time is told, as in Open. Without any chosen
// it is the list to choose from.
func SideBySide(ctx context.Context, d *db.DB, by account.Actor, post jobpost.ID, ids []ID) (b Beside, err error) {
	ids = slices.Sorted(slices.Values(ids)) // two who read the same at once take them in one order
	if ids = slices.Compact(ids); len(ids) > MostBeside {
		return Beside{}, ErrTooManyBeside.With(MostBeside).At("proposals")
	}
	if b.Listing, err = List(ctx, d, by, post); err != nil {
		return Beside{}, err
	}
	unread := false
	for _, id := range ids {
		i := slices.IndexFunc(b.Items, func(l Listed) bool { return l.ID == id && l.State != Withdrawn })
		if i < 0 {
			return Beside{}, ErrNotFound
		}
		unread = unread || b.Items[i].State == Submitted
	}
	if unread {
		if err := d.Update(ctx, func(tx *db.Tx) error { return markAllRead(ctx, tx, by, ids) }); err != nil {
			return Beside{}, err
		}
		if b.Listing, err = List(ctx, d, by, post); err != nil {
			return Beside{}, err
		}
	}
	return b, d.View(ctx, func(tx *db.Tx) error { return b.read(ctx, tx, ids) })
}

func markAllRead(ctx context.Context, tx *db.Tx, by account.Actor, ids []ID) error {
	for _, id := range ids {
		if err := markRead(ctx, tx, by, id); err != nil {
			return err
		}
	}
	return nil
}

func (b *Beside) read(ctx context.Context, tx *db.Tx, ids []ID) error {
	if len(ids) == 0 {
		return nil
	}
	parts, err := partsOf(ctx, tx, ids)
	if err != nil {
		return err
	}
	for _, l := range b.Items {
		if !slices.Contains(ids, l.ID) || l.State == Withdrawn { // perhaps meanwhile
			continue
		}
		c := parts[l.ID]
		c.Listed = l
		b.Chosen = append(b.Chosen, c)
		for _, a := range c.Answers {
			if !slices.Contains(b.Questions, a.Question) {
				b.Questions = append(b.Questions, a.Question)
			}
		}
	}
	return nil
}
