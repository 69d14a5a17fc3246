// Package savedsearch keeps searches for people, and tells them when a new post
// answers one.
//
// What it promises, and what holds it to that:
//
//  1. Every new public post is held against every saved search, once, and never
//     while its client waits: publishing knows nothing of searches. (compare)
//  2. A post that answers a search is told of once, and only while it still takes
//     proposals; nobody is told of their own. (tell)
//  3. Nobody is told more often than they asked to be. (nextAt)
package savedsearch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/prose"
	"freehold/internal/search"
)

// ID names a saved search.
type ID int64

// Search is a search that somebody keeps.
type Search struct {
	ID    ID
	Name  string
	Pace  Pace
	Query search.Query // without an order, a place and a time
	Week  int          // posts found in the last seven days
	Total int          // and in the last thirty
}

// Pace says how soon somebody wants to know.
type Pace string

// The paces. Daily and weekly come at eight in the morning where the person
// lives, weekly on a Monday.
const (
	AtOnce Pace = "at once" // but not twice in ten minutes
	Daily  Pace = "daily"
	Weekly Pace = "weekly"
	Never  Pace = "never" // the list shows what was found
)

// Paces are all of them, as lists show them.
var Paces = []Pace{AtOnce, Daily, Weekly, Never}

const (
	maxName  = 80
	maxSaved = 50
)

// Refusals of saved searches.
var (
	ErrNotFound = fault.New(fault.NotFound, "saved_search_not_found", "There is no such saved search, or it is not yours.")
	ErrName     = fault.New(fault.Invalid, "saved_search_name",
		"Please give the search a name of at most %d characters, so that you know it again in a mail.").At("name")
	ErrPace = fault.New(fault.Invalid, "unknown_pace", "Please choose when we tell you: at once, daily, weekly or never.").At("pace")
	ErrFull = fault.New(fault.Conflict, "too_many_saved_searches",
		"You keep %d searches, which is as many as there can be. Remove one that you do not need any more.")
)

// Input is what somebody says about a search of theirs.
type Input struct {
	Name string
	Pace Pace
}

func (in *Input) clean() error {
	name, err := prose.Line(in.Name)
	if refused, ok := fault.Of(err); ok {
		err = refused.At("name")
	}
	if err == nil && (name == "" || len([]rune(name)) > maxName) {
		err = ErrName.With(maxName)
	}
	in.Name = name
	if !slices.Contains(Paces, in.Pace) {
		return errors.Join(err, ErrPace)
	}
	return err
}

// Save keeps a search for by, and tells of posts that are published from now on.
func Save(ctx context.Context, d *db.DB, by account.Actor, in Input, q search.Query) (id ID, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		wrong := in.clean()
		c, err := search.CriteriaOf(ctx, tx, q)
		if err := errors.Join(wrong, err); err != nil {
			return err
		}
		p, err := account.PersonByID(ctx, tx, by.ID)
		if err != nil {
			return err
		}
		if err := db.LockName(ctx, tx, fmt.Sprint("saved searches of ", by.ID)); err != nil {
			return err
		}
		n, err := countOf(ctx, tx, by.ID)
		if err != nil {
			return err
		}
		if n >= maxSaved {
			return ErrFull.With(maxSaved)
		}
		id, err = insert(ctx, tx, by.ID, in, c, nextAt(in.Pace, tx.Now, p.TimeZone))
		return err
	})
	return id, err
}

// Change gives a search of by another name and pace. What was found and not yet
// told of is told of at that pace.
func Change(ctx context.Context, d *db.DB, by account.Actor, id ID, in Input) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		p, err := account.PersonByID(ctx, tx, by.ID)
		if err != nil {
			return err
		}
		if err := in.clean(); err != nil {
			return err
		}
		return update(ctx, tx, by.ID, id, in, nextAt(in.Pace, tx.Now, p.TimeZone))
	})
}

// Remove forgets a search of by, and what it found.
func Remove(ctx context.Context, d *db.DB, by account.Actor, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error { return remove(ctx, tx, by.ID, id) })
}

// List returns the searches of by, the latest first.
func List(ctx context.Context, d *db.DB, by account.Actor) (all []Search, err error) {
	err = d.View(ctx, func(tx *db.Tx) error { all, err = searchesOf(ctx, tx, by.ID); return err })
	return all, err
}

// Find returns a search of by.
func Find(ctx context.Context, d *db.DB, by account.Actor, id ID) (Search, error) {
	all, err := List(ctx, d, by)
	if i := slices.IndexFunc(all, func(s Search) bool { return s.ID == id }); i >= 0 {
		return all[i], nil
	}
	return Search{}, cmp.Or(err, error(ErrNotFound))
}

const (
	breath  = 10 * time.Minute // between two notices about one search
	morning = 8                // o'clock
)

// nextAt is when somebody who was told just now, or asks just now, is told next:
// at once, when they ask for that.
func nextAt(pace Pace, now time.Time, zone string) time.Time {
	if pace == AtOnce || pace == Never {
		return now
	}
	place, err := time.LoadLocation(zone)
	if err != nil {
		place = time.UTC
	}
	here := now.In(place)
	next := time.Date(here.Year(), here.Month(), here.Day(), morning, 0, 0, 0, place)
	for !next.After(now) || pace == Weekly && next.Weekday() != time.Monday {
		next = next.AddDate(0, 0, 1)
	}
	return next.UTC()
}
