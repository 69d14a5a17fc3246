package search

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/profile"
)

// Page is a part of what was found.
type Page struct {
	Items  []Item
	Next   string // Query.Cursor of the page after; empty: this is the last
	Total  int    // posts that match, up to MaxTotal
	More   bool   // there are more than Total
	Counts Counts
	Text   string       // the words that were looked for in the end
	Note   say.Sentence // why they are not those that were asked for; empty: they are
}

// MaxTotal is as far as matching posts are counted.
const MaxTotal = 500

// Posts finds the posts that match q. Anybody may search, signed in or not.
//
// When hardly anything has all the words, posts that have some of them follow;
// when nothing has, words that nobody uses are taken for the likeliest ones that
// somebody does. Page.Note says so.
func Posts(ctx context.Context, d *db.DB, by account.Actor, q Query) (page Page, err error) {
	if err := q.clean(); err != nil {
		return Page{}, err
	}
	err = d.View(ctx, func(tx *db.Tx) error {
		at, err := parseCursor(q.Cursor, q.Sort, tx.Now)
		if err != nil {
			return err
		}
		if err := planAnew(ctx, tx); err != nil {
			return err
		}
		l, found, err := look(ctx, tx, by, q, at)
		if err != nil {
			return err
		}
		page = Page{Total: min(found.Total, MaxTotal), More: found.Total > MaxTotal, Text: l.Text, Note: l.note}
		if len(found.IDs) > q.N {
			found.IDs = found.IDs[:q.N]
			at.key, at.id = found.Keys[q.N-1], found.IDs[q.N-1]
			page.Next = at.String()
		}
		if page.Counts, err = l.counts(ctx, tx, at, found.Mixes); err != nil {
			return err
		}
		if err := planAsEver(ctx, tx); err != nil {
			return err
		}
		page.Items, err = itemsByID(ctx, tx, found.IDs)
		return err
	})
	return page, err
}

// look finds the posts after at, in other words than those asked for if need be.
func look(ctx context.Context, tx *db.Tx, by account.Actor, q Query, at cursor) (lookup, hits, error) {
	l, err := resolve(ctx, tx, q)
	if err != nil {
		return l, hits{}, err
	}
	if q.Sort == Fit && l.every == "" {
		if l.mine, err = profile.SkillsOf(ctx, tx, by.ID); err != nil {
			return l, hits{}, err
		}
	}
	found, err := l.page(ctx, tx, at)
	if err != nil || l.every == "" {
		return l, found, err
	}
	if found.Total == 0 {
		if l, err = l.correct(ctx, tx); err != nil {
			return l, found, err
		}
		if found, err = l.page(ctx, tx, at); err != nil {
			return l, found, err
		}
	}
	if found.Total < q.N && len(wordsOf(l.Text)) > 1 && l.plain && q.Sort == Fit {
		return l.widen(ctx, tx, at, found)
	}
	return l, found, nil
}
